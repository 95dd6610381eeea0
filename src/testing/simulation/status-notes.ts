import { bookingKind } from '../../core/capacity/booking.js'
import { fulfillmentKind } from '../../core/fulfillment/fulfillment.js'
import { idempotencyKind, type IdempotencyRecord } from '../../core/idempotency/idempotency-record.js'
import { reservationKind } from '../../core/inventory/reservation.js'
import { stockCountKind } from '../../core/inventory/stock-count.js'
import { transferKind } from '../../core/inventory/transfer.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { orderKind } from '../../core/orders/order.js'
import { partyKind } from '../../core/parties/party.js'
import { paymentKind } from '../../core/payments/payment.js'
import type { PolicyRequest } from '../../core/ports/policy.js'
import type { RecordWrite, Writes } from '../../core/ports/storage.js'
import { promotionKind } from '../../core/promotions/promotion.js'
import { bankEntryKind } from '../../core/reconciliation/bank-entry.js'
import { expectedReceiptKind } from '../../core/replenishment/expected-receipt.js'
import { shipmentKind } from '../../core/shipping/shipment.js'
import { locationKind } from '../../core/sourcing/location.js'

/** Notes in which status the record that a command is about was when the command was decided. */
export interface StatusNotes {
  /** Makes decisions, and says what was noted meanwhile. */
  during(decide: () => Writes): Decided
  /** This command is decided next. */
  asked(request: PolicyRequest): void
  /** Cells, as `transfers.ship invalid_state, transfer received`: what came of each command that was committed, and the status before it. */
  committed(decided: Decided): readonly string[]
}

/** What is to be written, with a note for each command that was decided, in their order. */
export interface Decided {
  readonly writes: Writes
  readonly notes: readonly Note[]
}

interface Note {
  readonly action: string
  /** As `transfer received`, or `no transfer`; absent where the command is about no record with a life of its own. */
  readonly before: string | undefined
}

export const statusNotes = (): StatusNotes => {
  let notes: Note[] = []
  return {
    during: (decide) => {
      notes = []
      return { writes: decide(), notes }
    },
    asked: (request) => {
      notes.push({ action: request.action, before: statusOf(request) })
    },
    committed: ({ writes, notes: asked }) => {
      const answers = writes.records.filter(isAnswer)
      return [...new Set(answers.map(actionOf))].flatMap((action) =>
        cellsOf(
          action,
          asked.filter((note) => note.action === action),
          answers.filter((answer) => actionOf(answer) === action),
        ),
      )
    },
  }
}

/** In the order in which they were decided. Where one of them has left no answer on record, nobody can say which is whose, and none counts. */
const cellsOf = (
  action: string,
  notes: readonly Note[],
  answers: readonly RecordWrite[],
): readonly string[] =>
  notes.length !== answers.length
    ? []
    : answers.flatMap(({ state }, place) => {
        const before = notes[place]?.before
        return before === undefined ? [] : [`${action} ${outcomeOf(state as IdempotencyRecord)}, ${before}`]
      })

const isAnswer = ({ key, before, state }: RecordWrite): boolean =>
  key.kind === idempotencyKind.name && before === 0 && state !== null

const actionOf = ({ key }: RecordWrite): string => key.id.slice(0, key.id.indexOf('/'))

const outcomeOf = ({ answer }: IdempotencyRecord): string => (answer.ok ? 'ok' : answer.refusal.code)

/** Which record a command is about, by the field of its input that names it. Of two the first: a credit of one order's part is about its invoice. */
const subjects = [
  ['fulfillment', fulfillmentKind.name],
  ['shipment', shipmentKind.name],
  ['transfer', transferKind.name],
  ['count', stockCountKind.name],
  ['expected', expectedReceiptKind.name],
  ['entry', bankEntryKind.name],
  ['payment', paymentKind.name],
  ['reservation', reservationKind.name],
  ['booking', bookingKind.name],
  ['invoice', invoiceKind.name],
  ['promotion', promotionKind.name],
  ['order', orderKind.name],
  ['party', partyKind.name],
] as const

type Fields = Readonly<Record<string, unknown>>

const statusOf = ({ action, input, facts }: PolicyRequest): string | undefined => {
  const key = subjectOf(action, input as Fields)
  if (key === undefined) return undefined
  try {
    const record = facts.find(key)?.state as { readonly status?: string } | undefined
    return record === undefined ? `no ${key.kind}` : `${key.kind} ${record.status}`
  } catch {
    // It is not locked: the command is asked for again with it, or does not rest on it.
    return undefined
  }
}

const subjectOf = (
  action: string,
  input: Fields,
): { readonly kind: string; readonly id: string } | undefined => {
  for (const [field, kind] of subjects) {
    const id = input[field]
    if (typeof id === 'string') return { kind, id }
  }
  const { held, location } = input
  if (typeof held === 'object') return subjectOf(action, held as Fields)
  return typeof location === 'string' && action.startsWith('locations.')
    ? { kind: locationKind.name, id: location }
    : undefined
}
