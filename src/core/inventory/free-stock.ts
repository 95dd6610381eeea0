import { promisedOf, usableOf } from './promised-stock.js'
import type { StockLevel } from './stock-level.js'

/** Goods that lie there, are kept back for nobody and belong to nobody: what a customer could have now. Below zero where promises wait for goods. */
export const freeOf = (level: StockLevel): number => usableOf(level) - level.safetyStock - promisedOf(level)
