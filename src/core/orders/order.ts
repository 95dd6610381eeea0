import type {
  AddressId,
  BookingId,
  CreditNoteId,
  FulfillmentId,
  InvoiceId,
  LineId,
  OrderId,
  OrderNumber,
  PartyId,
  PaymentId,
  ReservationId,
  ShipmentId,
} from '../ids/ids.js'
import { sumBy } from '../catalog/quantity.js'
import type { AgreedTerms } from '../pricing/payment-terms.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, isZero, negate, subtract, sumOf, zero, type Money } from '../money/money.js'
import type { InvoiceTrigger } from '../pricing/invoice-trigger.js'
import type { PricedLine } from '../pricing/price-lines.js'
import type { AppliedPromotion } from '../promotions/applied-promotion.js'
import type { RecordKind } from '../record-kind.js'
import type { OrderStatus } from '../../state-machines/order.machine.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxedBy } from '../tax/taxed-by.js'
import type { LocalDate } from '../time/local-date.js'
import { addDeposits, type DepositPart } from '../totals/deposit.js'
import type { AgreedDocumentAdjustment, Calculation, DocumentAmounts } from '../totals/calculation.js'
import { withLacking, withoutUnits, type LackingStock, type LineLack } from './backorders.js'
import { nextPeriodOn } from './next-period.js'

/** What was agreed at capture. Names, addresses and free text stand in a personal-data record, never here. */
export interface OrderContent {
  readonly channel: string
  /** The channel's own number of this order; unique within the channel. */
  readonly reference?: string
  readonly purchaseOrder?: string
  readonly customer?: PartyId
  /** The legal entity of the business that sells; the business itself where absent. */
  readonly legalEntity?: string
  readonly shipTo?: AddressId
  readonly billTo?: AddressId
  readonly currency: CurrencyCode
  readonly lines: readonly PricedLine[]
  readonly orderedOn: LocalDate
  readonly payment: {
    readonly method: string
    readonly terms: 'prepaid' | 'on_account'
    /** When its invoices are due; after the usual number of days where absent. */
    readonly agreed?: AgreedTerms
  }
  readonly delivery: { readonly method: string; readonly requestedOn?: LocalDate }
  readonly metadata?: Readonly<Record<string, string>>
  /** Whose backorders are filled first, where the setting `backorders` goes by priority: the higher the sooner. 0 when absent. */
  readonly priority?: number
  /** Discounts and charges on the whole order. */
  readonly adjustments?: readonly AgreedDocumentAdjustment[]
  /** The promotions it got; what they take stands in `adjustments`, here and on the lines. */
  readonly promotions?: readonly AppliedPromotion[]
  /** Where it is taxed. */
  readonly taxPlace?: TaxPlace
  /** The outside engine that said how; absent where the tax table or the order itself did. */
  readonly taxedBy?: TaxedBy
  /** How its amounts were calculated, and to what; both absent where nothing is taxed, discounted or charged: it comes to the sum of its lines. */
  readonly calculation?: Calculation
  readonly totals?: DocumentAmounts
  /** What makes its units billable, where a line does not say it; `on_shipment` when absent. */
  readonly invoiceTrigger?: InvoiceTrigger
}

/**
 * A line with its counters, in base units (OQ1): quantity = open + canceled + shipped, open = allocated + backordered.
 * Only what cannot be computed is stored.
 */
export interface OrderLine extends PricedLine {
  /** Open units that have goods; the other open units of a placed order are backordered. */
  readonly allocated: number
  /** What the backordered units wait for; absent where none are. */
  readonly lacking?: readonly LackingStock[]
  /** The day that was promised for the backordered units, where one was. */
  readonly promisedOn?: LocalDate
  /** What of the allocated units a fulfillment is working on. */
  readonly planned: number
  readonly canceled: number
  readonly shipped: number
  readonly delivered: number
  /** What the customer has accepted; absent where nothing was. */
  readonly accepted?: number
  readonly invoiced: number
  readonly credited: number
}

export type OrderHoldReason =
  | 'awaiting_payment'
  | 'fraud_risk'
  | 'incorrect_address'
  | 'out_of_stock'
  | 'awaiting_return'
  | 'customer_request'
  | 'customer_stopped'
  | 'other'

export interface OrderHold {
  readonly id: string
  readonly reason: OrderHoldReason
}

/** Capacity booked for an order, or for one of its lines. */
export interface OrderBooking {
  readonly booking: BookingId
  readonly line?: LineId
}

export interface Order extends Omit<OrderContent, 'lines'> {
  readonly id: OrderId
  readonly number: OrderNumber
  readonly status: OrderStatus
  readonly lines: readonly OrderLine[]
  /** What the customer owes for all of it: with tax, rounded to coins where they are. */
  readonly total: Money
  readonly holds: readonly OrderHold[]
  readonly reservation?: ReservationId
  /** Absent where no capacity was booked. */
  readonly bookings?: readonly OrderBooking[]
  readonly placedOn?: LocalDate
  readonly cancellation?: string
  /** The customer was erased, and with it all that was personal about this order. */
  readonly personalData?: 'erased'
  /** Sums of the documents about this order. */
  readonly invoiced: Money
  readonly credited: Money
  readonly paid: Money
  /** What of `invoiced` debit notes claim beyond what was ordered. Absent where there is none. */
  readonly debited?: Money
  /** What of its invoices is no longer asked for without a credit note: discounts for early payment, write-offs. Absent where there is none. */
  readonly forgone?: Money
  /** How many invoices it has; absent where they were not counted. */
  readonly invoices?: number
  /** Its deposit invoices, oldest first, with what of each no later invoice has deducted; absent where there are none. */
  readonly depositInvoices?: readonly DepositPart[]
  /** Payments made for this order before it was invoiced, oldest first, with what of each is not applied yet. */
  readonly deposits: readonly { readonly payment: PaymentId; readonly unapplied: Money }[]
}

/** What a line lacks at its placement. */
export interface PromisedLack extends LineLack {
  readonly promisedOn?: LocalDate
}

export interface LineQuantity {
  readonly line: LineId
  readonly quantity: number
}

export type OrderEvent =
  | {
      readonly type: 'OrderCaptured'
      readonly id: OrderId
      readonly number: OrderNumber
      readonly content: OrderContent
    }
  | { readonly type: 'OrderChanged'; readonly content: OrderContent }
  | {
      readonly type: 'OrderPlaced'
      readonly placedOn: LocalDate
      readonly reservation?: ReservationId
      /** What of its lines has no goods yet, and the day promised for it. */
      readonly lacking?: readonly PromisedLack[]
    }
  /** Goods came for what waited. */
  | { readonly type: 'OrderBackorderFilled'; readonly lines: readonly LineLack[] }
  /** Goods that were allocated were lost, and the units wait for others (ST9). */
  | { readonly type: 'OrderBackordered'; readonly lines: readonly LineLack[]; readonly reason: string }
  | { readonly type: 'OrderCapacityBooked'; readonly bookings: readonly OrderBooking[] }
  | { readonly type: 'OrderConfirmed' }
  | { readonly type: 'OrderHeld'; readonly hold: OrderHold }
  | { readonly type: 'OrderHoldReleased'; readonly hold: string }
  | {
      readonly type: 'OrderQuantitiesCanceled'
      readonly lines: readonly LineQuantity[]
      readonly reason: string
    }
  | { readonly type: 'OrderCanceled'; readonly reason: string }
  | {
      readonly type: 'OrderWorkPlanned'
      readonly fulfillment: FulfillmentId
      readonly lines: readonly LineQuantity[]
    }
  | {
      readonly type: 'OrderWorkCanceled'
      readonly fulfillment: FulfillmentId
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'OrderShipped'; readonly shipment: ShipmentId; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'OrderDelivered'
      readonly shipment: ShipmentId
      readonly lines: readonly LineQuantity[]
    }
  | {
      readonly type: 'OrderAccepted'
      readonly acceptedOn: LocalDate
      readonly lines: readonly LineQuantity[]
    }
  /** Periods of its recurring lines are over: what they are was provided. */
  | { readonly type: 'OrderPerformed'; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'OrderInvoiced'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      /** 1 for the first invoice of the order. */
      readonly nth?: number
      /** What it deducts of deposit invoices. */
      readonly deducted?: readonly DepositPart[]
    }
  /** A debit note claims what an invoice had claimed too little: no units of the order are billed by it. */
  | {
      readonly type: 'OrderDebited'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly nth: number
    }
  | { readonly type: 'OrderDebitWithdrawn'; readonly invoice: InvoiceId; readonly amount: Money }
  /** A part of its price was claimed before anything is delivered. */
  | { readonly type: 'OrderDepositBilled'; readonly deposit: DepositPart; readonly nth: number }
  /** A deposit invoice, or what is left of it, claims nothing any more: it was credited or voided. */
  | {
      readonly type: 'OrderDepositWithdrawn'
      readonly deposit: DepositPart
      readonly creditNote?: CreditNoteId
    }
  /** An invoice was voided: what it billed is not billed. */
  | {
      readonly type: 'OrderInvoiceVoided'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      /** What it had deducted of deposit invoices, and others deduct now. */
      readonly deducted?: readonly DepositPart[]
    }
  | {
      readonly type: 'OrderCredited'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'OrderDepositReceived'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'OrderDepositApplied'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'OrderPaid'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'OrderPaymentTakenBack'; readonly payment: PaymentId; readonly amount: Money }
  /** What of an invoice is no longer asked for; below zero where it is asked for again. */
  | { readonly type: 'OrderDifferenceBooked'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'OrderClosed' }
  | { readonly type: 'OrderPersonalDataErased' }

const evolve = (known: Order | undefined, event: OrderEvent): Order => {
  if (event.type === 'OrderCaptured') return captured(event)
  const order = known as Order
  switch (event.type) {
    case 'OrderChanged':
      return changed(order, event.content)
    case 'OrderPlaced':
      return {
        ...order,
        status: 'placed',
        placedOn: event.placedOn,
        lines: order.lines.map((line) => placedLine(line, event.lacking)),
        ...(event.reservation !== undefined && { reservation: event.reservation }),
      }
    case 'OrderCapacityBooked':
      return { ...order, bookings: [...(order.bookings ?? []), ...event.bookings] }
    case 'OrderConfirmed':
      return { ...order, status: 'confirmed' }
    case 'OrderHeld':
      return { ...order, holds: [...order.holds, event.hold] }
    case 'OrderHoldReleased':
      return { ...order, holds: order.holds.filter((hold) => hold.id !== event.hold) }
    case 'OrderQuantitiesCanceled':
      return counted(order, event.lines, withoutUnits)
    case 'OrderBackorderFilled':
      return { ...order, lines: order.lines.map((line) => relacked(line, event.lines, -1)) }
    case 'OrderBackordered':
      return { ...order, lines: order.lines.map((line) => relacked(line, event.lines, 1)) }
    case 'OrderCanceled':
      return { ...order, status: 'canceled', cancellation: event.reason }
    case 'OrderWorkPlanned':
      return counted(order, event.lines, (line, quantity) => ({ ...line, planned: line.planned + quantity }))
    case 'OrderWorkCanceled':
      return counted(order, event.lines, (line, quantity) => ({ ...line, planned: line.planned - quantity }))
    case 'OrderShipped':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        shipped: line.shipped + quantity,
        allocated: line.allocated - quantity,
        planned: line.planned - quantity,
      }))
    case 'OrderDelivered':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        delivered: line.delivered + quantity,
      }))
    case 'OrderAccepted':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        accepted: (line.accepted ?? 0) + quantity,
      }))
    case 'OrderPerformed':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        allocated: line.allocated - quantity,
        shipped: line.shipped + quantity,
        delivered: line.delivered + quantity,
      }))
    case 'OrderInvoiced':
      return {
        ...counted(order, event.lines, (line, quantity) => ({ ...line, invoiced: line.invoiced + quantity })),
        invoiced: add(order.invoiced, event.amount),
        ...(event.nth !== undefined && { invoices: event.nth }),
        ...withDeposits(order, event.deducted, -1),
      }
    case 'OrderDebited':
      return { ...withDebit(order, event.amount), invoices: event.nth }
    case 'OrderDebitWithdrawn':
      return withDebit(order, negate(event.amount))
    case 'OrderDepositBilled':
      return {
        ...order,
        depositInvoices: [...(order.depositInvoices ?? []), event.deposit],
        invoices: event.nth,
      }
    case 'OrderDepositWithdrawn':
      return { ...order, ...withDeposits(order, [event.deposit], -1) }
    case 'OrderInvoiceVoided':
      return {
        ...counted(order, event.lines, (line, quantity) => ({ ...line, invoiced: line.invoiced - quantity })),
        invoiced: subtract(order.invoiced, event.amount),
        ...withDeposits(order, event.deducted, 1),
      }
    case 'OrderCredited':
      return {
        ...counted(order, event.lines, (line, quantity) => ({ ...line, credited: line.credited + quantity })),
        credited: add(order.credited, event.amount),
      }
    case 'OrderDepositReceived':
      return { ...order, deposits: [...order.deposits, { payment: event.payment, unapplied: event.amount }] }
    case 'OrderDepositApplied':
      return { ...order, deposits: order.deposits.map((deposit) => lowered(deposit, event)) }
    case 'OrderPaid':
      return { ...order, paid: add(order.paid, event.amount) }
    case 'OrderPaymentTakenBack':
      return { ...order, paid: subtract(order.paid, event.amount) }
    case 'OrderDifferenceBooked':
      return withDifference(order, event.amount)
    case 'OrderClosed':
      return { ...order, status: 'closed' }
    case 'OrderPersonalDataErased':
      return { ...order, personalData: 'erased' }
  }
}

const withDeposits = (
  { depositInvoices }: Order,
  parts: readonly DepositPart[] | undefined,
  sign: 1 | -1,
): Pick<Order, 'depositInvoices'> =>
  parts === undefined || depositInvoices === undefined
    ? {}
    : { depositInvoices: addDeposits(depositInvoices, parts, sign) }

const withDebit = ({ debited: known, ...order }: Order, amount: Money): Order => {
  const debited = known === undefined ? amount : add(known, amount)
  const claiming = { ...order, invoiced: add(order.invoiced, amount) }
  return isZero(debited) ? claiming : { ...claiming, debited }
}

const withDifference = ({ forgone: known, ...order }: Order, amount: Money): Order => {
  const forgone = known === undefined ? amount : add(known, amount)
  return isZero(forgone) ? order : { ...order, forgone }
}

const placedLine = (line: OrderLine, lacking: readonly PromisedLack[] | undefined): OrderLine => {
  const placed = { ...line, allocated: line.quantity - line.canceled }
  if (lacking === undefined) return placed
  const own = lacking.filter((lack) => lack.line === line.id)
  if (own.length === 0) return placed
  const dates = own.flatMap(({ promisedOn }) => (promisedOn === undefined ? [] : [promisedOn]))
  const latest = dates.toSorted().at(-1)
  return withLacking(latest === undefined ? placed : { ...placed, promisedOn: latest }, own)
}

const relacked = (line: OrderLine, lacks: readonly LineLack[], sign: 1 | -1): OrderLine => {
  const own = lacks.filter((lack) => lack.line === line.id)
  return own.length === 0
    ? line
    : withLacking(
        line,
        own.map(({ sku, quantity }) => ({ sku, quantity: sign * quantity })),
      )
}

const captured = (event: Extract<OrderEvent, { readonly type: 'OrderCaptured' }>): Order => {
  const nothing = zero(event.content.currency)
  return {
    id: event.id,
    number: event.number,
    status: 'draft',
    ...withCounters(event.content),
    holds: [],
    invoiced: nothing,
    credited: nothing,
    paid: nothing,
    deposits: [],
  }
}

/** What was agreed before is replaced whole: a field that the new content leaves out is gone. */
const changed = (order: Order, content: OrderContent): Order => {
  const { id, number, status, holds, invoiced, credited, paid, deposits } = order
  const sums =
    content.currency === order.currency
      ? { invoiced, credited, paid, deposits }
      : {
          invoiced: zero(content.currency),
          credited: zero(content.currency),
          paid: zero(content.currency),
          // They are used up, or the currency could not have changed; a zero in the old one would spoil every sum.
          deposits: [],
        }
  return { id, number, status, ...withCounters(content), holds, ...sums }
}

const withCounters = (content: OrderContent): OrderContent & Pick<Order, 'lines' | 'total'> => ({
  ...content,
  lines: content.lines.map(uncounted),
  total: totalOf(content),
})

/** What the customer owes for all that was agreed: with tax, rounded to coins where they are. */
export const totalOf = ({
  lines,
  currency,
  totals,
}: Pick<OrderContent, 'lines' | 'currency' | 'totals'>): Money =>
  totals === undefined
    ? sumOf(
        lines.map((line) => line.net),
        currency,
      )
    : add(totals.gross, totals.rounding)

/** Written out field by field: V8 takes a hundred times as long to add seven fields to a spread copy. */
const uncounted = (line: PricedLine): OrderLine => {
  const counted: OrderLine = {
    id: line.id,
    sku: line.sku,
    name: line.name,
    unit: line.unit,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    net: line.net,
    location: line.location,
    allocated: 0,
    planned: 0,
    canceled: 0,
    shipped: 0,
    delivered: 0,
    invoiced: 0,
    credited: 0,
  }
  if (
    line.tax !== undefined ||
    line.splitFrom !== undefined ||
    line.invoiceTrigger !== undefined ||
    line.recurring !== undefined ||
    line.listed !== undefined
  ) {
    return { ...counted, ...line }
  }
  if (line.stocked === false) return { ...counted, stocked: false }
  if (line.tracking !== undefined) return { ...counted, tracking: line.tracking }
  return line.components === undefined ? counted : { ...counted, components: line.components }
}

const counted = (
  order: Order,
  lines: readonly LineQuantity[],
  count: (line: OrderLine, quantity: number) => OrderLine,
): Order => {
  const quantities = sumBy(
    lines,
    (line) => line.line,
    (line) => line.quantity,
  )
  return {
    ...order,
    lines: order.lines.map((line) => {
      const quantity = quantities.get(line.id)
      return quantity === undefined ? line : count(line, quantity)
    }),
  }
}

const lowered = (
  deposit: Order['deposits'][number],
  applied: { readonly payment: PaymentId; readonly amount: Money },
): Order['deposits'][number] =>
  deposit.payment === applied.payment
    ? { ...deposit, unapplied: subtract(deposit.unapplied, applied.amount) }
    : deposit

/** What an order with something that recurs is found by: such orders are few. */
const namedBy = ({ status, number, channel, orderedOn, customer, personalData }: Order) => ({
  status,
  number,
  channel,
  orderedOn,
  ...(customer !== undefined && {
    [personalData === 'erased' ? 'erasedCustomer' : 'customer']: customer,
  }),
})

export const orderKind: RecordKind<Order, OrderEvent> = {
  name: 'order',
  evolve,
  entries: (order) => {
    const { status, number, channel, orderedOn, customer } = order
    const periodDueOn = nextPeriodOn(order)
    if (periodDueOn !== undefined) return { ...namedBy(order), periodDueOn }
    if (customer === undefined) return { status, number, channel, orderedOn }
    return order.personalData === 'erased'
      ? { status, number, channel, orderedOn, erasedCustomer: customer }
      : { status, number, channel, orderedOn, customer }
  },
}
