import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { quantitySchema, toBaseUnits, type WrittenQuantity } from '../catalog/quantity.js'
import { defineCommand, type PlanContext, type TouchContext } from '../command.js'
import { locationIdSchema, referenceSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import type { LocationId, Sku } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { goodsKeys, moveGoods } from '../inventory/move-goods.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { lotsSchema, readGoods, serialsSchema, type NamedGoods } from '../inventory/tracked-goods.js'
import { workOn, type Facts, type Plan } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import {
  noPromises,
  promisesAt,
  shortageSchema,
  shortPromises,
  shortReceipt,
  type LevelPromises,
  type ShortReceipt,
} from './short-stock.js'

const shape = {
  sku: skuSchema,
  location: locationIdSchema.optional(),
  quantity: quantitySchema,
  /** Why, as a code in a word of the host's own. */
  reason: wordSchema,
  /** The document behind it: an inspection, a complaint. */
  document: referenceSchema.optional(),
  /** For a SKU tracked by lot: of which lots; they add up to the quantity. */
  lots: lotsSchema.optional(),
  /** For a SKU tracked by serial number: which pieces. */
  serials: serialsSchema.optional(),
}

const input = z.strictObject(shape)

const touches = (
  { sku, location, ...named }: { readonly sku: Sku; readonly location?: LocationId | undefined } & NamedGoods,
  _seen: unknown,
  { settings }: TouchContext,
): readonly Key[] => [
  { kind: productKind.name, id: sku },
  { kind: stockKind.name, id: stockLevelId(location ?? settings.defaultLocation, sku) },
  ...goodsKeys({ sku, location: location ?? settings.defaultLocation }, named),
]

/**
 * Sets goods aside that lie there but must not be promised (F41). What is promised stays promised: more than would leave enough for it is refused as
 * `stock_below_reserved` (ST9), more than there is as `quantity_exceeded`. With `shortage: 'backorder'` refused as `changed_meanwhile` when the level moved
 * while it was looked up whose goods they are, and those are not found: try again.
 */
export const quarantineStock = defineCommand({
  name: 'inventory.quarantine',
  input: z.strictObject({
    ...shape,
    /** What to do when fewer are left than have been promised; refused when left out. */
    shortage: shortageSchema.optional(),
  }),
  idempotencyKey: 'required',
  gather: async ({ sku, location, shortage }, context): Promise<LevelPromises> =>
    shortage === 'backorder'
      ? promisesAt(context, stockLevelId(location ?? context.settings.defaultLocation, sku))
      : noPromises,
  touches,
  plan: (facts, wanted, context, promises) =>
    moveBetween(facts, wanted, context, 'QuarantineStock', promises),
})

/** Makes quarantined goods available again (F41); those who wait for them have them in the same commit (F57). More than is quarantined is refused as `quantity_exceeded`. */
export const releaseFromQuarantine = defineCommand({
  name: 'inventory.releaseFromQuarantine',
  input,
  idempotencyKey: 'required',
  touches,
  plan: (facts, wanted, context) => moveBetween(facts, wanted, context, 'ReleaseFromQuarantine'),
})

/** Throws quarantined goods away (F41). More than is quarantined is refused as `quantity_exceeded`: good stock is first quarantined. */
export const scrapStock = defineCommand({
  name: 'inventory.scrap',
  input,
  idempotencyKey: 'required',
  touches,
  plan: (facts, wanted, context) => moveBetween(facts, wanted, context, 'ScrapStock'),
})

const moveBetween = (
  facts: Facts,
  wanted: {
    readonly sku: Sku
    readonly location?: LocationId | undefined
    readonly quantity: WrittenQuantity
    readonly reason: string
    readonly document?: string | undefined
    readonly shortage?: 'refuse' | 'backorder' | undefined
  } & NamedGoods,
  { settings, now }: PlanContext,
  type: 'QuarantineStock' | 'ReleaseFromQuarantine' | 'ScrapStock',
  promises: LevelPromises = noPromises,
): Result<Plan<ShortReceipt>, Refusal> => {
  const work = workOn(facts)
  const { sku, reason, location = settings.defaultLocation } = wanted
  const product = work.find(productKind, sku)?.state
  if (product === undefined) return refuse('unknown_sku', { sku })
  const quantity = toBaseUnits(wanted.quantity, product.unit)
  if (typeof quantity === 'string') {
    return refuse('validation_failed', { issues: [{ path: ['quantity'], rule: quantity }] })
  }
  const source = { kind: 'quarantine', id: wanted.document ?? 'unnamed' }
  const goods = readGoods(product, quantity, wanted, settings.limits.serialsPerCommand)
  if (!goods.ok) return goods
  const demand = { sku, location, quantity }
  const shorted =
    wanted.shortage === 'backorder'
      ? shortPromises(work, demand, reason, promises, { settings, now })
      : ok([])
  if (!shorted.ok) return shorted
  const moved = moveGoods(work, product, demand, { type, quantity, source, reason }, goods.value, {
    today: dateOf(now),
    limits: settings.limits,
  })
  if (!moved.ok) return moved
  const id = stockLevelId(location, sku)
  const receipt = shortReceipt(stockReceipt(work, id, product.unit), shorted.value, product.unit)
  return ok(work.finish({ kind: stockKind.name, id }, receipt))
}
