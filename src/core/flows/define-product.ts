import { z } from 'zod'
import { isPossible, type OrderQuantity } from '../catalog/order-quantity.js'
import { piece, quantitySchema, toBaseUnits, type Unit, type WrittenQuantity } from '../catalog/quantity.js'
import { productKind, type Component, type ProductEvent, type ShelfLife } from '../catalog/product.js'
import { defineCommand } from '../command.js'
import { skuSchema, wordSchema } from '../ids/id-schema.js'
import type { Sku } from '../ids/ids.js'
import { unitPriceSchema } from '../money/money-schema.js'
import type { UnitPrice } from '../money/unit-price.js'
import { workOn } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { lineSchema } from '../text/text-schema.js'
import { componentsSchema, composeKit, substitutesSchema } from './compose-kit.js'

const unitSchema = z.strictObject({
  code: z.string('type').regex(/^[A-Z0-9]{2,3}$/, 'unit.format'),
  digits: z.int('type').min(0, 'unit.digits').max(6, 'unit.digits'),
})

const shelfLifeSchema = z.strictObject({
  /** Whole days, 0 to 36,500, that must be left until the expiry date on the day the goods leave. */
  minimumDaysAtShipping: z.int('type').min(0, 'shelf.days').max(36_500, 'shelf.days'),
})

/**
 * Defines what a SKU is, or brings its name, price and shelf life up to date. The unit of a known SKU stays, since its stock is counted in it, and so
 * does its tracking by lot or serial number (F37), since its stock is told apart by it: another one is refused as `invalid_state`. A kit stays a kit and
 * what is no kit becomes none; its components may change, and orders keep those they were placed with. What is left out stays as it was.
 */
export const defineProduct = defineCommand({
  name: 'catalog.define',
  input: z.strictObject({
    sku: skuSchema,
    name: lineSchema(500),
    unit: unitSchema.optional(),
    price: unitPriceSchema.optional(),
    /** `lot`: goods are told apart by batch and may expire. `serial`: each piece has a number of its own. Left out for a new SKU: neither, for ever. */
    tracking: z.enum(['lot', 'serial']).optional(),
    /** Only for SKUs that are tracked by lot. */
    shelfLife: shelfLifeSchema.optional(),
    /** What one of it consists of: makes it a kit, which has no stock of its own but sells that of its components (F38). */
    components: componentsSchema.optional(),
    /** What to offer when it is short, best first (F68). An empty list offers nothing any more. */
    substitutes: substitutesSchema.optional(),
    /** `false`: nothing of it is kept in stock (a service, a download), so it is always available and its lines reserve nothing (F40). */
    stocked: z.boolean('type').optional(),
    /** Which quantities may be ordered, over all lines of an order or hold (F18); all three left out: any. */
    orderQuantity: z
      .strictObject({
        minimum: quantitySchema.optional(),
        maximum: quantitySchema.optional(),
        /** The size of a pack: only multiples of it are sold. */
        step: quantitySchema.optional(),
      })
      .optional(),
    /** How it is taxed, by a word of the tax table: `standard`, `reduced`, `exempt`. Orders that were placed keep their tax. */
    taxClass: wordSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: productKind.name, id: input.sku }],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const known = work.find(productKind, input.sku)?.state
    if (known?.status === 'discontinued')
      return refuse('invalid_state', { sku: input.sku, status: known.status })
    if (known !== undefined && input.unit !== undefined && !sameUnit(known.unit, input.unit)) {
      return refuse('invalid_state', { sku: input.sku, unit: known.unit })
    }
    if (known !== undefined && input.tracking !== undefined && input.tracking !== known.tracking) {
      return refuse('invalid_state', { sku: input.sku, tracking: known.tracking ?? 'none' })
    }
    const tracking = known?.tracking ?? input.tracking
    if (input.shelfLife !== undefined && tracking !== 'lot') {
      return refuse('validation_failed', { issues: [{ path: ['shelfLife'], rule: 'shelf.tracking' }] })
    }
    if (tracking === 'serial' && (known?.unit ?? input.unit ?? piece).digits > 0) {
      return refuse('validation_failed', { issues: [{ path: ['unit', 'digits'], rule: 'tracking.pieces' }] })
    }
    if (known !== undefined && input.components !== undefined && known.components === undefined) {
      return refuse('invalid_state', { sku: input.sku, components: [] })
    }
    if (input.substitutes?.includes(input.sku) === true) {
      return refuse('validation_failed', { issues: [{ path: ['substitutes'], rule: 'substitutes.own' }] })
    }
    const described = known ?? { sku: input.sku, name: input.name, unit: input.unit ?? piece }
    const components =
      input.components === undefined
        ? ok(undefined)
        : composeKit(
            work,
            settings,
            { ...described, ...(tracking !== undefined && { tracking }) },
            input.components,
          )
    if (!components.ok) return components
    if (known !== undefined && input.stocked !== undefined && input.stocked !== (known.stocked ?? true)) {
      return refuse('invalid_state', { sku: input.sku, stocked: known.stocked ?? true })
    }
    if (input.stocked === false && (tracking ?? input.components) !== undefined) {
      return refuse('validation_failed', { issues: [{ path: ['stocked'], rule: 'stocked.goods' }] })
    }
    const orderQuantity = readOrderQuantity(input.orderQuantity, known?.unit ?? input.unit ?? piece)
    if (!orderQuantity.ok) return orderQuantity
    const events: ProductEvent[] = []
    if (known === undefined) {
      events.push({
        type: 'ProductDefined',
        sku: input.sku,
        name: input.name,
        unit: input.unit ?? piece,
        ...(input.price !== undefined && { price: input.price }),
        ...(input.tracking !== undefined && { tracking: input.tracking }),
        ...(input.shelfLife !== undefined && { shelfLife: input.shelfLife }),
        ...(components.value !== undefined && { components: components.value }),
        ...(input.substitutes !== undefined && { substitutes: input.substitutes }),
        ...(input.stocked === false && { stocked: false }),
        ...(orderQuantity.value !== undefined &&
          Object.keys(orderQuantity.value).length > 0 && { orderQuantity: orderQuantity.value }),
        ...(input.taxClass !== undefined && { taxClass: input.taxClass }),
      })
    } else {
      if (known.name !== input.name) events.push({ type: 'ProductRenamed', name: input.name })
      if (input.price !== undefined && !samePrice(known.price, input.price)) {
        events.push({ type: 'ProductPriced', price: input.price })
      }
      if (input.shelfLife !== undefined && !sameShelfLife(known.shelfLife, input.shelfLife)) {
        events.push({ type: 'ProductShelfLifeSet', shelfLife: input.shelfLife })
      }
      if (components.value !== undefined && !sameComponents(known.components, components.value)) {
        events.push({ type: 'KitComposed', components: components.value })
      }
      if (input.substitutes !== undefined && !sameSkus(known.substitutes, input.substitutes)) {
        events.push({ type: 'SubstitutesRanked', substitutes: input.substitutes })
      }
      if (orderQuantity.value !== undefined && !sameOrderQuantity(known.orderQuantity, orderQuantity.value)) {
        events.push({ type: 'OrderQuantitySet', orderQuantity: orderQuantity.value })
      }
      if (input.taxClass !== undefined && input.taxClass !== known.taxClass) {
        events.push({ type: 'ProductTaxClassSet', taxClass: input.taxClass })
      }
    }
    if (events.length > 0) work.append(productKind, input.sku, events)
    return ok(work.finish({ kind: productKind.name, id: input.sku }, { sku: input.sku }))
  },
})

const readOrderQuantity = (
  written: Readonly<Partial<Record<keyof OrderQuantity, WrittenQuantity | undefined>>> | undefined,
  unit: Unit,
): Result<OrderQuantity | undefined, Refusal> => {
  if (written === undefined) return ok(undefined)
  const read: { -readonly [Name in keyof OrderQuantity]: OrderQuantity[Name] } = {}
  for (const name of ['minimum', 'maximum', 'step'] as const) {
    const quantity = written[name]
    if (quantity === undefined) continue
    const baseUnits = toBaseUnits(quantity, unit)
    if (typeof baseUnits === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['orderQuantity', name], rule: baseUnits }] })
    }
    read[name] = baseUnits
  }
  return isPossible(read)
    ? ok(read)
    : refuse('validation_failed', { issues: [{ path: ['orderQuantity'], rule: 'quantity.impossible' }] })
}

const sameOrderQuantity = (one: OrderQuantity = {}, other: OrderQuantity): boolean =>
  one.minimum === other.minimum && one.maximum === other.maximum && one.step === other.step

const sameUnit = (one: Unit, other: Unit): boolean => one.code === other.code && one.digits === other.digits

const samePrice = (one: UnitPrice | undefined, other: UnitPrice): boolean =>
  one?.amount === other.amount && one.currency === other.currency && one.per === other.per

const sameShelfLife = (one: ShelfLife | undefined, other: ShelfLife): boolean =>
  one?.minimumDaysAtShipping === other.minimumDaysAtShipping

const sameComponents = (one: readonly Component[] | undefined, other: readonly Component[]): boolean =>
  one?.length === other.length &&
  one.every((part, index) => part.sku === other[index]?.sku && part.quantity === other[index].quantity)

const sameSkus = (one: readonly Sku[] | undefined, other: readonly Sku[]): boolean =>
  one?.length === other.length && one.every((sku, index) => sku === other[index])
