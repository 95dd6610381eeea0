import { describe, expect, it } from 'vitest'
import type { AnchoredHead, RecordedEvent, Storage, StoredRecord } from 'orderwright'
import { sha256 } from '../../../src/adapters/system/sha256.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { openDesk, orderMugs, stockMugs, type Desk } from '../../support/desk.js'

/** A store of which somebody with a database client may take records away or write their histories anew. */
const openTampered = async () => {
  const gone = new Set<string>()
  const forged = new Map<string, readonly RecordedEvent[]>()
  const left = (records: readonly StoredRecord[]) =>
    records.flatMap((record) => {
      if (gone.has(record.key.id)) return []
      const chain = forged.get(record.key.id)?.at(-1)?.hash
      return chain === undefined ? record : { ...record, chain }
    })
  const around = (storage: Storage): Storage => ({
    ...passThrough(storage),
    read: async (...rest) => left(await storage.read(...rest)),
    find: async (...rest) => {
      const page = await storage.find(...rest)
      return { ...page, items: left(page.items) }
    },
    history: async function* (tenant, key, after = 0) {
      if (gone.has(key.id)) return
      const events = forged.get(key.id)
      if (events === undefined) yield* storage.history(tenant, key, after)
      else yield* events.filter(({ version }) => version > after)
    },
  })
  const desk = openDesk({ around })
  await stockMugs(desk.clerk, 1_000)
  const orders = [await orderMugs(desk.clerk), await orderMugs(desk.clerk), await orderMugs(desk.clerk)]
  return { ...desk, orders, gone, forged }
}

const anchored = async (clerk: Desk['clerk'], limit?: number) => {
  const heads: AnchoredHead[] = []
  let hash: string | undefined
  let cursor: string | undefined
  do {
    const page = await clerk.orThrow.anchorAudit({
      ...(limit !== undefined && { limit }),
      ...(cursor !== undefined && { cursor }),
      ...(hash !== undefined && { before: hash }),
    })
    heads.push(...page.heads)
    hash = page.hash
    cursor = page.next
  } while (cursor !== undefined)
  return { heads, hash }
}

/** The history with another actor in its first event, and all hashes made anew: by itself it is as good as the true one. */
const forge = async ({ storage }: Desk, id: string): Promise<readonly RecordedEvent[]> => {
  const forged: RecordedEvent[] = []
  let hash = ''
  for await (const event of storage.history('main' as never, { kind: 'order', id })) {
    const body = event.version === 1 ? event.body.replace('"id":"ada"', '"id":"eve"') : event.body
    hash = sha256(hash + body)
    forged.push({ ...event, body, hash })
  }
  return forged
}

describe('an anchor', () => {
  it('EV11 is one hash over where every record of the tenant stands, whatever the size of the pages', async () => {
    const { clerk, storage, orders } = await openTampered()
    const whole = await anchored(clerk, 200)
    expect(whole.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await anchored(clerk, 1)).toEqual(whole)
    expect(await anchored(clerk)).toEqual(whole)
    expect(new Set(whole.heads.map(({ kind }) => kind))).toEqual(
      new Set(
        ['order', 'product', 'stock', 'reservation'].filter((kind) =>
          whole.heads.some((head) => head.kind === kind),
        ),
      ),
    )
    expect(whole.heads.filter(({ kind }) => kind === 'order').map(({ id }) => id)).toEqual(orders.toSorted())
    for (const head of whole.heads) {
      const [record] = await storage.read('main' as never, [{ kind: head.kind, id: head.id }])
      expect([head.version, head.hash]).toEqual([record?.version, record?.chain])
    }
  })

  it('EV11 holds as long as records only go on, and its heads are known again by their hash', async () => {
    const { clerk, orders } = await openTampered()
    const { heads, hash } = await anchored(clerk)
    for (const order of orders) await clerk.orThrow.orders.confirm({ order })
    await orderMugs(clerk)
    const report = await clerk.orThrow.verifyAnchor({ heads })
    expect(report).toEqual({ intact: true, records: heads.length, findings: [], hash })
    const [first, ...others] = heads
    if (first === undefined) throw new Error('something was anchored')
    const before = (await clerk.orThrow.verifyAnchor({ heads: [first] })).hash
    expect((await clerk.orThrow.verifyAnchor({ heads: others, before })).hash).toBe(hash)
    expect((await clerk.orThrow.verifyAnchor({ heads: others })).hash).not.toBe(hash)
    expect((await clerk.orThrow.verifyAnchor({ heads: [...others, first] })).hash).not.toBe(hash)
    expect(
      (await clerk.orThrow.verifyAnchor({ heads: [{ ...first, version: 9 }, ...others] })).hash,
    ).not.toBe(hash)
  })

  it('EV11 finds a record that was removed together with all its events, which nothing else finds', async () => {
    const { clerk, gone, orders } = await openTampered()
    const { heads } = await anchored(clerk)
    gone.add(orders[1] ?? '')
    expect(await clerk.orThrow.verifyAudit({ kind: 'order' })).toMatchObject({ intact: true, records: 2 })
    expect(await clerk.orThrow.verifyAnchor({ heads })).toMatchObject({
      intact: false,
      findings: [{ kind: 'order', id: orders[1], at: 1, what: 'missing' }],
    })
  })

  it('EV11 finds a history that was written anew with hashes that fit, whether the record went on since or not', async () => {
    const desk = await openTampered()
    const { clerk, forged, orders } = desk
    const [still = '', gone_on = ''] = orders
    const { heads } = await anchored(clerk)
    await clerk.orThrow.orders.confirm({ order: gone_on })
    for (const order of [still, gone_on]) forged.set(order, await forge(desk, order))
    expect(await clerk.orThrow.verifyAudit({ kind: 'order' })).toMatchObject({ intact: true, records: 3 })
    const { findings } = await clerk.orThrow.verifyAnchor({ heads })
    const version = heads.find(({ id }) => id === still)?.version ?? 0
    expect(findings.toSorted((left, right) => left.at - right.at)).toEqual([
      { kind: 'order', id: still, at: version, what: 'changed' },
      { kind: 'order', id: gone_on, at: version + 1, what: 'changed' },
    ])
  })

  it('EV11 finds a record that was put back to an earlier state with its events', async () => {
    const { clerk, storage, forged, orders } = await openTampered()
    const [order = ''] = orders
    await clerk.orThrow.orders.confirm({ order })
    const { heads } = await anchored(clerk)
    const short = { kind: 'order', id: order, version: 9, hash: 'a'.repeat(64) }
    const found = await clerk.orThrow.verifyAnchor({ heads: [short] })
    const [record] = await storage.read('main' as never, [{ kind: 'order', id: order }])
    expect(found.findings).toEqual([
      { kind: 'order', id: order, at: (record?.version ?? 0) + 1, what: 'missing' },
    ])
    expect(forged.size).toBe(0)
    expect((await clerk.orThrow.verifyAnchor({ heads })).intact).toBe(true)
  })

  it('refuses a cursor, a hash or heads that nobody has given it', async () => {
    const { clerk } = await openTampered()
    const refused = async (answer: Promise<unknown>, rule: string) =>
      expect(await answer).toMatchObject({ error: { code: 'validation_failed', issues: [{ rule }] } })
    await refused(clerk.anchorAudit({ cursor: 'nothing ' }), 'cursor.format')
    await refused(clerk.anchorAudit({ cursor: 'order' }), 'cursor.format')
    await refused(clerk.anchorAudit({ cursor: 'order what is this' }), 'cursor.format')
    await refused(clerk.anchorAudit({ before: 'abc' }), 'hash.format')
    await refused(clerk.verifyAnchor({ heads: [] }), 'heads.min')
  })
})
