import type { Key } from '../../core/ids/key.js'
import { keyName } from '../../core/ids/key.js'
import type { Delivery, NewMessage, OutboxMessage } from '../../core/ports/storage.js'
import { plus, type Instant, type Milliseconds } from '../../core/time/instant.js'
import { sameData } from './same-data.js'
import type { Shadow } from './shadow.js'

/** Who has which message until when, by what the store itself has answered. */
export interface ClaimLedger {
  /** Takes in what was claimed at a moment of the store's clock; answers what it breaks. */
  claimed(messages: readonly OutboxMessage[], now: Instant, lease: Milliseconds): readonly string[]
  settled(results: readonly Delivery[]): void
  released(about: Key): void
}

interface Claim {
  readonly about: string
  readonly fence: number
  /** When it may be claimed again: at once where absent, never while it is parked nor after it was delivered. */
  due: Instant | 'parked' | 'delivered' | undefined
}

export const claimLedger = (shadow: Pick<Shadow, 'message'>): ClaimLedger => {
  const claims = new Map<string, Claim>()

  const check = (message: OutboxMessage, now: Instant): readonly string[] => {
    const { id, fence } = message
    const committed = shadow.message(id)
    if (committed === undefined) return [`NO1 message ${id} is in the outbox, and nobody committed it`]
    if (!isSame(committed, message)) return [`NO1 message ${id} is not what was committed`]
    const known = claims.get(id)
    if (known === undefined) return []
    if (known.due === 'delivered') return [`NO2 message ${id} was claimed after it was delivered`]
    if (known.due === 'parked') return [`NO5 message ${id} was claimed while it was parked`]
    return [
      ...(known.due !== undefined && now < known.due
        ? [`NO7 message ${id} was claimed at ${now}, and taken until ${known.due}`]
        : []),
      ...(fence <= known.fence ? [`NO7 the fence of message ${id} does not grow`] : []),
    ]
  }

  return {
    claimed: (messages, now, lease) => {
      const broken = messages.flatMap((message) => check(message, now))
      for (const { id, about, fence } of messages)
        claims.set(id, { about: keyName(about), fence, due: plus(now, lease) })
      return broken
    },
    settled: (results) => {
      for (const result of results) {
        const claim = claims.get(result.id)
        if (claim === undefined || claim.fence !== result.fence) continue
        claim.due = result.outcome === 'retry' ? result.at : result.outcome
      }
    },
    released: (about) => {
      const name = keyName(about)
      for (const claim of claims.values())
        if (claim.about === name && claim.due === 'parked') claim.due = undefined
    },
  }
}

const isSame = (committed: NewMessage, claimed: OutboxMessage): boolean =>
  committed.position === claimed.position &&
  committed.topic === claimed.topic &&
  committed.channel === claimed.channel &&
  keyName(committed.about) === keyName(claimed.about) &&
  sameData(committed.data, claimed.data)
