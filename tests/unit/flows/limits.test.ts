import type { Answer, OrderManagementFor } from 'orderwright'
import { countedIds } from 'orderwright/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Skill } from '../../../src/core/capacity/skill.js'
import { mostResourcesOfSkill } from '../../../src/core/capacity/skill.js'
import { largestQuantity } from '../../../src/core/catalog/quantity.js'
import type { LocationList } from '../../../src/core/sourcing/location-list.js'
import { allLocations, locationListKind, mostLocations } from '../../../src/core/sourcing/location-list.js'
import { chair, define } from '../../support/capacity.js'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'
import { plantDrift } from '../../support/plant-drift.js'

const settings = {
  limits: { linesPerOrder: 1, quantityPerLine: 5, serialsPerCommand: 2, invoicesPerOrder: 1 },
  longestHoldSeconds: 600,
} as const

const price = { amount: '8.00', currency: 'EUR' } as const
const limit = (name: string, most: number, more: object = {}) => ({
  ok: false,
  error: { code: 'limit_exceeded', details: { limit: name, most, ...more } },
})

let clerk: OrderManagementFor
beforeAll(async () => {
  ;({ clerk } = openDesk({ settings }))
  await stockMugs(clerk)
  await clerk.orThrow.catalog.define({ sku: 'RADIO', name: 'Radio', price, tracking: 'serial' })
  await define(clerk, chair)
})

const line = { sku: 'MUG', quantity: 1 } as const
const order = (lines: readonly object[]) => ({ channel: 'web', currency: 'EUR', lines }) as never

describe('what one command may ask for', () => {
  it.each<readonly [string, () => Promise<Answer<unknown>>, number]>([
    ['linesPerOrder', () => clerk.orders.place(order([line, line]), freshKey()), 1],
    ['quantityPerLine', () => clerk.orders.place(order([{ ...line, quantity: 6 }]), freshKey()), 5],
    ['linesPerOrder', () => clerk.counts.open({ skus: ['MUG', 'RADIO'] }, freshKey()), 1],
    [
      'linesPerOrder',
      () => clerk.transfers.plan({ from: 'main', to: 'annex', lines: [line, line] }, freshKey()),
      1,
    ],
  ])('%s: says so, and how much it may be', async (name, send, most) => {
    expect(await send()).toMatchObject(limit(name, most))
  })

  it('holds capacity no longer than the longest hold', async () => {
    const lines = [{ resource: 'chair', startsAt: '2026-03-02T09:00:00Z' }]
    expect(await clerk.capacity.hold({ owner: 'cart', lines, seconds: 601 }, freshKey())).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['seconds'] }] },
    })
  })

  it('bills an order as often as the limit says, deposits included', async () => {
    const { order: id } = await clerk.orThrow.orders.place(order([{ ...line, quantity: 4 }]), freshKey())
    await clerk.orThrow.orders.confirm({ order: id })
    const bill = () => clerk.invoices.billDeposit({ order: id, deposit: { percent: '10' } }, freshKey())
    expect(await bill()).toMatchObject({ ok: true })
    expect(await bill()).toMatchObject(limit('invoicesPerOrder', 1))
  })
})

describe('what there may be', () => {
  const planted = async () => {
    const desk = openDesk()
    await stockMugs(desk.clerk)
    return desk
  }

  it('counts locations, and defines no further one than it can list', async () => {
    const desk = await planted()
    await desk.clerk.orThrow.locations.define({ location: 'main', name: 'Main' })
    await plantDrift<LocationList>(desk.storage, locationListKind.name, allLocations, () => ({
      locations: Array.from({ length: mostLocations }, (_, index) => `L${index}`) as never,
    }))
    expect(await desk.clerk.locations.define({ location: 'annex', name: 'Annex' })).toMatchObject(
      limit('locations', mostLocations),
    )
    expect(await desk.clerk.locations.define({ location: 'main', name: 'Head office' })).toMatchObject({
      ok: true,
    })
  })

  it('closes a location with as many stock levels as one commit can take', async () => {
    const keys = Array.from({ length: 10_001 }, (_, index) => ({ kind: 'stock', id: `annex/S${index}` }))
    const desk = openDesk({
      around: (storage) => ({
        ...storage,
        find: () => Promise.resolve({ items: keys.map((key) => ({ key })) } as never),
      }),
    })
    await desk.clerk.orThrow.locations.define({ location: 'annex', name: 'Annex' })
    expect(await desk.clerk.locations.close({ location: 'annex' })).toMatchObject(limit('levels', 10_000))
  })

  it('finds a skill at so many resources, and defines no further one that has it', async () => {
    const desk = await planted()
    await define(desk.clerk, { ...chair, skills: ['fitting'] })
    await plantDrift<Skill>(desk.storage, 'skill', 'fitting', () => ({
      resources: Array.from({ length: mostResourcesOfSkill }, (_, index) => `chair ${index}`) as never,
    }))
    expect(
      await desk.clerk.capacity.defineResource({ ...chair, resource: 'bench', skills: ['fitting'] }),
    ).toMatchObject(limit('resourcesOfSkill', mostResourcesOfSkill, { skill: 'fitting' }))
  })

  it('expects no more of a SKU than can be counted: when it is entered, and when the vendor sends more', async () => {
    const { clerk: buyer } = await planted()
    const expecting = (id: string, quantity: number) =>
      buyer.inventory.expect({ id, sku: 'MUG', quantity, expectedOn: '2026-04-01' }, freshKey())
    const full = { incoming: largestQuantity - 1 }
    expect(await expecting('E-1', largestQuantity - 2)).toMatchObject({ ok: true })
    expect(await expecting('E-2', 1)).toMatchObject({ ok: true })
    expect(await expecting('E-3', 2)).toMatchObject(limit('incoming', largestQuantity, full))
    expect(await buyer.inventory.changeExpected({ expected: 'E-2', quantity: 3 })).toMatchObject(
      limit('incoming', largestQuantity, full),
    )
  })

  it('sends no more to a location than can be counted there, on the way and on the shelf', async () => {
    const { clerk: mover } = await planted()
    await mover.orThrow.inventory.expect(
      { id: 'E-1', sku: 'MUG', location: 'annex', quantity: largestQuantity, expectedOn: '2026-04-01' },
      freshKey(),
    )
    const { transfer } = await mover.orThrow.transfers.plan(
      { from: 'main', to: 'annex', lines: [line] },
      freshKey(),
    )
    expect(await mover.transfers.ship({ transfer })).toMatchObject(limit('incoming', largestQuantity))
    await mover.orThrow.inventory.cancelExpected({ expected: 'E-1', reason: 'late' })
    await mover.orThrow.transfers.ship({ transfer })
    await mover.orThrow.inventory.receive(
      { sku: 'MUG', location: 'annex', quantity: largestQuantity },
      freshKey(),
    )
    expect(await mover.transfers.receive({ transfer }, freshKey())).toMatchObject(
      limit('onHand', largestQuantity),
    )
  })
})

describe('holds of one owner', () => {
  const held = async (oms: OrderManagementFor) =>
    (await oms.orThrow.inventory.hold({ owner: 'cart', lines: [line], seconds: 60 }, freshKey())).reservation

  it('are counted from their next step on where a quota is set later', async () => {
    const ids = countedIds()
    const before = openDesk({ ids })
    await stockMugs(before.clerk)
    const [one, two, three] = [await held(before.clerk), await held(before.clerk), await held(before.clerk)]
    const { clerk: shop } = openDesk({ ids, around: () => before.storage, settings: { holdsPerOwner: 1 } })
    const extend = (reservation: string) =>
      shop.inventory.extendHold({ reservation, owner: 'cart', seconds: 90 }, freshKey())
    await shop.orThrow.inventory.releaseHold({ reservation: three, owner: 'cart' })
    expect(await extend(one)).toMatchObject({ ok: true })
    expect(await extend(two)).toMatchObject(limit('holdsPerOwner', 1))
    expect(await shop.inventory.releaseHold({ reservation: two, owner: 'cart' })).toMatchObject({ ok: true })
    expect(
      await shop.inventory.hold({ owner: 'cart', lines: [line], seconds: 60 }, freshKey()),
    ).toMatchObject(limit('holdsPerOwner', 1))
    await shop.orThrow.inventory.releaseHold({ reservation: one, owner: 'cart' })
    expect(await held(shop)).toMatch(/./)
  })
})
