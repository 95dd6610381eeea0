import type { z } from 'zod'
import type { AnswerError, Issue } from '../core/ports/errors.js'
import { ruleText } from '../core/ports/rules.js'
import type { Limits } from '../core/settings.js'
import { answerError } from './answer.js'
import { inspectInput, type SizeLimit } from './inspect-input.js'

export type ReadInput<Value> =
  | { readonly ok: true; readonly value: Value; readonly characters: number }
  | { readonly ok: false; readonly error: AnswerError }

/** The door: past it nobody checks shapes again. */
export const readInput = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  limits: Limits,
  largest: SizeLimit = 'inputCharacters',
): ReadInput<z.output<Schema>> => {
  const inspected = inspectInput(input, limits, largest)
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
    : {
        ok: false,
        error: answerError(
          'validation_failed',
          {},
          issuesOf(parsed.error.issues, input).slice(0, mostIssues),
        ),
      }
}

/** Who breaks more rules than that has sent something else altogether. */
const mostIssues = 100

type Path = readonly (string | number)[]

/** A rule of ours is the whole message of an issue; zod's own issues are named after their kind. */
const issuesOf = (
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  parents: Path = [],
): readonly Issue[] =>
  issues.flatMap((issue): readonly Issue[] => {
    const path = [...parents, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => issueAt([...path, key], 'unknownField'))
    }
    if (issue.code === 'invalid_union') return unionIssues(issue, input, path)
    const rule = ruleOf(issue)
    return [issueAt(path, isOfAnotherKind(rule) && isMissing(input, path) ? 'required' : rule)]
  })

/** What the form that was meant finds wrong; `type` when all forms only say that it is something else. */
const unionIssues = (issue: z.core.$ZodIssueInvalidUnion, input: unknown, path: Path): readonly Issue[] =>
  issue.errors
    .map((issues) => issuesOf(issues, input, path))
    .find((issues) =>
      issues.some(({ rule, path: { length } }) => rule !== 'type' || length > path.length),
    ) ?? [issueAt(path, 'type')]

const isOfAnotherKind = (rule: string): boolean =>
  rule === 'type' || rule === 'choice' || rule.endsWith('.type')

/** Asked of input that was inspected: reading its fields runs nothing. */
const isMissing = (input: unknown, path: Path): boolean => {
  let value = input
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return true
    value = (value as Readonly<Record<string | number, unknown>>)[step]
  }
  return value === undefined
}

const ruleOf = (issue: z.core.$ZodIssue): string => {
  if (/^(?:type|[a-zA-Z]+\.[a-zA-Z]+)$/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return 'type'
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

export const issueAt = (path: Path, rule: string): Issue => ({
  path: path.map(nameToShow),
  rule,
  message: ruleText(rule),
})

/** The names of an input's fields are whatever came in: one that is no plain word could be a person's name or a secret (SE7). */
const nameToShow = (step: string | number): string | number =>
  typeof step === 'number' || /^[A-Za-z_][\w-]{0,63}$/.test(step) ? step : '?'
