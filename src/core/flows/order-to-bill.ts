import type { PlanContext, Seen, TouchContext } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { OrderId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { orderKind, type Order } from '../orders/order.js'
import { workOn, type Facts, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { billingKeys } from './bill-units.js'
import { businessDate } from './business-date.js'

/** What the commands say that bill an order of their own accord, and not with a fact. */
export const orderToBillShape = {
  order: orderIdSchema,
  /** The day of the invoice; the store's when left out. */
  issuedOn: localDateSchema.optional(),
} as const

interface WantedBill {
  readonly order: OrderId
  readonly issuedOn?: LocalDate | undefined
}

export const orderToBillKeys = (
  { order, issuedOn }: WantedBill,
  seen: Seen,
  { ids, settings, today }: TouchContext,
): readonly Key[] => [
  { kind: orderKind.name, id: order },
  ...billingKeys(ids.of('invoice'), seen.get(orderKind, order), settings, issuedOn ?? today()),
]

/** The order and the day of the invoice, or why there is neither. */
export const orderToBill = (
  facts: Facts,
  input: WantedBill,
  { now }: PlanContext,
): Result<OrderToBill, Refusal> => {
  const work = workOn(facts)
  const order = work.find(orderKind, input.order)?.state
  if (order === undefined) return refuse('unknown_order', { order: input.order })
  const on = businessDate(input.issuedOn, 'issuedOn', now)
  return on.ok ? ok({ work, order, on: on.value }) : on
}

interface OrderToBill {
  readonly work: Work
  readonly order: Order
  readonly on: LocalDate
}
