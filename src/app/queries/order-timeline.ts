import { z } from 'zod'
import { fulfillmentKind } from '../../core/fulfillment/fulfillment.js'
import { orderIdSchema } from '../../core/ids/id-schema.js'
import type { Key } from '../../core/ids/key.js'
import { creditNoteKind } from '../../core/invoicing/credit-note.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { orderKind } from '../../core/orders/order.js'
import { eachPage } from '../../core/pages.js'
import { paymentKind } from '../../core/payments/payment.js'
import { largestPage } from '../../core/ports/storage.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { shipmentKind } from '../../core/shipping/shipment.js'
import { defineQuery, type QueryContext } from '../query.js'
import { pageOfAll, pageShape } from './page.js'
import { timelineEntry, type TimelineEntry } from './timeline-entry.js'

/** What happened to an order and to its fulfillments, shipments, invoices, credit notes and payments, oldest first (M125, M126). */
export const orderTimeline = defineQuery({
  name: 'orders.timeline',
  input: z.strictObject({ order: orderIdSchema, ...pageShape }),
  run: async (input, context) => {
    const order = await context.get(orderKind, input.order)
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const records = [
      { kind: orderKind.name, id: input.order },
      ...(await relatedRecords(context, input.order)),
      ...(order.state.consolidatedInvoices ?? []).map((id) => ({ kind: invoiceKind.name, id })),
    ]
    const entries = await readHistories(context, records)
    const page = pageOfAll(entries, input)
    return page.ok ? ok({ value: page.value, version: order.version }) : page
  },
})

const relatedKinds = [fulfillmentKind, shipmentKind, invoiceKind, creditNoteKind, paymentKind].map(
  (kind) => kind.name,
)

const relatedRecords = async (context: QueryContext, order: string): Promise<readonly Key[]> => {
  const keys: Key[] = []
  for (const kind of relatedKinds) {
    const pages = eachPage((from) =>
      context.listStored({ kind, where: { order }, limit: largestPage, ...from }),
    )
    for await (const records of pages) for (const { key } of records) keys.push(key)
  }
  return keys
}

const readHistories = async (
  context: QueryContext,
  records: readonly Key[],
): Promise<readonly TimelineEntry[]> => {
  const placed: { readonly place: string; readonly entry: TimelineEntry }[] = []
  for (const record of records) {
    let place = ''
    for await (const event of context.history(record)) {
      // Clocks go back; a record's own events stay in their order all the same.
      place = laterOf(place, `${event.recordedAt} ${event.id}`)
      placed.push({ place, entry: timelineEntry(event) })
    }
  }
  placed.sort((left, right) => (left.place < right.place ? -1 : left.place > right.place ? 1 : 0))
  return placed.map(({ entry }) => entry)
}

const laterOf = (left: string, right: string): string => (left > right ? left : right)
