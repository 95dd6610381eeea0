import type { Invoice } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import type { Work } from '../plan.js'
import type { Settings } from '../settings.js'
import type { Topic } from './topics.js'

/** Plans one message per channel about a change of an invoice, in a line of its own: what is wrong with another document of the order does not stop it. */
export const sendAboutInvoice = (
  work: Work,
  settings: Settings,
  invoice: Invoice,
  topic: Topic,
  data: Readonly<Record<string, unknown>> = {},
): void => {
  for (const channel of settings.channelsOf(topic)) {
    work.send({
      about: { kind: invoiceKind.name, id: invoice.id },
      topic,
      channel,
      data: { ...data, invoice: invoice.id },
    })
  }
}
