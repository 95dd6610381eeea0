import { z } from 'zod'
import { orderIdSchema, referenceSchema } from '../../core/ids/id-schema.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { personalDataKind, type PostalAddress } from '../../core/parties/personal-data.js'
import type { Versioned } from '../../core/plan.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { defineQuery, type QueryContext } from '../query.js'
import { orderView, type OrderView } from './order-view.js'

/** An order with what was written for it alone: a delivery address, a note. Both are absent once they were erased. */
export interface OrderDetails extends OrderView {
  readonly shipToAddress?: PostalAddress
  readonly note?: string
}

/** One order, by its id or by the number people know. */
export const getOrder = defineQuery({
  name: 'orders.get',
  input: z.union([z.strictObject({ order: orderIdSchema }), z.strictObject({ number: referenceSchema })]),
  run: async (input, context) => {
    const found =
      'order' in input ? await context.get(orderKind, input.order) : await byNumber(context, input.number)
    if (found === undefined) return refuse('unknown_order', { ...input })
    const personal = (await context.get(personalDataKind, found.state.id))?.state
    const value: OrderDetails = {
      ...orderView(found.state),
      ...(personal?.shipTo !== undefined && { shipToAddress: personal.shipTo }),
      ...(personal?.note !== undefined && { note: personal.note }),
    }
    return ok({ value, version: found.version })
  },
})

const byNumber = async (context: QueryContext, number: string): Promise<Versioned<Order> | undefined> =>
  (await context.list(orderKind, { where: { number }, limit: 1 })).items[0]
