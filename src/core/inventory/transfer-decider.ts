import type { LineId } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { transferLifecycle, type TransferStep } from '../../state-machines/transfer.machine.js'
import type { LocalDate } from '../time/local-date.js'
import {
  onTheWay,
  withReceipts,
  type Transfer,
  type TransferEvent,
  type TransferLine,
  type TransferReceipt,
} from './transfer.js'

export type TransferCommand =
  | { readonly type: 'ShipTransfer'; readonly shippedOn: LocalDate }
  | {
      readonly type: 'ReceiveTransfer'
      /** Left out: everything that is on the way has come. */
      readonly lines?: readonly { readonly line: LineId; readonly quantity: number }[]
      readonly receivedOn: LocalDate
      /** Why the rest will never come. Left out: it is still on the way. */
      readonly missingBecause?: string
    }
  | { readonly type: 'CancelTransfer'; readonly reason: string }

export const decideTransfer = (
  transfer: Transfer,
  command: TransferCommand,
): Result<readonly TransferEvent[], Refusal> => {
  switch (command.type) {
    case 'ShipTransfer':
      return step(transfer, 'ship', { type: 'TransferShipped', shippedOn: command.shippedOn })
    case 'ReceiveTransfer':
      return receive(transfer, command)
    case 'CancelTransfer':
      return step(transfer, 'cancel', { type: 'TransferCanceled', reason: command.reason })
  }
}

const receive = (
  transfer: Transfer,
  command: Extract<TransferCommand, { readonly type: 'ReceiveTransfer' }>,
): Result<readonly TransferEvent[], Refusal> => {
  if (!transferLifecycle.allows(transfer.status, 'receive_some')) return outOfTurn(transfer)
  const { receivedOn, missingBecause } = command
  const came = new Map(command.lines?.map(({ line, quantity }) => [line, quantity]))
  const tooMuch = transfer.lines.find((line) => (came.get(line.id) ?? 0) > onTheWay(line))
  if (tooMuch !== undefined) {
    return refuse('quantity_exceeded', { line: tooMuch.id, limit: onTheWay(tooMuch) })
  }
  const receipts = transfer.lines.flatMap((line) =>
    receiptOf(line, command.lines === undefined ? onTheWay(line) : (came.get(line.id) ?? 0), missingBecause),
  )
  const missing = receipts.some((receipt) => receipt.missing > 0)
  if (missingBecause !== undefined && !missing) {
    return refuse('validation_failed', { issues: [{ path: ['missing'], rule: 'missing.nothing' }] })
  }
  if (transfer.shippedOn !== undefined && receivedOn < transfer.shippedOn) {
    return refuse('validation_failed', { issues: [{ path: ['receivedOn'], rule: 'range.order' }] })
  }
  const isAll = withReceipts(transfer.lines, receipts).every((line) => onTheWay(line) === 0)
  return step(transfer, isAll ? 'receive_rest' : 'receive_some', {
    type: 'TransferReceived',
    lines: receipts,
    receivedOn,
    ...(missing && missingBecause !== undefined && { reason: missingBecause }),
  })
}

const receiptOf = (
  line: TransferLine,
  received: number,
  missingBecause: string | undefined,
): readonly TransferReceipt[] => {
  const missing = missingBecause === undefined ? 0 : onTheWay(line) - received
  return received + missing > 0 ? [{ line: line.id, received, missing }] : []
}

const step = (
  transfer: Transfer,
  wanted: TransferStep,
  event: TransferEvent,
): Result<readonly TransferEvent[], Refusal> =>
  transferLifecycle.allows(transfer.status, wanted) ? ok([event]) : outOfTurn(transfer)

const outOfTurn = (transfer: Transfer) =>
  refuse('invalid_state', {
    status: transfer.status,
    allowed: transferLifecycle.allowed(transfer.status),
  })
