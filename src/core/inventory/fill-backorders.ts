import { invariant, present } from '../invariant.js'
import type { LineLack } from '../orders/backorders.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { lockAll, type Work } from '../plan.js'
import {
  backorderQueueKind,
  leaveQueue,
  nextInLine,
  putQueue,
  type WaitingPromise,
} from './backorder-queue.js'
import { fillableOf } from './promised-stock.js'
import { stockKind, type StockEvent, type StockLevel } from './stock-level.js'

/** Promises one commit fills at most. A longer queue is filled by further commits, and nobody who came later gets those goods meanwhile. */
export const mostFilledAtOnce = 100

/** Lets those who wait have what the whole command has made usable, when it is known what that is. */
export const fillAtEnd = (work: Work): void => {
  work.atEnd('backorders', () => {
    fillBackorders(work, work.changed(stockKind.name))
  })
}

/**
 * Lets those who wait at these levels have the goods that are there, by priority and then by how long they have waited (F57, F56), in the commit of whatever
 * made the goods usable. Answers how many promises were served.
 */
export const fillBackorders = (work: Work, levels: readonly string[]): number => {
  const fillable = levels.flatMap((id) => {
    const level = present(work.find(stockKind, id)?.state, 'goods that are there have a stock level')
    return fillableOf(level) === 0 ? [] : [{ id, level }]
  })
  if (fillable.length === 0) return 0
  lockAll(
    work,
    backorderQueueKind.name,
    fillable.map(({ id }) => id),
  )
  const serving = fillable.map(({ id, level }) => serviceAt(work, id, level))
  lockAll(
    work,
    orderKind.name,
    serving.flatMap(({ served }) => served.flatMap(orderOf)),
  )
  const filled = new Map<string, LineLack[]>()
  for (const service of serving) serve(work, service, filled)
  for (const [order, lines] of filled) allocate(work, order, lines)
  return serving.reduce((sum, { served }) => sum + served.length, 0)
}

interface Service {
  readonly id: string
  readonly level: StockLevel
  readonly promises: readonly WaitingPromise[]
  readonly served: readonly WaitingPromise[]
}

const serviceAt = (work: Work, id: string, level: StockLevel): Service => {
  const queue = work.find(backorderQueueKind, id)?.state
  invariant(queue !== undefined, 'a level of which promises wait has a queue')
  const { promises } = queue
  return { id, level, promises, served: nextInLine(promises, fillableOf(level), mostFilledAtOnce) }
}

const orderOf = ({ source }: WaitingPromise): readonly string[] =>
  source.kind === orderKind.name ? [source.id] : []

const serve = (
  work: Work,
  { id, level, promises, served }: Service,
  filled: Map<string, LineLack[]>,
): void => {
  let waiting = promises
  const events: StockEvent[] = []
  for (const promise of served) {
    const { source, line, quantity } = promise
    waiting = leaveQueue(waiting, promise, quantity, 'oldest').promises
    events.push({ type: 'BackorderFilled', quantity, source })
    if (line === undefined) continue
    const lines = filled.get(source.id) ?? []
    lines.push({ line, sku: level.sku, quantity })
    filled.set(source.id, lines)
  }
  const after = work.append(stockKind, id, events)
  putQueue(work, id, waiting, fillableOf(after) > 0)
}

/** A kit whose other components still wait has nothing to tell yet. */
const allocate = (work: Work, id: string, lines: readonly LineLack[]): void => {
  const order = work.find(orderKind, id)?.state
  invariant(order !== undefined, 'an order that waits for stock exists')
  const decided = decideOrder(order, { type: 'FillBackorder', lines })
  invariant(decided.ok, 'goods that came can always be given to an order that waits for them')
  const after = work.append(orderKind, order.id, decided.value)
  const allocated = after.lines.flatMap((line, index) => {
    const before = order.lines[index]
    invariant(before !== undefined, 'an order that gets goods keeps its lines')
    const quantity = line.allocated - before.allocated
    return quantity === 0 ? [] : [{ line: line.id, quantity }]
  })
  if (allocated.length === 0) return
  work.send({
    about: { kind: orderKind.name, id: order.id },
    topic: 'order_backorder_filled',
    data: { lines: allocated, status: after.status },
  })
}
