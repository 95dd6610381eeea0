import { captureOrder } from '../core/flows/capture-order.js'
import { confirmOrder } from '../core/flows/confirm-order.js'
import { defineProduct } from '../core/flows/define-product.js'
import { placeDraft, placeOrder } from '../core/flows/place-order.js'
import { receiveStock } from '../core/flows/receive-stock.js'

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
} as const

export type Commands = typeof commands
