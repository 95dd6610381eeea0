import { z } from 'zod'
import { hasStock, productKind } from '../catalog/product.js'
import {
  nonNegativeQuantitySchema,
  quantitySchema,
  toBaseUnits,
  writeQuantity,
  type Unit,
  type WrittenQuantity,
} from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, partyIdSchema, skuSchema } from '../ids/id-schema.js'
import type { LocationId, PartyId, Sku } from '../ids/ids.js'
import { inventoryPosition, type ReorderRule } from '../inventory/reorder-rule.js'
import { stockKind, stockLevelId, type StockLevel } from '../inventory/stock-level.js'
import { watchReorderPoint } from '../inventory/watch-reorder-point.js'
import { partyKind } from '../parties/party.js'
import { workOn } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

/** The answer of the commands about a reorder rule. */
export interface ReorderReceipt {
  readonly sku: Sku
  readonly location: LocationId
  /** On hand and usable, less what is promised, plus what is on its way: what the point is compared with. */
  readonly position: WrittenQuantity
  /** Absent without a rule. */
  readonly point?: WrittenQuantity
}

const longestLeadTimeDays = 3_650

/**
 * Says when a stock level is replenished and by how much (M41, F162): a fixed quantity, or as much as fills it up to a maximum (M38), in multiples of
 * what the vendor sells. It replaces the rule there was. When the level is at its point already, that is told in the same commit (F45).
 * Refused: a vendor that is not registered as one as `unknown_party`.
 */
export const configureReorder = defineCommand({
  name: 'inventory.configureReorder',
  input: z
    .strictObject({
      sku: skuSchema,
      location: locationIdSchema.optional(),
      /** To be ordered when what is there and on its way, less what is promised, falls to this or below. */
      point: nonNegativeQuantitySchema,
      /** Always so many; or `upTo`. */
      orderQuantity: quantitySchema.optional(),
      /** As many as it takes to have so many; above the point. */
      upTo: quantitySchema.optional(),
      multiple: quantitySchema.optional(),
      minimum: quantitySchema.optional(),
      vendor: partyIdSchema.optional(),
      /** Days from the order to the goods, 0 to 3,650. */
      leadTimeDays: z
        .number('type')
        .refine(
          (days) => Number.isInteger(days) && days >= 0 && days <= longestLeadTimeDays,
          'leadTime.range',
        )
        .optional(),
    })
    .refine(
      (input) => (input.orderQuantity === undefined) !== (input.upTo === undefined),
      'reorder.quantity',
    ),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
    ...(input.vendor === undefined ? [] : [{ kind: partyKind.name, id: input.vendor }]),
  ],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const { sku, vendor, location = settings.defaultLocation } = input
    const id = stockLevelId(location, sku)
    const product = work.find(productKind, sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku })
    if (!hasStock(product)) return refuse('not_stocked', { sku })
    const party = vendor === undefined ? undefined : work.find(partyKind, vendor)?.state
    if (vendor !== undefined && !(party?.status === 'active' && party.roles.includes('vendor')))
      return refuse('unknown_party', { party: vendor })
    const rule = ruleOf(input, product.unit)
    if (!rule.ok) return rule
    if (work.find(stockKind, id) === undefined) {
      work.append(stockKind, id, [{ type: 'StockLevelOpened', sku, location }])
    }
    const level = work.append(stockKind, id, [{ type: 'ReorderRuleSet', rule: rule.value }])
    watchReorderPoint(work, id)
    return ok(work.finish({ kind: stockKind.name, id }, receiptOf(level, product.unit)))
  },
})

/** Takes the reorder rule of a stock level away; refused as `invalid_state` when there is none. */
export const stopReorder = defineCommand({
  name: 'inventory.stopReorder',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
  ],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const { sku, location = settings.defaultLocation } = input
    const id = stockLevelId(location, sku)
    const product = work.find(productKind, sku)?.state
    const level = work.find(stockKind, id)?.state
    if (product === undefined || level === undefined) return refuse('unknown_sku', { sku, location })
    if (level.reorder === undefined) return refuse('invalid_state', { sku, location, allowed: [] })
    const after = work.append(stockKind, id, [{ type: 'ReorderRuleRemoved' }])
    return ok(work.finish({ kind: stockKind.name, id }, receiptOf(after, product.unit)))
  },
})

type WrittenRule = {
  readonly [Name in 'point' | 'orderQuantity' | 'upTo' | 'multiple' | 'minimum']?: WrittenQuantity | undefined
} & { readonly vendor?: PartyId | undefined; readonly leadTimeDays?: number | undefined }

const quantityNames = ['point', 'orderQuantity', 'upTo', 'multiple', 'minimum'] as const

const ruleOf = (input: WrittenRule, unit: Unit): Result<ReorderRule, Refusal> => {
  const rule: { -readonly [Name in keyof ReorderRule]: ReorderRule[Name] } = { point: 0 }
  for (const name of quantityNames) {
    const written = input[name]
    if (written === undefined) continue
    const baseUnits = toBaseUnits(written, unit)
    if (typeof baseUnits === 'string') {
      return refuse('validation_failed', { issues: [{ path: [name], rule: baseUnits }] })
    }
    rule[name] = baseUnits
  }
  if (rule.upTo !== undefined && rule.upTo <= rule.point) {
    return refuse('validation_failed', { issues: [{ path: ['upTo'], rule: 'reorder.upTo' }] })
  }
  if (input.vendor !== undefined) rule.vendor = input.vendor
  if (input.leadTimeDays !== undefined) rule.leadTimeDays = input.leadTimeDays
  return ok(rule)
}

const receiptOf = (level: StockLevel, unit: Unit): ReorderReceipt => ({
  sku: level.sku,
  location: level.location,
  position: writeQuantity(inventoryPosition(level), unit),
  ...(level.reorder !== undefined && { point: writeQuantity(level.reorder.point, unit) }),
})
