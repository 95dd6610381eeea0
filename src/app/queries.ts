import { getBankEntry, getStatement, listBankEntries, listStatements } from './queries/bank-entries.js'
import { explainRecord } from './queries/explain-record.js'
import { getFulfillment, getShipment, listFulfillments, listShipments } from './queries/fulfillments.js'
import { getOrder } from './queries/get-order.js'
import { getHold, listHolds } from './queries/holds.js'
import { getCreditNote, getInvoice, listCreditNotes, listInvoices } from './queries/invoices.js'
import { listOrders } from './queries/list-orders.js'
import { orderTimeline } from './queries/order-timeline.js'
import { getParty, listParties } from './queries/parties.js'
import { getPayment, listPayments } from './queries/payments.js'
import { stockLevel, stockLevels } from './queries/stock-levels.js'
import { verifyAudit } from './queries/verify-audit.js'

/** Everything that can be asked, beside the commands of the same group: `oms.orders.get(…)`. */
export const queries = {
  inventory: {
    /** What is there of a SKU at a location, and what of it can be promised. */
    level: stockLevel,
    levels: stockLevels,
    holdOf: getHold,
    holds: listHolds,
  },
  parties: {
    /** A customer or vendor with its personal data. */
    get: getParty,
    list: listParties,
  },
  orders: {
    /** An order by its id or its number, with its derived statuses. */
    get: getOrder,
    list: listOrders,
    /** Everything that happened to an order and its documents, oldest first. */
    timeline: orderTimeline,
  },
  fulfillments: {
    get: getFulfillment,
    list: listFulfillments,
  },
  shipments: {
    get: getShipment,
    list: listShipments,
  },
  invoices: {
    get: getInvoice,
    list: listInvoices,
    creditNote: getCreditNote,
    creditNotes: listCreditNotes,
  },
  payments: {
    get: getPayment,
    list: listPayments,
  },
  reconciliation: {
    /** A bank entry with what explains it, or why it needs a person. */
    entry: getBankEntry,
    entries: listBankEntries,
    statement: getStatement,
    statements: listStatements,
  },
} as const

export type Queries = typeof queries

/** Questions about records of any kind; callers find them beside the groups: `oms.as(…).explain(…)`. */
export const recordQueries = { records: { explain: explainRecord, verifyAudit } } as const

export type RecordQueries = typeof recordQueries
