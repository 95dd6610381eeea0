import { z } from 'zod'
import { hasStock, productKind } from '../catalog/product.js'
import { quantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema, transferIdSchema, wordSchema } from '../ids/id-schema.js'
import type { LineId, LocationId, TransferId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { invariant } from '../invariant.js'
import { demandByLevel, move, type Demand } from '../inventory/reserve-stock.js'
import type { StockCommand } from '../inventory/stock-level-decider.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { decideTransfer } from '../inventory/transfer-decider.js'
import {
  transferKind,
  type LineGoods,
  type Transfer,
  type TransferEvent,
  type TransferLine,
  type TransferReceipt,
} from '../inventory/transfer.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { businessDate } from './business-date.js'
import { goodsByLineSchema } from './goods-by-line.js'
import { sendGoods, takeInGoods, transferGoodsKeys } from './transfer-goods.js'
import { arrivedLinesSchema, countLines } from './wanted-lines.js'

/**
 * Plans to bring goods from one location to another (F43). Nothing moves and nothing is promised yet. Refused when a SKU is unknown or the two
 * locations are one.
 */
export const planTransfer = defineCommand({
  name: 'transfers.plan',
  input: z
    .strictObject({
      from: locationIdSchema,
      to: locationIdSchema,
      lines: z.array(z.strictObject({ sku: skuSchema, quantity: quantitySchema })).min(1, 'lines.min'),
      expectedOn: localDateSchema.optional(),
    })
    .refine((input) => input.from !== input.to, { message: 'transfer.sameLocation', path: ['to'] }),
  idempotencyKey: 'required',
  touches: (input, _seen, { ids }) => [
    { kind: transferKind.name, id: ids.of('transfer') },
    ...[...new Set(input.lines.map(({ sku }) => sku))].map((id) => ({ kind: productKind.name, id })),
  ],
  plan: (facts, input, { ids }) => {
    const work = workOn(facts)
    const lines: Pick<Transfer['lines'][number], 'id' | 'sku' | 'unit' | 'quantity' | 'tracking'>[] = []
    for (const [index, { sku, quantity }] of input.lines.entries()) {
      const product = work.find(productKind, sku)?.state
      if (product === undefined) return refuse('unknown_sku', { sku })
      if (!hasStock(product)) return refuse('not_stocked', { sku })
      const baseUnits = toBaseUnits(quantity, product.unit)
      if (typeof baseUnits === 'string') {
        return refuse('validation_failed', {
          issues: [{ path: ['lines', index, 'quantity'], rule: baseUnits }],
        })
      }
      const line = { id: `L${index + 1}` as LineId, sku, unit: product.unit, quantity: baseUnits }
      lines.push(product.tracking === undefined ? line : { ...line, tracking: product.tracking })
    }
    const id = ids.of('transfer') as TransferId
    const planned = work.append(transferKind, id, [
      {
        type: 'TransferPlanned',
        id,
        from: input.from,
        to: input.to,
        lines,
        ...(input.expectedOn !== undefined && { expectedOn: input.expectedOn }),
      },
    ])
    return ok(work.finish({ kind: transferKind.name, id }, receiptOf(planned)))
  },
})

/**
 * The goods leave: less on hand here, and incoming there, in one commit (ST8). Only what is promised to nobody can leave: more is refused as
 * `out_of_stock`. Opens the stock level of the destination on its first delivery. Of goods tracked by lot what expires first leaves, or what `goods`
 * names; pieces with serial numbers are always named (F37).
 */
export const shipTransfer = defineCommand({
  name: 'transfers.ship',
  input: z.strictObject({
    transfer: transferIdSchema,
    shippedOn: localDateSchema.optional(),
    /** The lots or pieces that leave, by line. */
    goods: goodsByLineSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const transfer = seen.get(transferKind, input.transfer)
    return [
      { kind: transferKind.name, id: input.transfer },
      ...levelKeys(transfer, transfer?.from),
      ...levelKeys(transfer, transfer?.to),
      ...transferGoodsKeys(transfer, transfer?.from, input.goods),
    ]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const transfer = work.find(transferKind, input.transfer)?.state
    if (transfer === undefined) return refuse('unknown_transfer', { transfer: input.transfer })
    const shippedOn = businessDate(input.shippedOn, 'shippedOn', now)
    if (!shippedOn.ok) return shippedOn
    const decided = decideTransfer(transfer, { type: 'ShipTransfer', shippedOn: shippedOn.value })
    if (!decided.ok) return decided
    const source = { kind: transferKind.name, id: transfer.id }
    const goods = { today: dateOf(now), limits: settings.limits }
    const sent = sendGoods(work, transfer, input.goods, source, goods)
    if (!sent.ok) return sent
    const shipped = work.append(transferKind, transfer.id, withLineGoods(decided.value, sent.value))
    const left = moveAll(work, transfer.from, transfer.lines.filter(isUntracked), ({ quantity }) => ({
      type: 'TransferStockOut',
      quantity,
      source,
    }))
    if (!left.ok) return left
    openLevels(work, transfer)
    const expected = moveAll(work, transfer.to, transfer.lines, ({ quantity }) => ({
      type: 'ExpectStock',
      quantity,
      source,
    }))
    if (!expected.ok) return expected
    return ok(work.finish({ kind: transferKind.name, id: transfer.id }, receiptOf(shipped)))
  },
})

/**
 * The goods have come, all of them or what `lines` names. What is not named stays on the way, or, with `missing`, is booked as lost for that reason:
 * less than was shipped is never silent (F43). Those who wait for the goods have them in the same commit (F57). More than is on the way is refused as `quantity_exceeded`; goods nobody sent are an adjustment.
 */
export const receiveTransfer = defineCommand({
  name: 'transfers.receive',
  input: z
    .strictObject({
      transfer: transferIdSchema,
      lines: arrivedLinesSchema.optional(),
      /** Why the rest will never come, as a code in a word of the host's own. */
      missing: wordSchema.optional(),
      receivedOn: localDateSchema.optional(),
      /** The lots or pieces that have come, by line; not needed for lines of which all has come. */
      goods: goodsByLineSchema.optional(),
    })
    .refine((input) => input.lines?.length !== 0 || input.missing !== undefined, {
      message: 'lines.min',
      path: ['lines'],
    }),
  idempotencyKey: 'required',
  touches: (input, seen) => {
    const transfer = seen.get(transferKind, input.transfer)
    return [{ kind: transferKind.name, id: input.transfer }, ...levelKeys(transfer, transfer?.to)]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const transfer = work.find(transferKind, input.transfer)?.state
    if (transfer === undefined) return refuse('unknown_transfer', { transfer: input.transfer })
    const receivedOn = businessDate(input.receivedOn, 'receivedOn', now)
    if (!receivedOn.ok) return receivedOn
    const lines =
      input.lines === undefined
        ? ok(undefined)
        : countLines(
            input.lines,
            transfer.lines.map(({ id, unit }) => ({ line: id, unit })),
          )
    if (!lines.ok) return lines
    const decided = decideTransfer(transfer, {
      type: 'ReceiveTransfer',
      receivedOn: receivedOn.value,
      ...(lines.value !== undefined && { lines: lines.value }),
      ...(input.missing !== undefined && { missingBecause: input.missing }),
    })
    if (!decided.ok) return decided
    const [arrival] = decided.value
    invariant(arrival?.type === 'TransferReceived', 'a transfer that is received says what has come')
    const receipts = arrival.lines
    const movement = {
      source: { kind: transferKind.name, id: transfer.id },
      reason: input.missing ?? 'missing',
    }
    const goods = { today: dateOf(now), limits: settings.limits }
    const came = takeInGoods(work, transfer, receipts, input.goods, movement, goods)
    if (!came.ok) return came
    const received = work.append(transferKind, transfer.id, withLineGoods(decided.value, came.value))
    const moved = bookArrival(work, transfer, receipts, input.missing)
    if (!moved.ok) return moved
    return ok(work.finish({ kind: transferKind.name, id: transfer.id }, receiptOf(received)))
  },
})

/** Gives up a transfer that has not left. */
export const cancelTransfer = defineCommand({
  name: 'transfers.cancel',
  input: z.strictObject({ transfer: transferIdSchema, reason: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: transferKind.name, id: input.transfer }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const transfer = work.find(transferKind, input.transfer)?.state
    if (transfer === undefined) return refuse('unknown_transfer', { transfer: input.transfer })
    const decided = decideTransfer(transfer, { type: 'CancelTransfer', reason: input.reason })
    if (!decided.ok) return decided
    const canceled = work.append(transferKind, transfer.id, decided.value)
    return ok(work.finish({ kind: transferKind.name, id: transfer.id }, receiptOf(canceled)))
  },
})

const receiptOf = ({
  id,
  status,
}: Transfer): Pick<Transfer, 'status'> & { readonly transfer: TransferId } => ({
  transfer: id,
  status,
})

const levelKeys = (transfer: Transfer | undefined, location: LocationId | undefined): readonly Key[] =>
  transfer === undefined || location === undefined
    ? []
    : [...new Set(transfer.lines.map(({ sku }) => stockLevelId(location, sku)))].map((id) => ({
        kind: stockKind.name,
        id,
      }))

/** Goods that are told apart have moved with their lots or pieces already. */
const isUntracked = ({ tracking }: TransferLine): boolean => tracking === undefined

const withLineGoods = (
  events: readonly TransferEvent[],
  goods: readonly LineGoods[],
): readonly TransferEvent[] => (goods.length === 0 ? events : events.map((event) => ({ ...event, goods })))

const openLevels = (work: Work, { to, lines }: Transfer): void => {
  for (const { sku } of lines) {
    const id = stockLevelId(to, sku)
    if (work.find(stockKind, id) !== undefined) continue
    work.append(stockKind, id, [{ type: 'StockLevelOpened', sku, location: to }])
  }
}

/** One movement per level, whatever number of lines is about it. */
const moveAll = (
  work: Work,
  location: LocationId,
  lines: readonly Pick<Demand, 'sku' | 'quantity'>[],
  commandFor: (demand: Demand) => StockCommand,
): Result<void, Refusal> => {
  for (const demand of demandByLevel(lines.map(({ sku, quantity }) => ({ sku, location, quantity })))) {
    if (demand.quantity === 0) continue
    const moved = move(work, demand, commandFor(demand))
    if (!moved.ok) return moved
  }
  return ok(undefined)
}

const bookArrival = (
  work: Work,
  transfer: Transfer,
  receipts: readonly TransferReceipt[],
  reason: string | undefined,
): Result<void, Refusal> => {
  const source = { kind: transferKind.name, id: transfer.id }
  const quantities = (of: 'received' | 'missing') =>
    receipts.flatMap((receipt) => {
      const line = transfer.lines.find(({ id }) => id === receipt.line)
      if (line === undefined || (of === 'received' && !isUntracked(line))) return []
      return [{ sku: line.sku, quantity: receipt[of] }]
    })
  const came = moveAll(work, transfer.to, quantities('received'), ({ quantity }) => ({
    type: 'TransferStockIn',
    quantity,
    source,
  }))
  if (!came.ok || reason === undefined) return came
  return moveAll(work, transfer.to, quantities('missing'), ({ quantity }) => ({
    type: 'StopExpectingStock',
    quantity,
    source,
    reason,
  }))
}
