import { z } from 'zod'
import type {
  AddressId,
  BankEntryId,
  BookingId,
  CreditNoteId,
  ExpectedReceiptId,
  FulfillmentId,
  InvoiceId,
  LineId,
  LocationId,
  LotNumber,
  OrderId,
  PartyId,
  PaymentId,
  ReservationId,
  ResourceId,
  SerialNumber,
  ShipmentId,
  Sku,
  StatementId,
  StockCountId,
  TenantId,
  TransferId,
} from './ids.js'

const printable = /^[!-~](?:[ -~]*[!-~])?$/
const plain = /^[A-Za-z0-9][A-Za-z0-9._:@+-]*$/

/** Takes a plain text and hands out a branded one: hosts write `'WIDGET'`, not `'WIDGET' as Sku`. */
const text = <Brand extends string>(pattern: RegExp, longest: number) =>
  z.custom<Brand>((value) => typeof value === 'string' && value.length <= longest && pattern.test(value), {
    error: (issue) => brokenRule(issue.input, longest),
  }) as z.ZodCustom<Brand, string>

const brokenRule = (value: unknown, longest: number): string => {
  if (typeof value !== 'string') return 'type'
  if (value.length === 0 || value.length > longest) return 'id.length'
  return value === value.trim() ? 'id.charset' : 'id.format'
}

/** Case-sensitive printable ASCII with inner spaces, 1 to 200 characters: what is printed on the shelf. */
export const skuSchema = text<Sku>(printable, 200)
/** ASCII letters, digits and `. _ : @ + -`, 1 to 64 characters. */
export const locationIdSchema = text<LocationId>(plain, 64)
export const tenantIdSchema = text<TenantId>(plain, 64)
export const lineIdSchema = text<LineId>(plain, 64)

const id = <Brand extends string>() => text<Brand>(plain, 64)
export const orderIdSchema = id<OrderId>()
export const partyIdSchema = id<PartyId>()
export const addressIdSchema = id<AddressId>()
export const reservationIdSchema = id<ReservationId>()
export const fulfillmentIdSchema = id<FulfillmentId>()
export const shipmentIdSchema = id<ShipmentId>()
export const invoiceIdSchema = id<InvoiceId>()
export const creditNoteIdSchema = id<CreditNoteId>()
export const paymentIdSchema = id<PaymentId>()
export const statementIdSchema = id<StatementId>()
export const bankEntryIdSchema = id<BankEntryId>()
export const transferIdSchema = id<TransferId>()
export const stockCountIdSchema = id<StockCountId>()
export const expectedReceiptIdSchema = id<ExpectedReceiptId>()
export const resourceIdSchema = id<ResourceId>()
export const bookingIdSchema = id<BookingId>()

/** What the maker prints on a batch (GS1 AI 10) or on one piece (AI 21): printable ASCII, 1 to 64 characters, case-sensitive. */
export const lotNumberSchema = text<LotNumber>(printable, 64)
export const serialNumberSchema = text<SerialNumber>(printable, 64)

/** The name of a legal entity in the settings: 1 to 64 letters, digits, `-` or `_`. */
export const legalEntitySchema = z.string('type').regex(/^[\w-]{1,64}$/, 'id.format')

/** A word of the host's own (a channel, a team, a payment method): the same characters as an id. */
export const wordSchema = text<string>(plain, 64)
/** A number or reference that people read (a purchase order, a carrier's tracking number): printable ASCII, at most 100 characters. */
export const referenceSchema = text<string>(printable, 100)
