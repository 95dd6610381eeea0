import type { Notification } from '../../core/ports/notifier.js'
import { WebhookFailed } from './webhook-failed.js'

/** What the Standard Webhooks specification recommends at most. */
const mostBytes = 20_000

const ids = ['order', 'invoice', 'creditNote', 'shipment', 'payment', 'party', 'hold', 'sku', 'location']

/**
 * What a webhook tells unless the host says otherwise: the record it is about, its version when the message was planned, and the ids of what else
 * is concerned. Whoever wants more asks for it, and is asked who they are.
 */
export const thinData = ({ about, version, content }: Notification): Readonly<Record<string, unknown>> => ({
  about,
  version,
  ...Object.fromEntries(
    ids.flatMap((name) => (typeof content[name] === 'string' ? [[name, content[name]]] : [])),
  ),
})

export const webhookBody = (
  { topic, createdAt }: Notification,
  data: Readonly<Record<string, unknown>>,
): Uint8Array => {
  const body = Buffer.from(JSON.stringify({ type: topic, timestamp: createdAt, data }))
  if (body.length <= mostBytes) return body
  throw new WebhookFailed('payload_too_large', `a webhook has at most ${mostBytes} bytes`, true)
}
