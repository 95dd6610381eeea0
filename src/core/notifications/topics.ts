/** Every message orderwright plans, in the commit of the fact it tells. */
export const topics = [
  'order_received',
  'order_placed',
  'order_confirmed',
  'order_canceled',
  'order_on_hold',
  'order_hold_released',
  'order_rescheduled',
  'order_backordered',
  'order_backorder_filled',
  'order_shipped',
  'order_delivered',
  'thank_you',
  'invoice_issued',
  'invoice_voided',
  'credit_note_issued',
  'payment_received',
  'payment_reminder',
  'payment_demand',
  'final_notice',
  'order_closed',
  'restock_due',
  'back_in_stock',
] as const

export type Topic = (typeof topics)[number]
