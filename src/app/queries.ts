import { availability } from './queries/availability.js'
import { getBankEntry, getStatement, listBankEntries, listStatements } from './queries/bank-entries.js'
import { getBooking, getResource, listBookings, listResources, listSeats } from './queries/bookings.js'
import { capacityLoad } from './queries/capacity-load.js'
import { getExpectedReceipt, listExpectedReceipts } from './queries/expected-receipts.js'
import { explainRecord } from './queries/explain-record.js'
import { earliestCapacity, freeCapacity } from './queries/free-capacity.js'
import { getFulfillment, getShipment, listFulfillments, listShipments } from './queries/fulfillments.js'
import { getOrder } from './queries/get-order.js'
import { getHold, listHolds } from './queries/holds.js'
import { drawProforma } from './queries/proforma.js'
import { getCreditNote, getInvoice, listCreditNotes, listInvoices } from './queries/invoices.js'
import { listBackorders } from './queries/backorders.js'
import { listSubstitutes } from './queries/substitutes.js'
import { listOrders } from './queries/list-orders.js'
import { traceInvoiceAmount, traceOrderAmount } from './queries/trace-amounts.js'
import { orderTimeline } from './queries/order-timeline.js'
import { journal, trialBalance } from './queries/ledger.js'
import { getParty, listParties } from './queries/parties.js'
import { getPayment, listPayments } from './queries/payments.js'
import { getPriceList, listPriceLists, listSkuPrices, quotePrices } from './queries/prices.js'
import { previewOrder } from './queries/preview-order.js'
import { getPromotion, listPromotions } from './queries/promotions.js'
import { demandForecast } from './queries/demand-forecast.js'
import { promiseOrder, promiseQuantity } from './queries/promise.js'
import { lotTrace, stockLots } from './queries/lots.js'
import { purchaseRequirements } from './queries/purchase-requirements.js'
import { getSerial, listSerials } from './queries/serials.js'
import { stockHealthOf } from './queries/stock-health.js'
import { stockAudit } from './queries/stock-audit.js'
import { stockLevel, stockLevels } from './queries/stock-levels.js'
import { getCount, listCounts } from './queries/stock-counts.js'
import { stockMovements } from './queries/stock-movements.js'
import { getTransfer, listTransfers } from './queries/transfers.js'
import { valueClasses } from './queries/value-classes.js'
import { suggestReorder } from './queries/suggest-reorder.js'
import { getLocation, listLocations } from './queries/locations.js'
import { getOrderSourcing, getSourcingRules, previewSourcing } from './queries/sourcing.js'
import { anchorAudit } from './queries/anchor-audit.js'
import { verifyAnchor } from './queries/verify-anchor.js'
import { verifyAudit } from './queries/verify-audit.js'
import { watchList } from './queries/watch-list.js'
import { verifyNumbering } from './queries/verify-numbering.js'

/** Everything that can be asked, beside the commands of the same group: `oms.orders.get(…)`. */
export const queries = {
  inventory: {
    /** What is there of a SKU at a location, and what of it can be promised. */
    level: stockLevel,
    levels: stockLevels,
    /** What a channel and customer class can order now, with a status for shop windows. */
    availability,
    /** The ledger of a stock level, with running figures. */
    movements: stockMovements,
    /** Whether a level, its ledger and the documents behind it agree. */
    audit: stockAudit,
    /** What could be sold instead of a SKU, best first. */
    substitutes: listSubstitutes,
    /** Who waits for the goods of a level, in the order in which they will be served. */
    backorders: listBackorders,
    holdOf: getHold,
    holds: listHolds,
    /** When a quantity can be promised, with what is expected. */
    promise: promiseQuantity,
    /** When a whole order can be promised, together or split. */
    promiseOrder,
    /** Goods on order. */
    expectedReceipt: getExpectedReceipt,
    expectedReceipts: listExpectedReceipts,
    /** The lots of a SKU at a location, in the order in which they are to leave. */
    lots: stockLots,
    /** Where the units of a lot are and where they went: the list for a recall. */
    lotTrace,
    /** One piece with its whole life. */
    serial: getSerial,
    serials: listSerials,
  },
  transfers: {
    get: getTransfer,
    /** Goods on their way between locations, and those that were. */
    list: listTransfers,
  },
  counts: {
    /** A stock count, blind as long as it is open. */
    get: getCount,
    list: listCounts,
  },
  replenishment: {
    /** What to order from whom by when, and why. */
    requirements: purchaseRequirements,
    /** What is likely to be demanded of a stock level. */
    forecast: demandForecast,
    /** Reorder point, safety stock and economic order quantity out of the demand of the past. */
    suggest: suggestReorder,
    /** What moved, what lies there and for how long, turnover, days of inventory, fill rate. */
    health: stockHealthOf,
    /** ABC classes by what was turned over. */
    classes: valueClasses,
  },
  prices: {
    getList: getPriceList,
    lists: listPriceLists,
    /** What the lists ask for each SKU. */
    items: listSkuPrices,
    /** What the lists ask for a basket, and why it is that list. */
    quote: quotePrices,
  },
  promotions: {
    /** A promotion with how often it was used. */
    get: getPromotion,
    list: listPromotions,
  },
  parties: {
    /** A customer or vendor with its personal data. */
    get: getParty,
    list: listParties,
  },
  locations: {
    /** A location with what it has taken on today. */
    get: getLocation,
    list: listLocations,
  },
  sourcing: {
    /** The rules of a name. */
    rules: getSourcingRules,
    /** Where an order would come from now, without placing it. */
    preview: previewSourcing,
  },
  orders: {
    /** What an order would come to, by which promotions, and why not by others. */
    preview: previewOrder,
    /** Why an amount of an order is what it is. */
    trace: traceOrderAmount,
    /** How the locations of a placed order were chosen. */
    sourcing: getOrderSourcing,
    /** An order by its id or its number, with its derived statuses. */
    get: getOrder,
    list: listOrders,
    /** Everything that happened to an order and its documents, oldest first. */
    timeline: orderTimeline,
  },
  capacity: {
    /** A resource with its calendar. */
    resource: getResource,
    resources: listResources,
    /** What can be booked from one day to another. */
    free: freeCapacity,
    /** The earliest that can be booked. */
    earliest: earliestCapacity,
    /** How much of a resource is booked, day by day. */
    load: capacityLoad,
    booking: getBooking,
    bookings: listBookings,
    /** Who sits on the seats of a pool. */
    seats: listSeats,
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
    proforma: drawProforma,
    creditNote: getCreditNote,
    creditNotes: listCreditNotes,
    /** Why an amount of an invoice is what it is. */
    trace: traceInvoiceAmount,
    /** What customers owe that is overdue, by its age. */
    watchList,
    /** Whether a number series is gapless and in order, and its documents are what they were when they were issued. */
    verifyNumbering,
  },
  payments: {
    get: getPayment,
    list: listPayments,
  },
  ledger: {
    /** What documents and payments mean to the books, entry by entry. */
    journal,
    /** Debits and credits of every account. */
    trialBalance,
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
export const recordQueries = {
  records: { explain: explainRecord, verifyAudit, anchorAudit, verifyAnchor },
} as const

export type RecordQueries = typeof recordQueries
