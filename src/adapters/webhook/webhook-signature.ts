import { createHmac } from 'node:crypto'

/** What is signed. The id has no dot, so that it cannot pass a part of itself off as the time. */
export interface SignedWebhook {
  readonly id: string
  /** Seconds since 1970, as they stand in the header. */
  readonly timestamp: string
  readonly body: Uint8Array
}

/** One signature of the Standard Webhooks scheme, as it stands in the header: `v1,` and the base64 of HMAC-SHA256 over id, time and body. */
export const webhookSignature = (key: Buffer, { id, timestamp, body }: SignedWebhook): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`

/** Printable ASCII without blanks and dots. */
export const webhookIdForm = /^[!-\-/-~]{1,255}$/
