import type { ExpectedReceiptId } from '../ids/ids.js'
import { move, type Demand } from '../inventory/reserve-stock.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { decideExpectedReceipt } from '../replenishment/expected-receipt-decider.js'
import { expectedReceiptKind, outstanding } from '../replenishment/expected-receipt.js'
import type { Result } from '../result.js'

/**
 * Books goods that come in against what was expected of them: what is incoming falls by what was still to come and no more, since the tolerance was never
 * expected. Refused: another SKU or location than was expected as `expected_receipt_mismatch`, more than the tolerance allows as
 * `quantity_exceeded`.
 */
export const receiveExpected = (
  work: Work,
  id: ExpectedReceiptId,
  { sku, location, quantity }: Demand,
): Result<void, Refusal> => {
  const receipt = work.find(expectedReceiptKind, id)?.state
  if (receipt === undefined) return refuse('unknown_expected_receipt', { expected: id })
  if (receipt.sku !== sku || receipt.location !== location) {
    return refuse('expected_receipt_mismatch', { expected: id, sku: receipt.sku, location: receipt.location })
  }
  const decided = decideExpectedReceipt(receipt, { type: 'ReceiveExpected', quantity })
  if (!decided.ok) return decided
  work.append(expectedReceiptKind, id, decided.value)
  const arrived = Math.min(quantity, outstanding(receipt))
  return move(
    work,
    { sku, location, quantity: arrived },
    {
      type: 'StopExpectingStock',
      quantity: arrived,
      source: { kind: expectedReceiptKind.name, id },
      reason: 'received',
    },
  )
}
