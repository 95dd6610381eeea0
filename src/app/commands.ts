import { acceptWork } from '../core/flows/accept-work.js'
import { adjustStock } from '../core/flows/adjust-stock.js'
import { agreeTerms } from '../core/flows/agree-terms.js'
import { applyPayment } from '../core/flows/apply-payment.js'
import { assignSeat, releaseSeat, transferSeat } from '../core/flows/assign-seat.js'
import { billDeposit } from '../core/flows/bill-deposit.js'
import { billOpenOrder } from '../core/flows/bill-order.js'
import { billTogether } from '../core/flows/bill-together.js'
import { bookCapacity } from '../core/flows/book-capacity.js'
import {
  completeBooking,
  expireCapacityHold,
  extendCapacityHold,
  releaseBooking,
  releaseCapacityHold,
} from '../core/flows/booking-steps.js'
import { cancelOrder } from '../core/flows/cancel-order.js'
import { captureOrder } from '../core/flows/capture-order.js'
import { changeDraft } from '../core/flows/change-draft.js'
import { changePartyContact } from '../core/flows/change-party-contact.js'
import { classifyParty } from '../core/flows/classify-party.js'
import { compensateStock } from '../core/flows/compensate-stock.js'
import { closeLocation, openLocation } from '../core/flows/close-location.js'
import { configureStock } from '../core/flows/configure-stock.js'
import { configureReorder, stopReorder } from '../core/flows/configure-reorder.js'
import { confirmOrder } from '../core/flows/confirm-order.js'
import { debitInvoice } from '../core/flows/debit-invoice.js'
import { defineLocation } from '../core/flows/define-location.js'
import { defineSourcing } from '../core/flows/define-sourcing.js'
import { declareTaxes } from '../core/flows/declare-taxes.js'
import { definePromotion, endPromotion } from '../core/flows/define-promotion.js'
import { definePriceList } from '../core/flows/define-price-list.js'
import { defineProduct } from '../core/flows/define-product.js'
import { defineResource } from '../core/flows/define-resource.js'
import { discontinueProduct } from '../core/flows/discontinue-product.js'
import { eraseParty } from '../core/flows/erase-party.js'
import { cancelExpected, changeExpected, expectGoods } from '../core/flows/expect-goods.js'
import { expireHold } from '../core/flows/expire-holds.js'
import { extendHold } from '../core/flows/extend-hold.js'
import { holdCapacity } from '../core/flows/hold-capacity.js'
import { fillBackorderQueue } from '../core/flows/fill-backorder-queue.js'
import { holdOrder } from '../core/flows/hold-order.js'
import { holdStock } from '../core/flows/hold-stock.js'
import { importStatement } from '../core/flows/import-statement.js'
import { matchBankEntry } from '../core/flows/match-bank-entry.js'
import { notifyWhenBack, tellBackInStock } from '../core/flows/notify-when-back.js'
import { closePreorder, openPreorder } from '../core/flows/open-preorder.js'
import { placeDraft, placeOrder } from '../core/flows/place-order.js'
import {
  approveCount,
  cancelCount,
  openCount,
  recordCount,
  rejectCount,
  submitCount,
} from '../core/flows/count-stock.js'
import { quarantineStock, releaseFromQuarantine, scrapStock } from '../core/flows/quarantine-stock.js'
import { quarantineExpired } from '../core/flows/quarantine-expired.js'
import { receiveStock } from '../core/flows/receive-stock.js'
import { cancelTransfer, planTransfer, receiveTransfer, shipTransfer } from '../core/flows/transfer-stock.js'
import { recordSent } from '../core/flows/record-sent.js'
import { recordPayment } from '../core/flows/record-payment.js'
import { refundPayment } from '../core/flows/refund-payment.js'
import { registerParty } from '../core/flows/register-party.js'
import { remindInvoice } from '../core/flows/remind-invoice.js'
import { releaseHold } from '../core/flows/release-hold.js'
import { releaseOrderHold } from '../core/flows/release-order-hold.js'
import { rescheduleBooking } from '../core/flows/reschedule-booking.js'
import { setAsideBankEntry } from '../core/flows/set-aside-bank-entry.js'
import { allowOrders, stopOrders } from '../core/flows/stop-orders.js'
import { voidInvoice } from '../core/flows/void-invoice.js'
import { claimWithheld, recordWithholding } from '../core/flows/record-withholding.js'
import { undoWriteOff, writeOff } from '../core/flows/write-off.js'
import { unmatchBankEntry } from '../core/flows/unmatch-bank-entry.js'
import { creditInvoice, creditWithoutInvoice } from '../core/flows/issue-credit-note.js'
import { planFulfillment } from '../core/flows/plan-fulfillment.js'
import { giveUpShipment } from '../core/flows/give-up-shipment.js'
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
    /** Puts a customer into a class, or takes it out. */
    classify: classifyParty,
    /** Says when the invoices of a customer's orders are due. */
    agreeTerms,
    declareTaxes,
    /** Stops new orders of a customer: they are held, or refused. */
    stopOrders,
    /** Takes new orders of a customer again. */
    allowOrders,
    /** Erases the personal data of a party and of its orders. */
    erase: eraseParty,
  },
  catalog: {
    /** Defines what a SKU is, or brings its name and price up to date. */
    define: defineProduct,
    /** Takes a product off sale. */
    discontinue: discontinueProduct,
  },
  prices: {
    /** Defines a price list, or changes its terms and prices. */
    defineList: definePriceList,
  },
  promotions: {
    /** Defines a promotion, or changes its terms. */
    define: definePromotion,
    end: endPromotion,
  },
  inventory: {
    /** Books goods that came in. */
    receive: receiveStock,
    /** Corrects a count, up or down, with a reason. */
    adjust: adjustStock,
    /** Sets safety stock, backorder allowance and the thresholds of a stock level. */
    configure: configureStock,
    /** Sets goods aside that must not be promised: damaged, to be inspected. */
    quarantine: quarantineStock,
    /** Makes quarantined goods available again. */
    releaseFromQuarantine,
    /** Throws quarantined goods away. */
    scrap: scrapStock,
    /** Takes expired goods out of what is available. */
    quarantineExpired,
    /** Enters goods that are on order from a vendor, so that they can be promised from their day on. */
    expect: expectGoods,
    /** The vendor has moved the day or the quantity. */
    changeExpected,
    /** What has not come will not come. */
    cancelExpected,
    /** Says when a stock level is replenished, and by how much. */
    configureReorder,
    /** Takes the reorder rule of a stock level away. */
    stopReorder,
    /** Remembers a customer who wants to hear when a SKU has goods again. */
    notifyWhenBack,
    /** Tells those who still wait for a level that has goods. */
    tellBackInStock,
    /** Sells a SKU before its first receipt, up to a limit and a day. */
    openPreorder,
    /** Ends a preorder before its goods have come in. */
    closePreorder,
    /** Goes on filling a queue of backorders that was too long for one commit. */
    fillBackorders: fillBackorderQueue,
    /** Puts a stock level right that an audit found wrong. */
    compensate: compensateStock,
    /** Promises stock to an owner for a limited time, before there is an order. */
    hold: holdStock,
    /** Lets a hold live on. */
    extendHold,
    /** Gives held stock back. */
    releaseHold,
    /** Ends a hold whose time is over. */
    expireHold,
  },
  transfers: {
    /** Plans to bring goods from one location to another. */
    plan: planTransfer,
    /** The goods leave: from now on they are incoming at the other location. */
    ship: shipTransfer,
    /** The goods have come, all or some; what is missing is booked with its reason. */
    receive: receiveTransfer,
    /** Gives up a transfer that has not left. */
    cancel: cancelTransfer,
  },
  counts: {
    /** Opens a physical count of some SKUs at one location. */
    open: openCount,
    /** Notes what was found, blind. */
    record: recordCount,
    /** Books what is within the tolerance, or asks for approval. */
    submit: submitCount,
    /** Books the variances, by somebody other than the counter. */
    approve: approveCount,
    /** Sends a count back to be counted again. */
    reject: rejectCount,
    /** Gives a count up. */
    cancel: cancelCount,
  },
  locations: {
    /** Says what a location is, for rules that choose among several. */
    define: defineLocation,
    /** Ends new promises of its stock. */
    close: closeLocation,
    open: openLocation,
  },
  sourcing: {
    /** Gives an ordered list of sourcing rules a name. */
    define: defineSourcing,
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
    /** The customer accepts goods or a stage of work. */
    accept: acceptWork,
    /** Keeps an order from moving on, for a typed reason. */
    hold: holdOrder,
    /** Releases one hold of an order. */
    releaseHold: releaseOrderHold,
  },
  capacity: {
    /** Defines whose capacity can be promised: seats, hours of labor, slots, a machine. */
    defineResource,
    /** Promises capacity to an owner for a limited time. */
    hold: holdCapacity,
    /** Lets a hold of capacity live on. */
    extendHold: extendCapacityHold,
    /** Gives held capacity back. */
    releaseHold: releaseCapacityHold,
    /** Ends a hold of capacity whose time is over. */
    expireHold: expireCapacityHold,
    /** Books capacity for an order or a reference, from a hold or at once. */
    book: bookCapacity,
    /** Gives booked capacity back. */
    release: releaseBooking,
    /** The service was given. */
    complete: completeBooking,
    /** Moves a booking: the old place is freed and the new one taken in one commit. */
    reschedule: rescheduleBooking,
    /** Gives a named holder a seat of a pool. */
    assignSeat,
    /** Takes a seat from its holder. */
    releaseSeat,
    /** Gives the seat of one holder to another. */
    transferSeat,
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
    /** Nobody waits for a lost parcel any more: what of it was not billed is canceled. */
    giveUp: giveUpShipment,
  },
  invoices: {
    /** Bills what is billable of an order and was not billed yet. */
    bill: billOpenOrder,
    /** Bills what is billable of several orders of one customer with one invoice. */
    billTogether,
    /** Claims part of an order's price before anything is delivered; the invoices that follow deduct it. */
    billDeposit,
    /** Credits an invoice in whole or in part. */
    credit: creditInvoice,
    /** Claims what an invoice had claimed too little, by a debit note. */
    debit: debitInvoice,
    /** Grants a credit that corrects no invoice of ours. */
    creditWithoutInvoice,
    /** Withdraws an invoice that should not have been issued; its number stays used. */
    void: voidInvoice,
    /** Lets go of what is open on an invoice: a small difference, or what will not come. */
    writeOff,
    /** Asks again for what was written off, or for what a certificate was recorded for. */
    undoWriteOff,
    /** Records a customer's certificate of what it has withheld of an invoice. */
    recordWithholding,
    /** Asks for what was to be withheld of an invoice and was not. */
    claimWithheld,
    /** Records that an invoice has gone to the customer. */
    recordSent,
    /** Takes the next level of the dunning ladder for one invoice. */
    remind: remindInvoice,
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
