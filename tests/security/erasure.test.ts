import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/core/canonical-json.js'
import type { IdempotencyRecord } from '../../src/core/idempotency/idempotency-record.js'
import { idempotencyKind } from '../../src/core/idempotency/idempotency-record.js'
import { kindsWithHistory } from '../../src/app/kinds.js'
import { sha256 } from '../../src/adapters/system/sha256.js'
import { freshKey, openDesk, orderMugs, stockMugs, type Desk } from '../support/desk.js'

const home = { name: 'Zoë Canary', street: 'Finch Street 1', city: 'Canary Wharf', country: 'GB' }
const person = { name: 'Zoë Canary', email: 'zoe@canary.example', phone: '+44 7700 900123' }
const registration = { id: 'C-1', roles: ['customer' as const], ...person }
const key = { idempotencyKey: 'sign-up 1' }

const keptAnswers = async ({ storage }: Desk): Promise<readonly IdempotencyRecord[]> =>
  (await storage.find('main' as never, { kind: idempotencyKind.name, limit: 200 })).items.map(
    ({ state }) => state as IdempotencyRecord,
  )

describe('ID8 what is kept under a key', () => {
  it('ID3 tells another person under the same key from a repeat, as long as the person is known', async () => {
    const desk = openDesk()
    const first = await desk.clerk.parties.register(registration, key)
    expect(await desk.clerk.parties.register(registration, key)).toEqual({ ...first, replayed: true })
    expect(await desk.clerk.parties.register({ ...registration, name: 'Bob' }, key)).toMatchObject({
      error: { code: 'idempotency_key_reused', details: {} },
    })
    expect(await desk.clerk.parties.register({ ...registration, id: 'C-2' }, key)).toMatchObject({
      error: { code: 'idempotency_key_reused' },
    })
  })

  it('ID3 tells other tax numbers under the same key from a repeat, until they are erased', async () => {
    const desk = openDesk()
    await desk.clerk.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())
    const declaring = (number: string) =>
      desk.clerk.parties.declareTaxes({ party: 'C-1', registrations: [{ country: 'AT', number }] }, key)
    const first = await declaring('ATU12345678')
    expect(await declaring('ATU12345678')).toEqual({ ...first, replayed: true })
    expect(await declaring('ATU87654321')).toMatchObject({ error: { code: 'idempotency_key_reused' } })
    const kept = (await keptAnswers(desk)).find(({ personal }) => personal?.kind === 'buyer_taxes')
    expect(kept?.personal?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    await desk.clerk.orThrow.parties.erase({ party: 'C-1' })
    expect(await declaring('ATU12345678')).toEqual({ ...first, replayed: true })
  })

  it('cannot be guessed any more once the person is erased: no hash in it is one of what the caller sent', async () => {
    const desk = openDesk()
    await desk.clerk.orThrow.parties.register(registration, key)
    const before = await desk.storage.read('main' as never, [{ kind: 'personal_data', id: 'C-1' }])
    const { salt = '' } = before[0]?.state as { readonly salt?: string }
    const guesses = [canonicalJson(registration), canonicalJson(person)]
    const hashes = (await keptAnswers(desk)).flatMap((kept) => [
      kept.fingerprint,
      kept.personal?.fingerprint,
      kept.personal?.salt,
    ])
    // With the salt the guess is right: it is the salt that has to go.
    expect(hashes).toContain(sha256(salt + canonicalJson(person)))
    for (const guess of guesses) expect(hashes).not.toContain(sha256(guess))
    await desk.clerk.orThrow.parties.erase({ party: 'C-1' })
    const kinds = [...kindsWithHistory.keys(), 'personal_data', 'idempotency', 'buyer_taxes']
    const pages = await Promise.all(
      kinds.map((kind) => desk.storage.find('main' as never, { kind, limit: 200 })),
    )
    expect(salt.length).toBeGreaterThanOrEqual(32)
    expect(JSON.stringify(pages)).not.toContain(salt)
  })

  it('ID1 still answers the repeat of what was done for a person who is erased', async () => {
    const desk = openDesk()
    const first = await desk.clerk.parties.register(registration, key)
    await desk.clerk.orThrow.parties.erase({ party: 'C-1' })
    expect(await desk.clerk.parties.register(registration, key)).toEqual({ ...first, replayed: true })
  })

  it('keeps nothing of a person of a command that was refused', async () => {
    const desk = openDesk()
    await stockMugs(desk.clerk)
    const order = {
      channel: 'web',
      currency: 'EUR',
      lines: [{ sku: 'MUG', quantity: 1_000 }],
      shipTo: home,
      note: 'for Zoë Canary',
    }
    const refused = await desk.clerk.orders.place(order, { idempotencyKey: 'cart 1' })
    expect(refused).toMatchObject({ error: { code: 'out_of_stock' } })
    expect(await desk.clerk.orders.place(order, { idempotencyKey: 'cart 1' })).toEqual({
      ...refused,
      replayed: true,
    })
    const { shipTo: _shipTo, note: _note, ...plain } = order
    const kept = (await keptAnswers(desk)).filter(({ answer }) => !answer.ok)
    expect(kept).toHaveLength(1)
    expect(kept[0]).toMatchObject({ fingerprintVersion: 2 })
    expect(kept[0]).not.toHaveProperty('personal')
    expect(kept[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(kept[0]?.fingerprint).not.toBe(sha256(canonicalJson(order)))
    expect(
      await desk.clerk.orders.place({ ...plain, channel: 'shop' }, { idempotencyKey: 'cart 1' }),
    ).toMatchObject({
      error: { code: 'idempotency_key_reused' },
    })
  })

  it('ID6 recognizes a repeat of what was kept before personal parts were hashed apart', async () => {
    const desk = openDesk()
    const first = await desk.clerk.parties.register(registration, key)
    const id = { kind: idempotencyKind.name, id: 'parties.register/sign-up 1' }
    await desk.storage.update('main' as never, [id], (records) => {
      const known = records.get(id)
      const { personal: _personal, ...kept } = known?.state as IdempotencyRecord
      const old = {
        ...kept,
        fingerprintVersion: 1,
        fingerprint: sha256(canonicalJson(registration)),
      }
      return {
        records: [
          {
            key: id,
            before: known?.version ?? 0,
            version: (known?.version ?? 0) + 1,
            state: old,
            entries: {},
            chain: '',
          },
        ],
        events: [],
        messages: [],
      }
    })
    expect(await desk.clerk.parties.register(registration, key)).toEqual({ ...first, replayed: true })
    expect(await desk.clerk.parties.register({ ...registration, name: 'Bob' }, key)).toMatchObject({
      error: { code: 'idempotency_key_reused' },
    })
  })
})

describe('the erasure of a person', () => {
  it('EV11 leaves every hash chain whole, and the documents that the law wants kept', async () => {
    const desk = openDesk()
    await stockMugs(desk.clerk)
    const { clerk } = desk
    await clerk.orThrow.parties.register(
      { ...registration, addresses: [{ id: 'home', address: home }] },
      freshKey(),
    )
    const order = await orderMugs(clerk, 2, { customer: 'C-1', shipTo: 'home', note: 'ring twice' })
    await clerk.orThrow.orders.confirm({ order })
    const { fulfillments } = await clerk.orThrow.fulfillments.plan({ order })
    const fulfillment = fulfillments[0]?.fulfillment ?? ''
    const { shipment } = await clerk.orThrow.fulfillments.pack({ fulfillment })
    const { invoice = '' } = await clerk.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    const billed = await clerk.orThrow.invoices.get({ invoice })

    const erasure = await clerk.orThrow.parties.erase({ party: 'C-1' })
    expect(erasure).toMatchObject({
      orders: 1,
      erased: [{ kind: 'personal_data', count: 2 }],
      kept: [
        { kind: 'party', reason: 'named_by_documents', count: 1 },
        { kind: 'invoice', reason: 'tax_law', count: 1 },
      ],
    })

    let events = 0
    for (const kind of kindsWithHistory.keys()) {
      const report = await clerk.orThrow.verifyAudit({ kind, limit: 200 })
      expect(report, kind).toMatchObject({ intact: true, findings: [] })
      events += report.events
    }
    expect(events).toBeGreaterThan(8)
    expect(await clerk.orThrow.invoices.get({ invoice })).toEqual(billed)
    expect(await clerk.orThrow.invoices.verifyNumbering({ series: 'invoice' })).toMatchObject({
      intact: true,
      last: 1,
    })
  })
})
