import type { Blocker, BlockersByCommand } from '../../core/explain.js'
import type { StockCount } from '../../core/inventory/stock-count.js'
import type { Transfer } from '../../core/inventory/transfer.js'
import type { ExpectedReceipt } from '../../core/replenishment/expected-receipt.js'
import { expectedReceiptLifecycle } from '../../state-machines/expected-receipt.machine.js'
import { stockCountLifecycle } from '../../state-machines/stock-count.machine.js'
import { transferLifecycle } from '../../state-machines/transfer.machine.js'
import { lifecycleBlockers } from './lifecycle-blockers.js'

export const blockersOfTransfer = (transfer: Transfer): BlockersByCommand =>
  lifecycleBlockers(transferLifecycle, transfer.status, {
    'transfers.ship': ['ship'],
    'transfers.receive': ['receive_some', 'receive_rest'],
    'transfers.cancel': ['cancel'],
  })

export const blockersOfExpectedReceipt = (receipt: ExpectedReceipt): BlockersByCommand =>
  lifecycleBlockers(expectedReceiptLifecycle, receipt.status, {
    'inventory.receive': ['receive_some', 'receive_rest'],
    'inventory.changeExpected': ['change'],
    'inventory.cancelExpected': ['cancel'],
  })

/** Who may approve depends on who asks; that it needs somebody other than the counters is said by the command. */
export const blockersOfStockCount = (count: StockCount): BlockersByCommand => {
  const blockers = lifecycleBlockers(stockCountLifecycle, count.status, {
    'counts.record': ['count'],
    'counts.submit': ['submit_within', 'submit_beyond'],
    'counts.approve': ['approve'],
    'counts.reject': ['reject'],
    'counts.cancel': ['cancel'],
  })
  return { ...blockers, 'counts.submit': [...(blockers['counts.submit'] ?? []), ...notCounted(count)] }
}

const notCounted = ({ status, lines }: StockCount): readonly Blocker[] => {
  const missing = lines.filter(({ found }) => found === undefined).map(({ sku }) => sku)
  return status === 'open' && missing.length > 0
    ? [{ code: 'count_incomplete', details: { missing }, unblockedBy: ['counts.record'] }]
    : []
}
