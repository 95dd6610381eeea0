import type { ExpectedReceiptId, LocationId, PartyId, Sku } from '../ids/ids.js'
import { stockLevelId } from '../inventory/stock-level.js'
import type { RecordKind } from '../record-kind.js'
import type { ExpectedReceiptStatus } from '../../state-machines/expected-receipt.machine.js'
import type { LocalDate } from '../time/local-date.js'

/** Goods on order: a line of a purchase order. Quantities are in base units. What has not come is part of the stock level's `incoming`. */
export interface ExpectedReceipt {
  readonly id: ExpectedReceiptId
  readonly sku: Sku
  readonly location: LocationId
  readonly vendor?: PartyId
  /** The purchase order or its line, as people know it. */
  readonly document?: string
  readonly quantity: number
  readonly received: number
  readonly expectedOn: LocalDate
  /** How much more than ordered is accepted, in percent of the quantity. */
  readonly overReceiptPercent: string
  readonly status: ExpectedReceiptStatus
  readonly canceledBecause?: string
}

export type ExpectedReceiptEvent =
  | ({ readonly type: 'ReceiptExpected' } & Omit<ExpectedReceipt, 'received' | 'status' | 'canceledBecause'>)
  | { readonly type: 'ExpectedReceiptChanged'; readonly quantity: number; readonly expectedOn: LocalDate }
  | {
      readonly type: 'ExpectedGoodsReceived'
      readonly quantity: number
      readonly status: 'partly_received' | 'received'
    }
  | { readonly type: 'ExpectedReceiptCanceled'; readonly reason: string }

/** What is still to come; none when more came than was ordered. */
export const outstanding = ({ status, quantity, received }: ExpectedReceipt): number =>
  status === 'received' || status === 'canceled' ? 0 : Math.max(0, quantity - received)

const evolve = (known: ExpectedReceipt | undefined, event: ExpectedReceiptEvent): ExpectedReceipt => {
  const receipt = known as ExpectedReceipt
  switch (event.type) {
    case 'ReceiptExpected': {
      const { type: _type, ...ordered } = event
      return { ...ordered, received: 0, status: 'expected' }
    }
    case 'ExpectedReceiptChanged':
      return { ...receipt, quantity: event.quantity, expectedOn: event.expectedOn }
    case 'ExpectedGoodsReceived':
      return { ...receipt, received: receipt.received + event.quantity, status: event.status }
    case 'ExpectedReceiptCanceled':
      return { ...receipt, status: 'canceled', canceledBecause: event.reason }
  }
}

export const expectedReceiptKind: RecordKind<ExpectedReceipt, ExpectedReceiptEvent> = {
  name: 'expected_receipt',
  evolve,
  entries: (receipt) => ({
    status: receipt.status,
    sku: receipt.sku,
    expectedOn: receipt.expectedOn,
    ...(receipt.vendor !== undefined && { vendor: receipt.vendor }),
    // What has not come all, by the level it is for: the list that availability is computed from.
    ...((receipt.status === 'expected' || receipt.status === 'partly_received') && {
      openAt: stockLevelId(receipt.location, receipt.sku),
    }),
  }),
}
