import { describe, expect, it } from 'vitest'
import type { RecordedEvent, Storage, StoredRecord } from 'orderwright'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'

type Tamper = {
  history?: (events: readonly RecordedEvent[]) => readonly RecordedEvent[]
  record?: (record: StoredRecord) => StoredRecord | undefined
  /** Runs once, between the reading of the record and that of its history. */
  meanwhile?: (() => Promise<void>) | undefined
}

/** A store that somebody with a database client was at. */
const openTampered = async () => {
  const tamper: Tamper = {}
  const change = (records: readonly StoredRecord[]) =>
    tamper.record === undefined ? records : records.flatMap((record) => tamper.record?.(record) ?? [])
  const around = (storage: Storage): Storage => ({
    ...passThrough(storage),
    read: async (...rest) => change(await storage.read(...rest)),
    find: async (...rest) => {
      const page = await storage.find(...rest)
      return { ...page, items: change(page.items) }
    },
    history: async function* (tenant, key, after) {
      const { meanwhile } = tamper
      tamper.meanwhile = undefined
      await meanwhile?.()
      const events: RecordedEvent[] = []
      for await (const event of storage.history(tenant, key, after)) events.push(event)
      yield* tamper.history?.(events) ?? events
    },
  })
  const desk = openDesk({ around })
  await stockMugs(desk.clerk, 1_000)
  const order = await orderMugs(desk.clerk)
  await desk.clerk.orThrow.orders.confirm({ order })
  return { ...desk, order, tamper }
}

describe('verifyAudit of one record', () => {
  it('EV11 answers how many events there are and the head to keep elsewhere', async () => {
    const { clerk, order, storage } = await openTampered()
    const [record] = await storage.read('main' as never, [{ kind: 'order', id: order }])
    expect(await clerk.verifyAudit({ kind: 'order', id: order })).toEqual({
      ok: true,
      version: 3,
      value: { intact: true, records: 1, events: 3, findings: [], head: record?.chain },
    })
    expect(record?.chain).toMatch(/^[0-9a-f]{64}$/)
  })

  it('EV11 finds what was done to the history, and where', async () => {
    const { clerk, order, tamper } = await openTampered()
    const found = async (history: NonNullable<Tamper['history']>) => {
      tamper.history = history
      const { intact, findings } = await clerk.orThrow.verifyAudit({ kind: 'order', id: order })
      return [intact, ...findings]
    }
    const at = (version: number, what: string) => [false, { kind: 'order', id: order, at: version, what }]
    expect(await found((events) => events)).toEqual([true])
    expect(await found((events) => events.filter(({ version }) => version !== 2))).toEqual(at(2, 'missing'))
    expect(await found((events) => events.slice(0, 2))).toEqual(at(3, 'missing'))
    expect(await found(() => [])).toEqual(at(1, 'missing'))
    expect(await found((events) => [...events].reverse())).toEqual(at(1, 'missing'))
    expect(await found((events) => events.flatMap((event) => [event, event]))).toEqual(at(1, 'unexpected'))
    const edited = (event: RecordedEvent) => ({ ...event, body: event.body.replace('"ada"', '"eve"') })
    expect(
      await found((events) => events.map((event) => (event.version === 2 ? edited(event) : event))),
    ).toEqual(at(2, 'changed'))
  })

  it('EV11 finds a record that was set back to an earlier version', async () => {
    const { clerk, order, tamper } = await openTampered()
    tamper.record = (record) => ({ ...record, version: 2 })
    const report = await clerk.orThrow.verifyAudit({ kind: 'order', id: order })
    expect(report.findings).toEqual([{ kind: 'order', id: order, at: 2, what: 'head' }])
    tamper.record = (record) => ({ ...record, chain: 'f'.repeat(64) })
    expect((await clerk.orThrow.verifyAudit({ kind: 'order', id: order })).findings).toMatchObject([
      { at: 3, what: 'head' },
    ])
  })

  it('EV7 finds a state that its events do not fold to', async () => {
    const { clerk, order, tamper } = await openTampered()
    tamper.record = (record) => ({
      ...record,
      state: { ...(record.state as object), total: { amount: '0.01', currency: 'EUR' } },
    })
    expect((await clerk.orThrow.verifyAudit({ kind: 'order', id: order })).findings).toEqual([
      { kind: 'order', id: order, at: 3, what: 'state' },
    ])
  })

  it('EV11 finds the history of a record that was removed', async () => {
    const { clerk, order, tamper } = await openTampered()
    tamper.record = () => undefined
    expect((await clerk.orThrow.verifyAudit({ kind: 'order', id: order })).findings).toEqual([
      { kind: 'order', id: order, at: 1, what: 'unexpected' },
    ])
    tamper.history = (events) => events.slice(1)
    expect((await clerk.orThrow.verifyAudit({ kind: 'order', id: order })).findings).toMatchObject([
      { at: 1, what: 'missing' },
    ])
  })

  it('finds nothing wrong with a command that ran while it was reading', async () => {
    const { clerk, order, tamper } = await openTampered()
    tamper.meanwhile = async () => {
      await clerk.orThrow.orders.cancel({ order, reason: 'changed_mind' }, freshKey())
    }
    expect(await clerk.orThrow.verifyAudit({ kind: 'order', id: order })).toMatchObject({
      intact: true,
      events: 3,
    })
    expect(await clerk.orThrow.verifyAudit({ kind: 'order', id: order })).toMatchObject({
      intact: true,
      events: 5,
    })
  })

  it('refuses an unknown record and a kind without a history', async () => {
    const { clerk } = await openTampered()
    expect(await clerk.verifyAudit({ kind: 'order', id: 'none' })).toMatchObject({
      ok: false,
      error: { code: 'unknown_record', status: 404, details: { kind: 'order', id: 'none' } },
    })
    expect(await clerk.verifyAudit({ kind: 'idempotency', id: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'validation_failed' },
    })
  })
})

describe('verifyAudit of a whole kind', () => {
  it('EV11 reads all records in pages and names those that do not hold', async () => {
    const { clerk, tamper } = await openTampered()
    const orders = []
    for (let count = 0; count < 5; count += 1) orders.push(await orderMugs(clerk))
    const forged = orders[3]
    tamper.history = (events) => (events[0]?.key.id === forged ? events.slice(0, 1) : events)
    const findings = []
    let records = 0
    let cursor: string | undefined
    do {
      const page = await clerk.orThrow.verifyAudit({
        kind: 'order',
        limit: 2,
        ...(cursor !== undefined && { cursor }),
      })
      expect(page).not.toHaveProperty('head')
      findings.push(...page.findings)
      records += page.records
      cursor = page.next
    } while (cursor !== undefined)
    expect(records).toBe(6)
    expect(findings).toEqual([{ kind: 'order', id: forged, at: 2, what: 'missing' }])
  })

  it.each(['order', 'stock', 'product'] as const)(
    'finds every %s intact after ordinary work',
    async (kind) => {
      const { clerk } = await openTampered()
      expect(await clerk.orThrow.verifyAudit({ kind })).toMatchObject({ intact: true, findings: [] })
    },
  )
})
