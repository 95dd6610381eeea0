import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Answer } from '../../../src/app/answer.js'
import type { CommitNews } from './watch-commits.js'

/** One line of a writer: what it is about to ask, or what it was answered. */
export type JournalLine =
  | { readonly asked: string; readonly command: string; readonly input: unknown }
  | { readonly answered: string; readonly answer: Answer<unknown> }
  | { readonly trouble: string }
  | { readonly commit: CommitNews }

export interface Asked {
  readonly key: string
  readonly command: string
  readonly input: unknown
  /** What the writer was told last; nothing when it was killed before. */
  answer?: Answer<unknown>
}

/**
 * What a writer has told on a pipe, which outlives it: a line that was written before the kill is read after it. By idempotency key, in the order of
 * asking.
 */
export interface Journal {
  readonly asked: ReadonlyMap<string, Asked>
  /** Codes of undecided answers on the way, with how often each came. */
  readonly troubles: ReadonlyMap<string, number>
  /** What the store could not say of commits, and what their keys have told since. */
  readonly commits: ReadonlyMap<CommitNews, number>
  /** Resolves when so many more commands were acknowledged, or the writer has ended. */
  acknowledged(count: number): Promise<void>
  /** Resolves when the last line was read. */
  readonly ended: Promise<void>
}

export const isDecided = (answer: Answer<unknown> | undefined): boolean =>
  answer !== undefined && (answer.ok || answer.error.retry === 'never')

export const journalOf = (output: Readable): Journal => {
  const asked = new Map<string, Asked>()
  const troubles = new Map<string, number>()
  const commits = new Map<CommitNews, number>()
  const waiting: { readonly count: number; readonly done: () => void }[] = []
  let acknowledged = 0
  let over = false
  const wake = (): void => {
    for (const { count, done } of waiting) if (over || acknowledged >= count) done()
  }
  const take = (line: JournalLine): void => {
    if ('asked' in line) {
      const { asked: key, command, input } = line
      asked.set(key, { key, command, input })
    } else if ('answered' in line) {
      const known = asked.get(line.answered)
      if (known !== undefined) known.answer = line.answer
      acknowledged += 1
      wake()
    } else if ('commit' in line) commits.set(line.commit, (commits.get(line.commit) ?? 0) + 1)
    else troubles.set(line.trouble, (troubles.get(line.trouble) ?? 0) + 1)
  }
  const lines = createInterface({ input: output })
  const ended = new Promise<void>((resolve) => {
    lines.on('line', (text) => {
      // A line that was cut off by the kill says nothing.
      const line = parsed(text)
      if (line !== undefined) take(line)
    })
    lines.on('close', () => {
      over = true
      wake()
      resolve()
    })
  })
  return {
    asked,
    troubles,
    commits,
    ended,
    acknowledged: (count) =>
      new Promise((done) => {
        waiting.push({ count: acknowledged + count, done })
        wake()
      }),
  }
}

const parsed = (text: string): JournalLine | undefined => {
  try {
    return JSON.parse(text) as JournalLine
  } catch {
    return undefined
  }
}
