import { z } from 'zod'
import { stockedComponents } from '../../core/catalog/kit.js'
import { hasStock, productKind, type Component, type Product } from '../../core/catalog/product.js'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { locationIdSchema, skuSchema, wordSchema } from '../../core/ids/id-schema.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import {
  keptAt,
  orderableAt,
  orderableKit,
  orderableTogether,
  stockStatusOf,
  type Orderable,
  type StockStatus,
} from '../../core/inventory/availability.js'
import type { Asker } from '../../core/inventory/keep-back.js'
import { availableOf, stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { eachPage } from '../../core/pages.js'
import type { Versioned } from '../../core/plan.js'
import { largestPage } from '../../core/ports/storage.js'
import { ok } from '../../core/result.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import { defineQuery, type QueryContext } from '../query.js'

/** What one asker can order of a SKU now, everywhere or at the locations asked about. Quantities in its unit. */
export interface AvailabilityView {
  readonly sku: Sku
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly status: StockStatus
  /** `false`: nothing of it is kept in stock, so it is always there and has no figures. */
  readonly stocked: boolean
  /** With goods that lie there; absent for what is not stocked. */
  readonly availableNow?: WrittenQuantity
  /** Beyond that: on backorder, or ahead of its first receipt. */
  readonly availableAhead?: WrittenQuantity
  /** At or below this it counts as low: the sum of the thresholds of its levels. */
  readonly lowStock?: WrittenQuantity
  /** The day that is promised to whoever orders ahead. */
  readonly expectedOn?: LocalDate
  readonly locations: readonly LocationAvailability[]
}

/** The same at one location, with the figures and thresholds it comes from (ST4); a kit has no figures of its own. */
export interface LocationAvailability {
  readonly location: LocationId
  readonly status: StockStatus
  readonly availableNow: WrittenQuantity
  readonly availableAhead: WrittenQuantity
  readonly level?: {
    readonly onHand: WrittenQuantity
    readonly reserved: WrittenQuantity
    readonly quarantined: WrittenQuantity
    readonly incoming: WrittenQuantity
    /** On hand - quarantined - safety stock + backorder allowance - reserved, less what is owed beside it: to nobody in particular (ST4). */
    readonly available: WrittenQuantity
    readonly safetyStock: WrittenQuantity
    readonly backorderAllowance: WrittenQuantity
    /** What of the available units is kept from the channel and customer class that ask. */
    readonly keptBack: WrittenQuantity
    readonly lowStock: WrittenQuantity
    /** Counts the movements of the level: two answers with one version tell the same stock. */
    readonly version: number
  }
}

/** What there is of each SKU, and what there is nothing to say about. */
export interface Availability {
  readonly items: readonly AvailabilityView[]
  /** SKUs that are not defined, no longer sold, or of which no stock was ever opened: unknown, not zero (ST12). */
  readonly unknown: readonly Sku[]
}

/**
 * What can be ordered now (M31, M35, M42), by this channel and customer class (F39): over all locations or some, with a status for shop windows and the
 * figures and thresholds that decided it (F45, F67). It is what placing an order would find at this moment, and promises nothing.
 */
export const availability = defineQuery({
  name: 'inventory.availability',
  input: z.strictObject({
    skus: z.array(skuSchema).min(1, 'lines.min').max(200, 'limit.range'),
    /** Left out: everywhere. */
    locations: z.array(locationIdSchema).min(1, 'lines.min').max(200, 'limit.range').optional(),
    channel: wordSchema.optional(),
    customerClass: wordSchema.optional(),
  }),
  run: async (input, context) => {
    const skus = [...new Set(input.skus)]
    const products = await productsOf(context, skus)
    const productOf = (sku: Sku) => products.get(sku)
    const asking: Asking = {
      asker: { channel: input.channel, customerClass: () => input.customerClass },
      today: dateOf(context.now()),
      productOf,
      levelsOf: levelReader(context, input.locations),
    }
    const items: AvailabilityView[] = []
    const unknown: Sku[] = []
    for (const sku of skus) {
      const product = productOf(sku)
      const view = product?.status === 'active' ? await viewOf(context, product, asking) : undefined
      if (view === undefined) unknown.push(sku)
      else items.push(view)
    }
    return ok<{ readonly value: Availability }>({ value: { items, unknown } })
  },
})

type Levels = ReadonlyMap<LocationId, Versioned<StockLevel>>

interface Asking {
  readonly asker: Asker
  readonly today: LocalDate
  readonly productOf: (sku: Sku) => Product | undefined
  readonly levelsOf: (sku: Sku) => Promise<Levels>
}

/** The products asked about, and those that kits among them are made of. */
export const productsOf = async (
  context: QueryContext,
  skus: readonly Sku[],
): Promise<ReadonlyMap<Sku, Product>> => {
  const known = new Map<Sku, Product>()
  let missing = skus
  for (let depth = 0; depth <= context.settings.limits.kitDepth && missing.length > 0; depth += 1) {
    const found = await context.getAll(productKind, missing)
    for (const { state } of found) known.set(state.sku, state)
    const parts = found.flatMap(({ state }) => (state.components ?? []).map(({ sku }) => sku))
    missing = [...new Set(parts)].filter((sku) => !known.has(sku))
  }
  return known
}

const levelReader = (context: QueryContext, locations: readonly LocationId[] | undefined) => {
  const read = new Map<Sku, Promise<Levels>>()
  const levels = async (sku: Sku): Promise<Levels> => {
    const found =
      locations === undefined
        ? await everyLevelOf(context, sku)
        : await context.getAll(
            stockKind,
            locations.map((location) => stockLevelId(location, sku)),
          )
    return new Map(found.map((level) => [level.state.location, level]))
  }
  return (sku: Sku): Promise<Levels> => {
    const known = read.get(sku) ?? levels(sku)
    read.set(sku, known)
    return known
  }
}

const everyLevelOf = async (context: QueryContext, sku: Sku): Promise<readonly Versioned<StockLevel>[]> => {
  const found: Versioned<StockLevel>[] = []
  const pages = eachPage((from) => context.list(stockKind, { where: { sku }, limit: largestPage, ...from }))
  for await (const levels of pages) found.push(...levels)
  return found
}

const viewOf = async (
  context: QueryContext,
  product: Product,
  asking: Asking,
): Promise<AvailabilityView | undefined> => {
  const { sku, unit } = product
  if (product.stocked === false) {
    return { sku, unit: unit.code, status: 'in_stock', stocked: false, locations: [] }
  }
  if (hasStock(product)) {
    const levels = await asking.levelsOf(sku)
    return together(
      product,
      [...levels.values()].map(({ state, version }) => {
        const orderable = orderableAt(state, asking.asker, asking.today)
        const level = figuresOf(state, version, keptAt(state, asking.asker), unit)
        return { orderable, view: { ...locationView(state.location, orderable, unit), level } }
      }),
    )
  }
  const components = stockedComponents(product, context.settings.limits, asking.productOf)
  return components.ok ? kitView(product, components.value, asking) : undefined
}

const kitView = async (
  kit: Product,
  components: readonly Component[],
  asking: Asking,
): Promise<AvailabilityView | undefined> => {
  const { sku, unit } = kit
  if (components.length === 0) {
    return { sku, unit: unit.code, status: 'in_stock', stocked: false, locations: [] }
  }
  const parts = new Map<Sku, Levels>()
  for (const component of components) parts.set(component.sku, await asking.levelsOf(component.sku))
  const locations = new Set([...parts.values()].flatMap((levels) => [...levels.keys()]))
  return together(
    kit,
    [...locations].map((location) => {
      const orderable = orderableKit(components, (component) => {
        const level = parts.get(component.sku)?.get(location)
        return level === undefined ? nothing : orderableAt(level.state, asking.asker, asking.today)
      })
      return { orderable, view: locationView(location, orderable, unit) }
    }),
  )
}

const nothing: Orderable = { goods: 0, ahead: 0, lowStock: 0 }

const together = (
  { sku, unit }: Product,
  found: readonly { readonly orderable: Orderable; readonly view: LocationAvailability }[],
): AvailabilityView | undefined => {
  if (found.length === 0) return undefined
  const all = orderableTogether(found.map(({ orderable }) => orderable))
  return {
    sku,
    unit: unit.code,
    status: stockStatusOf(all),
    stocked: true,
    availableNow: writeQuantity(all.goods, unit),
    availableAhead: writeQuantity(all.ahead, unit),
    lowStock: writeQuantity(all.lowStock, unit),
    ...(all.preorder !== undefined && { expectedOn: all.preorder.expectedOn }),
    locations: found.map(({ view }) => view),
  }
}

const locationView = (location: LocationId, orderable: Orderable, unit: Unit): LocationAvailability => ({
  location,
  status: stockStatusOf(orderable),
  availableNow: writeQuantity(orderable.goods, unit),
  availableAhead: writeQuantity(orderable.ahead, unit),
})

const figuresOf = (
  level: StockLevel,
  version: number,
  keptBack: number,
  unit: Unit,
): NonNullable<LocationAvailability['level']> => ({
  onHand: writeQuantity(level.onHand, unit),
  reserved: writeQuantity(level.reserved, unit),
  quarantined: writeQuantity(level.quarantined, unit),
  incoming: writeQuantity(level.incoming, unit),
  available: writeQuantity(availableOf(level), unit),
  safetyStock: writeQuantity(level.safetyStock, unit),
  backorderAllowance: writeQuantity(level.backorderAllowance, unit),
  keptBack: writeQuantity(keptBack, unit),
  lowStock: writeQuantity(level.lowStock ?? 0, unit),
  version,
})
