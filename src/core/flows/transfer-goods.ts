import { productKind } from '../catalog/product.js'
import type { LocationId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { chooseLots } from '../inventory/choose-lots.js'
import { moveGoods, type GoodsContext } from '../inventory/move-goods.js'
import type { MovementSource } from '../inventory/stock-level.js'
import { decideSerial } from '../inventory/serial-decider.js'
import { serialId, serialKey, serialKind } from '../inventory/serial.js'
import { stockLevelId } from '../inventory/stock-level.js'
import { stockLotsKey, stockLotsKind, type IncomingLot } from '../inventory/stock-lots.js'
import type { LineGoods, Transfer, TransferLine, TransferReceipt } from '../inventory/transfer.js'
import { stillOnTheWay, unitsIn, type TransitGoods } from '../inventory/transit-goods.js'
import type { Goods } from '../inventory/tracked-goods.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { namedGoodsKeys, readGoodsByLine, type GoodsByLine, type NamedTrackedGoods } from './goods-by-line.js'

/** The records of lots and pieces that a transfer moves at one of its two ends. */
export const transferGoodsKeys = (
  transfer: Transfer | undefined,
  location: LocationId | undefined,
  given: GoodsByLine | undefined,
): readonly Key[] => {
  if (transfer === undefined || location === undefined) return []
  const tracked = transfer.lines.filter(({ tracking }) => tracking !== undefined)
  return [
    ...tracked.flatMap(({ sku, tracking, goods }) => [
      { kind: productKind.name, id: sku },
      ...(tracking === 'lot' ? [stockLotsKey(location, sku)] : []),
      ...(goods?.serials ?? []).map((serial) => serialKey(sku, serial)),
    ]),
    ...namedGoodsKeys(
      given ?? [],
      tracked.map(({ id, sku }) => ({ line: id, sku, location })),
    ),
  ]
}

/** What leaves: the lots or pieces that are named, or, of lots, what expires first and may still leave. Answers what is on its way now. */
export const sendGoods = (
  work: Work,
  transfer: Transfer,
  given: GoodsByLine | undefined,
  source: MovementSource,
  context: GoodsContext,
): Result<readonly LineGoods[], Refusal> => {
  const lines = transfer.lines.map((line) => trackedLine(line, line.quantity))
  const named = readGoodsByLine(work, given, lines, context.limits.serialsPerCommand)
  if (!named.ok) return named
  const sent: LineGoods[] = []
  for (const line of transfer.lines) {
    const product = line.tracking === undefined ? undefined : work.find(productKind, line.sku)?.state
    if (product === undefined) continue
    const { sku, quantity } = line
    const chosen = named.value(line.id, sku) ?? firstToLeave(work, transfer.from, line, context)
    if ('ok' in chosen) return chosen
    const demand = { sku, location: transfer.from, quantity }
    const leaving = datedGoods(work, transfer.from, line, chosen)
    const moved = moveGoods(
      work,
      product,
      demand,
      { type: 'TransferStockOut', quantity, source },
      chosen,
      context,
    )
    if (!moved.ok) return moved
    sent.push({ line: line.id, ...leaving })
  }
  return ok(sent)
}

/** What has come of each line: the lots or pieces that are named, or all where all has come. Missing pieces are on record as missing. */
export const takeInGoods = (
  work: Work,
  transfer: Transfer,
  receipts: readonly TransferReceipt[],
  given: GoodsByLine | undefined,
  movement: { readonly source: MovementSource; readonly reason: string },
  context: GoodsContext,
): Result<readonly LineGoods[], Refusal> => {
  const cameOf = new Map(receipts.map((receipt) => [receipt.line, receipt.received]))
  const lines = transfer.lines.map((line) => trackedLine(line, cameOf.get(line.id) ?? 0))
  const named = readGoodsByLine(work, given, lines, context.limits.serialsPerCommand)
  if (!named.ok) return named
  const arrived: LineGoods[] = []
  for (const { line: id, received, missing } of receipts) {
    const line = transfer.lines.find((candidate) => candidate.id === id)
    const product = line?.goods === undefined ? undefined : work.find(productKind, line.sku)?.state
    if (line?.goods === undefined || product === undefined) continue
    const came = arrivals(line, line.goods, named.value(id, line.sku), received)
    if (!came.ok) return came
    if (received > 0) {
      const demand = { sku: line.sku, location: transfer.to, quantity: received }
      const command = { type: 'TransferStockIn', quantity: received, source: movement.source } as const
      const moved = moveGoods(work, product, demand, command, goodsOf(came.value), context)
      if (!moved.ok) return moved
    }
    if (missing > 0) {
      loseSerials(work, line, stillOnTheWay(line.goods, came.value), movement)
    }
    arrived.push({ line: id, ...came.value })
  }
  return ok(arrived)
}

const trackedLine = ({ id, sku, tracking }: TransferLine, quantity: number) => ({
  line: id,
  sku,
  tracked: tracking === undefined || quantity === 0 ? [] : [{ sku, tracking, quantity }],
})

const firstToLeave = (
  work: Work,
  location: LocationId,
  { id, sku, tracking, quantity }: TransferLine,
  { today }: GoodsContext,
): NamedTrackedGoods | ReturnType<typeof refuse> => {
  if (tracking === 'serial') {
    return refuse('validation_failed', { issues: [{ path: ['goods', id], rule: 'serials.required' }] })
  }
  const lots = work.find(stockLotsKind, stockLevelId(location, sku))?.state.lots ?? []
  const chosen = chooseLots(lots, quantity, today, work.find(productKind, sku)?.state.shelfLife)
  if (chosen.enough) return { tracking: 'lot', lots: chosen.shares }
  const { available, passedOver } = chosen
  return refuse('out_of_stock', { shortages: [{ sku, location, wanted: quantity, available, passedOver }] })
}

/** A lot keeps its dates on the way. */
const datedGoods = (
  work: Work,
  location: LocationId,
  { sku }: TransferLine,
  goods: NamedTrackedGoods,
): TransitGoods => {
  if (goods.tracking === 'serial') return { serials: goods.serials }
  const known = work.find(stockLotsKind, stockLevelId(location, sku))?.state.lots ?? []
  return {
    lots: goods.lots.flatMap(({ lot, quantity }): readonly IncomingLot[] => {
      const dates = known.find((candidate) => candidate.lot === lot)
      if (dates === undefined) return []
      const { receivedOn, expiresOn } = dates
      return [{ lot, quantity, receivedOn, ...(expiresOn !== undefined && { expiresOn }) }]
    }),
  }
}

/** Of what is on its way, what has come. */
const arrivals = (
  line: TransferLine,
  goods: TransitGoods,
  named: NamedTrackedGoods | undefined,
  received: number,
): Result<TransitGoods, Refusal> => {
  const { sku, id } = line
  if (named === undefined) {
    if (received === 0) return ok(goods.serials === undefined ? { lots: [] } : { serials: [] })
    if (received === unitsIn(goods)) return ok(goods)
    const rule = goods.serials === undefined ? 'lots.required' : 'serials.required'
    return refuse('validation_failed', { issues: [{ path: ['goods', id], rule }] })
  }
  if (named.tracking === 'serial') {
    const stranger = named.serials.find((serial) => !goods.serials?.includes(serial))
    return stranger === undefined
      ? ok({ serials: named.serials })
      : refuse('unknown_serial', { sku, serial: stranger, line: id })
  }
  const lots: IncomingLot[] = []
  for (const { lot, quantity } of named.lots) {
    const sent = goods.lots?.find((candidate) => candidate.lot === lot)
    if (sent === undefined) return refuse('unknown_lot', { sku, lot, line: id })
    if (quantity > sent.quantity) {
      return refuse('quantity_exceeded', { sku, lot, line: id, wanted: quantity, limit: sent.quantity })
    }
    lots.push({ ...sent, quantity })
  }
  return ok({ lots })
}

const goodsOf = (goods: TransitGoods): Goods =>
  goods.serials === undefined
    ? { tracking: 'lot', lots: lotsOf(goods) }
    : { tracking: 'serial', serials: goods.serials }

const lotsOf = ({ lots }: TransitGoods): readonly IncomingLot[] =>
  present(lots, 'goods that are told apart are on their way as lots or as pieces')

const loseSerials = (
  work: Work,
  { sku }: TransferLine,
  { serials }: TransitGoods,
  movement: { readonly source: MovementSource; readonly reason: string },
): void => {
  for (const serial of serials ?? []) {
    const piece = present(work.find(serialKind, serialId(sku, serial))?.state, 'a piece on its way is known')
    const decided = decideSerial(piece, { type: 'SerialMissing', ...movement }, undefined)
    work.append(serialKind, serialId(sku, serial), granted(decided, 'a piece on its way can get lost'))
  }
}
