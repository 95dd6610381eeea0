import { sha256 } from '../../adapters/system/sha256.js'
import { kindsWithHistory } from '../../app/kinds.js'
import { canonicalJson } from '../../core/canonical-json.js'
import { idempotencyKind } from '../../core/idempotency/idempotency-record.js'
import { keyName } from '../../core/ids/key.js'
import { reservationKind, type Reservation } from '../../core/inventory/reservation.js'
import { stockKind, type StockLevel } from '../../core/inventory/stock-level.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { openAmount } from '../../core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { numberSeriesKind, type NumberSeries } from '../../core/invoicing/number-series.js'
import { toMinor, type Money } from '../../core/money/money.js'
import { triggerOf } from '../../core/orders/billable.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import type { OrderLine } from '../../core/orders/order-line.js'
import { paymentKind, unappliedAmount, type Payment } from '../../core/payments/payment.js'
import type { RecordedEvent, RecordWrite, StoredRecord } from '../../core/ports/storage.js'
import { eventOf } from './recorded-event.js'
import { sameData } from './same-data.js'

/** The setting that simulated processes run with: short, so that holds come up against it. */
export const longestHoldSeconds = 1_000

/** Looks at one record as it is written, with its events: what of the invariants shows in a single step. Answers what is broken. */
export const checkWrite = (
  before: StoredRecord | undefined,
  write: RecordWrite,
  events: readonly RecordedEvent[],
): readonly string[] => {
  const broken = [...checkVersions(before, write, events), ...checkHistory(before, write, events)]
  if (write.key.kind === reservationKind.name && before !== undefined)
    broken.push(...checkLifetime(before.state as Reservation, events))
  const check = checksByKind.get(write.key.kind)
  if (check !== undefined && write.state !== null)
    broken.push(...check(write.state as never, before?.state as never))
  return broken.map((text) => `${text} (${keyName(write.key)} version ${write.version})`)
}

/** EV1, EV2, ST11: versions are counted without holes, and each event has one of its own. */
const checkVersions = (
  before: StoredRecord | undefined,
  write: RecordWrite,
  events: readonly RecordedEvent[],
): readonly string[] => {
  const known = before?.version ?? 0
  if (write.before !== known) return [`EV2 written over version ${write.before}, but it stands at ${known}`]
  // A derived record that is erased and made again within one commit begins anew, as it would in two.
  if (!kindsWithHistory.has(write.key.kind)) return when(events.length > 0, 'EV7 a derived record has events')
  if (write.version <= known) return [`EV1 the version does not grow: ${known} to ${write.version}`]
  return events.some(({ version }, place) => version !== known + place + 1) ||
    known + events.length !== write.version
    ? [`EV1 events ${events.map(({ version }) => version).join(', ')} follow version ${known}`]
    : []
}

/** EV7 and EV11: the events fold to the state, and the chain goes on from where it was. */
const checkHistory = (
  before: StoredRecord | undefined,
  write: RecordWrite,
  events: readonly RecordedEvent[],
): readonly string[] => {
  const kind = kindsWithHistory.get(write.key.kind)
  if (kind === undefined) return []
  const broken: string[] = []
  let state = before?.state
  let chain = before?.chain ?? ''
  for (const recorded of events) {
    const { body, hash } = recorded
    const event = eventOf<{ readonly type: string }>(recorded)
    if (event.type === 'InvoicePaid') broken.push(...checkPaid(state as Invoice, event as never))
    state = kind.evolve(state, event)
    chain = sha256(chain + body)
    if (hash !== chain) broken.push('EV11 the chain of hashes is broken')
  }
  if (write.chain !== chain) broken.push('EV11 the record does not carry the hash of its last event')
  if (!sameData(state, write.state)) broken.push('EV7 the events do not fold to the state')
  return broken
}

// Each kind's states are its own; the map below gives each check those of its kind.
type Check = (state: never, before: never) => readonly string[]

const when = (isBroken: boolean, text: string): readonly string[] => (isBroken ? [text] : [])

/** ST3, ST4. */
const checkLevel: Check = (level: StockLevel) => [
  ...when(level.reserved < 0, `ST3 ${level.reserved} reserved`),
  ...when(level.onHand < 0, `ST3 ${level.onHand} on hand`),
  ...when(
    level.quarantined < 0 || level.quarantined > level.onHand,
    `ST3 ${level.quarantined} in quarantine`,
  ),
  ...when(
    level.reserved > level.onHand + level.backorderAllowance,
    `ST3 ${level.reserved} reserved of ${level.onHand} + ${level.backorderAllowance}`,
  ),
  ...when(
    level.reserved + (level.shorted ?? 0) - (level.backordered ?? 0) > level.onHand - level.quarantined,
    `ST9 more promises than goods are said to have some`,
  ),
  ...when('available' in level, 'ST4 what is available is stored'),
]

/** OQ1, OQ2, OQ4, OQ5 for each line. */
const checkOrder: Check = (order: Order) =>
  order.lines.flatMap((line) => {
    const open = order.status === 'draft' ? 0 : line.quantity - line.canceled - line.shipped
    const backordered = open - line.allocated
    return [
      ...when(
        line.lacking === undefined ? backordered !== 0 : backordered <= 0,
        `OQ1 ${line.id}: ${line.allocated} of ${open} open units have goods, and ${line.lacking === undefined ? 'nothing' : 'something'} is lacking`,
      ),
      ...when(
        Math.min(
          open,
          line.allocated,
          line.planned,
          line.canceled,
          line.shipped,
          line.delivered,
          line.credited,
        ) < 0,
        `OQ1 ${line.id}: a counter is below zero`,
      ),
      ...when(line.planned > line.allocated, `OQ1 ${line.id}: more planned than allocated`),
      ...when(line.delivered > line.shipped, `OQ2 ${line.id}: more delivered than shipped`),
      ...when(line.invoiced > mostInvoiced(order, line), `OQ4 ${line.id}: more invoiced than is billable`),
      ...when(line.credited > line.invoiced, `OQ5 ${line.id}: more credited than invoiced`),
    ]
  })

const mostInvoiced = (order: Order, line: OrderLine): number => {
  switch (triggerOf(order, line)) {
    case 'on_order':
    case 'period_start':
      return line.quantity
    case 'on_delivery':
      return line.delivered
    case 'on_acceptance':
      return line.accepted ?? 0
    case 'on_shipment':
    case 'period_end':
      return line.shipped
  }
}

/** PY2, MO7. */
const checkPayment: Check = (payment: Payment) => [
  ...when(toMinor(unappliedAmount(payment)) < 0n, 'PY2 more applied and paid back than was received'),
  ...when(toMinor(payment.refunded) < 0n, 'PY2 less than nothing paid back'),
]

/** MO7: no more is applied than is open. */
const checkPaid = (invoice: Invoice, { amount }: { readonly amount: Money }): readonly string[] =>
  when(toMinor(amount) > toMinor(openAmount(invoice)), 'MO7 more applied than was open')

/** MO6, MO9: the credit never exceeds the document, and the document never changes. */
const checkInvoice: Check = (invoice: Invoice, before: Invoice | undefined) => [
  ...when(toMinor(invoice.credited) > toMinor(invoice.total), 'MO6 more credited than invoiced'),
  ...when(
    before !== undefined && canonicalJson(issued(before)) !== canonicalJson(issued(invoice)),
    'MO9 an issued invoice has changed',
  ),
]

const issued = ({ number, lines, total, issuedOn, dueOn, order }: Invoice): unknown => ({
  number,
  lines,
  total,
  issuedOn,
  dueOn,
  order,
})

/** NR2, NR3. A commit may hold several numbers of a series, so only the direction shows here. */
const checkSeries: Check = (series: NumberSeries, before: NumberSeries | undefined) => [
  ...when(series.last <= (before?.last ?? 0), 'NR2 the numbers do not go on'),
  ...when(
    before !== undefined && series.lastIssuedOn < before.lastIssuedOn,
    'NR3 a date before the last one',
  ),
]

/** RS2, RS3, RS6: by the clock that stamped the event, a hold is used before its end and expires at it or later. */
const checkLifetime = (hold: Reservation, events: readonly RecordedEvent[]): readonly string[] =>
  events.flatMap(({ type, recordedAt }) => {
    if (type === 'HoldExpired') return when(recordedAt < hold.expiresAt, 'RS3 expired before its end')
    return type === 'HoldCommitted' || type === 'HoldExtended'
      ? when(recordedAt >= hold.expiresAt && hold.status === 'held', `RS2 ${type} at its end or after`)
      : []
  })

const ended = new Set(['released', 'expired', 'shipped', 'canceled'])

/** RS1, RS9. */
const checkReservation: Check = (hold: Reservation, before: Reservation | undefined) => [
  ...when(before !== undefined && ended.has(before.status), `RS1 a ${before?.status ?? ''} hold was changed`),
  ...when(before?.status === 'committed' && hold.status === 'held', 'RS1 a committed hold is held again'),
  ...when(
    before !== undefined && hold.expiresAt < before.expiresAt,
    'RS9 a hold that was extended ends earlier than before',
  ),
  ...when(
    new Date(hold.expiresAt).getTime() - new Date(hold.heldAt).getTime() > longestHoldSeconds * 1_000,
    'RS9 a hold lives longer than the longest life',
  ),
]

/** ID1: an answer, once kept, stands. */
const checkKept: Check = (_kept: unknown, before: unknown) =>
  when(before !== undefined, 'ID1 a kept answer was replaced')

const checksByKind: ReadonlyMap<string, Check> = new Map([
  [stockKind.name, checkLevel],
  [orderKind.name, checkOrder],
  [paymentKind.name, checkPayment],
  [invoiceKind.name, checkInvoice],
  [numberSeriesKind.name, checkSeries],
  [reservationKind.name, checkReservation],
  [idempotencyKind.name, checkKept],
])
