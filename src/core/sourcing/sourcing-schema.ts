import { z } from 'zod'
import { locationIdSchema, wordSchema } from '../ids/id-schema.js'
import type { InputOf } from '../input-of.js'
import { currencySchema } from '../money/money-schema.js'
import { parseDecimal, trimDecimal, type DecimalParts } from '../money/decimal-string.js'
import { UNIT_PRICE_DECIMALS } from '../money/unit-price.js'
import { beginningTimeSchema, endingTimeSchema, zoneSchema } from '../time/zone-schema.js'

const degrees = (most: number) =>
  z.number('type').min(-most, 'coordinates.range').max(most, 'coordinates.range')

/** Decimal degrees (WGS 84): north and east are positive. */
export const coordinatesSchema = z.strictObject({ latitude: degrees(90), longitude: degrees(180) })

/** ISO 3166-1 alpha-2. */
export const countryCodeSchema = z.string('type').regex(/^[A-Z]{2}$/, 'country.format')

/** A plain decimal of zero or more with up to 8 decimals, normalized. */
export const costSchema = z.string('money.type').transform((text, context): string => {
  const parts = parseDecimal(text)
  const rule = parts === undefined ? 'money.format' : brokenBy(parts, text)
  if (parts !== undefined && rule === undefined) return trimDecimal(parts, 0)
  context.issues.push({ code: 'custom', message: rule, input: text })
  return z.NEVER
})

const brokenBy = ({ digits, scale }: DecimalParts, text: string): string | undefined => {
  if (digits < 0n) return 'money.min'
  if (scale > UNIT_PRICE_DECIMALS) return 'money.precision'
  return text.length > 16 ? 'money.max' : undefined
}

/** What sending from a location costs: per shipment, per whole unit, and per kilometer of great-circle distance; what is left out costs nothing. */
export const sourcingCostsSchema = z.strictObject({
  currency: currencySchema,
  perShipment: costSchema.optional(),
  perUnit: costSchema.optional(),
  perKilometer: costSchema.optional(),
})

const locationsSchema = z.array(locationIdSchema).min(1, 'locations.min').max(1_000, 'locations.max')
export const locationKindSchema = z.enum(['warehouse', 'store', 'pickup', 'vendor'])

const filterSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('kind'), kinds: z.array(locationKindSchema).min(1, 'kinds.min') }),
  z.strictObject({ by: z.literal('location'), locations: locationsSchema }),
  z.strictObject({ by: z.literal('not_location'), locations: locationsSchema }),
  z.strictObject({ by: z.literal('same_country') }),
  z.strictObject({
    by: z.literal('within'),
    kilometers: z.number('type').positive('distance.range').max(20_100, 'distance.range'),
  }),
  z.strictObject({ by: z.literal('pickup') }),
])

const scheduleSchema = z.strictObject({
  zone: zoneSchema.optional(),
  weekdays: z
    .array(z.int('type').min(1, 'weekday.range').max(7, 'weekday.range'))
    .min(1, 'weekday.range')
    .max(7, 'weekday.range')
    .optional(),
  from: beginningTimeSchema.optional(),
  until: endingTimeSchema.optional(),
})

/** How an order finds its locations: filters, then sorters, then one strategy (F61). */
export const sourcingRuleSchema = z.strictObject({
  /** Stands in the explanation of every decision. */
  name: wordSchema,
  strategy: z.enum([
    'fewest_shipments',
    'nearest',
    'lowest_cost',
    'priority_list',
    'even_load',
    'pickup_point',
    'drop_ship',
  ]),
  /** `within_line` when left out: units of one line may come from several locations. */
  splits: z.enum(['none', 'by_line', 'within_line']).optional(),
  /** A candidate passes all of them. */
  filters: z.array(filterSchema).max(20, 'filters.max').optional(),
  /** Which of equal candidates comes first; then their ids decide. */
  sorters: z
    .array(z.enum(['priority', 'distance', 'load']))
    .max(3, 'sorters.max')
    .optional(),
  /** When it is in force, by the store's clock. */
  schedule: scheduleSchema.optional(),
  mostShipments: z.int('type').min(1, 'shipments.min').max(1_000, 'shipments.max').optional(),
})

/** The first rule decides that is in force and can serve everything (F65). */
export const sourcingRulesSchema = z.array(sourcingRuleSchema).min(1, 'rules.min').max(20, 'rules.max')

export const sourcingDestinationSchema = z.strictObject({
  coordinates: coordinatesSchema.optional(),
  country: countryCodeSchema.optional(),
  /** The point where the buyer picks the order up. */
  pickup: locationIdSchema.optional(),
})

/** Rules by name, one rule, or an ordered list of rules; and where the order goes. */
export const wantedSourcingSchema = z.strictObject({
  by: z.union([wordSchema, sourcingRuleSchema, sourcingRulesSchema]),
  to: sourcingDestinationSchema.optional(),
})

export type WantedSourcing = z.output<typeof wantedSourcingSchema>

/** A rule as a host writes it. */
export type SourcingRuleInput = InputOf<typeof sourcingRuleSchema>
