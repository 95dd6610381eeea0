import type { LocationId } from '../core/ids/ids.js'
import { locationIdSchema } from '../core/ids/id-schema.js'
import { topics, type Topic } from '../core/notifications/topics.js'
import { ConfigurationError } from '../core/ports/errors.js'
import { defaultLimits, type Limits, type Settings } from '../core/settings.js'
import type { Milliseconds } from '../core/time/instant.js'
import type { BatcherSettings } from './batcher.js'
import type { RelaySettings } from './relay.js'

/** What a host may set; everything has a default. */
export interface SettingsInput {
  readonly limits?: Partial<Limits>
  /** Where lines are served from that name no location; `main` by default. */
  readonly defaultLocation?: string
  /** Days until an invoice is due; 30 by default. */
  readonly paymentTermsDays?: number
  /** Longest life of a stock hold in seconds; a day by default. */
  readonly longestHoldSeconds?: number
  /** Channels by topic, as `{ order_shipped: ['email', 'sms'] }`. Topics that are not listed go to every notifier. */
  readonly notifications?: Partial<Readonly<Record<Topic, readonly string[]>>>
  /** Milliseconds after which a command answers, whatever the store does; 10,000 by default. */
  readonly deadline?: Milliseconds
  /** Most commands of one commit; 256 by default. */
  readonly commandsPerBatch?: number
  /** Failed deliveries after which a message is parked; 10 by default. */
  readonly deliveryAttempts?: number
  /** Most deliveries of one relay under way at once; 10 by default. */
  readonly deliveriesAtOnce?: number
}

export const resolveSettings = (
  input: SettingsInput,
  channels: readonly string[],
): { readonly settings: Settings; readonly batcher: BatcherSettings; readonly relay: RelaySettings } => {
  const limits = { ...defaultLimits, ...input.limits }
  for (const [name, limit] of Object.entries(limits)) atLeastOne(`limits.${name}`, limit)
  const paymentTermsDays = atLeastOne('paymentTermsDays', input.paymentTermsDays ?? 30)
  const longestHoldSeconds = atLeastOne('longestHoldSeconds', input.longestHoldSeconds ?? 86_400)
  const deadline = atLeastOne('deadline', input.deadline ?? 10_000)
  const commandsPerBatch = atLeastOne('commandsPerBatch', input.commandsPerBatch ?? 256)
  const deliveryAttempts = atLeastOne('deliveryAttempts', input.deliveryAttempts ?? 10)
  const deliveriesAtOnce = atLeastOne('deliveriesAtOnce', input.deliveriesAtOnce ?? 10)
  const channelsByTopic = knownChannels(input.notifications ?? {}, channels)
  return {
    settings: {
      limits,
      defaultLocation: knownLocation(input.defaultLocation ?? 'main'),
      paymentTermsDays,
      longestHoldSeconds,
      channelsOf: (topic) => channelsByTopic.get(topic) ?? channels,
    },
    batcher: { commandsPerBatch, charactersPerBatch: 4 * limits.inputCharacters, deadline },
    relay: { deliveryAttempts, deliveriesAtOnce },
  }
}

/** A limit of 0 would mean "nothing at all" to some and "unlimited" to others; it is neither, it is a mistake. */
const atLeastOne = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new ConfigurationError(`settings.${name} must be a whole number of at least 1`)
}

const knownLocation = (name: string): LocationId => {
  const location = locationIdSchema.safeParse(name)
  if (location.success) return location.data
  throw new ConfigurationError(
    'settings.defaultLocation must be 1 to 64 ASCII letters, digits or . _ : @ + -',
  )
}

const knownChannels = (
  byTopic: NonNullable<SettingsInput['notifications']>,
  channels: readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  for (const [topic, wanted] of Object.entries(byTopic)) {
    if (!topics.some((known) => known === topic))
      throw new ConfigurationError(`settings.notifications names no topic "${topic}"`)
    const missing = wanted.find((channel) => !channels.includes(channel))
    if (missing !== undefined)
      throw new ConfigurationError(`settings.notifications.${topic} needs a notifier "${missing}"`)
  }
  return new Map(Object.entries(byTopic))
}
