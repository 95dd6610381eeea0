import { z } from 'zod'
import { productKind, type Product } from '../../core/catalog/product.js'
import {
  quantitySchema,
  toBaseUnits,
  writeQuantity,
  type Unit,
  type WrittenQuantity,
} from '../../core/catalog/quantity.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import { stockDemandOf } from '../../core/inventory/stock-demand.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import {
  availableToPromise,
  earliestDay,
  type PromisableFrom,
} from '../../core/replenishment/available-to-promise.js'
import { ok, type Result } from '../../core/result.js'
import { dateOf, plusDays, type LocalDate } from '../../core/time/local-date.js'
import { defineQuery, type QueryContext } from '../query.js'
import { expectedSupply, supplyAndDemand, type ExpectedSupply } from './expected-supply.js'
import { unitsOf } from './units.js'

/** From a day on so much can be promised. `projected` is what is left then of all that is there and comes; below zero where somebody waits. */
export interface PromisableDay {
  readonly on: LocalDate
  readonly promisable: WrittenQuantity
  readonly projected: WrittenQuantity
}

/** What one stock level can promise, and what that rests on. */
export interface PromisableLevel {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly days: readonly PromisableDay[]
  /** What is on its way; what is overdue is not promised. */
  readonly expected: readonly {
    readonly source: { readonly kind: string; readonly id: string }
    readonly expectedOn: LocalDate
    readonly quantity: WrittenQuantity
    readonly overdue: boolean
  }[]
}

/** The earliest day for one line; absent when it cannot be said with what is expected within the horizon. */
export interface PromisedLine {
  readonly sku: Sku
  readonly location: LocationId
  readonly quantity: WrittenQuantity
  readonly promisedOn?: LocalDate
}

const horizonSchema = z
  .number('type')
  .refine((days) => Number.isInteger(days) && days >= 1 && days <= 3_650, 'horizon.range')
  .optional()

const lineShape = { sku: skuSchema, location: locationIdSchema.optional(), quantity: quantitySchema } as const

/**
 * When a quantity can be promised (available to promise, F32, M35): what is on hand, less what is promised already, plus what is expected, day by day,
 * and never what a promise given before still needs. `promisedOn` is absent when no day within the horizon (a year when left out) has enough. A kit is
 * as early as its last component. Nothing is reserved by asking.
 */
export const promiseQuantity = defineQuery({
  name: 'inventory.promise',
  input: z.strictObject({ ...lineShape, horizonDays: horizonSchema }),
  run: async (input, context) => {
    const { horizonDays, ...line } = input
    const asked = await promiseLines([line], horizonDays, context)
    if (!asked.ok) return asked
    const [promised] = asked.value.lines
    const { asOf, levels } = asked.value
    return ok({ value: { asOf, ...promised, levels } })
  },
})

/**
 * When a whole order can be promised: `together`, on the day when its last line can leave, or split, each line on its own day. Lines of one SKU (and kits
 * that share a component) are served in their order and never out of the same goods.
 */
export const promiseOrder = defineQuery({
  name: 'inventory.promiseOrder',
  input: z.strictObject({
    lines: z.array(z.strictObject(lineShape)).min(1, 'lines.min'),
    horizonDays: horizonSchema,
  }),
  run: async (input, context) => {
    const most = context.settings.limits.linesPerOrder
    if (input.lines.length > most) return refuse('limit_exceeded', { limit: 'linesPerOrder', most })
    const asked = await promiseLines(input.lines, input.horizonDays, context)
    if (!asked.ok) return asked
    const { asOf, lines, levels } = asked.value
    const days = lines.flatMap(({ promisedOn }) => promisedOn ?? []).toSorted()
    const [first, last] = [days[0], days.at(-1)]
    return ok({
      value: {
        asOf,
        /** All lines at once; absent when one of them has no day. */
        ...(last !== undefined && days.length === lines.length && { together: last }),
        /** The first line of a split delivery. */
        ...(first !== undefined && { first }),
        lines,
        levels,
      },
    })
  },
})

interface AskedLine {
  readonly sku: Sku
  readonly location?: LocationId | undefined
  readonly quantity: WrittenQuantity
}

interface Promises {
  readonly asOf: LocalDate
  readonly lines: readonly PromisedLine[]
  readonly levels: readonly PromisableLevel[]
}

const promiseLines = async (
  asked: readonly AskedLine[],
  horizonDays: number | undefined,
  context: QueryContext,
): Promise<Result<Promises, Refusal>> => {
  const asOf = dateOf(context.now())
  const until = plusDays(asOf, horizonDays ?? 365)
  const products = await productsOf(context, asked)
  const known = new Map<string, KnownLevel>()
  const lines: PromisedLine[] = []
  for (const [index, { sku, quantity, location = context.settings.defaultLocation }] of asked.entries()) {
    const product = products.get(sku)
    if (product === undefined || product.status === 'discontinued') return refuse('unknown_sku', { sku })
    const baseUnits = toBaseUnits(quantity, product.unit)
    if (typeof baseUnits === 'string') {
      const path = asked.length === 1 ? ['quantity'] : ['lines', index, 'quantity']
      return refuse('validation_failed', { issues: [{ path, rule: baseUnits }] })
    }
    let promisedOn: LocalDate | undefined = asOf
    for (const demand of stockDemandOf({ ...product, location }, baseUnits)) {
      const id = stockLevelId(demand.location, demand.sku)
      const level = known.get(id) ?? (await knownLevel(context, demand, asOf, until))
      if (level === undefined) return refuse('unknown_sku', { sku: demand.sku, location: demand.location })
      known.set(id, level)
      level.wanted += demand.quantity
      const day = earliestDay(level.promisable, level.wanted)
      promisedOn =
        promisedOn === undefined || day === undefined ? undefined : day > promisedOn ? day : promisedOn
    }
    lines.push({ sku, location, quantity, ...(promisedOn !== undefined && { promisedOn }) })
  }
  const unitOf = await unitsOf(context, [...new Set([...known.values()].map(({ sku }) => sku))])
  return ok({ asOf, lines, levels: [...known.values()].map((level) => levelView(level, unitOf(level.sku))) })
}

const productsOf = async (
  context: QueryContext,
  asked: readonly AskedLine[],
): Promise<ReadonlyMap<Sku, Product>> => {
  const skus = [...new Set(asked.map(({ sku }) => sku))]
  return new Map((await context.getAll(productKind, skus)).map(({ state }) => [state.sku, state]))
}

interface KnownLevel {
  readonly sku: Sku
  readonly location: LocationId
  readonly promisable: readonly PromisableFrom[]
  readonly supply: readonly ExpectedSupply[]
  /** What the lines so far want of it. */
  wanted: number
}

const knownLevel = async (
  context: QueryContext,
  { sku, location }: { readonly sku: Sku; readonly location: LocationId },
  asOf: LocalDate,
  until: LocalDate,
): Promise<KnownLevel | undefined> => {
  const level = await context.get(stockKind, stockLevelId(location, sku))
  if (level === undefined) return undefined
  const supply = await expectedSupply(context, { sku, location }, asOf)
  const promisable = availableToPromise(supplyAndDemand(level.state, supply, asOf))
  return { sku, location, supply, promisable: promisable.filter(({ on }) => on <= until), wanted: 0 }
}

const levelView = ({ sku, location, promisable, supply }: KnownLevel, unit: Unit): PromisableLevel => ({
  sku,
  location,
  unit: unit.code,
  days: promisable.map(({ on, quantity, projected }) => ({
    on,
    promisable: writeQuantity(quantity, unit),
    projected: writeQuantity(projected, unit),
  })),
  expected: supply.map(({ source, on, quantity, overdue }) => ({
    source,
    expectedOn: on,
    quantity: writeQuantity(quantity, unit),
    overdue,
  })),
})
