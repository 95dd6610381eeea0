import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagement, OrderManagementFor } from '../../../src/app/order-management.js'

/** An engine that also delivers messages, as any process of a host may. */
export type RaceEngine = OrderManagementFor & Pick<OrderManagement, 'relay'>

/** What was there before the race, by name: ids of orders, invoices, fulfillments. */
export type Stage = Readonly<Record<string, readonly string[]>>

/** How many attempts were told what: `done`, or the code of the refusal. */
export type Outcomes = Readonly<Record<string, number>>

/** One thing that many want at once, and what must have become of it, whoever came first. */
export interface RaceScenario {
  readonly name: string
  /** Where this was seen to go wrong, as `owner/repository #issue`. */
  readonly seenIn: string
  /** How many try, smallest first. */
  readonly sizes: readonly number[]
  /**
   * `at once`: all attempts together. `in turn`: strictly one after another, each in another process than the one before it. `killed`: at once, while one
   * process after another is killed and its attempts are made again under the same keys. `every step`: one attempt at a time, each killed one step later
   * than the one before it and made again.
   */
  readonly pace: 'at once' | 'in turn' | 'killed' | 'every step'
  readonly prepare: (oms: RaceEngine, attempts: number) => Promise<Stage>
  readonly attempt: (oms: RaceEngine, index: number, stage: Stage) => Promise<Answer<unknown>>
  readonly outcomes: (attempts: number) => Outcomes
  /** Each stock level afterwards, as `on hand/reserved`. */
  readonly levels: (attempts: number) => Readonly<Record<string, string>>
  /** How many records of a kind there are afterwards. */
  readonly records: (attempts: number) => Readonly<Record<string, number>>
  /** Its attempts deliver messages, each of which is counted up as a piece of the SKU `LETTER`. */
  readonly delivers?: true
  /** How many keys have kept an answer to an attempt; that of each attempt where absent. */
  readonly keptAnswers?: (attempts: number) => number
}

export const key = (name: string) => ({ idempotencyKey: name })

export const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** In milliseconds: whoever delivers in a race may die of it, and others wait for the end of its lease. */
export const shortLease = 1_000
