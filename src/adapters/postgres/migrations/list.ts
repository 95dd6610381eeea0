import { tables } from './0001-tables.js'
import { views } from './0002-views.js'
import { indexes } from './0003-indexes.js'
import { transfersCountsAndCapacity } from './0004-transfers-counts-and-capacity.js'
import { netTaxAndGross } from './0005-net-tax-and-gross.js'
import { kindsDeductionsAndWithholdings } from './0006-kinds-deductions-and-withholdings.js'
import { viewsBehindTheWall } from './0007-views-behind-the-wall.js'
import { messagesByTenant } from './0008-messages-by-tenant.js'

/** One step of the schema. Once released it is never edited: what changes later is a step of its own. */
export interface Migration {
  readonly number: number
  readonly name: string
  /** `schema` is quoted already. */
  readonly sql: (schema: string) => string
}

export const migrations: readonly Migration[] = [
  tables,
  views,
  indexes,
  transfersCountsAndCapacity,
  netTaxAndGross,
  kindsDeductionsAndWithholdings,
  viewsBehindTheWall,
  messagesByTenant,
]
