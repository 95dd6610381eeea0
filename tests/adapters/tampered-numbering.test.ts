import { createOrderManagement, trustHost, type Storage } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import { countedIds } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { confirmed, shipped, stock } from '../support/shop.js'
import { testDatabase } from '../support/postgres/test-database.js'
import { temporaryFile } from './sqlite/temporary-file.js'

const file = temporaryFile()
const database = testDatabase()

interface Books {
  readonly open: () => Promise<Storage>
  /** Runs a statement as somebody with a database client would, and answers how many rows it changed. */
  readonly run: (sql: string) => Promise<number>
  /** The state of a record with one text replaced by another. */
  readonly replaced: (before: string, after: string) => string
}

const sqlite: Books = {
  open: () => file.store(),
  run: async (sql) => file.connect().prepare(sql).run().changes,
  replaced: (before, after) => `replace(state, '${before}', '${after}')`,
}

const postgres: Books = {
  open: async () => {
    await database.empty()
    return postgresStorage(await database.pool())
  },
  run: async (sql) =>
    (await database.query(`${sql.replace(/(update|from) /, '$1 orderwright.')} returning 1`)).length,
  replaced: (before, after) => `replace(state::text, '${before}', '${after}')::json`,
}

describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
])('the proof of a number series on %s', (_name, { open, run, replaced }) => {
  const withThree = async () => {
    const storage = await open()
    const shop = createOrderManagement({ storage, policy: trustHost, ids: countedIds() }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    await stock(shop, 'MUG', 10, '10.00')
    const invoices: string[] = []
    for (let count = 0; count < 3; count += 1)
      invoices.push((await shipped(shop, await confirmed(shop, [{ sku: 'MUG', quantity: 1 }]))).invoice)
    const verify = () => shop.orThrow.invoices.verifyNumbering({ series: 'invoice' })
    expect(await verify()).toMatchObject({ intact: true, last: 3, findings: [] })
    return { invoices, verify }
  }

  const ofInvoices = (what: string) => (invoices: readonly string[]) =>
    invoices.map((id, index) => ({
      number: index + 1,
      what: 'changed',
      audit: { kind: 'invoice', id, at: 1, what },
    }))
  const ofSeries = (number: number, what: string) => () => [
    { number, what: 'series', audit: { kind: 'voucher_series', id: 'invoice', at: number, what } },
  ]

  const states = `update record set state = ${replaced('10.00', '90.00')} where kind = 'invoice'`
  const events = "update event set body = replace(body, '10.00', '90.00') where kind = 'invoice'"
  const series = "kind = 'voucher_series'"

  it.each([
    ['MO9 EV7 amounts in the records of documents', [states], ofInvoices('state')],
    ['MO9 EV11 amounts in the events of documents', [events], ofInvoices('changed')],
    ['MO9 EV11 amounts in both', [states, events], ofInvoices('changed')],
    [
      'EV11 an event of the series',
      [`update event set body = replace(body, '"ada"', '"eve"') where ${series} and version = 2`],
      ofSeries(2, 'changed'),
    ],
    [
      'NR2 EV7 the last number of the series',
      [`update record set state = ${replaced('"last":3', '"last":2')} where ${series}`],
      ofSeries(3, 'state'),
    ],
    [
      'NR2 EV11 the last event of the series, which was deleted',
      [`delete from event where ${series} and version = 3`],
      ofSeries(3, 'missing'),
    ],
  ])('finds what somebody changed with a database client: %s', async (_what, statements, findings) => {
    const { invoices, verify } = await withThree()
    for (const statement of statements) expect(await run(statement)).toBeGreaterThanOrEqual(1)
    const report = await verify()
    expect(report.findings).toEqual(findings(invoices))
    expect(report.intact).toBe(false)
  })
})
