import { deepStrictEqual, fail, strictEqual } from 'node:assert/strict'
import type { RecordKind } from '../core/record-kind.js'
import type { Refusal, RefusalCode } from '../core/refusal.js'
import type { Result } from '../core/result.js'

/** What came of a command; each method asserts and throws an `AssertionError` that says what came instead. */
export interface Verdict<Event> {
  /** It was accepted with exactly these events, in this order. */
  then(events: readonly Event[]): void
  /** It was refused with this code; of the details only those that are given are compared. */
  thenRefused(code: RefusalCode, details?: Readonly<Record<string, unknown>>): void
}

export interface Scenario<Event, Command, Rest extends readonly unknown[]> {
  /** The events so far, folded by the kind's own `evolve`. */
  readonly given: (events: readonly Event[]) => {
    /** The command, and what else the decider takes (the time, the settings). */
    readonly when: (command: Command, ...rest: Rest) => Verdict<Event>
  }
}

/**
 * Scenarios for a decider of the pair pattern: its kind and its `decide`.
 *
 * @example
 * const { given } = scenarioFor(orderKind, decideOrder)
 * given([captured, placed]).when({ type: 'ConfirmOrder' }).then([{ type: 'OrderConfirmed' }])
 * given([captured]).when({ type: 'ConfirmOrder' }).thenRefused('invalid_state', { status: 'draft' })
 */
export const scenarioFor = <
  State,
  Event extends { readonly type: string },
  Command,
  Rest extends readonly unknown[],
>(
  kind: RecordKind<State, Event>,
  decide: (state: State, command: Command, ...rest: Rest) => Result<readonly Event[], Refusal>,
): Scenario<Event, Command, Rest> => ({
  given: (events) => ({
    when: (command, ...rest) => verdictOn(decide(folded(kind, events), command, ...rest)),
  }),
})

/** A decider that also opens records takes `undefined` for one that is not there yet. */
const folded = <State, Event extends { readonly type: string }>(
  kind: RecordKind<State, Event>,
  events: readonly Event[],
): State => {
  let state: State | undefined
  for (const event of events) state = kind.evolve(state, event)
  return state as State
}

const verdictOn = <Event>(decided: Result<readonly Event[], Refusal>): Verdict<Event> => ({
  then: (events) => {
    if (!decided.ok) fail(`expected events, but it was refused as ${inWords(decided.error)}`)
    deepStrictEqual(decided.value, events)
  },
  thenRefused: (code, details = {}) => {
    if (decided.ok)
      fail(`expected a refusal as ${code}, but it was accepted: ${JSON.stringify(decided.value)}`)
    strictEqual(decided.error.code, code, `expected ${code}, but it was refused as ${inWords(decided.error)}`)
    for (const [name, expected] of Object.entries(details)) {
      deepStrictEqual(decided.error.details[name], expected, `details.${name} of ${inWords(decided.error)}`)
    }
  },
})

const inWords = (refusal: Refusal): string => `${refusal.code} ${JSON.stringify(refusal.details)}`
