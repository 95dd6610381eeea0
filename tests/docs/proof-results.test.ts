import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Check } from '../../scripts/proof/checks.js'
import { commitStamp } from '../../scripts/proof/commit-stamp.js'
import { besideOf, type Result } from '../../scripts/proof/result.js'
import { runChecks } from '../../scripts/proof/run-checks.js'

const checkOf = (name: string): Check => ({
  name,
  title: name,
  claim: '',
  how: '',
  falsified: '',
  quick: `${name} -- --seeds 10`,
  full: `${name} -- --seeds 1000`,
})

const resultOf = (command: string, more: Partial<Result> = {}): Result => ({
  command: `npm run ${command}`,
  date: '2026-01-02',
  commit: 'fresh',
  machine: 'a machine',
  seconds: 1,
  passed: true,
  output: ['nothing found'],
  ...more,
})

const [simulate, race] = [checkOf('simulate'), checkOf('race')]
const kept = (check: Check, more: Partial<Result> = {}): Readonly<Record<string, Result>> => ({
  [check.name]: resultOf(check.full, { date: '2026-01-01', commit: 'known', ...more }),
})

/** Runs checks with `result` standing in for what they do; answers what was said and which commits are kept at the end. */
const run = async (
  checks: readonly Check[],
  known: Readonly<Record<string, Result>>,
  commandOf: (check: Check) => string,
  more: { readonly replace?: boolean; readonly result?: Partial<Result> } = {},
) => {
  const said: string[] = []
  let saved = known
  const held = await runChecks(
    {
      checks,
      commandOf,
      replace: more.replace ?? false,
      run: (_check, command) => resultOf(command, more.result),
      say: (line) => {
        said.push(line)
      },
      save: async (results) => {
        saved = results
      },
    },
    known,
  )
  return {
    held,
    said,
    commits: Object.fromEntries(Object.entries(saved).map(([name, { commit }]) => [name, commit])),
  }
}

const quick = ({ quick: command }: Check): string => command
const full = ({ full: command }: Check): string => command
const ofAnyLength = (): string => 'simulate -- --seeds 200'

describe('`npm run proof`', () => {
  it('runs all parts in their short form, says what came of each, and keeps it', async () => {
    expect(await run([simulate, race], {}, quick)).toEqual({
      held: true,
      said: ['held   simulate, 1 s', '  nothing found', 'held   race, 1 s', '  nothing found'],
      commits: { simulate: 'fresh', race: 'fresh' },
    })
  })

  it('keeps a result of full length beside a shorter run of the same part, and says so', async () => {
    const { said, commits } = await run([simulate, race], kept(simulate), quick)
    expect(commits).toEqual({ simulate: 'known', race: 'fresh' })
    expect(said).toContain(
      '  kept the longer run of 2026-01-01, npm run simulate -- --seeds 1000; --replace takes this one instead',
    )
    expect(said.filter((line) => line.includes('kept'))).toHaveLength(1)
  })

  it('replaces it where that is asked for, and by another run of full length', async () => {
    expect((await run([simulate], kept(simulate), quick, { replace: true })).commits).toEqual({
      simulate: 'fresh',
    })
    expect((await run([simulate], kept(simulate), full)).commits).toEqual({ simulate: 'fresh' })
  })

  it('takes a run of another length that was asked for as longer than the short one, and shorter than the full one', async () => {
    const other = kept(simulate, { command: 'npm run simulate -- --seeds 200' })
    expect((await run([simulate], other, quick)).commits).toEqual({ simulate: 'known' })
    expect((await run([simulate], other, full)).commits).toEqual({ simulate: 'fresh' })
    expect((await run([simulate], kept(simulate), ofAnyLength)).commits).toEqual({ simulate: 'known' })
  })

  it('takes a run of full length that was cut off as shorter than one that was not', async () => {
    const cutOff = { passed: false, cutOff: true } as const
    expect((await run([race], kept(race), full, { result: cutOff })).commits).toEqual({ race: 'known' })
    expect((await run([race], kept(race, cutOff), full)).commits).toEqual({ race: 'fresh' })
    expect((await run([race], kept(race, cutOff), quick)).commits).toEqual({ race: 'known' })
  })

  it('has failed when a short run has, whatever is kept', async () => {
    const { held, said, commits } = await run([simulate], kept(simulate), quick, {
      result: { passed: false },
    })
    expect({ held, commits, first: said[0] }).toEqual({
      held: false,
      commits: { simulate: 'known' },
      first: 'FAILED simulate, 1 s',
    })
  })
})

describe('the commit of a result', () => {
  const git = (folder: string, ...given: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...given], {
      cwd: folder,
      encoding: 'utf8',
    })

  it('says so when anything that a check runs was changed since, and not when a page was', () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderwright-stamp-'))
    const write = (name: string, text: string): void => {
      writeFileSync(join(folder, name, 'file.txt'), text)
    }
    const places = ['src', 'tests', 'bench', 'scripts', 'examples', 'docs']
    for (const name of places) {
      mkdirSync(join(folder, name))
      write(name, 'as committed')
    }
    git(folder, 'init', '-q')
    git(folder, 'add', '.')
    git(folder, 'commit', '-q', '-m', 'all of it')
    const commit = git(folder, 'rev-parse', '--short=12', 'HEAD').trim()
    const stamps = places.map((name) => {
      write(name, 'changed')
      const stamp = commitStamp(folder)
      write(name, 'as committed')
      return `${name}: ${stamp}`
    })
    rmSync(folder, { recursive: true })
    expect(stamps).toEqual([
      `src: ${commit} with changes`,
      `tests: ${commit} with changes`,
      `bench: ${commit} with changes`,
      `scripts: ${commit} with changes`,
      `examples: ${commit} with changes`,
      `docs: ${commit}`,
    ])
  })
})

describe('beside the figures of a benchmark', () => {
  it('stands what it has said of the disk, the commits and those who wait', () => {
    const said = [
      'place-sqlite-256: 10240 operations in 80 commits',
      'place-sqlite-256: one fsync takes 0.33 ms',
      'reserve-postgres-vs-update: one small commit through the server takes 1.20 ms',
      'reserve-postgres-hot: 69.8 ms p50, 134.5 ms p99 from call to answer',
      'place-sqlite-256: ours 2,177 ops/s, limit 2,779 ops/s',
    ]
    expect(besideOf(said.join('\n'))).toEqual(said.slice(0, 4))
  })
})
