import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import wasm from 'node-sqlite3-wasm'
import { sqliteStorage, type SqliteConnection } from '../../../../src/adapters/sqlite/index.js'
import { createOrderManagement, trustHost } from '../../../../src/index.js'
import { chanceFrom } from '../../../../src/testing/simulation/chance.js'
import { sqliteFile } from '../crash-stores.js'
import type { Asked } from '../journal.js'
import { judge, type Verdict } from '../judge.js'
import { keepTrading } from '../keep-trading.js'
import { nothingYet, together, type CrashReport } from '../kill-writers.js'
import { playedDisk } from './after-power-loss.js'
import { recordFiles, type DiskStep } from './recorded-files.js'

export interface PowerLoss {
  /** What commits really wait for; the store is told FULL in any case. */
  readonly synchronous: 'FULL' | 'NORMAL' | 'OFF'
  /** Commands that are acknowledged before the recording ends. */
  readonly commands: number
  /** At how many moments the power is cut. */
  readonly cuts: number
  readonly seed: number
  readonly heard?: (report: CrashReport) => void
}

/**
 * Records what SQLite asks of the operating system while orders are taken, plays it up to some moment, and opens what a loss of power at that moment may have left
 * with the native driver: everything acknowledged before must be there. Moments: around each sync, and right after each acknowledgement.
 */
export const losePower = async ({
  synchronous,
  commands,
  cuts,
  seed,
  heard,
}: PowerLoss): Promise<CrashReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwright-power-'))
  const chance = chanceFrom(seed)
  try {
    const { steps, asked } = await record(join(folder, 'recorded.sqlite'), synchronous, commands)
    const moments = new Set(sample(momentsOf(steps), cuts, (limit) => chance.below(limit)))
    const disk = playedDisk()
    const known = new Map<string, Asked>()
    let report = nothingYet
    for (const [place, step] of steps.entries()) {
      disk.play(step)
      note(known, step, asked)
      if (!moments.has(place)) continue
      const path = join(folder, `${place}.sqlite`)
      disk.cut(path, chance)
      report = together(report, await judged(path, { asked: copyOf(known) }))
      for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(path + ending, { force: true })
      heard?.(report)
    }
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const momentsOf = (steps: readonly DiskStep[]): readonly number[] => {
  const opened = steps.findIndex(({ step }) => step === 'acknowledged')
  return steps.flatMap(({ step }, place) =>
    place > opened && (step === 'acknowledged' || step === 'sync' || steps[place + 1]?.step === 'sync')
      ? [place]
      : [],
  )
}

const sample = (
  places: readonly number[],
  count: number,
  below: (limit: number) => number,
): readonly number[] => {
  const left = [...places]
  while (left.length > count) left.splice(below(left.length), 1)
  return left
}

/** What the journal says at that moment. */
const note = (known: Map<string, Asked>, step: DiskStep, all: ReadonlyMap<string, Asked>): void => {
  if (step.step !== 'asked' && step.step !== 'acknowledged') return
  const one = all.get(step.key)
  if (one === undefined) return
  const { answer, ...asked } = one
  known.set(step.key, step.step === 'acknowledged' && answer !== undefined ? { ...asked, answer } : asked)
}

const copyOf = (known: ReadonlyMap<string, Asked>): ReadonlyMap<string, Asked> =>
  new Map([...known].map(([key, asked]) => [key, { ...asked }]))

const judged = async (
  path: string,
  journal: { readonly asked: ReadonlyMap<string, Asked> },
): Promise<Verdict> => {
  try {
    const opened = await sqliteFile(path).open()
    try {
      return await judge(opened.storage, 'main', journal)
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error as { readonly message: string }).message.includes('malformed')) throw error
    return { ...nothingYet, torn: [`the file cannot be read: ${String(error)}`] }
  }
}

const record = async (
  path: string,
  synchronous: PowerLoss['synchronous'],
  commands: number,
): Promise<{ readonly steps: readonly DiskStep[]; readonly asked: ReadonlyMap<string, Asked> }> => {
  const recorder = recordFiles(path)
  try {
    const connection = connect(path, synchronous)
    const oms = createOrderManagement({
      storage: sqliteStorage(connection),
      policy: trustHost,
      notifiers: { email: { deliver: async () => undefined } },
    })
    const asked = new Map<string, Asked>()
    let acknowledged = 0
    await keepTrading({
      oms: oms.as({ tenant: 'main', actor: { kind: 'service', id: 'till' } }),
      callers: 4,
      running: () => acknowledged < commands,
      say: (line) => {
        if ('asked' in line) {
          const { asked: key, command, input } = line
          asked.set(key, { key, command, input })
          recorder.steps.push({ step: 'asked', key })
        } else if ('answered' in line) {
          const known = asked.get(line.answered)
          if (known !== undefined) known.answer = line.answer
          recorder.steps.push({ step: 'acknowledged', key: line.answered })
          acknowledged += 1
        }
      },
    })
    const steps = [...recorder.steps]
    connection.close()
    return { steps, asked }
  } finally {
    recorder.stop()
  }
}

/**
 * The connection a store takes, over SQLite in WebAssembly. It has no memory to share between processes, so WAL needs the file for itself. It copies the log often,
 * so that a short recording has copies in it, and where it is told to, it lies about what commits wait for.
 */
const connect = (path: string, synchronous: PowerLoss['synchronous']): SqliteConnection => {
  const database = new wasm.Database(path)
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  const lies = synchronous !== 'FULL'
  return {
    prepare: (sql) => {
      if (lies && sql === 'PRAGMA synchronous') return fixed({ synchronous: 2 })
      const statement = database.prepare(sql)
      return {
        run: (values) => statement.run(values as string[]),
        // Its own `get` leaves the statement open, and the transaction with it.
        get: (values) => statement.all(values as string[])[0],
        all: (values) => statement.all(values as string[]),
      }
    },
    exec: (sql) => {
      const asked = sql
        .replace(/wal_autocheckpoint = \d+/, 'wal_autocheckpoint = 300')
        .replace('synchronous = FULL', `synchronous = ${synchronous}`)
      database.exec(asked)
    },
    close: () => database.close(),
    // What a connection is known by whose statements take their parameters as one list.
    ...{ pragma: () => undefined },
  }
}

const fixed = (row: unknown) => ({ run: () => ({ changes: 0 }), get: () => row, all: () => [row] })
