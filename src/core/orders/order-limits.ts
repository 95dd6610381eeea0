import type { Blocker } from '../explain.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { allowedCommands } from './order-blockers.js'
import { quantityByLine, type LineQuantity, type OrderLine } from './order-line.js'
import type { Order, OrderEvent } from './order.js'

export type OrderDecision = Result<readonly OrderEvent[], Refusal>

export const unless = (
  order: Order,
  blockers: readonly Blocker[],
  events: readonly OrderEvent[],
): OrderDecision => refusalFor(order, blockers) ?? ok(events)

/** Refuses with the first blocker; a refusal because of the status also says which commands are possible. */
export const refusalFor = (order: Order, blockers: readonly Blocker[]): OrderDecision | undefined => {
  const [first] = blockers
  if (first === undefined) return undefined
  return first.code === 'invalid_state'
    ? refuse(first.code, { ...first.details, commands: allowedCommands(order) })
    : refuse(first.code, first.details)
}

export const within = (
  order: Order,
  lines: readonly LineQuantity[],
  code: 'quantity_exceeded' | 'credit_exceeds_invoice',
  limitOf: (line: OrderLine) => number,
  event: OrderEvent,
): OrderDecision => exceedingLine(order, lines, limitOf, code) ?? ok([event])

export const exceedingLine = (
  order: Order,
  lines: readonly LineQuantity[],
  limitOf: (line: OrderLine) => number,
  code: 'quantity_exceeded' | 'credit_exceeds_invoice' = 'quantity_exceeded',
): OrderDecision | undefined => {
  const known = new Map<string, OrderLine>(order.lines.map((line) => [line.id, line]))
  for (const [line, quantity] of quantityByLine(lines)) {
    const ordered = known.get(line)
    if (ordered === undefined) return refuse('unknown_line', { line })
    const limit = limitOf(ordered)
    if (quantity > limit) return refuse(code, { line, wanted: quantity, limit })
  }
  return undefined
}
