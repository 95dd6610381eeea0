import { z } from 'zod'
import { writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import type { Sku } from '../../core/ids/ids.js'
import { stockKind } from '../../core/inventory/stock-level.js'
import { compareDecimal } from '../../core/money/decimal-string.js'
import { percentSchema } from '../../core/money/money-schema.js'
import { toMinor, type Money } from '../../core/money/money.js'
import { refuse } from '../../core/refusal.js'
import { valueAtCost } from '../../core/replenishment/holding-cost.js'
import { classifyByValue, usualClassBounds, type ValueClass } from '../../core/replenishment/value-classes.js'
import { ok } from '../../core/result.js'
import { defineQuery } from '../query.js'
import { everyOne } from './every-one.js'
import { costSchema, figuresOf, inOrder, spanShape } from './stock-health.js'
import { unitsOf } from './units.js'

/** How much of the whole a SKU turned over, and its class. */
export interface ValueClassView {
  readonly sku: Sku
  readonly class: ValueClass
  readonly shipped: WrittenQuantity
  /** What was shipped, at cost. */
  readonly value: Money
  /** Share of this SKU and all larger ones, in percent with two decimals. */
  readonly cumulativePercent: string
}

const boundSchema = percentSchema.refine((percent) => percent !== '0', 'percent.range').optional()

/**
 * ABC classes of the SKUs whose costs are given, by what they turned over at cost in a span of days, over all locations: those that make up the first 80
 * percent are A, up to 95 percent B, the rest C, unless other bounds are given (M56, F165). Costs are in one currency, each SKU once.
 */
export const valueClasses = defineQuery({
  name: 'replenishment.classes',
  input: z
    .strictObject({
      ...spanShape,
      costs: z.array(costSchema).min(1, 'costs.min').max(1_000, 'costs.max'),
      /** Percent of the whole value up to which items are A. */
      a: boundSchema,
      /** Percent up to which A and B go together. */
      b: boundSchema,
    })
    .refine(inOrder, { message: 'range.order', path: ['to'] })
    .refine(({ costs }) => new Set(costs.map(({ sku }) => sku)).size === costs.length, {
      message: 'line.duplicateSku',
      path: ['costs'],
    })
    .refine(({ a = usualClassBounds.a, b = usualClassBounds.b }) => compareDecimal(a, b) <= 0, {
      message: 'range.order',
      path: ['b'],
    }),
  run: async (input, context) => {
    const { from, to, costs, a = usualClassBounds.a, b = usualClassBounds.b } = input
    const other = costs.find(({ cost }) => cost.currency !== costs[0]?.cost.currency)
    if (other !== undefined) return refuse('currency_mismatch', { sku: other.sku })
    const unitOf = await unitsOf(
      context,
      costs.map(({ sku }) => sku),
    )
    const turned: { readonly sku: Sku; readonly shipped: number; readonly value: Money }[] = []
    for (const { sku, cost } of costs) {
      let shipped = 0
      for await (const level of everyOne(context, stockKind, { where: { sku } })) {
        shipped += (await figuresOf(context, level, from, to)).shipped
      }
      turned.push({ sku, shipped, value: valueAtCost(BigInt(shipped), 1n, cost, unitOf(sku)) })
    }
    const classified = classifyByValue(
      turned,
      ({ value }) => toMinor(value),
      ({ sku }) => sku,
      { a, b },
    )
    const items: readonly ValueClassView[] = classified.map(({ item, ...sorted }) => ({
      ...item,
      ...sorted,
      shipped: writeQuantity(item.shipped, unitOf(item.sku)),
    }))
    return ok({ value: { items } })
  },
})
