import { adjustStock } from '../core/flows/adjust-stock.js'
import { applyPayment } from '../core/flows/apply-payment.js'
import { cancelOrder } from '../core/flows/cancel-order.js'
import { captureOrder } from '../core/flows/capture-order.js'
import { changeDraft } from '../core/flows/change-draft.js'
import { changePartyContact } from '../core/flows/change-party-contact.js'
import { configureStock } from '../core/flows/configure-stock.js'
import { confirmOrder } from '../core/flows/confirm-order.js'
import { defineProduct } from '../core/flows/define-product.js'
import { discontinueProduct } from '../core/flows/discontinue-product.js'
import { eraseParty } from '../core/flows/erase-party.js'
import { expireHold } from '../core/flows/expire-holds.js'
import { extendHold } from '../core/flows/extend-hold.js'
import { holdOrder } from '../core/flows/hold-order.js'
import { holdStock } from '../core/flows/hold-stock.js'
import { importStatement } from '../core/flows/import-statement.js'
import { matchBankEntry } from '../core/flows/match-bank-entry.js'
import { placeDraft, placeOrder } from '../core/flows/place-order.js'
import { receiveStock } from '../core/flows/receive-stock.js'
import { recordPayment } from '../core/flows/record-payment.js'
import { refundPayment } from '../core/flows/refund-payment.js'
import { registerParty } from '../core/flows/register-party.js'
import { releaseHold } from '../core/flows/release-hold.js'
import { releaseOrderHold } from '../core/flows/release-order-hold.js'
import { setAsideBankEntry } from '../core/flows/set-aside-bank-entry.js'
import { unmatchBankEntry } from '../core/flows/unmatch-bank-entry.js'
import { creditInvoice, creditWithoutInvoice } from '../core/flows/issue-credit-note.js'
import { planFulfillment } from '../core/flows/plan-fulfillment.js'
import { reportFound, reportLost } from '../core/flows/report-shipment.js'
import { deliverGoods, shipGoods } from '../core/flows/ship-goods.js'
import { cancelFulfillment, packGoods, startPicking } from '../core/flows/work-on-fulfillment.js'

/** Everything orderwright does, by the names hosts call it with: `oms.orders.place(…)`. */
export const commands = {
  parties: {
    /** Registers a customer or vendor. */
    register: registerParty,
    /** Changes who a party is or how to reach it. */
    changeContact: changePartyContact,
    /** Erases the personal data of a party and of its orders. */
    erase: eraseParty,
  },
  catalog: {
    /** Defines what a SKU is, or brings its name and price up to date. */
    define: defineProduct,
    /** Takes a product off sale. */
    discontinue: discontinueProduct,
  },
  inventory: {
    /** Books goods that came in. */
    receive: receiveStock,
    /** Corrects a count, up or down, with a reason. */
    adjust: adjustStock,
    /** Sets the safety stock and the backorder allowance of a stock level. */
    configure: configureStock,
    /** Promises stock to an owner for a limited time, before there is an order. */
    hold: holdStock,
    /** Lets a hold live on. */
    extendHold,
    /** Gives held stock back. */
    releaseHold,
    /** Ends a hold whose time is over. */
    expireHold,
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
    /** Replaces the content of a draft. */
    changeDraft,
    /** Cancels an order or single units of it and gives their stock back. */
    cancel: cancelOrder,
    /** Keeps an order from moving on, for a typed reason. */
    hold: holdOrder,
    /** Releases one hold of an order. */
    releaseHold: releaseOrderHold,
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
  payments: {
    /** Records money that came in: for invoices, as the deposit of an order, or to be applied later. */
    record: recordPayment,
    /** Applies what is left of a payment to invoices. */
    apply: applyPayment,
    /** Records that money goes back to the payer, never more than pays for nothing. */
    refund: refundPayment,
  },
  reconciliation: {
    /** Takes the entries of a bank statement, each once however often it is imported. */
    importStatement,
    /** Finds what a bank entry pays and applies it, or sets it aside with the reason. */
    match: matchBankEntry,
    /** Undoes a match: all balances are what they were before. */
    unmatch: unmatchBankEntry,
    /** Sets a bank entry aside for a person. */
    setAside: setAsideBankEntry,
  },
} as const

export type Commands = typeof commands
