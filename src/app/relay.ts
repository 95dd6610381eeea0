import { contentOf } from '../core/notifications/content.js'
import { deliveryFailureOf } from '../core/notifications/delivery-failure.js'
import { recipientOf } from '../core/notifications/recipient.js'
import { retryDelay } from '../core/notifications/retry-delay.js'
import type { Clock } from '../core/ports/clock.js'
import { ConfigurationError } from '../core/ports/errors.js'
import type { Notification, Notifier } from '../core/ports/notifier.js'
import type { Delivery, OutboxMessage, Storage } from '../core/ports/storage.js'
import { plus, type Milliseconds } from '../core/time/instant.js'
import { lookUp } from './look-up.js'
import { versionAt } from './message-position.js'
import { createSettler, type Settler } from './settler.js'
import { withinDeadline } from './within-deadline.js'

export interface RelayParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly notifiers: Readonly<Record<string, Notifier>>
  readonly settings: RelaySettings
  /** How long the store may take for one answer. */
  readonly deadline: Milliseconds
}

export interface RelaySettings {
  /** Failed attempts after which a message is parked. */
  readonly deliveryAttempts: number
  /** Most deliveries of one relay under way at once. */
  readonly deliveriesAtOnce: number
}

export interface RelayOptions {
  /** Most messages of this run; 100 by default. */
  readonly limit?: number
  /** How long the messages belong to this run, in milliseconds; a minute by default. A delivery that takes longer is given up and tried again. */
  readonly lease?: Milliseconds
}

export interface RelayReport {
  readonly claimed: number
  readonly delivered: number
  readonly retried: number
  readonly parked: number
}

/**
 * Delivers what waits in the outbox: claims messages, looks up what they tell and whom, hands them to the notifiers of their channels and settles
 * each as soon as it is known. At least once, each record's messages in order (NO2, NO3). Rejects when the store is in trouble: what was
 * claimed comes back when its lease is over.
 */
export const relayMessages = async (parts: RelayParts, options: RelayOptions = {}): Promise<RelayReport> => {
  const limit = atLeastOne('limit', options.limit ?? 100)
  const lease = atLeastOne('lease', options.lease ?? 60_000)
  const counts = { claimed: 0, delivered: 0, retried: 0, parked: 0 }
  const settler = createSettler((results) =>
    withinDeadline(parts.clock, parts.deadline, () => parts.storage.settle(results)),
  )
  while (counts.claimed < limit) {
    // Counted from before the claim, so that this run is the first to think that its lease is over.
    const leaseEnds = parts.clock.elapsed() + lease
    const claimed = await withinDeadline(parts.clock, parts.deadline, () =>
      parts.storage.claim(limit - counts.claimed, lease),
    )
    if (claimed.length === 0) break
    counts.claimed += claimed.length
    await deliverAll(parts, claimed, leaseEnds, settler, counts)
  }
  return counts
}

type Counts = { -readonly [Name in keyof RelayReport]: RelayReport[Name] }

/** A few at once; each worker takes the next message when it is done with one. What cannot be settled would be sent again, so nothing follows it. */
const deliverAll = async (
  parts: RelayParts,
  messages: readonly OutboxMessage[],
  leaseEnds: Milliseconds,
  settler: Settler,
  counts: Counts,
): Promise<void> => {
  const waiting = messages[Symbol.iterator]()
  const settling: Promise<void>[] = []
  const failures: unknown[] = []
  const settle = async (result: Delivery): Promise<void> => {
    try {
      await settler.settle(result)
      counts[countOf[result.outcome]] += 1
    } catch (error) {
      failures.push(error)
    }
  }
  const work = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done && failures.length === 0; next = waiting.next()) {
      const result = await attempt(parts, next.value, leaseEnds)
      if (result !== undefined) settling.push(settle(result))
    }
  }
  const workers = Math.min(parts.settings.deliveriesAtOnce, messages.length)
  await Promise.all(Array.from({ length: workers }, work))
  await Promise.all(settling)
  if (failures.length > 0) throw failures[0]
}

const countOf = { delivered: 'delivered', retry: 'retried', parked: 'parked' } as const

/** `undefined` when the lease is over before the delivery began: the message may be somebody else's by now (NO7). */
const attempt = async (
  parts: RelayParts,
  message: OutboxMessage,
  leaseEnds: Milliseconds,
): Promise<Delivery | undefined> => {
  const { tenant, id, fence, attempts } = message
  const claim = { tenant, id, fence }
  const notifier = Object.hasOwn(parts.notifiers, message.channel)
    ? parts.notifiers[message.channel]
    : undefined
  if (notifier === undefined) return { ...claim, outcome: 'parked', reason: 'no_notifier' }
  try {
    const left = leaseEnds - parts.clock.elapsed()
    if (left <= 0) return undefined
    const reason = await withinDeadline(parts.clock, left, () => deliver(parts, notifier, message, leaseEnds))
    if (reason === overdue) return undefined
    return reason === undefined ? { ...claim, outcome: 'delivered' } : { ...claim, outcome: 'parked', reason }
  } catch (error) {
    const { reason, permanent, retryAfter } = deliveryFailureOf(error)
    return permanent || attempts >= parts.settings.deliveryAttempts
      ? { ...claim, outcome: 'parked', reason }
      : { ...claim, outcome: 'retry', at: plus(parts.clock.now(), retryDelay(attempts, retryAfter)), reason }
  }
}

const overdue = 'overdue'

/** Delivers, or answers why the message can never be delivered. */
const deliver = async (
  parts: RelayParts,
  notifier: Notifier,
  message: OutboxMessage,
  leaseEnds: Milliseconds,
): Promise<string | undefined> => {
  const found = await lookUp(parts.storage, message.tenant, (seen) => ({
    content: contentOf(message, seen),
    recipient: recipientOf(message, seen),
  }))
  if (found.content === undefined) return 'record_unknown'
  if (found.recipient === undefined) return 'recipient_unknown'
  if (parts.clock.elapsed() >= leaseEnds) return overdue
  const notification: Notification = {
    id: message.id,
    tenant: message.tenant,
    topic: message.topic,
    channel: message.channel,
    about: message.about,
    version: versionAt(message.position),
    recipient: found.recipient,
    content: found.content,
    createdAt: message.createdAt,
    attempt: message.attempts,
  }
  await notifier.deliver(notification)
  return undefined
}

const atLeastOne = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new ConfigurationError(`relay needs a ${name} that is a whole number of at least 1`)
}
