import type { Milliseconds } from '../../core/time/instant.js'
import type { WebhookResponse } from './send-webhook.js'
import { WebhookFailed } from './webhook-failed.js'

/** Statuses of the endpoint's mistakes that pass by themselves: too slow, too early, too many. */
const passing = [408, 425, 429]

/** `undefined` for what was taken. A request that the endpoint refuses is not tried again, one that it could not deal with is. */
export const responseFailure = (
  { status, retryAfter }: WebhookResponse,
  now: Milliseconds,
): WebhookFailed | undefined => {
  if (status >= 200 && status < 300) return undefined
  const isRefused = status >= 400 && status < 500 && !passing.includes(status)
  return new WebhookFailed(
    `http_${status}`,
    `the endpoint answered with status ${status}`,
    isRefused,
    retryAfter === undefined ? undefined : waitOf(retryAfter, now),
  )
}

/** RFC 9110 §10.2.3: seconds, or a date. */
const waitOf = (header: string, now: Milliseconds): Milliseconds | undefined => {
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000
  const wait = Date.parse(header) - now
  return wait > 0 ? wait : undefined
}
