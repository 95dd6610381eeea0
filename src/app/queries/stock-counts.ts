import { z } from 'zod'
import { writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import type { Actor } from '../../core/ids/actor.js'
import { locationIdSchema, stockCountIdSchema } from '../../core/ids/id-schema.js'
import type { Sku } from '../../core/ids/ids.js'
import { stockCountKind, type StockCount, type StockCountLine } from '../../core/inventory/stock-count.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { stockCountLifecycle } from '../../state-machines/stock-count.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

export interface StockCountView extends Omit<StockCount, 'lines'> {
  readonly lines: readonly StockCountLineView[]
}

export interface StockCountLineView {
  readonly sku: Sku
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly counted?: WrittenQuantity
  readonly by?: Actor
  /** What the stock level said when it was counted; absent while the count is open, because it is blind. */
  readonly expected?: WrittenQuantity
  /** Counted less expected; absent while the count is open. */
  readonly variance?: WrittenQuantity
}

/** One stock count. As long as it is open it does not tell what should be found. */
export const getCount = defineQuery({
  name: 'counts.get',
  input: z.strictObject({ count: stockCountIdSchema }),
  run: async (input, context) => {
    const found = await context.get(stockCountKind, input.count)
    if (found === undefined) return refuse('unknown_stock_count', { count: input.count })
    return ok({ value: countView(found.state), version: found.version })
  },
})

/** Stock counts at a location or in a status: those `awaiting_approval` wait for somebody other than the counter. */
export const listCounts = defineQuery({
  name: 'counts.list',
  input: z.strictObject({
    location: locationIdSchema.optional(),
    status: z.enum(stockCountLifecycle.states).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { location, status } = input
    const page = await context.list(stockCountKind, {
      where: whereOf({ location, status }),
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => countView(state)) })
  },
})

const countView = (count: StockCount): StockCountView => ({
  ...count,
  lines: count.lines.map((line) => lineView(line, count.status === 'open')),
})

const lineView = ({ sku, unit, found }: StockCountLine, isBlind: boolean): StockCountLineView => {
  if (found === undefined) return { sku, unit: unit.code }
  const counted = { sku, unit: unit.code, counted: writeQuantity(found.counted, unit), by: found.by }
  return isBlind
    ? counted
    : {
        ...counted,
        expected: writeQuantity(found.expected, unit),
        variance: writeQuantity(found.counted - found.expected, unit),
      }
}
