/** A text that only its own schema hands out, so that a SKU cannot be passed where an order id is due. */
export type Branded<Brand extends string> = string & { readonly __brand: Brand }

export type TenantId = Branded<'TenantId'>
export type OrderId = Branded<'OrderId'>
export type OrderNumber = Branded<'OrderNumber'>
export type LineId = Branded<'LineId'>
export type PartyId = Branded<'PartyId'>
export type AddressId = Branded<'AddressId'>
export type Sku = Branded<'Sku'>
export type LocationId = Branded<'LocationId'>
export type ReservationId = Branded<'ReservationId'>
export type FulfillmentId = Branded<'FulfillmentId'>
export type ShipmentId = Branded<'ShipmentId'>
export type InvoiceId = Branded<'InvoiceId'>
export type CreditNoteId = Branded<'CreditNoteId'>
export type PaymentId = Branded<'PaymentId'>
export type StatementId = Branded<'StatementId'>
export type BankEntryId = Branded<'BankEntryId'>
export type LotNumber = Branded<'LotNumber'>
export type SerialNumber = Branded<'SerialNumber'>
export type ResourceId = Branded<'ResourceId'>
export type BookingId = Branded<'BookingId'>
export type TransferId = Branded<'TransferId'>
export type StockCountId = Branded<'StockCountId'>
export type ExpectedReceiptId = Branded<'ExpectedReceiptId'>
export type Version = number

/** The tenant of hosts that have only one and never mention it. */
export const singleTenant = 'main' as TenantId
