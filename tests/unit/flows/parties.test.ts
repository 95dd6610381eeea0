import { describe, expect, it } from 'vitest'
import { ordersPerErasure } from '../../../src/core/flows/erase-party.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { partyKind } from '../../../src/core/parties/party.js'
import { personalDataKind } from '../../../src/core/parties/personal-data.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { recordWrites } from '../../support/recorded-writes.js'
import { newKey, openShop } from '../../support/shop.js'

const home = { name: 'Canary Name', street: 'Canary Street 1', city: 'Canary City', country: 'GB' }

describe('registering a party', () => {
  it('M106 keeps who it is apart from what it does', async () => {
    const shop = openShop()
    const { oms } = shop
    const registered = await oms.orThrow.parties.register(
      {
        id: 'C-1',
        roles: ['vendor', 'customer'],
        number: '10001',
        name: 'Ada',
        email: 'ada@example.com',
        phone: '+44 20 7946 0000',
        addresses: [{ id: 'home', address: home }],
      },
      newKey(),
    )
    expect(registered).toEqual({ party: 'C-1', status: 'active' })
    expect(await shop.stored(partyKind, 'C-1')).toEqual({
      id: 'C-1',
      roles: ['customer', 'vendor'],
      number: '10001',
      addresses: ['home'],
      status: 'active',
    })
    expect(await shop.stored(personalDataKind, 'C-1')).toEqual({
      subject: 'C-1',
      salt: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'Ada',
      email: 'ada@example.com',
      phone: '+44 20 7946 0000',
      addresses: [{ id: 'home', address: home }],
    })
  })

  it('draws an id when the host has none, and keeps it over a repeat', async () => {
    const { oms } = openShop()
    const key = newKey()
    const first = await oms.orThrow.parties.register({ roles: ['customer'] }, key)
    expect(first.party).toMatch(/^[0-9a-f-]{36}$/)
    expect(await oms.parties.register({ roles: ['customer'] }, key)).toMatchObject({
      value: first,
      replayed: true,
    })
  })

  it('refuses an id and a number that were given before', async () => {
    const { oms } = openShop()
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], number: '10001' }, newKey())
    expect(await oms.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())).toMatchObject({
      error: { code: 'already_exists', status: 409, details: { party: 'C-1' } },
    })
    expect(
      await oms.parties.register({ id: 'C-2', roles: ['vendor'], number: '10001' }, newKey()),
    ).toMatchObject({
      error: { code: 'already_exists', details: { number: '10001' } },
    })
  })

  it('gives one number to one of many who ask for it at once', async () => {
    const { oms } = openShop()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        oms.parties.register({ roles: ['customer'], number: '10001' }, newKey()),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('already_exists')
  })

  it('lets no party take over the personal data of an order', async () => {
    const shop = openShop()
    const { oms } = shop
    await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: { amount: '1.00', currency: 'EUR' } })
    const { order } = await oms.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }], note: 'ring twice' },
      newKey(),
    )
    expect(await oms.parties.register({ id: order, roles: ['customer'] }, newKey())).toMatchObject({
      error: { code: 'already_exists' },
    })
    expect(await shop.stored(personalDataKind, order)).toMatchObject({ note: 'ring twice' })
  })
})

describe('changing contact data', () => {
  it('merges what is given, and tells orders which addresses there are', async () => {
    const shop = openShop()
    const { oms } = shop
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], email: 'ada@example.com' }, newKey())
    await oms.orThrow.parties.changeContact({
      party: 'C-1',
      name: 'Ada',
      addresses: [{ id: 'home', address: home }],
    })
    expect(await shop.stored(personalDataKind, 'C-1')).toEqual({
      subject: 'C-1',
      salt: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'Ada',
      email: 'ada@example.com',
      addresses: [{ id: 'home', address: home }],
    })
    expect(await shop.stored(partyKind, 'C-1')).toMatchObject({ addresses: ['home'] })
    await oms.orThrow.parties.changeContact({
      party: 'C-1',
      email: null,
      addresses: [{ id: 'home', address: null }],
    })
    expect(await shop.stored(personalDataKind, 'C-1')).toEqual({
      subject: 'C-1',
      salt: expect.any(String) as string,
      name: 'Ada',
      addresses: [],
    })
    expect(await shop.stored(partyKind, 'C-1')).toMatchObject({ addresses: [] })
  })

  it('refuses an empty change and a book that grows too long', async () => {
    const { oms } = openShop()
    const addresses = Array.from({ length: 50 }, (_, index) => ({ id: `a${index}`, address: home }))
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], addresses }, newKey())
    expect(await oms.parties.changeContact({ party: 'C-1' })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ rule: 'change.empty' }] },
    })
    expect(
      await oms.parties.changeContact({ party: 'C-1', addresses: [{ id: 'one-more', address: home }] }),
    ).toMatchObject({ error: { code: 'limit_exceeded', details: { limit: 'addresses', most: 50 } } })
  })

  it('refuses a party that is not there', async () => {
    const { oms } = openShop()
    expect(await oms.parties.changeContact({ party: 'C-9', name: 'Ada' })).toMatchObject({
      error: { code: 'unknown_party', status: 404 },
    })
  })
})

describe('erasing a party', () => {
  it('SE7 leaves no trace of a person in what is kept, and none in events, messages and idempotency records before', async () => {
    const writes = recordWrites()
    const { clerk, storage } = openDesk({ around: writes.around })
    await stockMugs(clerk)
    const canaries = ['Canary', 'canary@example.com', '+44 7700 900123', 'ring twice']
    const party = await clerk.orThrow.parties.register(
      {
        roles: ['customer'],
        name: 'Canary Name',
        email: 'canary@example.com',
        phone: '+44 7700 900123',
        addresses: [{ id: 'home', address: home }],
      },
      freshKey(),
    )
    const order = await orderMugs(clerk, 1, { customer: party.party, shipTo: 'home', note: 'ring twice' })
    await orderMugs(clerk, 1, { customer: party.party, shipTo: { ...home, street: 'Canary Lane' } })
    await clerk.orThrow.parties.changeContact({ party: party.party, name: 'Canary Byron' })

    const lasting = [
      ...writes.events,
      ...writes.messages,
      ...writes.records.filter(({ key }) => key.kind !== personalDataKind.name),
    ]
    const texts = lasting.map((kept) => JSON.stringify(kept))
    expect(texts.length).toBeGreaterThan(10)
    for (const canary of canaries) expect(texts.filter((text) => text.includes(canary))).toEqual([])
    expect(JSON.stringify(writes.records)).toContain('Canary Byron')

    await clerk.orThrow.parties.erase({ party: party.party })
    const kinds = [...new Set(writes.records.map(({ key }) => key.kind))]
    const kept = await Promise.all(kinds.map((kind) => storage.find('main' as never, { kind, limit: 200 })))
    for (const canary of canaries) expect(JSON.stringify(kept)).not.toContain(canary)
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ customer: party.party })
  })

  it('refuses the party from then on, for new orders, drafts and contact data', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    await clerk.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())
    const lines = [{ sku: 'MUG', quantity: 1 }]
    const draft = await clerk.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', customer: 'C-1', lines },
      freshKey(),
    )
    await clerk.orThrow.parties.erase({ party: 'C-1' })
    expect(
      await clerk.orders.place({ channel: 'web', currency: 'EUR', customer: 'C-1', lines }, freshKey()),
    ).toMatchObject({ error: { code: 'unknown_party' } })
    expect(await clerk.orders.placeDraft({ order: draft.order })).toMatchObject({
      error: { code: 'unknown_party' },
    })
    expect(await clerk.parties.changeContact({ party: 'C-1', name: 'Ada' })).toMatchObject({
      error: { code: 'unknown_party' },
    })
    expect(await clerk.parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())).toMatchObject({
      error: { code: 'already_exists' },
    })
  })

  it('says what is left when there is more than one call can erase, and finishes when called again', async () => {
    const { oms, storage } = openShop()
    await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: { amount: '1.00', currency: 'EUR' } })
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], name: 'Ada' }, newKey())
    const count = 2 * ordersPerErasure + 5
    await Promise.all(
      Array.from({ length: count }, () =>
        oms.orThrow.orders.capture(
          {
            channel: 'web',
            currency: 'EUR',
            customer: 'C-1',
            lines: [{ sku: 'MUG', quantity: 1 }],
            note: 'ring twice',
          },
          newKey(),
        ),
      ),
    )
    const erase = () => oms.orThrow.parties.erase({ party: 'C-1' })
    const erasedBy = (orders: number, complete: boolean, records = orders) => ({
      party: 'C-1',
      status: 'erased',
      orders,
      complete,
      erased: records === 0 ? [] : [{ kind: 'personal_data', count: records }],
      kept: [{ kind: 'party', reason: 'named_by_documents', count: 1 }],
    })
    expect(await erase()).toEqual(erasedBy(ordersPerErasure, false, ordersPerErasure + 1))
    expect(await erase()).toEqual(erasedBy(ordersPerErasure, false))
    expect(await erase()).toEqual(erasedBy(5, true))
    expect(await erase()).toEqual(erasedBy(0, true))
    expect((await storage.find('main' as never, { kind: personalDataKind.name })).items).toEqual([])
    const orders = await storage.find('main' as never, {
      kind: orderKind.name,
      where: { erasedCustomer: 'C-1' },
      limit: 200,
    })
    expect(orders.items).toHaveLength(ordersPerErasure)
  })

  it('never says complete on the first call: an order may be under way', async () => {
    const { oms } = openShop()
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
    expect(await oms.orThrow.parties.erase({ party: 'C-1' })).toMatchObject({ orders: 0, complete: false })
    expect(await oms.orThrow.parties.erase({ party: 'C-1' })).toMatchObject({ orders: 0, complete: true })
  })

  it('finds what was ordered while it looked with the next call, and is complete with it', async () => {
    let placed: (() => Promise<unknown>) | undefined
    const { clerk, storage } = openDesk({
      around: (inner) => ({
        ...inner,
        find: async (tenant, query) => {
          const page = await inner.find(tenant, query)
          const place = placed
          placed = undefined
          await place?.()
          return page
        },
      }),
    })
    await stockMugs(clerk)
    await clerk.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())
    const lines = [{ sku: 'MUG', quantity: 1 }]
    const content = { channel: 'web', currency: 'EUR', customer: 'C-1', lines, note: 'ring twice' }
    placed = () => clerk.orThrow.orders.place(content, freshKey())
    const erase = () => clerk.orThrow.parties.erase({ party: 'C-1' })
    expect(await erase()).toMatchObject({ orders: 0, complete: false })
    expect(await clerk.orders.place(content, freshKey())).toMatchObject({ error: { code: 'unknown_party' } })
    expect(await erase()).toMatchObject({ orders: 1, complete: true })
    expect((await storage.find('main' as never, { kind: personalDataKind.name })).items).toEqual([])
  })

  it('leaves an order alone that was given to somebody else while it was looked for', async () => {
    let changed: (() => Promise<unknown>) | undefined
    const { clerk, storage } = openDesk({
      around: (inner) => ({
        ...inner,
        find: async (tenant, query) => {
          const page = await inner.find(tenant, query)
          const change = changed
          changed = undefined
          await change?.()
          return page
        },
      }),
    })
    await stockMugs(clerk)
    for (const id of ['C-1', 'C-2'])
      await clerk.orThrow.parties.register({ id, roles: ['customer'] }, freshKey())
    const content = {
      channel: 'web',
      currency: 'EUR',
      lines: [{ sku: 'MUG', quantity: 1 }],
      note: 'for the new one',
    }
    const { order } = await clerk.orThrow.orders.capture({ ...content, customer: 'C-1' }, freshKey())
    changed = () => clerk.orThrow.orders.changeDraft({ order, ...content, customer: 'C-2' })
    expect(await clerk.orThrow.parties.erase({ party: 'C-1' })).toMatchObject({ orders: 0 })
    const [kept] = await storage.read('main' as never, [{ kind: personalDataKind.name, id: order }])
    expect(kept?.state).toMatchObject({ note: 'for the new one' })
  })

  it('refuses a party that never was', async () => {
    const { oms } = openShop()
    expect(await oms.parties.erase({ party: 'C-9' })).toMatchObject({ error: { code: 'unknown_party' } })
  })
})
