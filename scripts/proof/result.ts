import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { cutOff } from '../run-bundled.mjs'
import type { Check } from './checks.js'
import { commitStamp } from './commit-stamp.js'
import { keptLines } from './kept-lines.js'

/** What one run of a check has printed, and where and when it ran. */
export interface Result {
  readonly command: string
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly seconds: number
  readonly passed: boolean
  /** Nothing was found wrong, but the run was out of time before all was tried. */
  readonly cutOff?: true
  /** Lines of its output: those that the check keeps for the page. */
  readonly output: readonly string[]
  /** What a benchmark says beside its figures: how long the disk takes to sync, how long callers waited. */
  readonly beside?: readonly string[]
}

/** Runs a check and keeps what the page needs of what it prints. */
export const resultOf = ({ keeps }: Pick<Check, 'keeps'>, command: string): Result => {
  const machine = machineOf()
  const begun = performance.now()
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', ...command.split(' ')], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  const beside = besideOf(stderr)
  const lines = `${stdout}${status === 0 ? '' : stderr}`.split('\n')
  return {
    command: `npm run ${command}`,
    date: new Date().toISOString().slice(0, 10),
    commit: commitStamp(),
    machine,
    seconds: Math.round((performance.now() - begun) / 1_000),
    passed: status === 0,
    ...(status === cutOff && { cutOff: true }),
    output: keptLines(keeps, lines, status === 0),
    ...(beside.length > 0 && { beside }),
  }
}

/** What a benchmark says on standard error that belongs beside its figures. */
export const besideOf = (said: string): readonly string[] =>
  said
    .split('\n')
    .filter((line) => /\b(?:one (?:fsync|small commit) |in \d+ commits|p50|p99|for information)/.test(line))

const machineOf = (): string => {
  const [cpu] = cpus()
  return [
    `${availableParallelism()} cores of ${cpu?.model.trim() ?? 'unknown make'}, load ${loadavg()[0]?.toFixed(1) ?? 'unknown'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${syncMilliseconds().toFixed(1)} ms a sync of 4 KiB`,
    `Node ${process.versions.node}`,
  ].join(', ')
}

/** The disk's rate has been seen to move sixty-fold within an hour: every durable figure stands beside it. */
const syncMilliseconds = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwright-sync-'))
  const file = openSync(join(folder, 'probe'), 'w')
  const block = Buffer.alloc(4_096)
  const times = 20
  const begun = performance.now()
  for (let time = 0; time < times; time += 1) {
    writeSync(file, block)
    fsyncSync(file)
  }
  const each = (performance.now() - begun) / times
  closeSync(file)
  rmSync(folder, { recursive: true })
  return each
}
