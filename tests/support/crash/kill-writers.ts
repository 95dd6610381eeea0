import { setTimeout as pause } from 'node:timers/promises'
import type { Storage } from '../../../src/core/ports/storage.js'
import type { Chance } from '../../../src/testing/simulation/chance.js'
import { judge, type Verdict } from './judge.js'
import { startWriter, type Writer } from './start-writer.js'

/** A store that is opened anew after each crash. */
export interface CrashStore {
  /** What a writer is told on its command line. */
  readonly writer: readonly string[]
  open(): Promise<{ readonly storage: Storage; close(): Promise<void> }>
}

/** What many crashes have come to. */
export type CrashReport = Verdict & { readonly kills: number }

export const nothingYet: CrashReport = {
  kills: 0,
  asked: 0,
  acknowledged: 0,
  unanswered: 0,
  committedUnanswered: 0,
  lost: [],
  torn: [],
  unresolved: [],
}

export const together = (report: CrashReport, verdict: Verdict, kills = 1): CrashReport => ({
  kills: report.kills + kills,
  asked: report.asked + verdict.asked,
  acknowledged: report.acknowledged + verdict.acknowledged,
  unanswered: report.unanswered + verdict.unanswered,
  committedUnanswered: report.committedUnanswered + verdict.committedUnanswered,
  lost: [...report.lost, ...verdict.lost],
  torn: [...report.torn, ...verdict.torn],
  unresolved: [...report.unresolved, ...verdict.unresolved],
})

export interface Rounds {
  readonly program: string
  readonly store: CrashStore
  readonly kills: number
  /** The longest a writer lives after its first commands, in milliseconds. */
  readonly longest?: number
  readonly chance: Chance
  /** What the tenants of these rounds are called; `round` by default. */
  readonly rounds?: string
  /** Told after each round. */
  readonly heard?: (report: CrashReport) => void
}

/**
 * Kills one writer after another at a random moment, each at work for a tenant of its own in one and the same store, and judges what it has left behind
 * before the next one starts.
 */
export const killWriters = async ({
  program,
  store,
  kills,
  longest = 120,
  chance,
  rounds = 'round',
  heard,
}: Rounds): Promise<CrashReport> => {
  const start = (): Writer => startWriter(program, ...store.writer)
  let report = nothingYet
  let writer = start()
  for (let kill = 1; kill <= kills; kill += 1) {
    const tenant = `${rounds}-${kill}`
    writer.go(tenant)
    await writer.journal.acknowledged(8)
    await pause(chance.below(longest))
    await writer.kill()
    const { journal } = writer
    // The next one loads its code meanwhile; it opens nothing before it is told to.
    if (kill < kills) writer = start()
    const opened = await store.open()
    report = together(report, await judge(opened.storage, tenant, journal))
    await opened.close()
    heard?.(report)
  }
  return report
}
