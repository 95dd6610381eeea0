import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { countedIds, fixedClock, recordingNotifier } from 'orderwright/testing'
import { createOrderManagement, memoryStorage, trustHost } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { kindsWithHistory } from '../../../src/app/kinds.js'
import { canonicalJson } from '../../../src/core/canonical-json.js'
import { singleTenant } from '../../../src/core/ids/ids.js'
import { keyName } from '../../../src/core/ids/key.js'
import { noEntries } from '../../../src/core/record-kind.js'
import type { RecordedEvent, StoredRecord } from '../../../src/core/ports/storage.js'
import { eventOf } from '../../support/trade-checks.js'

interface Golden {
  readonly version: string
  readonly events: readonly RecordedEvent[]
  readonly records: readonly StoredRecord[]
}

const folder = new URL('../../golden/', import.meta.url)

/** What one released version wrote (`npm run golden:record`). */
const goldenOf = (version: string): Golden => {
  const text = gunzipSync(readFileSync(new URL(`${version}/trade.jsonl.gz`, folder))).toString('utf8')
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly event?: RecordedEvent; readonly record?: StoredRecord })
  return {
    version,
    events: lines.flatMap(({ event }) => event ?? []),
    records: lines.flatMap(({ record }) => record ?? []),
  }
}

const versions = readdirSync(folder).sort()

describe.each(versions.map(goldenOf))('what $version wrote', ({ events, records }) => {
  const historyOf = (record: StoredRecord) =>
    events.filter(({ key }) => key.kind === record.key.kind && key.id === record.key.id)

  it('EV8 folds to the states that stood then, for every record with a history', () => {
    const folded = records.filter(({ key }) => kindsWithHistory.has(key.kind))
    expect(folded.length).toBeGreaterThan(100)
    for (const record of folded) {
      const kind = kindsWithHistory.get(record.key.kind)
      const state = historyOf(record).reduce<unknown>(
        (known, event) => kind?.evolve(known, eventOf(event)),
        undefined,
      )
      expect(canonicalJson(state), keyName(record.key)).toBe(canonicalJson(record.state))
    }
  })

  it('EV8 is carried on: its audit trail verifies, its kept answers are replayed, and its open orders are shipped, billed, paid and credited', async () => {
    const storage = memoryStorage({ clock: fixedClock() })
    const keys = records.map(({ key }) => key)
    await storage.update(singleTenant, keys, () => ({
      records: records.map((record) => ({
        ...record,
        before: 0,
        entries: kindsWithHistory.get(record.key.kind)?.entries(record.state) ?? noEntries(),
      })),
      events,
      messages: [],
    }))
    const latest = events.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), '')
    const oms = createOrderManagement({
      storage,
      policy: trustHost,
      clock: fixedClock(latest),
      ids: countedIds(9),
      notifiers: { email: recordingNotifier() },
    }).as({ actor: { kind: 'user', id: 'ada' }, requestId: 'r-1' })

    const placed = { channel: 'store', currency: 'EUR', lines: [{ sku: 'mug', quantity: 2 }] }
    const kept = await oms.orders.place(placed, { idempotencyKey: 'first placed' })
    expect(kept).toMatchObject({ ok: true, replayed: true })

    const { items } = await oms.orThrow.orders.list({ status: 'confirmed', limit: 200 })
    let shipped = 0
    for (const { id: order } of items) {
      const planned = await oms.fulfillments.plan({ order })
      if (!planned.ok) continue
      for (const { fulfillment } of planned.value.fulfillments) {
        const packed = await oms.fulfillments.pack({ fulfillment })
        const sent =
          packed.ok && (await oms.shipments.ship({ shipment: packed.value.shipment, carrier: 'Parcel Post' }))
        if (!sent || !sent.ok) continue
        const { invoice, total } = sent.value
        if (invoice === undefined || total === undefined) throw new Error('the shipment was not billed')
        shipped += 1
        await oms.orThrow.payments.record(
          { amount: total, method: 'card', invoices: [{ invoice }] },
          { idempotencyKey: `pays ${invoice}` },
        )
        const credit = await oms.orThrow.invoices.credit(
          { invoice, reason: 'goodwill' },
          { idempotencyKey: `credits ${invoice}` },
        )
        expect(credit.total).toEqual(total)
      }
    }
    expect(shipped).toBeGreaterThan(0)

    for (const kind of new Set(events.map(({ key }) => key.kind))) {
      const report = await oms.orThrow.verifyAudit({ kind: kind, limit: 200 })
      expect(report.findings, kind).toEqual([])
    }
    for (const series of ['invoice', 'credit_note'] as const) {
      const report = await oms.orThrow.invoices.verifyNumbering({ series, limit: 200 })
      expect(report, series).toMatchObject({ intact: true, findings: [] })
    }
  })
})
