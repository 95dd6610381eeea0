import type { AnswerError } from '../core/ports/errors.js'
import { largestPage, type Query, type StoredRecord } from '../core/ports/storage.js'
import { eachPage } from '../core/pages.js'
import type { Answer } from './answer.js'
import type { QueryAnswer } from './run-query.js'
import { troubleOf, type Caller, type EngineParts } from './run.js'
import { withinDeadline } from './within-deadline.js'

/** What a run over many records came to. */
export interface Report {
  /** Commands for which somebody else was there first, or that are refused for what they are about. */
  refused: number
}

/** A run: which records it is for, as they are read, the command for each, and how its answers are counted. */
interface Run<Value, Counting extends Report> {
  readonly find: Omit<Query, 'limit' | 'cursor'>
  readonly isDue: (record: StoredRecord) => boolean
  readonly ask: (id: string) => Promise<Answer<Value>>
  readonly report: Counting
  readonly count: (value: Value, report: Counting) => void
}

/**
 * Asks for one command for each record that is due. Which those are is a hint by what is read; each command decides on locked facts, so any number of runs may be
 * under way at once. Stops at the first trouble and says how far it came; another run goes on from there.
 */
export const runForEach = async <Value, Counting extends Report>(
  { storage, clock, deadline }: EngineParts,
  { tenant }: Caller,
  { find, isDue, ask, report, count }: Run<Value, Counting>,
): Promise<QueryAnswer<Counting>> => {
  const pages = eachPage((from) =>
    withinDeadline(clock, deadline, () => storage.find(tenant, { ...find, limit: largestPage, ...from })),
  )
  try {
    for await (const page of pages) {
      const due = page.filter(isDue).map(({ key }) => key.id)
      const trouble = await askForEach(due, ask, report, count)
      if (trouble !== undefined) return { ok: false, error: withReport(trouble, report) }
    }
  } catch (error) {
    return { ok: false, error: withReport(troubleOf(error), report) }
  }
  return { ok: true, value: report }
}

/** Asks for one command for each of some subjects and counts what came of them: the first trouble ends it. */
export const askForEach = async <Subject, Value, Counting extends Report>(
  subjects: readonly Subject[],
  ask: (subject: Subject) => Promise<Answer<Value>>,
  report: Counting,
  count: (value: Value, report: Counting) => void,
): Promise<AnswerError | undefined> => {
  const [first, ...rest] = subjects
  // The first goes alone: when the policy forbids it, that is one denial on record and not hundreds.
  const answers = first === undefined ? [] : [await ask(first)]
  if (answers[0]?.ok !== false || isRefused(answers[0])) answers.push(...(await Promise.all(rest.map(ask))))
  for (const answer of answers) {
    if (answer.ok) count(answer.value, report)
    else if (isRefused(answer)) report.refused += 1
    else return answer.error
  }
  return undefined
}

/** Somebody else was there first, or what is asked for cannot be done for this one: the others are asked all the same. A mistake in the run's own input ends it. */
const isRefused = (answer: Answer<unknown>): boolean => {
  if (answer.ok) return false
  const { status, code } = answer.error
  return status === 409 || (status === 422 && code !== 'validation_failed')
}

/** The trouble that ended a run, and how far it came. */
export const withReport = (error: AnswerError, report: Report): AnswerError => ({
  ...error,
  details: { ...error.details, ...report },
})
