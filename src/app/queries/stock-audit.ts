import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { readStockAudit } from '../../core/flows/read-stock-audit.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import {
  correctionOf,
  stockDifferences,
  type StockDifference,
} from '../../core/inventory/stock-differences.js'
import { stockFigures, type MovementSource, type StockFigures } from '../../core/inventory/stock-level.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { defineQuery } from '../query.js'
import { unitsOf } from './units.js'

/** The numbers of a stock level, as people write them. */
export type WrittenFigures = { readonly [Figure in keyof StockFigures]: WrittenQuantity }

/** One thing that does not agree, in the unit of the SKU. */
export interface StockFinding {
  /**
   * `figure`: the stored level is not what its movements add up to. `promised`, `incoming`: the ledger has booked something else for these documents
   * than they say. `waiting`: the level says that another number of units waits than stands in its queue.
   */
  readonly what: StockDifference['what']
  readonly figure?: keyof StockFigures
  readonly documents?: readonly MovementSource[]
  /** What was found: in the stored level for a `figure`, else in the ledger. */
  readonly found: WrittenQuantity
  /** What it should be: what the movements add up to, or what the documents say. */
  readonly due: WrittenQuantity
}

export interface StockAuditReport {
  readonly sku: Sku
  readonly location: LocationId
  readonly agrees: boolean
  /** Movements that were added up. */
  readonly movements: number
  readonly findings: readonly StockFinding[]
  /** What `inventory.compensate` would book; absent when all agrees. */
  readonly proposal?: {
    readonly before: WrittenFigures
    readonly after: WrittenFigures
    /** Promises that would be left without goods: as long as there are any, it is not booked. */
    readonly withoutGoods: WrittenQuantity
  }
  /** Documents that moved while they were looked at; nothing is said about them. Ask again. */
  readonly unsettled: readonly MovementSource[]
}

/**
 * Adds up the movements of one stock level and compares them with the stored figures (ST1, ST10) and with what orders, holds, transfers and expected
 * receipts say (ST2), and names every difference with the movement that would put it right (F55, M52). It reads every open order and hold of the
 * tenant. Nothing is changed: `inventory.compensate` books it.
 */
export const stockAudit = defineQuery({
  name: 'inventory.audit',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  run: async (input, context) => {
    const location = input.location ?? context.settings.defaultLocation
    const facts = await readStockAudit(context, { sku: input.sku, location })
    if (facts === undefined) return refuse('unknown_sku', { sku: input.sku, location })
    const unit = (await unitsOf(context, [input.sku]))(input.sku)
    const differences = stockDifferences(facts)
    const { figures, withoutGoods } = correctionOf(facts.level, differences)
    const value: StockAuditReport = {
      sku: input.sku,
      location,
      agrees: differences.length === 0,
      movements: facts.ledger.version,
      findings: differences.map((difference) => findingOf(difference, unit)),
      ...(differences.length > 0 && {
        proposal: {
          before: writeFigures(stockFigures(facts.level), unit),
          after: writeFigures(figures, unit),
          withoutGoods: writeQuantity(withoutGoods, unit),
        },
      }),
      unsettled: facts.unsettled,
    }
    return ok({ value, version: facts.version })
  },
})

const findingOf = (difference: StockDifference, unit: Unit): StockFinding => {
  const written = (found: number, due: number) => ({
    found: writeQuantity(found, unit),
    due: writeQuantity(due, unit),
  })
  switch (difference.what) {
    case 'figure':
      return {
        what: 'figure',
        figure: difference.figure,
        ...written(difference.stored, difference.ledger),
      }
    case 'promised':
    case 'incoming':
      return {
        what: difference.what,
        documents: difference.documents,
        ...written(difference.ledger, difference.says),
      }
    case 'waiting':
      return { what: 'waiting', ...written(difference.ledger, difference.says) }
  }
}

const writeFigures = (figures: StockFigures, unit: Unit): WrittenFigures => ({
  onHand: writeQuantity(figures.onHand, unit),
  reserved: writeQuantity(figures.reserved, unit),
  quarantined: writeQuantity(figures.quarantined, unit),
  safetyStock: writeQuantity(figures.safetyStock, unit),
  backorderAllowance: writeQuantity(figures.backorderAllowance, unit),
  incoming: writeQuantity(figures.incoming, unit),
  backordered: writeQuantity(figures.backordered, unit),
  shorted: writeQuantity(figures.shorted, unit),
})
