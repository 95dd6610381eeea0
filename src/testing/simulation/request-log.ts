import type { Answer } from '../../app/answer.js'
import type { Request } from './workload.js'

/** One request of a client from when it was first sent until its last answer came. Moments are counted, not timed. */
export interface LoggedRequest {
  readonly client: number
  readonly request: Request
  readonly key: string | undefined
  readonly invoked: number
  answered: number | undefined
  /** The last answer; absent while nobody knows. */
  answer: Answer<unknown> | undefined
  /** How often it was sent. */
  attempts: number
}

/** The engine had not come to a decision, or could not say. */
export const isUndecided = (answer: Answer<unknown>): boolean =>
  !answer.ok &&
  (answer.error.code === 'storage_unavailable' ||
    answer.error.code === 'outcome_unknown' ||
    answer.error.code === 'deadline_exceeded' ||
    answer.error.code === 'tax_source_unavailable')

/** Answers that are kept under the key: a repeat gets the same one. */
export const isKept = (answer: Answer<unknown>): boolean =>
  answer.ok ||
  !(
    isUndecided(answer) ||
    [
      'validation_failed',
      'version_conflict',
      'changed_meanwhile',
      'forbidden',
      'idempotency_key_reused',
    ].includes(answer.error.code)
  )

/** What became of it, for people. */
export const inWords = (answer: Answer<unknown>): string =>
  `it is answered ${answer.ok ? `ok at version ${answer.version}` : answer.error.code}${answer.replayed ? ', again' : ''}`

export const outcomeOf = (answer: Answer<unknown>): string => (answer.ok ? 'ok' : answer.error.code)
