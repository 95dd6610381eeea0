import { setTimeout as pause } from 'node:timers/promises'
import type { TcpProxy } from '../postgres/tcp-proxy.js'
import { judge } from './judge.js'
import { nothingYet, together, type CrashReport, type CrashStore, type Rounds } from './kill-writers.js'
import { startWriter } from './start-writer.js'
import type { CommitNews } from './watch-commits.js'

/** Where a connection is cut: at which statement, and before the server has it or after it has answered. */
interface Cut {
  readonly place: string
  /** What only that statement has in it. */
  readonly text: string
  readonly moment: 'before' | 'after'
}

/** What the statement ends with that writes all of a commit at once, with or without locks. */
const writing = 'AS done'

/** Without locks, one statement checks what was read, writes and commits. */
const withoutLocks: readonly Cut[] = [
  { place: 'before the one statement that checks, writes and commits', text: writing, moment: 'before' },
  { place: 'after the one statement that checks, writes and commits', text: writing, moment: 'after' },
]

const withLocks: readonly Cut[] = [
  { place: 'before the locking read', text: 'FOR UPDATE\n', moment: 'before' },
  { place: 'after the locking read', text: 'FOR UPDATE\n', moment: 'after' },
  { place: 'between lock and commit, before the write', text: writing, moment: 'before' },
  { place: 'between lock and commit, after the write', text: writing, moment: 'after' },
  { place: 'before COMMIT', text: 'COMMIT\0', moment: 'before' },
  { place: 'after COMMIT', text: 'COMMIT\0', moment: 'after' },
]

export type CutReport = CrashReport & {
  /** How many cuts were made at each place. */
  readonly cuts: ReadonlyMap<string, number>
  /** Commits that were left open, and what their keys have told of them since. */
  readonly commits: ReadonlyMap<CommitNews, number>
}

export interface CutRounds extends Omit<Rounds, 'store' | 'heard'> {
  /** The store by way of the proxy; `locking` is one in which every commit takes locks first. */
  readonly storeFor: (path: 'unlocked' | 'locking') => CrashStore
  readonly heard?: (report: CutReport) => void
}

/**
 * Cuts the connections of a writer that lives on at every step of a commit in turn: rounds in which it commits without locks, and rounds in which it
 * takes them first.
 */
export const cutConnections = async (
  { program, storeFor, kills, longest = 150, chance, rounds = 'round', heard }: CutRounds,
  proxy: TcpProxy,
): Promise<CutReport> => {
  const cuts = new Map<string, number>()
  const commits = new Map<CommitNews, number>()
  let report: CutReport = { ...nothingYet, cuts, commits }
  for (let round = 1; report.kills < kills; round += 1) {
    const [path, places] =
      round % 2 === 1
        ? (['unlocked', [...withoutLocks, ...withoutLocks]] as const)
        : (['locking', withLocks] as const)
    const store = storeFor(path)
    const tenant = `${rounds}-${round}`
    const writer = startWriter(program, ...store.writer)
    writer.go(tenant)
    const due = places.slice(0, kills - report.kills)
    for (const { place, text, moment } of due) {
      await writer.journal.acknowledged(8)
      await pause(chance.below(longest))
      await proxy.cutAt(text, moment)
      cuts.set(place, (cuts.get(place) ?? 0) + 1)
    }
    // What the last cut has left open is asked for again before the end.
    await writer.journal.acknowledged(8)
    await writer.stop()
    for (const [news, times] of writer.journal.commits) commits.set(news, (commits.get(news) ?? 0) + times)
    const opened = await store.open()
    const verdict = await judge(opened.storage, tenant, writer.journal)
    await opened.close()
    report = { ...together(report, verdict, due.length), cuts, commits }
    heard?.(report)
  }
  return report
}
