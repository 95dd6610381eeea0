import { noEntries, type RecordKind } from '../record-kind.js'
import type { StockDifference } from './stock-differences.js'

/** What was found wrong with a stock level and put right, under the level's id. */
export interface StockAudit {
  readonly compensations: number
  readonly last: { readonly differences: readonly StockDifference[]; readonly reason: string }
}

export interface StockCompensated {
  readonly type: 'StockCompensated'
  readonly differences: readonly StockDifference[]
  readonly reason: string
}

export const stockAuditKind: RecordKind<StockAudit, StockCompensated> = {
  name: 'stock_audit',
  evolve: (audit, { differences, reason }) => ({
    compensations: (audit?.compensations ?? 0) + 1,
    last: { differences, reason },
  }),
  entries: noEntries,
}
