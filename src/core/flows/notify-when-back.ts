import { z } from 'zod'
import { defineCommand } from '../command.js'
import { locationIdSchema, partyIdSchema, skuSchema } from '../ids/id-schema.js'
import { backInStockId, backInStockKind } from '../inventory/back-in-stock.js'
import { freeOf } from '../inventory/free-stock.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { partyKind } from '../parties/party.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { tellWhoWaits, whoWaits } from './tell-who-waits.js'

/**
 * Remembers that a customer wants to hear when a SKU has goods again (F46). Whoever asks twice is told once. Refused as `invalid_state` when goods are
 * there now.
 */
export const notifyWhenBack = defineCommand({
  name: 'inventory.notifyWhenBack',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional(), party: partyIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => {
    const level = stockLevelId(input.location ?? settings.defaultLocation, input.sku)
    return [
      { kind: stockKind.name, id: level },
      { kind: partyKind.name, id: input.party },
      { kind: backInStockKind.name, id: backInStockId(level, input.party) },
    ]
  },
  plan: (facts, input, { settings, now }) => {
    const work = workOn(facts)
    const { sku, party, location = settings.defaultLocation } = input
    const level = stockLevelId(location, sku)
    const id = backInStockId(level, party)
    const stock = work.find(stockKind, level)?.state
    if (stock === undefined) return refuse('unknown_sku', { sku, location })
    if (work.find(partyKind, party)?.state.status !== 'active') return refuse('unknown_party', { party })
    if (freeOf(stock) > 0) return refuse('invalid_state', { sku, location, status: 'in_stock', allowed: [] })
    const known = work.find(backInStockKind, id)?.state
    const request =
      known?.status === 'waiting'
        ? known
        : work.append(backInStockKind, id, [{ type: 'BackInStockAwaited', sku, location, party, since: now }])
    return ok(
      work.finish(
        { kind: backInStockKind.name, id },
        { sku, location, party, status: request.status, since: request.since },
      ),
    )
  },
})

/**
 * Tells those who still wait for a level that has goods: as many as the setting `limits.backInStockPerCommit` says, none when nothing is free. The
 * sweep asks for it, level by level, for whoever was not told in the commit of the receipt, and where goods came free in another way.
 */
export const tellBackInStock = defineCommand({
  name: 'inventory.tellBackInStock',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  idempotencyKey: 'optional',
  gather: (input, context) =>
    whoWaits(context, stockLevelId(input.location ?? context.settings.defaultLocation, input.sku)),
  touches: (input, _seen, { settings }, waiting) => [
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
    ...waiting,
  ],
  plan: (facts, input, { settings }, waiting) => {
    const work = workOn(facts)
    const { sku, location = settings.defaultLocation } = input
    const level = stockLevelId(location, sku)
    if (work.find(stockKind, level) === undefined) return refuse('unknown_sku', { sku, location })
    const told = tellWhoWaits(work, level, waiting)
    return ok(work.finish({ kind: stockKind.name, id: level }, { sku, location, told }))
  },
})
