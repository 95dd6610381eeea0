import type { Order } from '../orders/order.js'
import { orderKind } from '../orders/order.js'
import type { Work } from '../plan.js'
import type { Settings } from '../settings.js'
import { withFields } from '../with-fields.js'
import type { Topic } from './topics.js'

/**
 * Plans one message per channel about a change of an order (M120). It holds references and what was true at this moment; names and
 * addresses are looked up when it is sent.
 */
export const sendAboutOrder = (
  work: Work,
  settings: Settings,
  order: Order,
  topic: Topic,
  data: Readonly<Record<string, unknown>> = {},
): void => {
  for (const channel of settings.channelsOf(topic)) {
    work.send({
      about: { kind: orderKind.name, id: order.id },
      topic,
      channel,
      data: withFields(data, { status: order.status }),
    })
  }
}
