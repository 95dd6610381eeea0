import { z } from 'zod'
import { partyIdSchema, wordSchema } from '../../core/ids/id-schema.js'
import { orderKind } from '../../core/orders/order.js'
import { ok } from '../../core/result.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { orderLifecycle } from '../../state-machines/order.machine.js'
import { defineQuery } from '../query.js'
import { orderView } from './order-view.js'
import { listOf, pageOf, pageShape, rangeOf, whereOf } from './page.js'

/** Orders from the newest day to the oldest, `from` and `to` included. */
export const listOrders = defineQuery({
  name: 'orders.list',
  input: z
    .strictObject({
      status: z.enum(orderLifecycle.states).optional(),
      customer: partyIdSchema.optional(),
      channel: wordSchema.optional(),
      from: localDateSchema.optional(),
      to: localDateSchema.optional(),
      ...pageShape,
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      message: 'range.order',
      path: ['to'],
    }),
  run: async (input, context) => {
    const { status, customer, channel, from, to } = input
    const page = await context.list(orderKind, {
      where: whereOf({ status, customer, channel }),
      ...rangeOf('orderedOn', from, to),
      order: { entry: 'orderedOn', direction: 'descending' },
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => orderView(state)) })
  },
})
