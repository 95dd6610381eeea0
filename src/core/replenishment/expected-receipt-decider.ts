import { powerOfTen, readDecimal } from '../money/decimal-string.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import {
  expectedReceiptLifecycle,
  type ExpectedReceiptStep,
} from '../../state-machines/expected-receipt.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { ExpectedReceipt, ExpectedReceiptEvent } from './expected-receipt.js'

export type ExpectedReceiptCommand =
  | { readonly type: 'ChangeExpected'; readonly quantity: number; readonly expectedOn: LocalDate }
  | { readonly type: 'ReceiveExpected'; readonly quantity: number }
  | { readonly type: 'CancelExpected'; readonly reason: string }

export const decideExpectedReceipt = (
  receipt: ExpectedReceipt,
  command: ExpectedReceiptCommand,
): Result<readonly ExpectedReceiptEvent[], Refusal> => {
  switch (command.type) {
    case 'ChangeExpected':
      // All of it has come then, or will not: the one is a receipt and the other a cancellation, and both say so.
      if (command.quantity <= receipt.received) {
        return refuse('quantity_exceeded', {
          expected: receipt.id,
          wanted: command.quantity,
          received: receipt.received,
        })
      }
      return whenAllowed(receipt, 'change', [
        { type: 'ExpectedReceiptChanged', quantity: command.quantity, expectedOn: command.expectedOn },
      ])
    case 'ReceiveExpected': {
      const most = mostToReceive(receipt)
      const rest = command.quantity + receipt.received >= receipt.quantity
      const status = rest ? 'received' : 'partly_received'
      const allowed = whenAllowed(receipt, rest ? 'receive_rest' : 'receive_some', [
        { type: 'ExpectedGoodsReceived', quantity: command.quantity, status },
      ])
      if (!allowed.ok || command.quantity <= most) return allowed
      return refuse('quantity_exceeded', { expected: receipt.id, wanted: command.quantity, limit: most })
    }
    case 'CancelExpected':
      return whenAllowed(receipt, 'cancel', [{ type: 'ExpectedReceiptCanceled', reason: command.reason }])
  }
}

/** The rest of what was ordered and what may come beyond it, rounded down: a tolerance is a limit and not an average. */
const mostToReceive = ({ quantity, received, overReceiptPercent }: ExpectedReceipt): number => {
  const { digits, scale } = readDecimal(overReceiptPercent)
  return quantity - received + Number((BigInt(quantity) * digits) / powerOfTen(scale + 2))
}

const whenAllowed = (
  receipt: ExpectedReceipt,
  step: ExpectedReceiptStep,
  events: readonly ExpectedReceiptEvent[],
): Result<readonly ExpectedReceiptEvent[], Refusal> =>
  expectedReceiptLifecycle.allows(receipt.status, step)
    ? ok(events)
    : refuse('invalid_state', {
        expected: receipt.id,
        status: receipt.status,
        allowed: expectedReceiptLifecycle.allowed(receipt.status),
      })
