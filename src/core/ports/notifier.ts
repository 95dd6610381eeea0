import type { TenantId, Version } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { Instant } from '../time/instant.js'

/** A message ready to be written and sent: names and addresses were looked up a moment ago and are kept nowhere else. */
export interface Notification {
  /** Stays the same over every retry: a channel that remembers ids sends nothing twice. */
  readonly id: string
  readonly tenant: TenantId
  readonly topic: string
  readonly channel: string
  /** The record that the message is about. */
  readonly about: Key
  /** The version it had with the change that is told: of two messages about one record the higher is the later. */
  readonly version: Version
  readonly recipient: Recipient
  /** The fields the topic promises, as plain data for the host's templates. */
  readonly content: Readonly<Record<string, unknown>>
  readonly createdAt: Instant
  readonly attempt: number
}

export interface Recipient {
  readonly role: 'customer' | 'staff'
  readonly name?: string
  readonly email?: string
  readonly phone?: string
}

/**
 * Delivers one message on one channel; resolving means delivered. Rejecting means not delivered: the relay tries again, later and
 * later. An error with `permanent: true` parks the message at once; one with `retryAfter`, in milliseconds, is not tried again before
 * they are over, an hour at most.
 */
export interface Notifier {
  deliver(notification: Notification): Promise<void>
}
