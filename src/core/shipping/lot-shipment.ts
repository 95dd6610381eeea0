import { joinedId } from '../ids/joined-id.js'
import type { LocationId, LotNumber, OrderId, ShipmentId, Sku } from '../ids/ids.js'
import type { DerivedKind } from '../record-kind.js'
import type { LocalDate } from '../time/local-date.js'

/** Units of one lot that left with one shipment: what a recall asks for. Written in the commit in which they leave. */
export interface LotShipment {
  readonly sku: Sku
  readonly lot: LotNumber
  readonly location: LocationId
  readonly order: OrderId
  readonly shipment: ShipmentId
  /** In base units. */
  readonly quantity: number
  readonly shippedOn: LocalDate
}

/** Lots are told apart within a SKU. */
export const lotName = (sku: Sku, lot: LotNumber): string => joinedId(lot, sku)

export const lotShipmentKind: DerivedKind<LotShipment> = {
  name: 'lot_shipment',
  entries: ({ sku, lot, order }) => ({ lot: lotName(sku, lot), order }),
  derived: true,
}

export const lotShipmentId = (shipment: ShipmentId, sku: Sku, lot: LotNumber): string =>
  `${shipment}/${lotName(sku, lot)}`
