import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Key, RecordedEvent, Storage, StoredRecord } from 'orderwright'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { numberSeriesKind } from '../../../src/core/invoicing/number-series.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { shipped } from '../../support/shop.js'

const invoices = invoiceKind.name
const seriesOf = { kind: numberSeriesKind.name, id: 'invoice' }
const tenant = 'main' as never

type Change<Value> = (value: Value) => Value

interface Tamper {
  history?: (key: Key, events: readonly RecordedEvent[]) => readonly RecordedEvent[]
  record?: (record: StoredRecord) => StoredRecord | undefined
  /** Runs once, between the reading of the series and that of its history. */
  meanwhile?: (() => Promise<unknown>) | undefined
}

/** A shop with `count` invoices, in whose store somebody changes what is read. */
const openBooks = async (count: number) => {
  const tamper: Tamper = {}
  const seen = { records: 0, events: 0 }
  const around = (storage: Storage): Storage => ({
    ...passThrough(storage),
    read: async (...rest) => {
      const records = await storage.read(...rest)
      seen.records += records.length
      const { record } = tamper
      return record === undefined ? records : records.flatMap((one) => record(one) ?? [])
    },
    history: async function* (owner, key, after) {
      const { meanwhile } = tamper
      tamper.meanwhile = undefined
      await meanwhile?.()
      const events: RecordedEvent[] = []
      for await (const event of storage.history(owner, key, 0)) events.push(event)
      for (const event of tamper.history?.(key, events) ?? events) {
        if (event.version <= (after ?? 0)) continue
        seen.events += 1
        yield event
      }
    },
  })
  const desk = openDesk({ around })
  const { clerk, storage } = desk
  await stockMugs(clerk, 1_000)
  const sell = async (): Promise<string> => {
    const order = await orderMugs(clerk)
    await clerk.orThrow.orders.confirm({ order })
    return (await shipped(clerk, order)).invoice
  }
  const ids: string[] = []
  for (let number = 1; number <= count; number += 1) ids.push(await sell())
  const verify = (more: object = {}) => clerk.orThrow.invoices.verifyNumbering({ series: 'invoice', ...more })
  const [series] = await storage.read(tenant, [seriesOf])
  return { ...desk, ids, head: series?.chain ?? '', seen, sell, tamper, verify }
}

const ofKind =
  (kind: string, change: Change<RecordedEvent>): NonNullable<Tamper['history']> =>
  (key, events) =>
    key.kind === kind ? events.map(change) : events

const at =
  (version: number, change: Change<RecordedEvent>): Change<RecordedEvent> =>
  (event) =>
    event.version === version ? change(event) : event

const saying =
  (before: string, after: string): Change<RecordedEvent> =>
  (event) => {
    expect(event.body).toContain(before)
    return { ...event, body: event.body.replace(before, after) }
  }

/** The same events with hashes that fit: what somebody writes who knows how. */
const chained = (events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  let hash = ''
  return events.map((event) => {
    hash = createHash('sha256')
      .update(hash + event.body)
      .digest('hex')
    return { ...event, hash }
  })
}

/** A history written anew, with all its hashes and the head of its record. */
const rewrite = async (
  { storage, tamper }: Awaited<ReturnType<typeof openBooks>>,
  { kind, id }: Key,
  change: Change<RecordedEvent>,
): Promise<void> => {
  delete tamper.history
  delete tamper.record
  const events: RecordedEvent[] = []
  for await (const event of storage.history(tenant, { kind, id }, 0)) events.push(event)
  const rewritten = chained(events.map(change))
  tamper.history = (key, own) => (key.id === id ? rewritten : own)
  tamper.record = (record) =>
    record.key.id === id ? { ...record, chain: rewritten.at(-1)?.hash ?? '' } : record
}

const ofSeries = (number: number, what: string) => ({
  number,
  what: 'series',
  audit: { ...seriesOf, at: number, what },
})

describe('the proof of a number series', () => {
  it('F117 NR2 NR3 finds nothing where all is well, payments and credits included', async () => {
    const { clerk, ids, head, verify } = await openBooks(3)
    await clerk.orThrow.invoices.credit({ invoice: ids[0] ?? '', reason: 'returned' }, freshKey())
    expect(await verify()).toEqual({ series: 'invoice', intact: true, last: 3, findings: [], head })
    expect(head).toMatch(/^[0-9a-f]{64}$/)
    expect(await clerk.orThrow.invoices.verifyNumbering({ series: 'credit_note' })).toMatchObject({
      intact: true,
      last: 1,
    })
  })

  it('MO9 finds the document whose number was changed behind the library', async () => {
    const { storage, ids, verify } = await openBooks(3)
    const key = { kind: invoices, id: ids[1] ?? '' }
    const [stored] = await storage.read(tenant, [key])
    const version = stored?.version ?? 0
    await storage.update(tenant, [key], () => ({
      records: [
        {
          key,
          before: version,
          version: version + 1,
          state: { ...(stored?.state as Invoice), number: 'INV-000009' },
          entries: {},
          chain: stored?.chain ?? '',
        },
      ],
      events: [],
      messages: [],
    }))
    expect(await verify()).toMatchObject({
      intact: false,
      findings: [{ number: 2, what: 'document', audit: { ...key, at: version + 1, what: 'missing' } }],
    })
  })

  it('MO9 EV7 finds the document whose stored amounts are not what its events say', async () => {
    const { ids, tamper, verify } = await openBooks(3)
    const key = { kind: invoices, id: ids[1] ?? '' }
    tamper.record = (record) =>
      record.key.id === key.id
        ? {
            ...record,
            state: { ...(record.state as Invoice), total: { amount: '90.00', currency: 'EUR' } },
          }
        : record
    expect(await verify()).toMatchObject({
      intact: false,
      findings: [{ number: 2, what: 'changed', audit: { ...key, at: 1, what: 'state' } }],
    })
  })

  it('MO9 EV11 finds the document whose events were written anew under their old hashes', async () => {
    const { ids, tamper, verify } = await openBooks(3)
    tamper.history = (key, events) =>
      key.id === ids[1] ? events.map(at(1, saying('"12.50"', '"90.00"'))) : events
    expect(await verify()).toMatchObject({
      intact: false,
      findings: [
        { number: 2, what: 'changed', audit: { kind: invoices, id: ids[1], at: 1, what: 'changed' } },
      ],
    })
  })

  it('MO9 finds the documents whose histories were written anew, hashes and all', async () => {
    const books = await openBooks(3)
    const { ids, tamper, verify } = books
    tamper.history = ofKind(invoices, (event) => ({ ...event, hash: 'f'.repeat(64) }))
    expect((await verify()).findings).toEqual(
      ids.map((id, index) => ({
        number: index + 1,
        what: 'changed',
        audit: { kind: invoices, id, at: 1, what: 'changed' },
      })),
    )
    const third = { kind: invoices, id: ids[2] ?? '' }
    await rewrite(books, third, at(1, saying('"ada"', '"eve"')))
    expect(await books.clerk.orThrow.verifyAudit(third)).toMatchObject({ intact: true })
    expect((await verify()).findings).toEqual([{ number: 3, what: 'changed' }])
  })

  it('EV11 finds every event of the series that was written anew, and only those', async () => {
    const { tamper, verify } = await openBooks(5)
    const edited = saying('"ada"', '"eve"')
    tamper.history = ofKind(seriesOf.kind, (event) =>
      event.version === 2 || event.version === 4 ? edited(event) : event,
    )
    expect(await verify()).toMatchObject({
      intact: false,
      last: 5,
      findings: [ofSeries(2, 'changed'), ofSeries(4, 'changed')],
    })
  })

  it('EV11 takes an event that nobody can read for a finding, and goes on behind it', async () => {
    const books = await openBooks(3)
    const { tamper, verify } = books
    tamper.history = ofKind(
      seriesOf.kind,
      at(2, (event) => ({ ...event, body: '{"event":' })),
    )
    expect((await verify()).findings).toEqual([ofSeries(2, 'changed')])
    await rewrite(books, seriesOf, at(2, saying('"number":2', '"number":"2"')))
    expect((await verify()).findings).toEqual([{ number: 2, what: 'series' }])
  })

  it('NR2 EV11 finds the last number whose event was deleted', async () => {
    const { tamper, verify } = await openBooks(3)
    tamper.history = (key, events) => (key.kind === seriesOf.kind ? events.slice(0, 2) : events)
    expect(await verify()).toMatchObject({
      intact: false,
      last: 3,
      findings: [ofSeries(3, 'missing')],
    })
  })

  it('NR2 finds a number that is missing in between, once', async () => {
    const { tamper, verify } = await openBooks(5)
    tamper.history = (key, events) =>
      key.kind === seriesOf.kind ? events.filter(({ version }) => version !== 2) : events
    expect((await verify()).findings).toEqual([ofSeries(2, 'missing'), { number: 3, what: 'gap' }])
  })

  it('NR3 finds a date that goes back, whatever the hashes say', async () => {
    const books = await openBooks(3)
    await rewrite(books, seriesOf, (event) =>
      event.version < 3 ? event : saying('"issuedOn":"2026', '"issuedOn":"2025')(event),
    )
    expect((await books.verify()).findings).toEqual([
      { number: 3, what: 'date' },
      { number: 3, what: 'document' },
      ofSeries(3, 'state'),
    ])
  })

  it('EV11 says once what is wrong with the last event of a series', async () => {
    const { tamper, verify } = await openBooks(3)
    tamper.history = ofKind(seriesOf.kind, at(3, saying('"number":3', '"number":4')))
    expect((await verify()).findings).toEqual([ofSeries(3, 'changed'), { number: 4, what: 'gap' }])
  })

  it('EV7 finds a series whose last number is not that of its events', async () => {
    const { tamper, verify } = await openBooks(3)
    tamper.record = (record) =>
      record.key.kind === seriesOf.kind
        ? { ...record, state: { ...(record.state as object), last: 4 } }
        : record
    expect((await verify()).findings).toEqual([ofSeries(3, 'state')])
  })

  it('EV11 finds a series whose head or record is not the one that belongs to its events', async () => {
    const { tamper, verify } = await openBooks(3)
    tamper.record = (record) =>
      record.key.kind === seriesOf.kind ? { ...record, chain: 'f'.repeat(64) } : record
    expect((await verify()).findings).toEqual([ofSeries(3, 'head')])
    tamper.record = (record) => (record.key.kind === seriesOf.kind ? undefined : record)
    const report = await verify()
    expect(report).toMatchObject({ intact: false, last: 0, findings: [ofSeries(1, 'unexpected')] })
    expect(report).not.toHaveProperty('head')
  })

  it('EV11 finds by what was kept elsewhere what was written anew together with all its hashes', async () => {
    const books = await openBooks(3)
    const { head, verify } = books
    const kept = { last: 3, head }
    expect(await verify({ kept })).toMatchObject({ intact: true })
    await rewrite(books, seriesOf, (event) => (event.version < 2 ? event : saying('"ada"', '"eve"')(event)))
    const unaware = await verify()
    expect(unaware).toMatchObject({ intact: true, findings: [] })
    expect(unaware.head).not.toBe(head)
    expect(await verify({ kept })).toMatchObject({
      intact: false,
      findings: [{ number: 3, what: 'kept' }],
    })
  })

  it('EV11 finds by what was kept elsewhere that the end was cut off without a trace', async () => {
    const { head, storage, tamper, verify } = await openBooks(3)
    const events: RecordedEvent[] = []
    for await (const event of storage.history(tenant, seriesOf, 0)) events.push(event)
    const first = { last: 1, head: events[0]?.hash ?? '' }
    tamper.history = (key, own) => (key.kind === seriesOf.kind ? own.slice(0, 2) : own)
    tamper.record = (record) =>
      record.key.kind === seriesOf.kind
        ? {
            ...record,
            version: 2,
            chain: events[1]?.hash ?? '',
            state: { ...(record.state as object), last: 2 },
          }
        : record
    expect(await verify({ kept: first })).toMatchObject({ intact: true, last: 2, findings: [] })
    expect(await verify({ kept: { last: 3, head } })).toMatchObject({
      intact: false,
      findings: [{ number: 3, what: 'kept' }],
    })
  })

  it('finds nothing wrong with a number that is given while it reads', async () => {
    const { sell, tamper, verify } = await openBooks(2)
    tamper.meanwhile = sell
    expect(await verify({ limit: 2 })).toMatchObject({ intact: true, last: 2, findings: [] })
    expect(await verify()).toMatchObject({ intact: true, last: 3 })
  })

  it('refuses a series that has issued nothing', async () => {
    const { clerk } = await openBooks(0)
    expect(await clerk.invoices.verifyNumbering({ series: 'credit_note' })).toMatchObject({
      error: { code: 'unknown_record' },
    })
  })
})

describe('the proof of a long number series', () => {
  type Report = Awaited<ReturnType<Awaited<ReturnType<typeof openBooks>>['verify']>>

  const pagesOf = async (
    verify: Awaited<ReturnType<typeof openBooks>>['verify'],
    limit: number,
    more: object = {},
  ): Promise<readonly Report[]> => {
    const pages: Report[] = []
    for (let cursor: string | undefined; ;) {
      const page = await verify({ limit, ...more, ...(cursor !== undefined && { cursor }) })
      pages.push(page)
      cursor = page.next
      if (cursor === undefined) return pages
    }
  }

  it('comes in pages, of which only the last can call the series intact', async () => {
    const { head, verify } = await openBooks(6)
    const [first] = await pagesOf(verify, 6)
    expect(first).toEqual({ series: 'invoice', intact: true, last: 6, findings: [], head })
    const pages = await pagesOf(verify, 2)
    expect(pages.map(({ intact, last, findings }) => [intact, last, findings])).toEqual([
      [false, 6, []],
      [false, 6, []],
      [true, 6, []],
    ])
  })

  it('never calls a series intact of which an earlier page had a finding', async () => {
    const { ids, tamper, verify } = await openBooks(5)
    tamper.history = (key, events) => (key.id === ids[0] ? events.map(saying('"12.50"', '"90.00"')) : events)
    const pages = await pagesOf(verify, 2)
    expect(pages.map(({ intact, findings }) => [intact, findings.length])).toEqual([
      [false, 1],
      [false, 0],
      [false, 0],
    ])
  })

  it('finds the same on pages of any length', async () => {
    const books = await openBooks(7)
    const { tamper, verify } = books
    tamper.history = (key, events) =>
      key.kind === seriesOf.kind
        ? events.filter(({ version }) => version !== 3 && version !== 7).map(at(5, saying('"ada"', '"eve"')))
        : events
    const kept = { last: 4, head: 'f'.repeat(64) }
    const whole = await verify({ kept })
    expect(whole.findings).toEqual([
      ofSeries(3, 'missing'),
      { number: 4, what: 'kept' },
      { number: 4, what: 'gap' },
      ofSeries(5, 'changed'),
      ofSeries(7, 'missing'),
    ])
    for (const limit of [1, 2, 3, 4, 5, 6]) {
      const pages = await pagesOf(verify, limit, { kept })
      expect(
        pages.flatMap(({ findings }) => findings),
        `${limit} at a time`,
      ).toEqual(whole.findings)
    }
  })

  it('EV11 goes on behind a page that ends with something else than a hash', async () => {
    const { tamper, verify } = await openBooks(3)
    tamper.history = ofKind(
      seriesOf.kind,
      at(2, (event) => ({ ...event, hash: 'none' })),
    )
    const whole = await verify()
    expect(whole.findings).toEqual([ofSeries(2, 'changed'), ofSeries(3, 'changed')])
    const pages = await pagesOf(verify, 1)
    expect(pages.flatMap(({ findings }) => findings)).toEqual(whole.findings)
  })

  it('EV11 finds what was written anew between two pages', async () => {
    const books = await openBooks(4)
    const { next } = await books.verify({ limit: 2 })
    await rewrite(books, seriesOf, saying('"ada"', '"eve"'))
    expect((await books.verify({ cursor: next })).findings).toEqual([ofSeries(3, 'changed')])
  })

  it('reads of each page what stands on it, and nothing twice', async () => {
    const { seen, verify } = await openBooks(40)
    let cursor: string | undefined
    for (let page = 0; page < 4; page += 1) {
      Object.assign(seen, { records: 0, events: 0 })
      const { next } = await verify({ limit: 10, ...(cursor !== undefined && { cursor }) })
      // The series and ten documents; their events, and one that tells that a page follows.
      expect(seen).toEqual({ records: 11, events: page < 3 ? 21 : 20 })
      cursor = next
    }
    expect(cursor).toBeUndefined()
  })

  it('refuses a cursor that is none', async () => {
    const { clerk } = await openBooks(1)
    expect(await clerk.invoices.verifyNumbering({ series: 'invoice', cursor: '2.x' })).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path: ['cursor'], rule: 'cursor.format' }] },
    })
  })

  it.each([
    [{ last: 0, head: 'f'.repeat(64) }, ['kept', 'last'], 'kept.last'],
    [{ last: 1, head: 'F'.repeat(64) }, ['kept', 'head'], 'kept.head'],
  ])('refuses %j as what was kept', async (kept, path, rule) => {
    const { clerk } = await openBooks(1)
    expect(await clerk.invoices.verifyNumbering({ series: 'invoice', kept })).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path, rule }] },
    })
  })
})
