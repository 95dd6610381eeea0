import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { createOrderManagement, trustHost } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { collect, tenant } from '../../../src/testing/conformance/store-under-test.js'
import { stock } from '../../support/shop.js'
import { testDatabase } from '../../support/postgres/test-database.js'
import { endOf, startChild } from '../../support/start-child.js'

const database = testDatabase()
afterEach(() => database.empty())

const total = 200
const buy = new URL('./children/buy.ts', import.meta.url)
const writeUntilKilled = new URL('./children/write-until-killed.ts', import.meta.url)

/** So many processes buy at once; answers what all their buyers were told. */
const race = async (processes: number, skus: readonly string[]): Promise<readonly string[]> => {
  const url = await database.url()
  const buyers = String(total / processes)
  const children = await Promise.all(
    Array.from({ length: processes }, (_, place) =>
      startChild(buy, url, `process ${place}`, buyers, skus.join(',')),
    ),
  )
  const ends = children.map(endOf)
  await Promise.all(children.map((child) => once(child, 'message')))
  const told = children.map((child) => once(child, 'message'))
  for (const child of children) child.send('go')
  const answers = (await Promise.all(told)).flatMap(([list]) => list as readonly string[])
  for (const end of ends) expect(await end).toEqual({ code: 0, complaint: '' })
  return answers
}

const openShop = async () => {
  const storage = postgresStorage(await database.pool())
  const oms = createOrderManagement({ storage, policy: trustHost }).as({
    actor: { kind: 'user', id: 'ada' },
  })
  return { storage, oms }
}

/** LV2: the server counts them for us. */
const deadlocks = async (): Promise<number> => {
  const [row] = await database.query(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  )
  return Number(row?.['deadlocks'])
}

describe('several processes on one database', () => {
  for (const processes of [2, 4]) {
    it(
      `M159 ST5 ST7 sell exactly 100 units to 200 buyers, ${processes} processes`,
      { timeout: 120_000 },
      async () => {
        const { storage, oms } = await openShop()
        await stock(oms, 'MUG', 100, '9.99')
        const answers = await race(processes, ['MUG'])
        expect(answers.filter((answer) => answer === 'sold')).toHaveLength(100)
        expect(answers.filter((answer) => answer === 'out_of_stock')).toHaveLength(100)
        const [level] = await database.query(
          'SELECT reserved, available, version FROM orderwright.stock_levels',
        )
        expect(level).toEqual({ reserved: '100', available: '0', version: '102' })
        const key = { kind: 'stock', id: 'main/MUG' }
        expect(await collect(storage.history(tenant, key))).toHaveLength(102)
        const kept = await database.query(
          `SELECT count(*) AS kept FROM orderwright.record WHERE kind = 'idempotency' AND id LIKE '%process%'`,
        )
        expect(kept).toEqual([{ kept: String(total) }])
      },
    )
  }

  it(
    'F52 LV2 ST6 place orders of five lines in every order of lines, all or nothing, without a deadlock',
    { timeout: 120_000 },
    async () => {
      const { oms } = await openShop()
      const skus = ['a', 'b', 'c', 'd', 'e']
      for (const [place, sku] of skus.entries()) await stock(oms, sku, 60 + place, '1.00')
      const before = await deadlocks()
      const answers = await race(4, skus)
      expect(answers.filter((answer) => answer === 'sold')).toHaveLength(60)
      expect(new Set(answers)).toEqual(new Set(['sold', 'out_of_stock']))
      const levels = await database.query('SELECT DISTINCT reserved FROM orderwright.stock_levels')
      expect(levels).toEqual([{ reserved: '60' }])
      expect(await deadlocks()).toBe(before)
    },
  )

  it(
    'EV9 find all of an update or nothing of it when its writer was killed',
    { timeout: 120_000 },
    async () => {
      const { storage } = await openShop()
      const keys = ['a', 'b', 'c'].map(sampleKey)
      for (let kill = 0; kill < 3; kill += 1) {
        const child = await startChild(writeUntilKilled, await database.url())
        const ended = endOf(child)
        let notes = ''
        child.stdout?.on('data', (text) => (notes += String(text)))
        while (notes.length === 0) await pause(5)
        await pause(20 + kill * 17)
        child.kill('SIGKILL')
        expect((await ended).complaint).toBe('')
        await quiet()
        const acknowledged = Number(notes.trimEnd().split('\n').at(-1))
        const counts: number[] = []
        for (const { key, version } of await storage.read(tenant, keys)) {
          counts.push(version, (await collect(storage.history(tenant, key))).length)
        }
        const [messages] = await database.query('SELECT count(*) AS messages FROM orderwright.message')
        counts.push(Number(messages?.['messages']))
        const [count = 0, ...others] = counts
        expect(others).toEqual(Array.from({ length: 6 }, () => count))
        // What was committed may be one more than what anybody was told.
        expect([acknowledged, acknowledged + 1]).toContain(count)
      }
    },
  )
})

/** Waits until the server has done with what a killed process had sent. */
const quiet = async (): Promise<void> => {
  for (;;) {
    const [row] = await database.query(
      `SELECT count(*) AS busy FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
    )
    if (row?.['busy'] === '0') return
    await pause(10)
  }
}
