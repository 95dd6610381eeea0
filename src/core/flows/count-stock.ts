import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import {
  nonNegativeQuantitySchema,
  toBaseUnits,
  writeQuantity,
  type WrittenQuantity,
} from '../catalog/quantity.js'
import { defineCommand, type PlanContext } from '../command.js'
import type { Actor } from '../ids/actor.js'
import { locationIdSchema, skuSchema, stockCountIdSchema, wordSchema } from '../ids/id-schema.js'
import type { LocationId, OrderId, ReservationId, Sku, StockCountId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { move } from '../inventory/reserve-stock.js'
import { decideStockCount, variancesOf, type StockCountCommand } from '../inventory/stock-count-decider.js'
import {
  countingKind,
  stockCountKind,
  type CountedLine,
  type StockCount,
  type StockCountLine,
} from '../inventory/stock-count.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { incomingLotsSchema, serialsSchema } from '../inventory/tracked-goods.js'
import { compareDecimal } from '../money/decimal-string.js'
import { percentSchema } from '../money/money-schema.js'
import { workOn, type Facts, type Plan, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { bookedGoodsKeys, bookGoods, compareGoods, countedPieces } from './count-goods.js'
import { promisesAt, shortageSchema, shortPromises, type LevelPromises } from './short-stock.js'

/** The answer of the commands about a stock count; it never says what should have been found. */
export interface StockCountReceipt {
  readonly count: StockCountId
  readonly status: StockCount['status']
  /** Whose goods were taken from them, where more was missing than nobody had been promised. */
  readonly backordered?: readonly {
    readonly sku: Sku
    readonly order?: OrderId
    readonly reservation?: ReservationId
    readonly quantity: WrittenQuantity
  }[]
}

/**
 * Opens a physical count of some SKUs at one location (F42). A stock level is in at most one count at a time: a second is refused as
 * `already_exists`. The tolerance is at most the setting `countTolerancePercent`, which is also what holds when it is left out.
 */
export const openCount = defineCommand({
  name: 'counts.open',
  input: z.strictObject({
    location: locationIdSchema.optional(),
    skus: z
      .array(skuSchema)
      .min(1, 'lines.min')
      .superRefine((skus, context) => {
        for (const [index, sku] of skus.entries()) {
          if (skus.indexOf(sku) < index)
            context.addIssue({ code: 'custom', message: 'line.duplicateSku', path: [index] })
        }
      }),
    /** A variance of at most this share of what was expected needs no approval; a decimal text in percent. */
    tolerancePercent: percentSchema.optional(),
  }),
  idempotencyKey: 'required',
  touches: (input, _seen, { ids, settings }) => [
    { kind: stockCountKind.name, id: ids.of('count') },
    ...input.skus.map((id) => ({ kind: productKind.name, id })),
    ...levelKeys(input.location ?? settings.defaultLocation, input.skus),
  ],
  plan: (facts, input, { ids, settings }) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const { linesPerOrder } = settings.limits
    if (input.skus.length > linesPerOrder)
      return refuse('limit_exceeded', { limit: 'linesPerOrder', most: linesPerOrder })
    const most = settings.countTolerancePercent
    const tolerancePercent = input.tolerancePercent ?? most
    if (compareDecimal(tolerancePercent, most) > 0)
      return refuse('limit_exceeded', { limit: 'countTolerancePercent', most })
    const id = ids.of('count') as StockCountId
    const lines: Pick<StockCountLine, 'sku' | 'unit' | 'tracking'>[] = []
    for (const sku of input.skus) {
      const level = stockLevelId(location, sku)
      const product = work.find(productKind, sku)?.state
      if (product === undefined || work.find(stockKind, level) === undefined)
        return refuse('unknown_sku', { sku, location })
      const counting = work.find(countingKind, level)?.state
      if (counting !== undefined) return refuse('already_exists', { count: counting.count, sku })
      work.put(countingKind, level, { count: id })
      const { unit, tracking } = product
      lines.push(tracking === undefined ? { sku, unit } : { sku, unit, tracking })
    }
    const opened = work.append(stockCountKind, id, [
      { type: 'StockCountOpened', id, location, lines, tolerancePercent },
    ])
    return ok(work.finish({ kind: stockCountKind.name, id }, receiptOf(opened)))
  },
})

/**
 * Notes what was found, blind: neither the command nor its answer tells what should be there. Each SKU is compared with its level at this very
 * moment, so goods may move before and after. Counting a SKU again replaces what was found before. Goods that are told apart are counted by lot or by
 * serial number (F37); a lot or piece that is not named was not found.
 */
export const recordCount = defineCommand({
  name: 'counts.record',
  input: z.strictObject({
    count: stockCountIdSchema,
    lines: z
      .array(
        z.strictObject({
          sku: skuSchema,
          counted: nonNegativeQuantitySchema,
          lots: incomingLotsSchema.optional(),
          serials: serialsSchema.optional(),
        }),
      )
      .min(1, 'lines.min')
      .superRefine((lines, context) => {
        const seen = new Set<string>()
        for (const [index, { sku }] of lines.entries()) {
          if (seen.has(sku))
            context.addIssue({ code: 'custom', message: 'line.duplicateSku', path: [index, 'sku'] })
          seen.add(sku)
        }
      }),
  }),
  idempotencyKey: 'optional',
  gather: (input, context) => countedPieces(context, input.count, input.lines),
  touches: (input, seen, _context, pieces) => [
    ...countKeys(input.count, seen.get(stockCountKind, input.count)),
    ...pieces.flatMap(({ keys }) => keys),
  ],
  plan: (facts, input, context, pieces) => {
    const work = workOn(facts)
    const count = work.find(stockCountKind, input.count)?.state
    if (count === undefined) return refuse('unknown_stock_count', { count: input.count })
    const { serialsPerCommand } = context.settings.limits
    const lines: CountedLine[] = []
    for (const [index, { sku, counted, ...named }] of input.lines.entries()) {
      const { unit, tracking } = count.lines.find((line) => line.sku === sku) ?? {}
      const level = work.find(stockKind, stockLevelId(count.location, sku))?.state
      if (unit === undefined || level === undefined) return refuse('unknown_line', { sku })
      const baseUnits = toBaseUnits(counted, unit)
      if (typeof baseUnits === 'string') {
        return refuse('validation_failed', {
          issues: [{ path: ['lines', index, 'counted'], rule: baseUnits }],
        })
      }
      const hints = pieces.find((candidate) => candidate.sku === sku)?.hints ?? []
      const found = { sku, location: count.location, unit, tracking, counted: baseUnits, named, hints }
      const goods = compareGoods(work, found, serialsPerCommand, ['lines', index])
      if (!goods.ok) return goods
      const figures = { sku, counted: baseUnits, expected: level.onHand }
      lines.push(goods.value === undefined ? figures : { ...figures, goods: goods.value })
    }
    return decided(work, count, { type: 'CountStock', lines, by: personOf(context) }, context)
  },
})

/**
 * The counter is done. Variances within the tolerance are booked at once; beyond it the count waits for somebody else. Refused as
 * `count_incomplete` while a SKU is not counted, and as `stock_below_reserved` when booking would leave less than is promised (ST9).
 */
export const submitCount = defineCommand({
  name: 'counts.submit',
  input: z.strictObject({ count: stockCountIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => countKeys(input.count, seen.get(stockCountKind, input.count)),
  plan: (facts, input, context) => decideAbout(facts, input.count, { type: 'SubmitCount' }, context),
})

/**
 * Books the variances of a count as adjustments. Whoever counted is refused as `counter_cannot_approve`; goods that are gone although they were promised
 * are refused as `stock_below_reserved`, or taken from the latest promises with `shortage: 'backorder'` (ST9): the answer names whose. Refused as
 * `changed_meanwhile` when the count was opened, or the level moved, while it was looked up whose goods they are: try again.
 */
export const approveCount = defineCommand({
  name: 'counts.approve',
  input: z.strictObject({
    count: stockCountIdSchema,
    /** Why it differs, as a code in a word of the host's own. */
    reason: wordSchema,
    /** What to do when fewer are left than have been promised; refused when left out. */
    shortage: shortageSchema.optional(),
  }),
  idempotencyKey: 'optional',
  gather: async (input, context): Promise<PromisesBySku | undefined> => {
    if (input.shortage !== 'backorder') return nobody
    const count = await context.read(stockCountKind, input.count)
    if (count === undefined) return undefined
    const promises = new Map<Sku, LevelPromises>()
    for (const { sku } of count.lines) {
      promises.set(sku, await promisesAt(context, stockLevelId(count.location, sku)))
    }
    return promises
  },
  touches: (input, seen) => countKeys(input.count, seen.get(stockCountKind, input.count)),
  plan: (facts, input, context, promises) => {
    // Nobody has looked whom the goods of a count were promised to that was not there to be read.
    if (promises === undefined && workOn(facts).find(stockCountKind, input.count) !== undefined)
      return refuse('changed_meanwhile', { count: input.count })
    const command = { type: 'ApproveCount', by: personOf(context), reason: input.reason } as const
    return decideAbout(facts, input.count, command, context, promises)
  },
})

type PromisesBySku = ReadonlyMap<Sku, LevelPromises>
const nobody: PromisesBySku = new Map()

/** Sends a count back: everything has to be counted again. */
export const rejectCount = defineCommand({
  name: 'counts.reject',
  input: z.strictObject({ count: stockCountIdSchema, reason: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: stockCountKind.name, id: input.count }],
  plan: (facts, input, context) =>
    decideAbout(facts, input.count, { type: 'RejectCount', reason: input.reason }, context),
})

/** Gives a count up; nothing is booked. */
export const cancelCount = defineCommand({
  name: 'counts.cancel',
  input: z.strictObject({ count: stockCountIdSchema, reason: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => countKeys(input.count, seen.get(stockCountKind, input.count)),
  plan: (facts, input, context) =>
    decideAbout(facts, input.count, { type: 'CancelCount', reason: input.reason }, context),
})

const decideAbout = (
  facts: Facts,
  id: string,
  command: StockCountCommand,
  context: PlanContext,
  promises: PromisesBySku = nobody,
): Result<Plan<StockCountReceipt>, Refusal> => {
  const work = workOn(facts)
  const count = work.find(stockCountKind, id)?.state
  return count === undefined
    ? refuse('unknown_stock_count', { count: id })
    : decided(work, count, command, context, promises)
}

const decided = (
  work: Work,
  count: StockCount,
  command: StockCountCommand,
  context: PlanContext,
  promises: PromisesBySku = nobody,
): Result<Plan<StockCountReceipt>, Refusal> => {
  const backordered: NonNullable<StockCountReceipt['backordered']>[number][] = []
  const events = decideStockCount(count, command)
  if (!events.ok) return events
  const after = work.append(stockCountKind, count.id, events.value)
  if (after.status === 'booked') {
    const booked = bookVariances(work, after, context, promises)
    if (!booked.ok) return booked
    backordered.push(...booked.value)
  }
  if (after.status === 'booked' || after.status === 'canceled') {
    for (const { sku } of after.lines) work.erase(countingKind, stockLevelId(after.location, sku))
  }
  const receipt = backordered.length === 0 ? receiptOf(after) : { ...receiptOf(after), backordered }
  return ok(work.finish({ kind: stockCountKind.name, id: count.id }, receipt))
}

/** The difference is booked, not the figure: what moved between counting and booking stays right. */
const bookVariances = (
  work: Work,
  count: StockCount,
  { now, settings }: PlanContext,
  promises: PromisesBySku,
): Result<NonNullable<StockCountReceipt['backordered']>, Refusal> => {
  const backordered: NonNullable<StockCountReceipt['backordered']>[number][] = []
  const source = { kind: stockCountKind.name, id: count.id }
  const reason = present(count.reason, 'what is booked says why')
  const goods = { today: dateOf(now), limits: settings.limits, source, reason }
  for (const { line, quantity } of variancesOf(count)) {
    const promised = quantity < 0 ? promises.get(line.sku) : undefined
    if (promised !== undefined) {
      const lost = { sku: line.sku, location: count.location, quantity: -quantity }
      const shorted = shortPromises(work, lost, reason, promised, { now, settings })
      if (!shorted.ok) return shorted
      for (const { quantity: units, ...who } of shorted.value)
        backordered.push({ sku: line.sku, ...who, quantity: writeQuantity(units, line.unit) })
    }
    if (line.found?.goods !== undefined) {
      const booked = bookGoods(work, count, line.sku, line.found.goods, goods)
      if (!booked.ok) return booked
      continue
    }
    const moved = move(
      work,
      { sku: line.sku, location: count.location, quantity },
      { type: 'AdjustStock', quantity, source, reason },
    )
    if (!moved.ok) return moved
  }
  return ok(backordered)
}

const personOf = ({ actor: { kind, id } }: PlanContext): Actor => ({ kind, id })

const receiptOf = ({ id, status }: StockCount): StockCountReceipt => ({ count: id, status })

const levelKeys = (location: LocationId, skus: readonly Sku[]): readonly Key[] =>
  skus.flatMap((sku) => {
    const id = stockLevelId(location, sku)
    return [
      { kind: stockKind.name, id },
      { kind: countingKind.name, id },
    ]
  })

const countKeys = (id: StockCountId, count: StockCount | undefined): readonly Key[] => [
  { kind: stockCountKind.name, id },
  ...(count === undefined
    ? []
    : levelKeys(
        count.location,
        count.lines.map(({ sku }) => sku),
      )),
  ...(count === undefined ? [] : bookedGoodsKeys(count)),
]
