import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commitProbe } from '../../bench/support/commit-probe.js'
import { benchesFor } from '../../scripts/bench-names.mjs'
import { checks } from '../../scripts/proof/checks.js'
import { testDatabase } from '../support/postgres/test-database.js'

const files = readdirSync('bench')
  .filter((file) => file.endsWith('.ts') && file !== 'harness.ts')
  .map((file) => file.replace(/\.ts$/, ''))
  .sort()

const bench = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/bench.mjs', ...words], { encoding: 'utf8' })

describe('`npm run bench`', () => {
  it.each([
    ['place', [{ file: 'place', figures: [] }]],
    ['place-postgres', [{ file: 'place', figures: ['place-postgres'] }]],
    ['place-sqlite-1', [{ file: 'place', figures: ['place-sqlite-1'] }]],
    ['reserve', [{ file: 'reserve', figures: [] }]],
    ['reserve-sqlite', [{ file: 'reserve', figures: ['reserve-sqlite'] }]],
    ['reserve-postgres', [{ file: 'reserve-postgres', figures: [] }]],
    ['reserve-post', [{ file: 'reserve-postgres', figures: [] }]],
    ['reserve-postgres-hot', [{ file: 'reserve-postgres', figures: ['reserve-postgres-hot'] }]],
    ['inv', [{ file: 'invoices', figures: [] }]],
    ['places', []],
  ])('%s: takes a file, a figure, or the beginning of either', (word, benches) => {
    expect(benchesFor(word, files)).toEqual(benches)
  })

  it('says what there is when nothing begins with what it was given', () => {
    const { status, stdout, stderr } = bench('ship')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toBe(`no benchmark and no figure begins with "ship", only: ${files.join(', ')}\n`)
  })

  it('measures nothing when one of the figures it was given is none, and says which there are', () => {
    const { status, stdout, stderr } = bench('place-mysql', 'place-memory')
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'no figure begins with place-mysql, only: place-memory, place-sqlite-256, place-sqlite-1, place-postgres-256, place-postgres-1\n',
    })
  })

  it('finds each figure by its name: it begins with that of its file', () => {
    const figures = files.flatMap((file) => {
      const [, names = ''] = /, only: (.*)\n$/.exec(bench(file, 'no figure of this name').stderr) ?? []
      return names.split(', ').map((name) => ({ name, file }))
    })
    for (const { name, file } of figures)
      expect(benchesFor(name, files), name).toEqual([{ file, figures: [name] }])
    const asked = checks.flatMap((check) => Object.keys(check.asked ?? {}))
    expect(figures.map(({ name }) => name)).toEqual(expect.arrayContaining(asked))
  })
})

describe('what a server elsewhere takes for a commit', () => {
  const database = testDatabase()

  it('is measured on commits of one statement each that wait for its disk, and nothing is left of it', async () => {
    const pool = await database.pool({ max: 1, options: '-c synchronous_commit=off' })
    const client = await pool.connect()
    const setting = async (): Promise<unknown> =>
      (await client.query<{ readonly synchronous_commit: string }>('SHOW synchronous_commit')).rows[0]
        ?.synchronous_commit
    const asked: string[] = []
    const waits = new Set<unknown>()
    const query = async (text: string): Promise<unknown> => {
      asked.push(text)
      if (text.startsWith('INSERT')) waits.add(await setting())
      return client.query(text)
    }
    expect(await commitProbe({ query } as never)).toBeGreaterThan(0)
    expect(asked.filter((text) => text.startsWith('INSERT'))).toHaveLength(100)
    expect(asked.filter((text) => text.startsWith('BEGIN'))).toEqual([])
    expect([...waits, await setting()]).toEqual(['on', 'off'])
    const left = await client.query("SELECT relname FROM pg_class WHERE relname LIKE 'orderwright_probe%'")
    expect(left.rows).toEqual([])
    client.release()
  })
})
