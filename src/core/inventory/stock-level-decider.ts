import { largestQuantity } from '../catalog/quantity.js'
import { invariant } from '../invariant.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import {
  backedOf,
  lackingFor,
  owedWithoutAllowance,
  promisedOf,
  usableOf as usable,
} from './promised-stock.js'
import {
  availableOf,
  type KeepBack,
  type MovementSource,
  type StockEvent,
  type StockLevel,
} from './stock-level.js'

/** A movement of so many base units, with the document behind it. */
interface Movement {
  readonly quantity: number
  readonly source: MovementSource
}

/** A movement that a person decided, or that ends something before its time. */
interface ReasonedMovement extends Movement {
  readonly reason: string
}

export type StockCommand =
  | ({ readonly type: 'ReceiveStock' } & Movement)
  | ({ readonly type: 'ReserveStock' } & Movement)
  | ({ readonly type: 'ReleaseStock'; readonly backordered?: number } & ReasonedMovement)
  | ({ readonly type: 'ShipStock' } & Movement)
  | ({ readonly type: 'AdjustStock' } & ReasonedMovement)
  | { readonly type: 'ConfigureStock'; readonly safetyStock: number; readonly backorderAllowance: number }
  | { readonly type: 'SetThresholds'; readonly lowStock?: number; readonly keepBack?: KeepBack }
  | ({ readonly type: 'ExpectStock' } & Movement)
  | ({ readonly type: 'StopExpectingStock' } & ReasonedMovement)
  | ({ readonly type: 'TransferStockOut' } & Movement)
  | ({ readonly type: 'TransferStockIn' } & Movement)
  | ({ readonly type: 'QuarantineStock' } & ReasonedMovement)
  | ({ readonly type: 'ReleaseFromQuarantine' } & ReasonedMovement)
  | ({ readonly type: 'ScrapStock' } & ReasonedMovement)
  | ({ readonly type: 'CorrectStock' } & Omit<
      Extract<StockEvent, { readonly type: 'StockCorrected' }>,
      'type'
    >)
  | ({ readonly type: 'BackorderStock' } & ReasonedMovement)
  | {
      readonly type: 'OpenPreorder'
      readonly limit: number
      readonly until: LocalDate
      readonly expectedOn: LocalDate
    }
  | { readonly type: 'ClosePreorder' }

export const decideStock = (
  level: StockLevel,
  command: StockCommand,
): Result<readonly StockEvent[], Refusal> => {
  switch (command.type) {
    case 'ReceiveStock':
      return countable(level, 'onHand', command.quantity, [
        { type: 'StockReceived', quantity: command.quantity, source: command.source },
      ])
    case 'ReserveStock':
      // Promised by whoever asks: the demand of all lines was summed and compared before (`reserve-stock`).
      invariant(command.quantity <= availableOf(level), 'ST5 no more is reserved than is available')
      return ok([reserved(level, command)])
    case 'ReleaseStock':
      invariant(command.quantity <= promisedOf(level), 'ST3 no more is released than is promised')
      invariant(
        (command.backordered ?? 0) <= (level.backordered ?? 0),
        'OQ1 no more stops waiting than waits',
      )
      return ok([released(level, command)])
    case 'BackorderStock':
      invariant(command.quantity <= backedOf(level), 'ST9 only promises that have goods lose them')
      return ok([named('StockBackordered', command)])
    case 'OpenPreorder':
      return openPreorder(level, command)
    case 'ClosePreorder':
      return level.preorder === undefined
        ? refuse('invalid_state', { sku: level.sku, location: level.location, name: 'preorder' })
        : ok([{ type: 'PreorderClosed', shorted: owedWithoutAllowance(level) }])
    case 'ShipStock':
      return ship(level, command)
    case 'AdjustStock':
      return adjust(level, command)
    case 'ConfigureStock':
      return configure(level, command.safetyStock, command.backorderAllowance)
    case 'SetThresholds':
      return ok([thresholdsSet(command)])
    case 'ExpectStock':
      return countable(level, 'incoming', command.quantity, [
        { type: 'StockExpected', quantity: command.quantity, source: command.source },
      ])
    case 'StopExpectingStock':
      invariant(command.quantity <= level.incoming, 'ST8 no more stops being expected than was expected')
      return ok([named('StockNoLongerExpected', command)])
    case 'TransferStockOut':
      return transferOut(level, command)
    case 'TransferStockIn':
      invariant(command.quantity <= level.incoming, 'ST8 no more comes in of transfers than is on the way')
      return countable(level, 'onHand', command.quantity, [
        { type: 'StockTransferredIn', quantity: command.quantity, source: command.source },
      ])
    case 'QuarantineStock':
      return command.quantity > usable(level)
        ? exceeded(level, command.quantity, usable(level))
        : keepsReservations(level, { ...level, quarantined: level.quarantined + command.quantity }, [
            named('StockQuarantined', command),
          ])
    case 'CorrectStock':
      return ok([{ ...command, type: 'StockCorrected' }])
    case 'ReleaseFromQuarantine':
      return command.quantity > level.quarantined
        ? exceeded(level, command.quantity, level.quarantined)
        : ok([named('StockReleasedFromQuarantine', command)])
    case 'ScrapStock':
      return command.quantity > level.quarantined
        ? exceeded(level, command.quantity, level.quarantined)
        : ok([named('StockScrapped', command)])
  }
}

const thresholdsSet = ({
  lowStock,
  keepBack,
}: Extract<StockCommand, { readonly type: 'SetThresholds' }>): StockEvent => ({
  type: 'StockThresholdsSet',
  ...(lowStock !== undefined && { lowStock }),
  ...(keepBack !== undefined && { keepBack }),
})

const named = <
  Type extends
    | 'StockNoLongerExpected'
    | 'StockQuarantined'
    | 'StockReleasedFromQuarantine'
    | 'StockScrapped'
    | 'StockBackordered',
>(
  type: Type,
  { quantity, source, reason }: ReasonedMovement,
) => ({ type, quantity, source, reason })

const reserved = (level: StockLevel, { quantity, source }: Movement): StockEvent => {
  const backordered = lackingFor(level, quantity)
  return backordered === 0
    ? { type: 'StockReserved', quantity, source }
    : { type: 'StockReserved', quantity, source, backordered }
}

/** What is owed beside `reserved` is given back first. */
const released = (
  level: StockLevel,
  { quantity, source, reason, backordered = 0 }: ReasonedMovement & { readonly backordered?: number },
): StockEvent => {
  const shorted = Math.min(quantity, level.shorted ?? 0)
  return {
    type: 'StockReleased',
    quantity,
    source,
    reason,
    ...(backordered > 0 && { backordered }),
    ...(shorted > 0 && { shorted }),
  }
}

const ship = (level: StockLevel, { quantity, source }: Movement): Result<readonly StockEvent[], Refusal> => {
  invariant(quantity <= level.reserved, 'ST3 only reserved stock is shipped')
  return quantity > usable(level)
    ? short(level, quantity, usable(level))
    : ok([{ type: 'StockShipped', quantity, source }])
}

/** What is promised here, backordered or not, waits for these goods: only what nobody waits for goes elsewhere. */
const transferOut = (
  level: StockLevel,
  { quantity, source }: Movement,
): Result<readonly StockEvent[], Refusal> => {
  const free = Math.max(0, usable(level) - promisedOf(level))
  return quantity > free
    ? short(level, quantity, free)
    : ok([{ type: 'StockTransferredOut', quantity, source }])
}

/** Counts stay far below 2^53, so that no sum over them is ever inexact. */
const countable = (
  level: StockLevel,
  figure: 'onHand' | 'incoming',
  more: number,
  events: readonly StockEvent[],
): Result<readonly StockEvent[], Refusal> =>
  level[figure] + more <= largestQuantity
    ? ok(events)
    : refuse('limit_exceeded', { limit: figure, most: largestQuantity, [figure]: level[figure] })

const adjust = (
  level: StockLevel,
  { quantity, source, reason }: ReasonedMovement,
): Result<readonly StockEvent[], Refusal> => {
  const events: readonly StockEvent[] = [{ type: 'StockAdjusted', quantity, source, reason }]
  if (quantity > 0) return countable(level, 'onHand', quantity, events)
  return level.onHand + quantity >= level.quarantined
    ? keepsReservations(level, { ...level, onHand: level.onHand + quantity }, events)
    : exceeded(level, -quantity, usable(level))
}

const short = (level: StockLevel, wanted: number, available: number) =>
  refuse('out_of_stock', { shortages: [{ sku: level.sku, location: level.location, wanted, available }] })

const exceeded = (level: StockLevel, wanted: number, limit: number) =>
  refuse('quantity_exceeded', { sku: level.sku, location: level.location, wanted, limit })

/** What is promised stays promised (ST9): a change that would take goods from a promise is refused, never silent. */
const keepsReservations = (
  level: StockLevel,
  after: StockLevel,
  events: readonly StockEvent[],
): Result<readonly StockEvent[], Refusal> =>
  usable(after) >= backedOf(level) ? ok(events) : belowReserved(level)

/** It is for goods that nobody has seen yet; the allowance of a level with goods is set on its own. */
const openPreorder = (
  level: StockLevel,
  command: Extract<StockCommand, { readonly type: 'OpenPreorder' }>,
): Result<readonly StockEvent[], Refusal> => {
  const { sku, location, onHand, backorderAllowance } = level
  const isNew = level.preorder === undefined
  if (isNew && (onHand > 0 || backorderAllowance > 0 || promisedOf(level) > 0)) {
    return refuse('invalid_state', { sku, location, onHand, backorderAllowance })
  }
  const { limit, until, expectedOn } = command
  return limit >= level.reserved
    ? ok([{ type: 'PreorderOpened', limit, until, expectedOn }])
    : belowReserved(level)
}

const configure = (
  level: StockLevel,
  safetyStock: number,
  backorderAllowance: number,
): Result<readonly StockEvent[], Refusal> =>
  usable(level) + backorderAllowance >= level.reserved
    ? ok([{ type: 'StockLevelConfigured', safetyStock, backorderAllowance }])
    : belowReserved(level)

const belowReserved = (level: StockLevel) =>
  refuse('stock_below_reserved', {
    sku: level.sku,
    location: level.location,
    reserved: level.reserved,
    onHand: level.onHand,
  })
