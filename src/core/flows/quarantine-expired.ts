import { z } from 'zod'
import { productKind, type Product } from '../catalog/product.js'
import { writeQuantity } from '../catalog/quantity.js'
import { defineCommand, type GatherContext, type PlanContext } from '../command.js'
import { locationIdSchema, skuSchema } from '../ids/id-schema.js'
import type { LocationId, Sku } from '../ids/ids.js'
import { checkLots } from '../inventory/move-goods.js'
import { backedOf, usableOf } from '../inventory/promised-stock.js'
import { quarantineUnsellable, unsellableOf, type Unsellable } from '../inventory/quarantine-unsellable.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { freeOf, stockLotsKey, stockLotsKind } from '../inventory/stock-lots.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { workOn, type Facts, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { dateOf } from '../time/local-date.js'
import {
  noPromises,
  promisesAt,
  shortPromises,
  shortReceipt,
  type LevelPromises,
  type ShortedPromise,
} from './short-stock.js'

/**
 * Takes what may no longer be sold by the store's clock (expired, or with less shelf life left than the product must have) out of what is available: it
 * goes into quarantine, once, however many sweepers try (F37). Promises that nothing else is there for lose their goods: the latest of them are
 * backordered in the same commit, each is told, and the answer names them (ST9). What fulfillments have set aside stays theirs. `stillPromised` is
 * what could not go yet, because more orders lose goods than one commit touches.
 */
export const quarantineExpired = defineCommand({
  name: 'inventory.quarantineExpired',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  idempotencyKey: 'optional',
  gather: ({ sku, location }, context): Promise<LevelPromises> =>
    promisesAtRisk(context, sku, location ?? context.settings.defaultLocation),
  touches: (input, _seen, { settings }) => {
    const location = input.location ?? settings.defaultLocation
    return [
      { kind: productKind.name, id: input.sku },
      { kind: stockKind.name, id: stockLevelId(location, input.sku) },
      stockLotsKey(location, input.sku),
    ]
  },
  plan: (facts, input, context, promises) => {
    const { sku, location = context.settings.defaultLocation } = input
    const id = stockLevelId(location, sku)
    const work = workOn(facts)
    const product = work.find(productKind, sku)?.state
    if (product === undefined || work.find(stockKind, id) === undefined)
      return refuse('unknown_sku', { sku, location })
    const done = quarantineAll(facts, product, location, context, promises)
    if (done.gone.quarantined > 0) checkLots(done.work, { sku, location })
    noteShelfLife(done.work, product, id)
    const receipt = stockReceipt(done.work, id, product.unit)
    return ok(
      done.work.finish(
        { kind: stockLotsKind.name, id },
        {
          ...shortReceipt(receipt, done.shorted, product.unit),
          quarantined: writeQuantity(done.gone.quarantined, product.unit),
          stillPromised: writeQuantity(done.gone.stillPromised, product.unit),
        },
      ),
    )
  },
})

/** Keeps the sweeper from coming back for a shelf life that holds no longer. */
const noteShelfLife = (work: Work, { shelfLife }: Product, id: string): void => {
  const stock = work.find(stockLotsKind, id)?.state
  const minimumDays = shelfLife?.minimumDaysAtShipping ?? 0
  if (stock === undefined || (stock.minimumDays ?? 0) === minimumDays) return
  work.append(stockLotsKind, id, [{ type: 'ShelfLifeNoted', minimumDays }])
}

/** The ledger of a level is long: it is read only when promises may rest on goods that expire. A hint, without a clock; the plan decides. */
const promisesAtRisk = async (
  context: Pick<GatherContext, 'history' | 'read' | 'reader'>,
  sku: Sku,
  location: LocationId,
): Promise<LevelPromises> => {
  const id = stockLevelId(location, sku)
  const level = await context.read(stockKind, id)
  const stock = await context.read(stockLotsKind, id)
  if (level === undefined || stock === undefined) return noPromises
  const mayGo = stock.lots.reduce((sum, lot) => (lot.expiresOn === undefined ? sum : sum + freeOf(lot)), 0)
  return mayGo > usableOf(level) - backedOf(level) ? promisesAt(context, id) : noPromises
}

interface Done {
  readonly work: Work
  readonly gone: Unsellable
  readonly shorted: readonly ShortedPromise[]
}

/** All of it, with the promises it takes along; or, where those are too many for one commit, what nobody was promised. */
const quarantineAll = (
  facts: Facts,
  product: Product,
  location: LocationId,
  context: PlanContext,
  promises: LevelPromises,
): Done => {
  const today = dateOf(context.now)
  const work = workOn(facts)
  const stock = work.find(stockLotsKind, stockLevelId(location, product.sku))?.state
  const quantity = stock === undefined ? 0 : unsellableOf(stock, product.shelfLife, today)
  const shorted = shortPromises(work, { sku: product.sku, location, quantity }, 'expired', promises, context)
  if (shorted.ok)
    return { work, gone: quarantineUnsellable(work, product, location, today), shorted: shorted.value }
  const less = workOn(facts)
  return { work: less, gone: quarantineUnsellable(less, product, location, today), shorted: [] }
}
