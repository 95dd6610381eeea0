import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { piece } from '../catalog/quantity.js'
import { lineIdSchema, skuSchema } from '../ids/id-schema.js'
import type { LineId, LocationId, Sku } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { goodsKeys } from '../inventory/move-goods.js'
import {
  lotsSchema,
  readGoods,
  serialsSchema,
  type Goods,
  type TrackedSku,
} from '../inventory/tracked-goods.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

/** The lots or pieces that are taken for lines of an order, each line (and, of a kit's line, each SKU) at most once. */
export const goodsByLineSchema = z
  .array(
    z.strictObject({
      line: lineIdSchema,
      /** Which SKU of a kit's line; the line's own when left out. */
      sku: skuSchema.optional(),
      lots: lotsSchema.optional(),
      serials: serialsSchema.optional(),
    }),
  )
  .min(1, 'lines.min')
  .superRefine((goods, context) => {
    const seen = new Set<string>()
    for (const [index, { line, sku }] of goods.entries()) {
      const name = `${line}/${sku ?? ''}`
      if (seen.has(name))
        context.addIssue({ code: 'custom', message: 'line.duplicateId', path: [index, 'line'] })
      seen.add(name)
    }
  })

export type GoodsByLine = z.output<typeof goodsByLineSchema>

/** A line of work with what of it is told apart. */
export interface TrackedLine {
  readonly line: LineId
  readonly sku: Sku
  readonly tracked: readonly (TrackedSku & { readonly quantity: number })[]
}

/** The records of the lots or pieces that are named, where the lines are known. */
export const namedGoodsKeys = (
  given: GoodsByLine,
  lines: readonly { readonly line: LineId; readonly sku: Sku; readonly location: LocationId }[],
): readonly Key[] =>
  given.flatMap((named) => {
    const line = lines.find((candidate) => candidate.line === named.line)
    return line === undefined ? [] : goodsKeys({ location: line.location, sku: named.sku ?? line.sku }, named)
  })

/** Lots or pieces that were named. */
export type NamedTrackedGoods = Exclude<Goods, { readonly tracking: 'none' }>

/** What is named for each SKU of each line; nothing where the host leaves the choice to us. */
export type NamedByLine = (line: LineId, sku: Sku) => NamedTrackedGoods | undefined

/** Reads what is named and checks it against the lines: their own SKUs, as many units as they take. */
export const readGoodsByLine = (
  work: Work,
  given: GoodsByLine | undefined,
  lines: readonly TrackedLine[],
  mostSerials: number,
): Result<NamedByLine, Refusal> => {
  const read = new Map<string, NamedTrackedGoods>()
  for (const [index, { line, sku, ...named }] of (given ?? []).entries()) {
    const wanted = lines.find((candidate) => candidate.line === line)
    if (wanted === undefined) return refuse('unknown_line', { line })
    const of = sku ?? wanted.sku
    const tracked = wanted.tracked.find((candidate) => candidate.sku === of)
    const unit = (tracked?.tracking === 'lot' ? work.find(productKind, of)?.state.unit : undefined) ?? piece
    const goods = readGoods({ unit, ...tracked }, tracked?.quantity ?? 0, named, mostSerials, [
      'goods',
      index,
    ])
    if (!goods.ok) return goods
    if (goods.value.tracking === 'none') {
      return refuse('validation_failed', { issues: [{ path: ['goods', index], rule: 'tracking.none' }] })
    }
    if (read.has(`${line}/${of}`)) {
      return refuse('validation_failed', {
        issues: [{ path: ['goods', index, 'line'], rule: 'line.duplicateId' }],
      })
    }
    read.set(`${line}/${of}`, goods.value)
  }
  return ok((line, sku) => read.get(`${line}/${sku}`))
}
