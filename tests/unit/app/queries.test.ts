import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/core/canonical-json.js'
import { commands } from '../../../src/app/commands.js'
import { queries, recordQueries } from '../../../src/app/queries.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'

const opened = async (quantity = 10) => {
  const desk = openDesk()
  await stockMugs(desk.clerk, quantity)
  return desk
}

describe('orders.get', () => {
  it('F3 answers an order with its derived statuses and its version', async () => {
    const { clerk } = await opened()
    const order = await orderMugs(clerk, 2)
    const answer = await clerk.orders.get({ order })
    expect(answer).toMatchObject({
      ok: true,
      version: 2,
      value: {
        id: order,
        status: 'placed',
        fulfillmentStatus: 'not_shipped',
        paymentStatus: 'not_paid',
        invoicingStatus: 'not_invoiced',
        total: { amount: '25.00', currency: 'EUR' },
        lines: [
          { sku: 'MUG', name: 'Blue mug', unit: 'C62', quantity: 2, open: 2, allocated: 2, shipped: 0 },
        ],
      },
    })
  })

  it('finds an order by the number people know', async () => {
    const { clerk } = await opened()
    const order = await orderMugs(clerk)
    const { number } = await clerk.orThrow.orders.get({ order })
    expect(await clerk.orThrow.orders.get({ number })).toMatchObject({ id: order, number })
  })

  it('writes quantities in the unit of the SKU', async () => {
    const { clerk } = await opened()
    const price = { amount: '3.00', currency: 'EUR' }
    await clerk.orThrow.catalog.define({ sku: 'TEA', name: 'Tea', unit: { code: 'KGM', digits: 3 }, price })
    await clerk.orThrow.inventory.receive({ sku: 'TEA', quantity: '2.5' }, freshKey())
    const { order } = await clerk.orThrow.orders.place(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'TEA', quantity: '1.25' }] },
      freshKey(),
    )
    const { lines } = await clerk.orThrow.orders.get({ order })
    expect(lines).toMatchObject([{ unit: 'KGM', quantity: '1.25', open: '1.25', shipped: '0' }])
    expect(await clerk.orThrow.inventory.level({ sku: 'TEA' })).toMatchObject({
      unit: 'KGM',
      onHand: '2.5',
      reserved: '1.25',
      available: '1.25',
    })
  })

  it('shows the address and the note that were written for the order alone', async () => {
    const { clerk } = await opened()
    const shipTo = { name: 'Ada Byron', street: 'Main 1', city: 'London', postalCode: 'E1', country: 'GB' }
    const order = await orderMugs(clerk, 1, { shipTo, note: 'ring twice' })
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({
      shipToAddress: shipTo,
      note: 'ring twice',
    })
    const [listed] = (await clerk.orThrow.orders.list({})).items
    expect(listed).not.toHaveProperty('note')
    expect(listed).not.toHaveProperty('shipToAddress')
  })

  it('SE3 answers a missing and a foreign id alike, for every kind of record', async () => {
    const { oms, clerk } = await opened()
    const order = await orderMugs(clerk)
    const stranger = oms.as({ tenant: 'another', actor: { kind: 'user', id: 'eve' } })
    const text = (answer: unknown, id: string) => canonicalJson(answer).replaceAll(id, 'ID')
    const asked = (id: string) => [
      stranger.orders.get({ order: id }),
      stranger.orders.timeline({ order: id }),
      stranger.explain({ kind: 'order', id }),
      stranger.verifyAudit({ kind: 'order', id }),
      stranger.orders.confirm({ order: id }),
    ]
    const foreign = await Promise.all(asked(order))
    const missing = await Promise.all(asked('nothing-has-this-id'))
    for (const [index, answer] of foreign.entries()) {
      expect(answer.ok).toBe(false)
      expect(text(answer, order)).toBe(text(missing[index], 'nothing-has-this-id'))
    }
    expect(foreign[0]).toMatchObject({ error: { code: 'unknown_order', status: 404 } })
    const { number } = await clerk.orThrow.orders.get({ order })
    expect(text(await stranger.orders.get({ number }), number)).toBe(
      text(await stranger.orders.get({ number: 'XXXX-XXXX-XXXX' }), 'XXXX-XXXX-XXXX'),
    )
  })

  it.each([
    ['a misspelt field', { orderId: 'x' }, 'unknownField'],
    ['an additional field', { order: 'x', admin: true }, 'unknownField'],
    ['both ways to name it', { order: 'x', number: 'y' }, 'unknownField'],
    ['a missing field', {}, 'required'],
    ['a text for an object', 'x', 'type'],
    ['a prototype trick', JSON.parse('{"order":"x","__proto__":{"a":1}}') as unknown, 'forbiddenKey'],
    ['an id that is none', { order: '\u202eabc' }, 'id.charset'],
  ])('SE5 refuses %s', async (_what, input, rule) => {
    const { clerk } = openDesk()
    const answer = await clerk.orders.get(input as never)
    expect(answer).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
    const issues = answer.ok ? [] : (answer.error.issues ?? [])
    expect(issues.map((issue) => issue.rule)).toContain(rule)
  })

  it('hands out a copy: who changes an answer does not change the books', async () => {
    const { clerk } = await opened()
    const order = await orderMugs(clerk, 2)
    const first = await clerk.orThrow.orders.get({ order })
    ;(first.total as { amount: string }).amount = '0.01'
    ;(first.lines[0] as { name: string }).name = 'gold'
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({
      total: { amount: '25.00' },
      lines: [{ name: 'Blue mug' }],
    })
  })
})

describe('orders.list', () => {
  it('pages through all orders, each once, from the newest day to the oldest', async () => {
    const { clerk } = await opened(100)
    const days = ['2026-02-01', '2026-02-03', '2026-02-02', '2026-02-03', '2026-02-01']
    for (const orderedOn of days) await orderMugs(clerk, 1, { orderedOn })
    const seen: string[] = []
    const ids = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await clerk.orThrow.orders.list({ limit: 2, ...(cursor !== undefined && { cursor }) })
      expect(page.items.length).toBeLessThanOrEqual(2)
      for (const { id, orderedOn } of page.items) {
        seen.push(orderedOn)
        ids.add(id)
      }
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual([...days].sort().reverse())
    expect(ids.size).toBe(5)
  })

  it('filters by status, channel, customer and day', async () => {
    const { clerk } = await opened(100)
    await clerk.orThrow.parties.register({ id: 'bob', roles: ['customer'], name: 'Bob' }, freshKey())
    const web = await orderMugs(clerk, 1, { customer: 'bob', orderedOn: '2026-02-01' })
    const phone = await orderMugs(clerk, 1, { channel: 'phone', orderedOn: '2026-02-02' })
    await clerk.orThrow.orders.confirm({ order: phone })
    const listed = async (input: Parameters<typeof clerk.orders.list>[0]) =>
      (await clerk.orThrow.orders.list(input)).items.map(({ id }) => id)
    expect(await listed({ channel: 'phone' })).toEqual([phone])
    expect(await listed({ status: 'placed' })).toEqual([web])
    expect(await listed({ from: '2026-02-02' })).toEqual([phone])
    expect(await listed({ to: '2026-02-01' })).toEqual([web])
    expect(await listed({ from: '2026-02-01', to: '2026-02-02' })).toEqual([phone, web])
    expect(await listed({ customer: 'bob' })).toEqual([web])
    expect(await listed({ customer: 'nobody' })).toEqual([])
  })

  it.each([
    [{ limit: 201 }, 'limit', 'limit.range'],
    [{ limit: 0 }, 'limit', 'limit.range'],
    [{ limit: '50' }, 'limit', 'type'],
    [{ cursor: '' }, 'cursor', 'cursor.format'],
    [{ cursor: 'made up' }, 'cursor', 'cursor.format'],
    [{ status: 'lost' }, 'status', 'choice'],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'to', 'range.order'],
    [{ from: '2026-02-31' }, 'from', 'date.invalid'],
  ])('refuses %j', async (input, path, rule) => {
    const { clerk } = openDesk()
    expect(await clerk.orders.list(input as never)).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path: [path], rule }] },
    })
  })
})

describe('inventory.level and inventory.levels', () => {
  it('ST4 answers what is available beside the terms it is made of', async () => {
    const { clerk } = await opened(10)
    await orderMugs(clerk, 3)
    expect(await clerk.inventory.level({ sku: 'MUG' })).toEqual({
      ok: true,
      version: 3,
      value: {
        sku: 'MUG',
        location: 'main',
        unit: 'C62',
        onHand: 10,
        reserved: 3,
        quarantined: 0,
        safetyStock: 0,
        backorderAllowance: 0,
        incoming: 0,
        available: 7,
        version: 3,
      },
    })
  })

  it('ST12 answers unknown_sku where no stock was ever opened', async () => {
    const { clerk } = await opened()
    expect(await clerk.inventory.level({ sku: 'MUG', location: 'attic' })).toMatchObject({
      ok: false,
      error: { code: 'unknown_sku', details: { sku: 'MUG', location: 'attic' } },
    })
  })

  it('lists levels by SKU and by location', async () => {
    const { clerk } = await opened()
    await clerk.orThrow.inventory.receive({ sku: 'MUG', location: 'attic', quantity: 4 }, freshKey())
    await clerk.orThrow.catalog.define({ sku: 'CUP', name: 'Cup' })
    await clerk.orThrow.inventory.receive({ sku: 'CUP', location: 'attic', quantity: 1 }, freshKey())
    const levels = async (input: Parameters<typeof clerk.inventory.levels>[0]) =>
      (await clerk.orThrow.inventory.levels(input)).items.map(({ sku, location, available }) => [
        location,
        sku,
        available,
      ])
    expect(await levels({ sku: 'MUG' })).toEqual([
      ['attic', 'MUG', 4],
      ['main', 'MUG', 10],
    ])
    expect(await levels({ location: 'attic' })).toEqual([
      ['attic', 'CUP', 1],
      ['attic', 'MUG', 4],
    ])
  })
})

describe('orders.timeline', () => {
  it('F180 M78 M125 M126 M162 tells everything that happened to an order and its documents, when, by whom, in words', async () => {
    const { clerk, clock, oms } = await opened()
    const order = await orderMugs(clerk, 2)
    clock.advance(60_000)
    await clerk.orThrow.orders.confirm({ order })
    clock.advance(60_000)
    const packer = oms.as({ actor: { kind: 'user', id: 'max' }, onBehalfOf: { kind: 'service', id: 'wms' } })
    const { fulfillments } = await packer.orThrow.fulfillments.plan({ order })
    const { shipment } = await packer.orThrow.fulfillments.pack({
      fulfillment: fulfillments[0]?.fulfillment ?? '',
    })
    clock.advance(60_000)
    await packer.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })

    const { items } = await clerk.orThrow.orders.timeline({ order })
    const told = items.map(({ at, actor, label }) => `${at.slice(11, 16)} ${actor.id}: ${label}`)
    expect(told.filter((line) => line.startsWith('09:00') || line.startsWith('09:01'))).toEqual([
      '09:00 ada: Order captured',
      '09:00 ada: Order placed',
      '09:01 ada: Order confirmed',
    ])
    expect(told).toEqual(
      expect.arrayContaining([
        '09:02 max: Picking and packing planned',
        '09:02 max: Fulfillment planned',
        '09:02 max: Goods packed',
        '09:02 max: Shipment packed',
        '09:03 max: Shipment handed over to the carrier',
        '09:03 max: Order shipped',
        '09:03 max: Invoice issued',
      ]),
    )
    expect(items.find(({ what }) => what === 'OrderShipped')).toMatchObject({
      onBehalfOf: { kind: 'service', id: 'wms' },
      command: 'shipments.ship',
      record: { kind: 'order', id: order },
      event: { type: 'OrderShipped', shipment },
    })
  })

  it('keeps the order of a record in pages of any size', async () => {
    const { clerk, clock } = await opened()
    const order = await orderMugs(clerk, 2)
    // The store's clock goes back: what happened later is told later all the same.
    clock.set('2026-02-28T09:00:00.000Z')
    await clerk.orThrow.orders.confirm({ order })
    const all = (await clerk.orThrow.orders.timeline({ order })).items
    expect(all.map(({ what }) => what)).toEqual(['OrderCaptured', 'OrderPlaced', 'OrderConfirmed'])
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await clerk.orThrow.orders.timeline({
        order,
        limit: 1,
        ...(cursor !== undefined && { cursor }),
      })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== undefined)
    expect(paged).toEqual(all.map(({ id }) => id))
    expect(await clerk.orders.timeline({ order, cursor: 'made-up' })).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path: ['cursor'], rule: 'cursor.format' }] },
    })
  })
})

describe('the bound object', () => {
  it('has no query under the name of a command', () => {
    for (const [group, named] of Object.entries(queries)) {
      const taken = Object.keys((commands as Readonly<Record<string, object>>)[group] ?? {})
      expect(Object.keys(named).filter((name) => taken.includes(name))).toEqual([])
    }
  })

  it('has every command and query, in both manners of answering', () => {
    const { clerk } = openDesk()
    const door = clerk as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>
    const throwing = clerk.orThrow as unknown as typeof door
    for (const [group, named] of [...Object.entries(commands), ...Object.entries(queries)]) {
      for (const name of Object.keys(named)) {
        expect([group, name, typeof door[group]?.[name]]).toEqual([group, name, 'function'])
        expect([group, name, typeof throwing[group]?.[name]]).toEqual([group, name, 'function'])
      }
    }
    const groups = new Set([...Object.keys(commands), ...Object.keys(queries)])
    const ofRecords = Object.keys(recordQueries.records)
    expect(namesOf(throwing)).toEqual(new Set([...groups, ...ofRecords]))
    expect(namesOf(door)).toEqual(new Set([...groups, ...ofRecords, 'orThrow']))
    expect(clerk.orders).toBe(clerk.orders)
  })

  it('names every command and query after its place', () => {
    for (const [group, named] of [...Object.entries(commands), ...Object.entries(queries)]) {
      for (const [name, one] of Object.entries(named)) expect(one.name).toBe(`${group}.${name}`)
    }
  })
})

/** The groups stand on the prototype, since they are the same for all callers. */
const namesOf = (door: object): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const name in door) names.add(name)
  return names
}
