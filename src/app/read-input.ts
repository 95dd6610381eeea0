import type { z } from 'zod'
import type { AnswerError, Issue } from '../core/ports/errors.js'
import { ruleText } from '../core/ports/rules.js'
import type { Limits } from '../core/settings.js'
import { answerError } from './answer.js'
import { inspectInput } from './inspect-input.js'

export type ReadInput<Value> =
  | { readonly ok: true; readonly value: Value; readonly characters: number }
  | { readonly ok: false; readonly error: AnswerError }

/** The door: past it nobody checks shapes again. */
export const readInput = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  limits: Limits,
): ReadInput<z.output<Schema>> => {
  const inspected = inspectInput(input, limits)
  if (!inspected.ok) {
    return 'limit' in inspected
      ? {
          ok: false,
          error: answerError('limit_exceeded', { limit: inspected.limit, most: inspected.most }, [], 413),
        }
      : { ok: false, error: answerError('validation_failed', {}, [issueAt(inspected.path, inspected.rule)]) }
  }
  const parsed = schema.safeParse(input)
  return parsed.success
    ? { ok: true, value: parsed.data, characters: inspected.characters }
    : { ok: false, error: answerError('validation_failed', {}, issuesOf(parsed.error.issues)) }
}

/** A rule of ours is the whole message of an issue; zod's own issues are named after their kind. */
export const issuesOf = (issues: readonly z.core.$ZodIssue[]): readonly Issue[] =>
  issues.flatMap((issue): readonly Issue[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => issueAt([...path, key], 'unknownField'))
    }
    if (issue.code === 'invalid_union') return [issueAt(path, unionRule(issue))]
    return [issueAt(path, ruleOf(issue))]
  })

/** The most specific rule that any branch of a union named; `type` when all they say is that it is something else. */
const unionRule = (issue: z.core.$ZodIssueInvalidUnion): string => {
  const rules = issue.errors
    .flat()
    .map((branch) => (branch.code === 'unrecognized_keys' ? 'unknownField' : ruleOf(branch)))
  return rules.find((rule) => rule !== 'type' && rule !== 'required') ?? 'type'
}

const ruleOf = (issue: z.core.$ZodIssue): string => {
  if (/^(?:type|[a-z]+\.[a-zA-Z]+)$/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'required' : 'type'
    case 'invalid_value':
      return 'choice'
    case 'invalid_key':
      return 'metadata.key'
    case 'too_big':
    case 'too_small':
      return issue.origin === 'string' ? 'text.length' : `${issue.origin}.range`
    default:
      return 'type'
  }
}

export const issueAt = (path: readonly (string | number)[], rule: string): Issue => ({
  path,
  rule,
  message: ruleText(rule),
})
