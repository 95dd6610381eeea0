import { timingSafeEqual } from 'node:crypto'
import { ConfigurationError } from '../../core/ports/errors.js'
import type { Secret } from '../../core/ports/secret-source.js'
import { epochOf, instantAt, type Instant } from '../../core/time/instant.js'
import { systemClock } from '../system/system-clock.js'
import { secretForm, webhookKey } from './webhook-key.js'
import { webhookIdForm, webhookSignature } from './webhook-signature.js'

/** Those of `fetch`, or those of a Node request. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>

export interface ReceivedWebhook {
  readonly headers: WebhookHeaders
  /** The bytes as they came. What was parsed and written again is not what was signed. */
  readonly body: Uint8Array
  /** The endpoint's secrets: the current one, and the one before as long as it may be in use. */
  readonly secrets: readonly Secret[]
  /** `2026-03-01T09:00:00.000Z`; the time of this machine by default. */
  readonly now?: string
}

export type WebhookRefusalReason =
  'raw_body_needed' | 'header_missing' | 'header_malformed' | 'no_signature_matches' | 'too_old' | 'too_new'

/** Safe to show to whoever sent it. */
export interface WebhookRefusal {
  readonly code: 'signature_invalid' | 'signature_expired'
  readonly reason: WebhookRefusalReason
  readonly message: string
  /** The HTTP status that fits. */
  readonly status: 401
}

export type VerifiedWebhook =
  | {
      readonly ok: true
      /** The same for every attempt: what was dealt with under this id is not dealt with again. */
      readonly id: string
      /** When this attempt was sent. */
      readonly sentAt: Instant
    }
  | { readonly ok: false; readonly error: WebhookRefusal }

/**
 * Checks that a webhook of the Standard Webhooks scheme comes from who shares a secret with us, and was sent within five minutes of now.
 *
 * @example
 * const checked = verifyWebhook({ headers: request.headers, body: await rawBody(request), secrets: [secretOf(current)] })
 * if (!checked.ok) return response.status(checked.error.status).json(checked.error)
 */
export const verifyWebhook = ({ headers, body, secrets, now }: ReceivedWebhook): VerifiedWebhook => {
  const keys = secrets.map(usableKey)
  if (keys.length === 0) throw new ConfigurationError('a webhook is checked with at least one secret')
  const clock = epochOf((now ?? systemClock().now()) as Instant)
  if (Number.isNaN(clock)) throw new ConfigurationError('`now` is written as 2026-03-01T09:00:00.000Z')
  if (!(body instanceof Uint8Array)) return refuse('raw_body_needed')
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const signatures = headerOf(headers, 'webhook-signature')
  if (id === undefined || timestamp === undefined || signatures === undefined) return refuse('header_missing')
  if (!webhookIdForm.test(id) || !/^\d{1,11}$/.test(timestamp)) return refuse('header_malformed')
  const expected = keys.map((key) => webhookSignature(key, { id, timestamp, body }))
  const isSigned = signatures.split(' ').some((given) => expected.some((one) => areEqual(given, one)))
  if (!isSigned) return refuse('no_signature_matches')
  const sent = Number(timestamp) * 1_000
  if (clock - sent > tolerance) return refuse('too_old')
  if (sent - clock > tolerance) return refuse('too_new')
  return { ok: true, id, sentAt: instantAt(sent) }
}

const tolerance = 5 * 60_000

const usableKey = (secret: Secret): Buffer => {
  const key = webhookKey(secret)
  if (key === undefined) throw new ConfigurationError(`a webhook's secret is ${secretForm}`)
  return key
}

/** `undefined` for a header that is not there, or there more than once. */
const headerOf = (headers: WebhookHeaders, name: string): string | undefined => {
  if (isOfFetch(headers)) return headers.get(name) ?? undefined
  const values = Object.entries(headers).flatMap(([given, value]) =>
    given.toLowerCase() === name ? value : [],
  )
  return values.length === 1 ? values[0] : undefined
}

const isOfFetch = (headers: WebhookHeaders): headers is { get(name: string): string | null } =>
  typeof headers['get'] === 'function'

const areEqual = (given: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const refuse = (reason: WebhookRefusalReason): VerifiedWebhook => ({
  ok: false,
  error: {
    code: reason === 'too_old' || reason === 'too_new' ? 'signature_expired' : 'signature_invalid',
    reason,
    message: messages[reason],
    status: 401,
  },
})

const messages: Readonly<Record<WebhookRefusalReason, string>> = {
  raw_body_needed:
    'The signature is over the bytes as they were sent: hand over the raw body, not what was parsed from it.',
  header_missing: 'It needs the headers webhook-id, webhook-timestamp and webhook-signature, each once.',
  header_malformed: 'The id or the time in its headers has not the form the scheme asks for.',
  no_signature_matches:
    'None of its signatures is over this id, time and body under a secret of this endpoint.',
  too_old: 'It was signed more than five minutes ago.',
  too_new: 'It was signed for more than five minutes from now.',
}
