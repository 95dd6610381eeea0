import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { forecastDemand, type ChosenForecast } from '../../core/forecasting/choose-forecast.js'
import { partyIdSchema } from '../../core/ids/id-schema.js'
import type { LocationId, PartyId, Sku } from '../../core/ids/ids.js'
import { promisedOf, usableOf } from '../../core/inventory/promised-stock.js'
import { inventoryPosition, type Reorder } from '../../core/inventory/reorder-rule.js'
import { stockKind, type StockLevel } from '../../core/inventory/stock-level.js'
import { refuse } from '../../core/refusal.js'
import {
  purchaseRequirement,
  type PurchaseRequirement,
} from '../../core/replenishment/purchase-requirement.js'
import { ok } from '../../core/result.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type QueryContext } from '../query.js'
import { demandHistory } from './demand-history.js'
import { expectedSupply } from './expected-supply.js'
import { pageOf, pageShape, whereOf } from './page.js'
import { unitsOf } from './units.js'

/** What to order for one stock level, and the figures it follows from; quantities in its unit. */
export interface RequirementLine extends Omit<PurchaseRequirement, 'quantity' | 'position'> {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly quantity: WrittenQuantity
  /** On hand and usable, less what is promised, plus what is on its way: now, and when it is ordered. */
  readonly position: WrittenQuantity
  readonly positionThen: WrittenQuantity
  readonly onHand: WrittenQuantity
  readonly incoming: WrittenQuantity
  readonly point: WrittenQuantity
  readonly leadTimeDays: number
  /** Of a day, on average over what was forecast; an estimate. */
  readonly dailyDemand: number
  readonly forecastBy: ChosenForecast['method']
}

export interface VendorRequirements {
  /** Absent for levels whose rule names none. */
  readonly vendor?: PartyId
  readonly lines: readonly RequirementLine[]
}

/**
 * What to order from whom by when (M53, F163): every stock level with a reorder rule that is at its point, or that its forecast takes there within
 * `horizonDays` (none when left out), grouped by vendor. Each line tells why, how much (multiples and minimum of the rule kept), when the goods
 * would arrive, and when the level runs short if that is earlier. `asOf` is the day of planning, today or later. Pages are in the order of
 * vendors, of so many levels each: a vendor's lines may go on on the next page.
 */
export const purchaseRequirements = defineQuery({
  name: 'replenishment.requirements',
  input: z.strictObject({
    vendor: partyIdSchema.optional(),
    asOf: localDateSchema.optional(),
    horizonDays: z
      .number('type')
      .refine((days) => Number.isInteger(days) && days >= 0 && days <= 366, 'horizon.range')
      .optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { vendor, horizonDays = 0 } = input
    const today = dateOf(context.now())
    const asOf = input.asOf ?? today
    if (asOf < today) return refuse('validation_failed', { issues: [{ path: ['asOf'], rule: 'date.past' }] })
    const page = await context.list(stockKind, {
      where: whereOf({ vendor }),
      range: { entry: 'reorder' },
      order: { entry: 'vendor', direction: 'ascending' },
      ...pageOf(input),
    })
    const unitOf = await unitsOf(context, [...new Set(page.items.map(({ state }) => state.sku))])
    const lines: { readonly vendor: PartyId | undefined; readonly line: RequirementLine }[] = []
    for (const { state } of page.items) {
      const { reorder } = state
      if (reorder === undefined) continue
      const line = await requirementOf(context, state, reorder, {
        asOf,
        horizonDays,
        unit: unitOf(state.sku),
      })
      if (line !== undefined) lines.push({ vendor: reorder.vendor, line })
    }
    return ok({
      value: {
        asOf,
        horizonDays,
        vendors: byVendor(lines),
        ...(page.next !== undefined && { next: page.next }),
      },
    })
  },
})

const requirementOf = async (
  context: QueryContext,
  level: StockLevel,
  rule: Reorder,
  {
    asOf,
    horizonDays,
    unit,
  }: { readonly asOf: LocalDate; readonly horizonDays: number; readonly unit: Unit },
): Promise<RequirementLine | undefined> => {
  const position = inventoryPosition(level)
  const leadTimeDays = rule.leadTimeDays ?? 0
  const weeks = Math.ceil((horizonDays + leadTimeDays + 1) / 7)
  const history = await demandHistory(context, level, { today: asOf, days: 364, period: 'week' })
  const forecast = forecastDemand(history.values, { horizon: weeks })
  const dailyDemand = forecast.values.flatMap((week) => Array.from({ length: 7 }, () => week / 7))
  const needed = purchaseRequirement({
    today: asOf,
    horizonDays,
    rule,
    position,
    free: usableOf(level) - promisedOf(level),
    incoming: await expectedSupply(context, level, asOf),
    dailyDemand,
  })
  if (needed === undefined) return undefined
  const { quantity, position: positionThen, ...when } = needed
  const written = (baseUnits: number): WrittenQuantity => writeQuantity(baseUnits, unit)
  return {
    sku: level.sku,
    location: level.location,
    unit: unit.code,
    ...when,
    quantity: written(quantity),
    position: written(position),
    positionThen: written(positionThen),
    onHand: written(level.onHand),
    incoming: written(level.incoming),
    point: written(rule.point),
    leadTimeDays,
    dailyDemand: dailyDemand.reduce((sum, one) => sum + one, 0) / dailyDemand.length / 10 ** unit.digits,
    forecastBy: forecast.method,
  }
}

/** Lines come in the order of their vendors. */
const byVendor = (
  lines: readonly { readonly vendor: PartyId | undefined; readonly line: RequirementLine }[],
): readonly VendorRequirements[] => {
  const groups: { vendor: PartyId | undefined; lines: RequirementLine[] }[] = []
  for (const { vendor, line } of lines) {
    const last = groups.at(-1)
    if (last !== undefined && last.vendor === vendor) last.lines.push(line)
    else groups.push({ vendor, lines: [line] })
  }
  return groups.map(({ vendor, lines: ordered }) => ({
    ...(vendor !== undefined && { vendor }),
    lines: ordered,
  }))
}
