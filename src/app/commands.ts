import { captureOrder } from '../core/flows/capture-order.js'
import { confirmOrder } from '../core/flows/confirm-order.js'
import { defineProduct } from '../core/flows/define-product.js'
import { placeDraft, placeOrder } from '../core/flows/place-order.js'
import { receiveStock } from '../core/flows/receive-stock.js'
import { creditInvoice, creditWithoutInvoice } from '../core/flows/issue-credit-note.js'
import { planFulfillment } from '../core/flows/plan-fulfillment.js'
import { reportFound, reportLost } from '../core/flows/report-shipment.js'
import { deliverGoods, shipGoods } from '../core/flows/ship-goods.js'
import { cancelFulfillment, packGoods, startPicking } from '../core/flows/work-on-fulfillment.js'

/** Everything orderwright does, by the names hosts call it with: `oms.orders.place(…)`. */
export const commands = {
  catalog: {
    /** Defines what a SKU is, or brings its name and price up to date. */
    define: defineProduct,
  },
  inventory: {
    /** Books goods that came in. */
    receive: receiveStock,
  },
  orders: {
    /** Captures an order as a draft: checked, priced and numbered, but promising nothing. */
    capture: captureOrder,
    /** Places an order in one step and reserves its stock, all lines or none. */
    place: placeOrder,
    /** Places a captured draft at the prices it was captured with. */
    placeDraft,
    /** Accepts a placed order. */
    confirm: confirmOrder,
  },
  fulfillments: {
    /** Plans the work on a confirmed order, one fulfillment per location. */
    plan: planFulfillment,
    /** Somebody has begun to pick. */
    pick: startPicking,
    /** The goods are packed: makes the shipment. */
    pack: packGoods,
    /** Gives the work up before the goods have left. */
    cancel: cancelFulfillment,
  },
  shipments: {
    /** Hands a shipment to its carrier and issues the invoice in the same commit. */
    ship: shipGoods,
    /** The goods have arrived. */
    deliver: deliverGoods,
    reportLost,
    reportFound,
  },
  invoices: {
    /** Credits an invoice in whole or in part. */
    credit: creditInvoice,
    /** Grants a credit that corrects no invoice of ours. */
    creditWithoutInvoice,
  },
} as const

export type Commands = typeof commands
