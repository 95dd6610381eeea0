import type { LocationId } from '../core/ids/ids.js'
import { locationIdSchema, wordSchema } from '../core/ids/id-schema.js'
import { ladderProblem, type DunningLadder } from '../core/invoicing/dunning.js'
import { formatProblem, seriesNames, shapeOf, type Numbering } from '../core/invoicing/number-format.js'
import { termsProblem, type PaymentTerms } from '../core/pricing/payment-terms.js'
import { defaultNumbering } from '../core/invoicing/number-series.js'
import { nonNegativeMoneySchema, percentSchema } from '../core/money/money-schema.js'
import { zero, type Money } from '../core/money/money.js'
import { topics, type Topic } from '../core/notifications/topics.js'
import { ConfigurationError } from '../core/ports/errors.js'
import { defaultLimits, type Limits, type Settings } from '../core/settings.js'
import type { Milliseconds } from '../core/time/instant.js'
import { knownTaxTable, knownTotals, type TaxSettings, type TotalsSettingsInput } from './totals-settings.js'
import type { TaxSourceSettings } from './ask-tax-source.js'
import type { BatcherSettings } from './batcher.js'
import type { RelaySettings } from './relay.js'

/** What a host may set; everything has a default. */
export interface SettingsInput {
  readonly limits?: Partial<Limits>
  /** Where lines are served from that name no location; `main` by default. */
  readonly defaultLocation?: string
  /** Days until an invoice is due where no terms were agreed; 30 by default. */
  readonly paymentTermsDays?: number
  /** Payment terms by the name that customers and orders give: net days, end of month, discount for early payment, instalments. */
  readonly paymentTerms?: Readonly<Record<string, PaymentTerms>>
  /** What may be let go of one invoice as a small difference, by currency as decimal texts: `{ EUR: '0.50' }`. Nothing by default. */
  readonly smallDifferences?: Readonly<Record<string, string>>
  /** Most that money of another currency may count for beside what it was worth, in percent of its worth as a decimal text; `"10"` by default. */
  readonly exchangeTolerancePercent?: string
  /** The levels by which payment of overdue invoices is asked for: days, topic, fee, interest, what becomes of the customer's orders. None by default. */
  readonly dunning?: DunningLadder
  /** Longest life of a stock hold in seconds; a day by default. */
  readonly longestHoldSeconds?: number
  /** Largest variance of a stock count that needs no approval, in percent as a decimal text; `"0"` by default: every variance does. */
  readonly countTolerancePercent?: string
  /** Who of those that wait for stock gets it first: the one who has waited longest, or the order with the highest `priority`. The first by default. */
  readonly backorders?: 'first_come' | 'priority'
  /** Most stock holds one owner may have at a time. Left out, owners have no quota, and holding stock keeps no list of them. */
  readonly holdsPerOwner?: number
  /** How invoices and credit notes are numbered; `INV-000001` and `CN-000001` by default, never beginning anew. */
  readonly numbering?: Partial<Numbering>
  /** Further legal entities that issue documents, each with series of its own, by the name that orders give (`legalEntity`). */
  readonly legalEntities?: Readonly<Record<string, Partial<Numbering>>>
  /**
   * How the amounts of orders are calculated: net prices, tax rounded half up once per tax treatment, charges with a tax of their own billed with the
   * first invoice, and no rounding to coins, unless it says otherwise.
   */
  readonly totals?: TotalsSettingsInput
  /** Rates and rules by which sales are taxed. Left out, only lines are taxed that bring a treatment of their own. */
  readonly tax?: TaxSettings
  /** Milliseconds that an outside tax engine may take; 3,000 by default. */
  readonly taxSourceDeadline?: Milliseconds
  /** What happens when it fails: the call is answered `tax_source_unavailable`, or the tax table stands in. The first by default. */
  readonly taxSourceFails?: 'refuse' | 'use_table'
  /** Channels by topic, as `{ order_shipped: ['email', 'sms'] }`. Topics that are not listed go to every notifier. */
  readonly notifications?: Partial<Readonly<Record<Topic, readonly string[]>>>
  /** Milliseconds after which a command answers, whatever the store does; 10,000 by default. */
  readonly deadline?: Milliseconds
  /** Most commands of one commit; 128 by default: larger ones commit no more a second, and their garbage outlives the young generation. */
  readonly commandsPerBatch?: number
  /** Failed deliveries after which a message is parked; 10 by default. */
  readonly deliveryAttempts?: number
  /** Most deliveries of one relay under way at once; 10 by default. */
  readonly deliveriesAtOnce?: number
}

export const resolveSettings = (
  input: SettingsInput,
  channels: readonly string[],
): {
  readonly settings: Settings
  readonly batcher: BatcherSettings
  readonly relay: RelaySettings
  readonly taxSource: TaxSourceSettings
} => {
  const limits = { ...defaultLimits, ...input.limits }
  for (const [name, limit] of Object.entries(limits)) atLeastOne(`limits.${name}`, limit)
  const paymentTermsDays = atLeastOne('paymentTermsDays', input.paymentTermsDays ?? 30)
  const smallDifferences = knownAmounts('smallDifferences', input.smallDifferences ?? {})
  const terms = knownTerms(input.paymentTerms ?? {})
  const longestHoldSeconds = atLeastOne('longestHoldSeconds', input.longestHoldSeconds ?? 86_400)
  const deadline = atLeastOne('deadline', input.deadline ?? 10_000)
  const commandsPerBatch = atLeastOne('commandsPerBatch', input.commandsPerBatch ?? 128)
  const deliveryAttempts = atLeastOne('deliveryAttempts', input.deliveryAttempts ?? 10)
  const deliveriesAtOnce = atLeastOne('deliveriesAtOnce', input.deliveriesAtOnce ?? 10)
  const totals = knownTotals(input.totals ?? {})
  const channelsByTopic = knownChannels(input.notifications ?? {}, channels)
  return {
    settings: {
      limits,
      defaultLocation: knownLocation(input.defaultLocation ?? 'main'),
      paymentTermsDays,
      termsOf: (name) => terms.get(name),
      smallDifferenceOf: (currency) => smallDifferences.get(currency) ?? zero(currency),
      dunning: knownLadder(input.dunning ?? []),
      longestHoldSeconds,
      exchangeTolerancePercent: knownPercent(
        'exchangeTolerancePercent',
        input.exchangeTolerancePercent ?? '10',
      ),
      countTolerancePercent: knownPercent('countTolerancePercent', input.countTolerancePercent ?? '0'),
      backorders: backorderPolicy(input.backorders ?? 'first_come'),
      ...(input.holdsPerOwner !== undefined && {
        holdsPerOwner: atLeastOne('holdsPerOwner', input.holdsPerOwner),
      }),
      ...knownNumbering(input.numbering ?? {}, input.legalEntities ?? {}),
      totals,
      ...(input.tax !== undefined && { tax: knownTaxTable(input.tax, totals) }),
      channelsOf: (topic) => channelsByTopic.get(topic) ?? channels,
    },
    batcher: { commandsPerBatch, charactersPerBatch: 4 * limits.inputCharacters, deadline },
    relay: { deliveryAttempts, deliveriesAtOnce },
    taxSource: {
      deadline: atLeastOne('taxSourceDeadline', input.taxSourceDeadline ?? 3_000),
      whenItFails: knownFallback(input),
    },
  }
}

/** A table that is not there would let everything be sold untaxed on the engine's first bad day. */
const knownFallback = ({
  taxSourceFails = 'refuse',
  tax,
}: SettingsInput): TaxSourceSettings['whenItFails'] => {
  if (taxSourceFails === 'refuse') return taxSourceFails
  if ((taxSourceFails as string) !== 'use_table') {
    throw new ConfigurationError("settings.taxSourceFails must be 'refuse' or 'use_table'")
  }
  if (tax === undefined)
    throw new ConfigurationError("settings.taxSourceFails 'use_table' needs settings.tax")
  return taxSourceFails
}

/** A limit of 0 would mean "nothing at all" to some and "unlimited" to others; it is neither, it is a mistake. */
const atLeastOne = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new ConfigurationError(`settings.${name} must be a whole number of at least 1`)
}

const knownPercent = (name: string, text: string): string => {
  const percent = percentSchema.safeParse(text)
  if (percent.success) return percent.data
  throw new ConfigurationError(`settings.${name} must be a decimal text from 0 to 100, such as "2.5"`)
}

const backorderPolicy = (policy: string): Settings['backorders'] => {
  if (policy === 'first_come' || policy === 'priority') return policy
  throw new ConfigurationError("settings.backorders must be 'first_come' or 'priority'")
}

/** Terms that never fall due are a mistake of whoever sets them, found before anybody is billed. */
const knownTerms = (
  byName: NonNullable<SettingsInput['paymentTerms']>,
): ReadonlyMap<string, PaymentTerms> => {
  for (const [name, terms] of Object.entries(byName)) {
    if (!wordSchema.safeParse(name).success)
      throw new ConfigurationError('payment terms are named by 1 to 64 letters, digits or . _ : @ + -')
    const problem = termsProblem(terms)
    if (problem !== undefined)
      throw new ConfigurationError(`settings.paymentTerms.${name} cannot be used: ${problem}`)
  }
  return new Map(Object.entries(byName))
}

const knownAmounts = (
  name: string,
  byCurrency: Readonly<Record<string, string>>,
): ReadonlyMap<string, Money> =>
  new Map(
    Object.entries(byCurrency).map(([currency, amount]) => {
      const money = nonNegativeMoneySchema.safeParse({ amount, currency })
      if (money.success) return [currency, money.data]
      throw new ConfigurationError(
        `settings.${name}.${currency} must be an amount of that currency as a decimal text`,
      )
    }),
  )

const knownLadder = (ladder: DunningLadder): DunningLadder => {
  const problem = ladderProblem(ladder)
  if (problem === undefined) return ladder
  throw new ConfigurationError(`settings.dunning cannot be used: ${problem}`)
}

/** Refuses formats that could write one number twice, within a series or between two of them. */
const knownNumbering = (
  own: Partial<Numbering>,
  byEntity: Readonly<Record<string, Partial<Numbering>>>,
): Pick<Settings, 'numberingOf' | 'legalEntities'> => {
  const business: Numbering = { ...defaultNumbering, ...own }
  const entities = new Map(
    Object.entries(byEntity).map(([name, formats]) => [name, { ...defaultNumbering, ...formats }] as const),
  )
  const shapes = new Map<string, string>()
  for (const [name, numbering] of [['', business] as const, ...entities]) {
    if (name !== '' && !/^[\w-]{1,64}$/.test(name)) {
      throw new ConfigurationError('a legal entity is named by 1 to 64 letters, digits, - or _')
    }
    for (const series of seriesNames) {
      const place = name === '' ? `numbering.${series}` : `legalEntities.${name}.${series}`
      const problem = formatProblem(numbering[series])
      if (problem !== undefined) throw new ConfigurationError(`settings.${place} cannot be used: ${problem}`)
      const shape = shapeOf(numbering[series])
      const other = shapes.get(shape)
      if (other !== undefined) {
        throw new ConfigurationError(`settings.${place} could write the same numbers as settings.${other}`)
      }
      shapes.set(shape, place)
    }
  }
  return {
    numberingOf: (entity) => (entity === undefined ? undefined : entities.get(entity)) ?? business,
    legalEntities: [...entities.keys()],
  }
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
