import type { Product } from '../catalog/product.js'
import { invariant, present } from '../invariant.js'
import type { SerialNumber } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Limits } from '../settings.js'
import type { LocalDate } from '../time/local-date.js'
import { quarantineUnsellable } from './quarantine-unsellable.js'
import { move, type Demand } from './reserve-stock.js'
import { decideSerial } from './serial-decider.js'
import { serialId, serialKey, serialKind, type SerialEvent } from './serial.js'
import type { StockCommand } from './stock-level-decider.js'
import { stockKind, stockLevelId } from './stock-level.js'
import { decideLots, type StockLotsCommand } from './stock-lots-decider.js'
import { stockLotsKey, stockLotsKind, type StockLots } from './stock-lots.js'
import type { Goods, NamedGoods, NamedLot } from './tracked-goods.js'

/** A movement that changes what is on hand or in quarantine, other than shipping: those take the goods their fulfillment has set aside. */
export type GoodsCommand = Extract<
  StockCommand,
  {
    readonly type:
      | 'ReceiveStock'
      | 'AdjustStock'
      | 'TransferStockOut'
      | 'TransferStockIn'
      | 'QuarantineStock'
      | 'ReleaseFromQuarantine'
      | 'ScrapStock'
  }
>

/** What moving goods rests on besides the records. */
export interface GoodsContext {
  readonly today: LocalDate
  readonly limits: Limits
}

/** The records of the goods that a command names at a level: none for goods that nobody tells apart. */
export const goodsKeys = (level: Pick<Demand, 'sku' | 'location'>, named: NamedGoods): readonly Key[] => [
  ...(named.lots === undefined ? [] : [stockLotsKey(level.location, level.sku)]),
  ...(named.serials ?? []).map((serial) => serialKey(level.sku, serial)),
]

/**
 * One movement of a stock level together with the lots or pieces that move, in one commit: what the lots say always adds up to what the level says.
 * Goods that come in expired, or too near to it to be sold, go straight into quarantine.
 */
export const moveGoods = (
  work: Work,
  product: Product,
  demand: Demand,
  command: GoodsCommand,
  goods: Goods,
  context: GoodsContext,
): Result<void, Refusal> => {
  const moved = move(work, demand, command)
  if (!moved.ok || goods.tracking === 'none') return moved
  if (goods.tracking === 'serial') return moveSerials(work, demand, command, goods.serials)
  const told = moveLots(work, product, demand, command, goods.lots, context)
  if (!told.ok) return told
  if (comesIn(command)) quarantineUnsellable(work, product, demand.location, context.today)
  checkLots(work, demand)
  return ok(undefined)
}

const comesIn = (command: GoodsCommand): boolean =>
  command.type === 'ReceiveStock' ||
  command.type === 'TransferStockIn' ||
  (command.type === 'AdjustStock' && command.quantity > 0)

const moveLots = (
  work: Work,
  product: Product,
  { sku, location }: Demand,
  command: GoodsCommand,
  named: readonly NamedLot[],
  context: GoodsContext,
): Result<void, Refusal> => {
  const id = stockLevelId(location, sku)
  const stock =
    work.find(stockLotsKind, id)?.state ??
    work.append(stockLotsKind, id, [{ type: 'StockLotsOpened', sku, location }])
  if (!comesIn(command)) {
    for (const { lot, expiresOn } of named) {
      const known = knownLot(stock, lot)
      if (known === undefined || expiresOn === undefined || known.expiresOn === expiresOn) continue
      return refuse('lot_conflict', { sku, location, lot, expiresOn: known.expiresOn ?? 'never' })
    }
  }
  const undated = named.findIndex(({ lot, expiresOn }) => expiresOn === undefined && !knownLot(stock, lot))
  if (product.shelfLife !== undefined && comesIn(command) && undated >= 0) {
    return refuse('validation_failed', {
      issues: [{ path: ['lots', undated, 'expiresOn'], rule: 'lots.expiresOn' }],
    })
  }
  const decided = decideLots(stock, lotsCommand(stock, command, named, product, context))
  if (!decided.ok) return decided
  work.append(stockLotsKind, id, decided.value)
  return ok(undefined)
}

const knownLot = (stock: StockLots, lot: string) => stock.lots.find((candidate) => candidate.lot === lot)

const lotsCommand = (
  stock: StockLots,
  command: GoodsCommand,
  named: readonly NamedLot[],
  { shelfLife }: Product,
  { today, limits }: GoodsContext,
): StockLotsCommand => {
  const { source } = command
  const lots = named.map(({ lot, quantity }) => ({ lot, quantity }))
  switch (command.type) {
    case 'QuarantineStock':
      return { type: 'QuarantineLots', lots, source, reason: command.reason }
    case 'ReleaseFromQuarantine':
      return { type: 'ReleaseLotsFromQuarantine', lots, source, reason: command.reason }
    case 'ScrapStock':
      return { type: 'ScrapLots', lots, source, reason: command.reason }
    case 'TransferStockOut':
      return { type: 'RemoveLots', lots, source, reason: 'transferred' }
    case 'AdjustStock':
      if (command.quantity < 0) return { type: 'RemoveLots', lots, source, reason: command.reason }
      break
    case 'ReceiveStock':
    case 'TransferStockIn':
      break
  }
  const incoming = named.map((lot) => {
    const expiresOn = lot.expiresOn ?? knownLot(stock, lot.lot)?.expiresOn
    const arrived = { lot: lot.lot, quantity: lot.quantity, receivedOn: lot.receivedOn ?? today }
    return expiresOn === undefined ? arrived : { ...arrived, expiresOn }
  })
  return {
    type: 'ReceiveLots',
    lots: incoming,
    source,
    mostLots: limits.lotsPerStockLevel,
    ...(shelfLife !== undefined && { minimumDays: shelfLife.minimumDaysAtShipping }),
  }
}

const moveSerials = (
  work: Work,
  { sku, location }: Demand,
  command: GoodsCommand,
  serials: readonly SerialNumber[],
): Result<void, Refusal> => {
  for (const serial of serials) {
    const known = work.find(serialKind, serialId(sku, serial))?.state
    const event = serialEvent({ sku, location, serial }, command)
    if (known === undefined && event.type !== 'SerialReceived')
      return refuse('unknown_serial', { sku, serial })
    if (known !== undefined) {
      const decided = decideSerial(known, event, location)
      if (!decided.ok) return decided
    }
    work.append(serialKind, serialId(sku, serial), [event])
  }
  return ok(undefined)
}

const serialEvent = (
  piece: Pick<Demand, 'sku' | 'location'> & { readonly serial: SerialNumber },
  command: GoodsCommand,
): SerialEvent => {
  const { source } = command
  switch (command.type) {
    case 'ReceiveStock':
      return { type: 'SerialReceived', ...piece, source }
    case 'AdjustStock':
      return command.quantity > 0
        ? { type: 'SerialReceived', ...piece, source }
        : { type: 'SerialMissing', source, reason: command.reason }
    case 'TransferStockOut':
      return { type: 'SerialDispatched', source }
    case 'TransferStockIn':
      return { type: 'SerialArrived', location: piece.location, source }
    case 'QuarantineStock':
      return { type: 'SerialQuarantined', source, reason: command.reason }
    case 'ReleaseFromQuarantine':
      return { type: 'SerialReleasedFromQuarantine', source, reason: command.reason }
    case 'ScrapStock':
      return { type: 'SerialScrapped', source, reason: command.reason }
  }
}

/** The lots are the level told apart: they never say more or less than it does. */
export const checkLots = (work: Work, { sku, location }: Pick<Demand, 'sku' | 'location'>): void => {
  const id = stockLevelId(location, sku)
  const level = work.find(stockKind, id)?.state
  let [onHand, quarantined] = [0, 0]
  for (const lot of present(work.find(stockLotsKind, id)?.state, 'lots that moved are known').lots) {
    onHand += lot.onHand
    quarantined += lot.quarantined
  }
  invariant(
    level !== undefined && level.onHand === onHand && level.quarantined === quarantined,
    'ST14 the lots of a level add up to what it has on hand and in quarantine',
  )
}
