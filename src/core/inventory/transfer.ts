import type { Tracking } from '../catalog/product.js'
import type { Unit } from '../catalog/quantity.js'
import type { LineId, LocationId, Sku, TransferId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { TransferStatus } from '../../state-machines/transfer.machine.js'
import type { LocalDate } from '../time/local-date.js'
import { stillOnTheWay, type TransitGoods } from './transit-goods.js'

/** One SKU of a transfer, in base units: quantity = received + missing + on the way, once it has left. */
export interface TransferLine {
  readonly id: LineId
  readonly sku: Sku
  readonly unit: Unit
  readonly quantity: number
  readonly received: number
  /** What never came; its absence was booked with a reason. */
  readonly missing: number
  /** How the goods are told apart. */
  readonly tracking?: Tracking
  /** The lots or pieces that are on their way; absent before they leave and when all have come. */
  readonly goods?: TransitGoods
}

/** The lots or pieces that move of one line. */
export interface LineGoods extends TransitGoods {
  readonly line: LineId
}

/** Goods on their way from one location to another. In transit they are counted once, as incoming at the destination (ST8). */
export interface Transfer {
  readonly id: TransferId
  readonly status: TransferStatus
  readonly from: LocationId
  readonly to: LocationId
  readonly lines: readonly TransferLine[]
  /** The day they are expected at the destination. */
  readonly expectedOn?: LocalDate
  readonly shippedOn?: LocalDate
  readonly receivedOn?: LocalDate
  readonly cancellation?: string
}

/** What came of one line, and what of it is now known to be missing. */
export interface TransferReceipt {
  readonly line: LineId
  readonly received: number
  readonly missing: number
}

export type TransferEvent =
  | {
      readonly type: 'TransferPlanned'
      readonly id: TransferId
      readonly from: LocationId
      readonly to: LocationId
      readonly lines: readonly Omit<TransferLine, 'received' | 'missing'>[]
      readonly expectedOn?: LocalDate
    }
  | { readonly type: 'TransferShipped'; readonly shippedOn: LocalDate; readonly goods?: readonly LineGoods[] }
  | {
      readonly type: 'TransferReceived'
      readonly lines: readonly TransferReceipt[]
      /** The lots or pieces that have come. */
      readonly goods?: readonly LineGoods[]
      readonly receivedOn: LocalDate
      /** Why something is missing. */
      readonly reason?: string
    }
  | { readonly type: 'TransferCanceled'; readonly reason: string }

export const onTheWay = (line: TransferLine): number => line.quantity - line.received - line.missing

const evolve = (known: Transfer | undefined, event: TransferEvent): Transfer => {
  const transfer = known as Transfer
  switch (event.type) {
    case 'TransferPlanned': {
      const { type: _type, ...planned } = event
      return {
        ...planned,
        status: 'planned',
        lines: planned.lines.map((line) => ({ ...line, received: 0, missing: 0 })),
      }
    }
    case 'TransferShipped':
      return {
        ...transfer,
        lines: event.goods === undefined ? transfer.lines : withGoods(transfer.lines, event.goods),
        status: 'shipped',
        shippedOn: event.shippedOn,
      }
    case 'TransferReceived': {
      const lines = withoutArrived(withReceipts(transfer.lines, event.lines), event.goods ?? [])
      return {
        ...transfer,
        lines,
        status: lines.some((line) => onTheWay(line) > 0) ? 'partially_received' : 'received',
        receivedOn: event.receivedOn,
      }
    }
    case 'TransferCanceled':
      return { ...transfer, status: 'canceled', cancellation: event.reason }
  }
}

/** The lines after goods have come or were found missing. */
export const withReceipts = (
  lines: readonly TransferLine[],
  receipts: readonly TransferReceipt[],
): readonly TransferLine[] => {
  const byLine = new Map(receipts.map((receipt) => [receipt.line, receipt]))
  return lines.map((line) => {
    const receipt = byLine.get(line.id)
    if (receipt === undefined) return line
    return {
      ...line,
      received: line.received + receipt.received,
      missing: line.missing + receipt.missing,
    }
  })
}

const withGoods = (lines: readonly TransferLine[], goods: readonly LineGoods[]): readonly TransferLine[] =>
  lines.map((line) => {
    const left = goods.find((candidate) => candidate.line === line.id)
    if (left === undefined) return line
    const { line: _line, ...onTheirWay } = left
    return { ...line, goods: onTheirWay }
  })

const withoutArrived = (
  lines: readonly TransferLine[],
  came: readonly LineGoods[],
): readonly TransferLine[] =>
  lines.map((line) => {
    const { goods, ...rest } = line
    if (goods === undefined) return line
    if (onTheWay(line) === 0) return rest
    const arrived = came.find((candidate) => candidate.line === line.id)
    return arrived === undefined ? line : { ...rest, goods: stillOnTheWay(goods, arrived) }
  })

export const transferKind: RecordKind<Transfer, TransferEvent> = {
  name: 'transfer',
  evolve,
  entries: (transfer) => ({ status: transfer.status, from: transfer.from, to: transfer.to }),
}
