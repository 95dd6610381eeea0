import type { Milliseconds } from '../../core/time/instant.js'

/** A delivery that failed. Tells what is known of the endpoint by a code: no address, no secret and nothing of what it answered. */
export class WebhookFailed extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Trying again is pointless. */
    readonly permanent: boolean = false,
    /** How long the endpoint asks to be left alone. */
    readonly retryAfter?: Milliseconds,
  ) {
    super(message)
    this.name = 'WebhookFailed'
  }
}
