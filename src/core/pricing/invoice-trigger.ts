/**
 * The fact that makes units billable: that they were ordered, have left, have arrived, or were accepted by the customer. The invoice is issued in the
 * commit of that fact.
 */
export const invoiceTriggers = ['on_order', 'on_shipment', 'on_delivery', 'on_acceptance'] as const
export type InvoiceTrigger = (typeof invoiceTriggers)[number]
