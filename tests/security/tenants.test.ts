import { countedIds, fixedClock } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { OrderManagementFor } from '../../src/app/order-management.js'
import { canonicalJson } from '../../src/core/canonical-json.js'
import type { Storage } from '../../src/core/ports/storage.js'
import { trustHost } from '../../src/core/ports/policy.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import { commandCalls, everyCall } from '../support/every-call/calls.js'
import { contentsOf } from '../support/every-call/contents.js'
import { emptyWorld, openWorld } from '../support/every-call/world.js'
import { chanceFrom, type Chance } from '../../src/testing/simulation/chance.js'

type Ask = (oms: OrderManagementFor, seen: Ids, chance: Chance, key: string) => Promise<unknown>
type Ids = Record<'order' | 'fulfillment' | 'shipment' | 'invoice' | 'party', string>

const nobody: Ids = { order: 'none', fulfillment: 'none', shipment: 'none', invoice: 'none', party: 'none' }
const skuOf = (chance: Chance): string => chance.of(['MUG', 'CUP', 'JUG'])

/** What a tenant does, with what it has seen itself. Both tenants use the same SKUs, keys, references and ids. */
const asks: readonly Ask[] = [
  (oms, _seen, chance) =>
    oms.catalog.define({ sku: skuOf(chance), name: 'Thing', price: { amount: '9.99', currency: 'EUR' } }),
  (oms, _seen, chance, key) =>
    oms.inventory.receive({ sku: skuOf(chance), quantity: 1 + chance.below(5) }, { idempotencyKey: key }),
  (oms, seen, chance, key) =>
    oms.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        reference: `ref-${chance.below(9)}`,
        lines: [{ sku: skuOf(chance), quantity: 1 + chance.below(3) }],
        ...(chance.oneIn(3) && { customer: seen.party }),
      },
      { idempotencyKey: key },
    ),
  (oms, seen) => oms.orders.confirm({ order: seen.order }),
  (oms, seen) => oms.orders.cancel({ order: seen.order, reason: 'changed-mind' }),
  (oms, seen) => oms.fulfillments.plan({ order: seen.order }),
  (oms, seen) => oms.fulfillments.pack({ fulfillment: seen.fulfillment }),
  (oms, seen) => oms.shipments.ship({ shipment: seen.shipment, carrier: 'Parcel Post' }),
  (oms, seen, _chance, key) =>
    oms.payments.record(
      { amount: { amount: '9.99', currency: 'EUR' }, method: 'card', invoices: [{ invoice: seen.invoice }] },
      { idempotencyKey: key },
    ),
  (oms, _seen, chance, key) =>
    oms.parties.register(
      { roles: ['customer'], number: `C-${chance.below(5)}`, name: 'Ada' },
      { idempotencyKey: key },
    ),
  (oms) => oms.orders.list({}),
  (oms) => oms.invoices.list({}),
  (oms) => oms.parties.list({}),
  (oms, seen) => oms.orders.timeline({ order: seen.order }),
  (oms, _seen, chance) => oms.inventory.audit({ sku: skuOf(chance) }),
]

interface Tenant {
  step(): Promise<string>
}

const tenantOf = (
  storage: Storage,
  clock: ReturnType<typeof fixedClock>,
  name: string,
  seed: number,
): Tenant => {
  const oms = createOrderManagement({ storage, policy: trustHost, clock, ids: countedIds() }).as({
    tenant: name,
    actor: { kind: 'user', id: 'ada' },
  })
  const chance = chanceFrom(seed)
  let seen = nobody
  let steps = 0
  return {
    step: async () => {
      const ask = chance.of(asks)
      const answer = await ask(oms, seen, chance, `key ${(steps += 1) % 40}`)
      seen = { ...seen, ...idsIn(canonicalJson(answer)) }
      return canonicalJson(answer)
    },
  }
}

/** The first id of each kind that an answer names. */
const idsIn = (text: string): Partial<Ids> =>
  Object.fromEntries(
    Object.keys(nobody).flatMap((kind) => {
      const id = new RegExp(`"${kind}":"([^"]+)"`).exec(text)?.[1]
      return id === undefined ? [] : [[kind, id]]
    }),
  )

const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1)
const steps = 120

describe('two tenants of one store', () => {
  it('SE1 ID7 see nothing of each other: every answer to one is the same with the other at work and without', async () => {
    let good = 0
    for (const seed of seeds) {
      const clock = fixedClock()
      const alone = tenantOf(memoryStorage({ clock }), clock, 'north', seed)
      const shared = memoryStorage({ clock })
      const beside = tenantOf(shared, clock, 'north', seed)
      const other = tenantOf(shared, clock, 'south', seed + 1_000)
      const when = chanceFrom(seed + 2_000)
      for (let step = 0; step < steps; step += 1) {
        while (when.oneIn(2)) await other.step()
        const answer = await alone.step()
        expect(await beside.step(), `seed ${seed}, step ${step}`).toBe(answer)
        if (answer.includes('"ok":true')) good += 1
      }
    }
    // Tenants that are refused everything would have nothing to hide.
    expect(good).toBeGreaterThan((seeds.length * steps) / 3)
  })

  it('SE3 are told of a foreign id what they are told of one that never was', async () => {
    const clock = fixedClock()
    const storage = memoryStorage({ clock })
    const as = (tenant: string) =>
      createOrderManagement({ storage, policy: trustHost, clock, ids: countedIds() }).as({
        tenant,
        actor: { kind: 'user', id: 'ada' },
      })
    const [north, south] = [as('north'), as('south')]
    await north.orThrow.catalog.define({
      sku: 'MUG',
      name: 'Mug',
      price: { amount: '9.99', currency: 'EUR' },
    })
    await north.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, { idempotencyKey: 'r' })
    const { party } = await north.orThrow.parties.register({ roles: ['customer'] }, { idempotencyKey: 'p' })
    const { order } = await north.orThrow.orders.place(
      { channel: 'web', currency: 'EUR', customer: party, lines: [{ sku: 'MUG', quantity: 2 }] },
      { idempotencyKey: 'o' },
    )
    await north.orThrow.orders.confirm({ order })
    const planned = await north.orThrow.fulfillments.plan({ order })
    const fulfillment = planned.fulfillments[0]?.fulfillment ?? 'none'
    const { shipment } = await north.orThrow.fulfillments.pack({ fulfillment })
    const { invoice = 'none' } = await north.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    const ids: Ids = { order, fulfillment, shipment, invoice, party }
    const asksFor = (seen: Ids): readonly Promise<unknown>[] => [
      south.orders.get({ order: seen.order }),
      south.orders.timeline({ order: seen.order }),
      south.orders.confirm({ order: seen.order }),
      south.orders.cancel({ order: seen.order, reason: 'x' }),
      south.fulfillments.get({ fulfillment: seen.fulfillment }),
      south.fulfillments.pack({ fulfillment: seen.fulfillment }),
      south.shipments.get({ shipment: seen.shipment }),
      south.shipments.deliver({ shipment: seen.shipment }),
      south.invoices.get({ invoice: seen.invoice }),
      south.parties.get({ party: seen.party }),
      south.parties.erase({ party: seen.party }),
      south.explain({ kind: 'order', id: seen.order }),
      south.verifyAudit({ kind: 'order', id: seen.order }),
    ]
    const hidden = (answers: readonly unknown[], seen: Ids): readonly string[] =>
      answers.map((answer) => {
        let text = canonicalJson(answer)
        for (const id of Object.values(seen)) text = text.replaceAll(id, 'ID')
        return text
      })
    const missing: Ids = {
      order: 'no-order',
      fulfillment: 'no-fulfillment',
      shipment: 'no-shipment',
      invoice: 'no-invoice',
      party: 'no-party',
    }
    const foreign = hidden(await Promise.all(asksFor(ids)), ids)
    expect(foreign).toEqual(hidden(await Promise.all(asksFor(missing)), missing))
    for (const answer of foreign) expect(answer).toContain('"ok":false')
  })

  it.each(everyCall)(
    'SE1 SE3 are told the same by $name whether the ids they name are those of the other or of nobody',
    async (call) => {
      const clock = fixedClock()
      const shared = memoryStorage({ clock })
      const north = await openWorld({ tenant: 'north', storage: shared })
      const foreign = await call.inputIn(north)
      const keys = north.storage.keys()
      const before = await contentsOf(north, keys)
      const beside = emptyWorld({ tenant: 'south', storage: shared })
      const alone = emptyWorld({ tenant: 'south' })

      const answer = await call.of(beside.clerk)(foreign, { idempotencyKey: 'first' })

      expect(answer).toEqual(await call.of(alone.clerk)(foreign, { idempotencyKey: 'first' }))
      expect(await contentsOf(north, keys)).toBe(before)
      // What the other tenant does next is no repeat of this, whatever its key.
      if (answer.ok && commandCalls.includes(call)) {
        expect(await call.of(north.clerk)(foreign, { idempotencyKey: 'first' })).toMatchObject({
          replayed: false,
        })
      }
    },
  )

  it('SE2 are named to the store in every call but the system calls', async () => {
    const clock = fixedClock()
    const storage = memoryStorage({ clock })
    const named = new Map<string, Set<unknown>>()
    const system = new Set<string>(['claim', 'settle', 'health'])
    const spy = new Proxy(storage, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name)
        if (typeof call !== 'function' || typeof name !== 'string') return call
        return (...given: unknown[]): unknown => {
          if (!system.has(name)) named.set(name, (named.get(name) ?? new Set()).add(given[0]))
          return Reflect.apply(call, target, given)
        }
      },
    })
    for (const seed of seeds.slice(0, 5)) {
      const tenant = tenantOf(spy, clock, 'north', seed)
      for (let step = 0; step < steps; step += 1) await tenant.step()
    }
    const oms = createOrderManagement({ storage: spy, policy: trustHost, clock, ids: countedIds() })
    await oms.releaseParked({ tenant: 'north', about: { kind: 'order', id: 'none' } })
    await oms.sweep({ tenant: 'north' })
    await oms.relay()
    const calls = ['find', 'history', 'read', 'release', 'update']
    expect([...named.keys()].toSorted()).toEqual(calls)
    expect(Object.keys(storage).toSorted()).toEqual([...calls, ...system].toSorted())
    for (const [name, tenants] of named) expect([...tenants], name).toEqual(['north'])
  })
})
