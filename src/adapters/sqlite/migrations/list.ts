import { tables } from './0001-tables.js'
import { views } from './0002-views.js'
import { indexes } from './0003-indexes.js'
import { incomingStock } from './0004-incoming-stock.js'
import { lotsAndSerials } from './0005-lots-and-serials.js'
import { goodsOnOrder } from './0006-goods-on-order.js'
import { transfersCountsAndCapacity } from './0007-transfers-counts-and-capacity.js'
import { netTaxAndGross } from './0008-net-tax-and-gross.js'
import { kindsDeductionsAndWithholdings } from './0009-kinds-deductions-and-withholdings.js'
import { messagesByTenant } from './0010-messages-by-tenant.js'

/** One step of the schema. Once released it is never edited: what changes later is a step of its own. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

export const migrations: readonly Migration[] = [
  tables,
  views,
  indexes,
  incomingStock,
  lotsAndSerials,
  goodsOnOrder,
  transfersCountsAndCapacity,
  netTaxAndGross,
  kindsDeductionsAndWithholdings,
  messagesByTenant,
]
