import { createOrderManagement, trustHost } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk } from '../../support/desk.js'
import { defineTracked, lotsOf, receiveLots, receiveSerials } from '../../support/tracked-shop.js'

/** A desk with ada, who counts, and bob, who approves. */
const openCounting = async (sku: string) => {
  const desk = openDesk()
  const { clerk } = desk
  const bob = desk.oms.as({ actor: { kind: 'user', id: 'bob' } })
  await defineTracked(clerk)
  await receiveLots(clerk, 'salve', 'A 5 2026-06-01', 'B 5 2026-07-01')
  await receiveSerials(clerk, 'radio', '1', '2', '3')
  const { count } = await clerk.orThrow.counts.open({ skus: [sku] }, freshKey())
  const record = (counted: number, named: object = {}) =>
    clerk.counts.record({ count, lines: [{ sku, counted, ...named }] })
  const book = async () => {
    const { status } = await clerk.orThrow.counts.submit({ count })
    return status === 'booked'
      ? 'booked'
      : (await bob.orThrow.counts.approve({ count, reason: 'counted' })).status
  }
  return { ...desk, bob, count, record, book }
}

describe('counting goods that are tracked by lot', () => {
  it('F37 F42 asks for approval where lots differ, even if another lot makes up for it', async () => {
    const { clerk, count, record } = await openCounting('salve')
    const lots = [
      { lot: 'A', quantity: 3 },
      { lot: 'C', quantity: 7, expiresOn: '2026-08-01' },
    ]
    expect(await record(10, { lots })).toMatchObject({ ok: true })
    expect(await clerk.orThrow.counts.submit({ count })).toMatchObject({ status: 'awaiting_approval' })
  })

  it('books lots that were found and lots that were not', async () => {
    const { clerk, record, book } = await openCounting('salve')
    const lots = [
      { lot: 'A', quantity: 3 },
      { lot: 'C', quantity: 7, expiresOn: '2026-08-01' },
    ]
    await record(10, { lots })
    expect(await book()).toBe('booked')
    expect(await lotsOf(clerk, 'salve')).toEqual(['A 3/0/0', 'C 7/0/0'])
    expect(await clerk.orThrow.inventory.level({ sku: 'salve' })).toMatchObject({ onHand: 10 })
  })

  it('takes nothing found for nothing there, without names', async () => {
    const { clerk, record, book } = await openCounting('salve')
    await record(0)
    expect(await book()).toBe('booked')
    expect(await lotsOf(clerk, 'salve')).toEqual([])
  })

  it('books the lots of a SKU of which no lot ever came', async () => {
    const { clerk, bob } = await openCounting('salve')
    await clerk.orThrow.inventory.configure({ sku: 'salve', location: 'annex', lowStock: 1 })
    const { count } = await clerk.orThrow.counts.open({ skus: ['salve'], location: 'annex' }, freshKey())
    const lots = [{ lot: 'A', quantity: 2, expiresOn: '2026-06-01' }]
    await clerk.orThrow.counts.record({ count, lines: [{ sku: 'salve', counted: 2, lots }] })
    await clerk.orThrow.counts.submit({ count })
    expect(await bob.orThrow.counts.approve({ count, reason: 'moved' })).toMatchObject({ status: 'booked' })
    expect(await clerk.orThrow.inventory.lots({ sku: 'salve', location: 'annex' })).toMatchObject({
      lots: [{ lot: 'A', onHand: 2, expiresOn: '2026-06-01' }],
    })
  })

  it('refuses lots that do not add up or have another expiry date, and serial numbers', async () => {
    const { record } = await openCounting('salve')
    expect(await record(10)).toMatchObject({ error: { issues: [{ rule: 'lots.required' }] } })
    expect(await record(10, { lots: [{ lot: 'A', quantity: 5 }] })).toMatchObject({
      error: { issues: [{ path: ['lines', 0, 'lots'], rule: 'lots.sum' }] },
    })
    expect(await record(5, { lots: [{ lot: 'A', quantity: 5, expiresOn: '2026-06-02' }] })).toMatchObject({
      error: { code: 'lot_conflict' },
    })
    expect(await record(1, { serials: ['1'] })).toMatchObject({
      error: { issues: [{ rule: 'tracking.none' }] },
    })
  })
})

describe('counting pieces with serial numbers', () => {
  it('F37 F42 knows which pieces are missing and which should not be there', async () => {
    const { clerk, record, book } = await openCounting('radio')
    await record(3, { serials: ['2', '3', '9'] })
    expect(await book()).toBe('booked')
    const statusOf = async (serial: string) =>
      (await clerk.orThrow.inventory.serial({ sku: 'radio', serial })).status
    expect([await statusOf('1'), await statusOf('2'), await statusOf('9')]).toEqual([
      'missing',
      'in_stock',
      'in_stock',
    ])
    expect(await clerk.orThrow.inventory.level({ sku: 'radio' })).toMatchObject({ onHand: 3 })
  })

  it('books nothing when every piece is there', async () => {
    const { clerk, count, record } = await openCounting('radio')
    await record(3, { serials: ['3', '1', '2'] })
    expect(await clerk.orThrow.counts.submit({ count })).toMatchObject({ status: 'booked' })
    const piece = await clerk.orThrow.inventory.serial({ sku: 'radio', serial: '1' })
    expect(piece.history).toHaveLength(1)
  })

  it('asks to count again when it cannot see all the pieces that should be there', async () => {
    const { count, record, storage, clock } = await openCounting('radio')
    const blind = createOrderManagement({
      policy: trustHost,
      clock,
      storage: { ...passThrough(storage), find: async () => ({ items: [] }) },
    }).as({ actor: { kind: 'user', id: 'ada' } })
    const lines = [{ sku: 'radio', counted: 1, serials: ['1'] }]
    expect(await blind.counts.record({ count, lines })).toMatchObject({
      error: { code: 'changed_meanwhile' },
    })
    expect(await record(1, { serials: ['1'] })).toMatchObject({ ok: true })
  })

  it('refuses to book a piece as missing that a fulfillment has meanwhile set aside', async () => {
    const { clerk, bob, count, record } = await openCounting('radio')
    await record(2, { serials: ['2', '3'] })
    const { order } = await clerk.orThrow.orders.place(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'radio', quantity: 1 }] },
      freshKey(),
    )
    await clerk.orThrow.orders.confirm({ order })
    await clerk.orThrow.fulfillments.plan({ order, goods: [{ line: 'L1', serials: ['1'] }] })
    await clerk.orThrow.counts.submit({ count })
    expect(await bob.counts.approve({ count, reason: 'counted' })).toMatchObject({
      error: { code: 'serial_unavailable', details: { serial: '1', order } },
    })
  })
})
