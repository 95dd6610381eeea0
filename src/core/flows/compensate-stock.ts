import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import type { Key } from '../ids/key.js'
import { backorderQueueKind, queuedUnits } from '../inventory/backorder-queue.js'
import { stockAuditKind } from '../inventory/stock-audit.js'
import {
  correctionOf,
  stockDifferences,
  type DocumentClaims,
  type StockDifference,
} from '../inventory/stock-differences.js'
import { documentName } from '../inventory/stock-ledger.js'
import { stockKind, stockLevelId, type MovementSource, type StockFigures } from '../inventory/stock-level.js'
import { move } from '../inventory/reserve-stock.js'
import { stockReceipt, type StockReceipt } from '../inventory/stock-receipt.js'
import { workOn, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { granted, ok } from '../result.js'
import { readStockAudit } from './read-stock-audit.js'

/** The level after the correction, and what was found wrong with it, in base units; nothing where all agreed. */
export interface CompensationReceipt extends StockReceipt {
  readonly differences: readonly StockDifference[]
}

/**
 * Audits one stock level as `inventory.audit` does, and books the movement that puts it right (F55): the figures that its movements add up to, promised
 * what orders and holds say, incoming what transfers and expected receipts say. A level without a difference stays as it is.
 *
 * Refused as `stock_below_reserved` when promises would be left without goods, since somebody has to decide whose; as `changed_meanwhile` when the
 * level was opened or put right meanwhile, or when documents or the queue say something else than the ledger and they or the level moved between audit and
 * commit: try again, where the level never rests, while nothing is sold of it.
 */
export const compensateStock = defineCommand({
  name: 'inventory.compensate',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    /** Why, as a code in a word of the host's own. */
    reason: wordSchema,
  }),
  idempotencyKey: 'required',
  gather: async ({ sku, location }, { reader, settings }) => {
    const place = { sku, location: location ?? settings.defaultLocation }
    const facts = await readStockAudit(reader, place)
    const differences = facts === undefined ? [] : stockDifferences(facts)
    return {
      compensations: facts?.ledger.corrections ?? 0,
      // A ledger that breaks off before the level's last movement says nothing about it.
      audited: facts?.ledger.version === facts?.version ? facts?.version : undefined,
      differences,
      documents: facts === undefined ? [] : concerned(differences, facts.documents),
    }
  },
  touches: (input, _seen, { settings }, { differences, documents }) => {
    const id = stockLevelId(input.location ?? settings.defaultLocation, input.sku)
    const waits = differences.some(({ what }) => what === 'waiting')
    return [
      { kind: productKind.name, id: input.sku },
      { kind: stockKind.name, id },
      { kind: stockAuditKind.name, id },
      ...(waits ? [{ kind: backorderQueueKind.name, id }] : []),
      ...documents.map(({ source }): Key => ({ kind: source.kind, id: source.id })),
    ]
  },
  plan: (facts, input, { settings }, { compensations, audited, differences, documents }) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const id = stockLevelId(location, input.sku)
    const product = work.find(productKind, input.sku)?.state
    const found = work.find(stockKind, id)
    if (product === undefined || found === undefined)
      return refuse('unknown_sku', { sku: input.sku, location })
    const { state: level, version } = found
    // A level that was not there to be audited has not been found right.
    if (audited === undefined) return refuse('changed_meanwhile', { level: id })
    const booked = work.find(stockAuditKind, id)?.state.compensations ?? 0
    if (booked !== compensations) return refuse('changed_meanwhile', { audit: id })
    const subject = { kind: stockKind.name, id }
    if (differences.length === 0)
      return ok(work.finish(subject, { ...stockReceipt(work, id, product.unit), differences }))
    const isAsRead = version === audited && isQueueAsRead(work, id, differences)
    if (!isAsRead && !differences.every(lasts)) return refuse('changed_meanwhile', { level: id })
    const moved = documents.find((document) => versionOf(work, document) !== document.version)
    if (moved !== undefined) return refuse('changed_meanwhile', { ...moved.source })
    const { withoutGoods, ...correction } = correctionOf(level, differences)
    if (withoutGoods > 0) {
      const { sku, reserved, onHand } = level
      return refuse('stock_below_reserved', { sku, location, reserved, onHand, withoutGoods, differences })
    }
    const corrected = move(
      work,
      { sku: input.sku, location, quantity: 0 },
      {
        type: 'CorrectStock',
        ...correction,
        source: { kind: stockAuditKind.name, id: `${id} ${booked + 1}` },
        reason: input.reason,
      },
    )
    granted(corrected, 'what is wrong can be put right')
    work.append(stockAuditKind, id, [{ type: 'StockCompensated', differences, reason: input.reason }])
    return ok(work.finish(subject, { ...stockReceipt(work, id, product.unit), differences }))
  },
})

const sums: ReadonlySet<keyof StockFigures> = new Set(['onHand', 'reserved', 'quarantined', 'incoming'])

/**
 * Whether it is as large however the level has moved since: a stored sum that is not that of its movements. What is set and not added to may have been set
 * anew, and what a document or the queue says is compared with the level as it was.
 */
const lasts = (difference: StockDifference): boolean =>
  difference.what === 'figure' && sums.has(difference.figure)

const isQueueAsRead = (work: Work, id: string, differences: readonly StockDifference[]): boolean =>
  differences.every(
    (difference) =>
      difference.what !== 'waiting' ||
      difference.says === queuedUnits(work.find(backorderQueueKind, id)?.state),
  )

/** A document whose word is taken for what was found, as it was read. */
export interface ConcernedDocument {
  readonly source: MovementSource
  /** Absent where no such record was read. */
  readonly version?: number
}

/** The documents whose word is taken for what was found: those that were read, and those that were not there. */
const concerned = (
  differences: readonly StockDifference[],
  documents: readonly DocumentClaims[],
): readonly ConcernedDocument[] => {
  const read = new Map(documents.map((document) => [documentName(document.source), document]))
  return differences.flatMap((difference) =>
    difference.what === 'promised' || difference.what === 'incoming'
      ? difference.documents.map((source) => read.get(documentName(source)) ?? { source })
      : [],
  )
}

const versionOf = (work: Work, { source }: ConcernedDocument): number | undefined =>
  work.find({ name: source.kind, entries: () => ({}), derived: true }, source.id)?.version
