import { meaningOf, type AnswerError, type ErrorCode, type Issue } from '../core/ports/errors.js'
import { ruleText } from '../core/ports/rules.js'
import type { Refusal } from '../core/refusal.js'

/** What every command resolves to. `version` is the version of the record the command is about, after it. */
export type Answer<Value> =
  | {
      readonly ok: true
      readonly value: Value
      readonly version: number
      /** The command was done before under this idempotency key; this is the answer it got then. */
      readonly replayed: boolean
    }
  | { readonly ok: false; readonly error: AnswerError; readonly replayed: boolean }

export const answerError = (
  code: ErrorCode,
  details: Readonly<Record<string, unknown>> = {},
  issues: readonly Issue[] = [],
  status: number = meaningOf[code].status,
): AnswerError => ({
  code,
  message: meaningOf[code].message,
  details,
  ...(issues.length > 0 && { issues }),
  retry: meaningOf[code].retry,
  status,
})

export const errorOf = (refusal: Refusal): AnswerError =>
  refusal.code === 'validation_failed' || refusal.code === 'unreadable_file'
    ? answerError(refusal.code, {}, readIssues(refusal.details['issues']))
    : answerError(refusal.code, refusal.details)

const readIssues = (issues: unknown): readonly Issue[] =>
  (issues as readonly Omit<Issue, 'message'>[]).map((issue) => ({ ...issue, message: ruleText(issue.rule) }))

/** Thrown by `oms.orThrow`: the same error as the answer's, recognized by its `code`. */
export class CommandFailed extends Error {
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>
  readonly issues: readonly Issue[]
  readonly retry: AnswerError['retry']
  readonly status: number

  constructor(readonly answer: AnswerError) {
    super(answer.message)
    this.name = 'CommandFailed'
    this.code = answer.code
    this.details = answer.details
    this.issues = answer.issues ?? []
    this.retry = answer.retry
    this.status = answer.status
  }
}
