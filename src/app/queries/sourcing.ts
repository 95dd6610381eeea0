import { z } from 'zod'
import { stockedComponents } from '../../core/catalog/kit.js'
import { productKind, type Product } from '../../core/catalog/product.js'
import {
  piece,
  quantitySchema,
  toBaseUnits,
  writeQuantity,
  type WrittenQuantity,
} from '../../core/catalog/quantity.js'
import { decideFor } from '../../core/flows/source-lines.js'
import {
  lineIdSchema,
  orderIdSchema,
  partyIdSchema,
  skuSchema,
  wordSchema,
} from '../../core/ids/id-schema.js'
import type { LineId, LocationId, Sku } from '../../core/ids/ids.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { stockLotsKind } from '../../core/inventory/stock-lots.js'
import { whenShortSchema } from '../../core/orders/order-input.js'
import { orderKind } from '../../core/orders/order.js'
import { partyKind } from '../../core/parties/party.js'
import { lineIdAt } from '../../core/pricing/price-lines.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import { ok, type Result } from '../../core/result.js'
import { allLocations, locationListKind } from '../../core/sourcing/location-list.js'
import { locationLoadKind } from '../../core/sourcing/location-load.js'
import { locationKind } from '../../core/sourcing/location.js'
import { orderSourcingKind } from '../../core/sourcing/order-sourcing.js'
import type { SourcingDecision } from '../../core/sourcing/sourcing-decision.js'
import type { SourcingLine } from '../../core/sourcing/sourcing-problem.js'
import { sourcingRulesKind } from '../../core/sourcing/sourcing-rules.js'
import { wantedSourcingSchema } from '../../core/sourcing/sourcing-schema.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type KindOf, type QueryContext } from '../query.js'

/** A sourcing decision as people read it; `printSourcing` of `orderwright/sourcing` writes it out. */
export interface SourcingView extends Omit<SourcingDecision, 'shares'> {
  readonly shares: readonly {
    readonly line: LineId
    readonly sku: Sku
    readonly location: LocationId
    readonly quantity: WrittenQuantity
  }[]
}

/** How the locations of an order were chosen when it was placed (F66). Refused as `unknown_sourcing` when it named them all itself. */
export const getOrderSourcing = defineQuery({
  name: 'orders.sourcing',
  input: z.strictObject({ order: orderIdSchema }),
  run: async (input, context) => {
    const order = await context.get(orderKind, input.order)
    const found = await context.get(orderSourcingKind, input.order)
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    if (found === undefined) return refuse('unknown_sourcing', { order: input.order })
    const lines = new Map(order.state.lines.map(({ id, sku, unit }) => [id, { sku, unit }]))
    return ok({ value: viewOf(found.state.decision, (line) => lines.get(line)), version: found.version })
  },
})

/** An ordered list of sourcing rules by its name. */
export const getSourcingRules = defineQuery({
  name: 'sourcing.rules',
  input: z.strictObject({ name: wordSchema }),
  run: async (input, context) => {
    const found = await context.get(sourcingRulesKind, input.name)
    if (found === undefined) return refuse('unknown_sourcing', { name: input.name })
    return ok({ value: found.state, version: found.version })
  },
})

/**
 * Where an order would come from, by the stock of now. Nothing is reserved or counted, and the answer may be out of date when the order is placed: placing decides again, on
 * locked records. Refused as placing would be.
 */
export const previewSourcing = defineQuery({
  name: 'sourcing.preview',
  input: z.strictObject({
    lines: z
      .array(z.strictObject({ id: lineIdSchema.optional(), sku: skuSchema, quantity: quantitySchema }))
      .min(1, 'lines.min'),
    sourcing: wantedSourcingSchema,
    channel: wordSchema.optional(),
    customer: partyIdSchema.optional(),
    whenShort: whenShortSchema.optional(),
    /** The day the buyer wants the goods: what is too old for it is not counted. Today when left out. */
    requestedOn: localDateSchema.optional(),
  }),
  run: async (input, context) => {
    const { linesPerOrder } = context.settings.limits
    if (input.lines.length > linesPerOrder)
      return refuse('limit_exceeded', { limit: 'linesPerOrder', most: linesPerOrder })
    const products = await productsOf(
      context,
      input.lines.map(({ sku }) => sku),
    )
    const lines = linesOf(input.lines, products, context)
    if (!lines.ok) return lines
    const listed = (await context.get(locationListKind, allLocations))?.state.locations ?? []
    const rules =
      typeof input.sourcing.by === 'string'
        ? (await context.get(sourcingRulesKind, input.sourcing.by))?.state.rules
        : undefined
    const skus = lines.value.flatMap(({ sku, parts }) => parts?.map((part) => part.sku) ?? [sku])
    const ids = listed.flatMap((location) => skus.map((sku) => stockLevelId(location, sku)))
    const inLots = (id: Sku): boolean => products.get(id)?.tracking === 'lot'
    const lotIds = listed.flatMap((location) => skus.filter(inLots).map((sku) => stockLevelId(location, sku)))
    const [locations, loads, levels, lots] = [
      await statesOf(context, locationKind, listed),
      await statesOf(context, locationLoadKind, listed),
      await statesOf(context, stockKind, ids),
      await statesOf(context, stockLotsKind, lotIds),
    ]
    const customer = input.customer === undefined ? undefined : await context.get(partyKind, input.customer)
    const { coordinates, country, pickup } = input.sourcing.to ?? {}
    const decided = decideFor(
      input.sourcing,
      lines.value,
      {
        ...(coordinates !== undefined && { coordinates }),
        ...(country !== undefined && { country }),
        ...(pickup !== undefined && { pickup }),
      },
      input.whenShort,
      {
        rules: () => rules,
        listed: () => listed,
        location: (id) => locations.get(id),
        load: (id) => loads.get(id),
        level: (location, sku) => levels.get(stockLevelId(location, sku)),
        product: (sku) => products.get(sku),
        lots: (location, sku) => lots.get(stockLevelId(location, sku)),
        asker: { channel: input.channel, customerClass: () => customer?.state.class },
        now: context.now(),
        requestedOn: input.requestedOn,
      },
    )
    if (!decided.ok) return decided
    const skuOf = new Map(lines.value.map(({ line, sku }) => [line, sku]))
    return ok({
      value: viewOf(decided.value, (line) => {
        const sku = skuOf.get(line)
        return sku === undefined ? undefined : { sku, unit: products.get(sku)?.unit ?? piece }
      }),
    })
  },
})

const statesOf = async <State>(
  context: QueryContext,
  kind: KindOf<State>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, State>> => {
  const found = await context.stored([...new Set(ids)].map((id) => ({ kind: kind.name, id })))
  return new Map(found.map(({ key, state }) => [key.id, state as State]))
}

/** The products with all that their kits are made of, however deep. */
const productsOf = async (context: QueryContext, skus: readonly Sku[]): Promise<Map<Sku, Product>> => {
  const products = new Map<Sku, Product>()
  let wanted = [...new Set(skus)]
  while (wanted.length > 0) {
    const found = await context.getAll(productKind, wanted)
    for (const { state } of found) products.set(state.sku, state)
    const parts = found.flatMap(({ state }) => state.components?.map(({ sku }) => sku) ?? [])
    wanted = [...new Set(parts)].filter((sku) => !products.has(sku))
  }
  return products
}

const linesOf = (
  wanted: readonly {
    readonly id?: LineId | undefined
    readonly sku: Sku
    readonly quantity: WrittenQuantity
  }[],
  products: ReadonlyMap<Sku, Product>,
  { settings }: QueryContext,
): Result<readonly SourcingLine[], Refusal> => {
  const lines: SourcingLine[] = []
  for (const [index, { id, sku, quantity }] of wanted.entries()) {
    const product = products.get(sku)
    if (product === undefined || product.status === 'discontinued') return refuse('unknown_sku', { sku })
    const baseUnits = toBaseUnits(quantity, product.unit)
    if (typeof baseUnits === 'string') {
      return refuse('validation_failed', {
        issues: [{ path: ['lines', index, 'quantity'], rule: baseUnits }],
      })
    }
    const parts =
      product.components === undefined
        ? undefined
        : stockedComponents(product, settings.limits, (each) => products.get(each))
    if (parts?.ok === false) return parts
    if (product.stocked === false) continue
    lines.push({
      line: lineIdAt(id, index),
      sku,
      quantity: baseUnits,
      ...(product.unit.digits > 0 && { digits: product.unit.digits }),
      ...(parts !== undefined && { parts: parts.value }),
    })
  }
  return ok(lines)
}

const viewOf = (
  decision: SourcingDecision,
  lineOf: (line: LineId) => { readonly sku: Sku; readonly unit: Product['unit'] } | undefined,
): SourcingView => ({
  ...decision,
  shares: decision.shares.map(({ line, location, quantity }) => {
    const { sku = '' as Sku, unit = piece } = lineOf(line) ?? {}
    return { line, sku, location, quantity: writeQuantity(quantity, unit) }
  }),
})
