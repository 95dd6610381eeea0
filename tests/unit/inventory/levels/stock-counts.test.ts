import { createOrderManagement, trustHost, type OrderManagementFor } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { freshKey, openDesk, orderMugs, stockMugs, type Desk } from '../../../support/desk.js'
import { leavingOut } from '../../../support/leaving-out.js'
import { movementsOf } from '../../../support/stock-movements.js'

describe('a stock count', () => {
  let desk: Desk
  let boss: OrderManagementFor
  const counts = () => desk.clerk.orThrow.counts
  const onHand = async () => (await desk.clerk.orThrow.inventory.level({ sku: 'MUG' })).onHand

  const begin = (countTolerancePercent?: string) => {
    desk = openDesk({
      policy: trustHost,
      settings: countTolerancePercent === undefined ? {} : { countTolerancePercent },
    })
    boss = desk.oms.as({ actor: { kind: 'user', id: 'grace' } })
  }
  const counted = async (quantity: number, more: object = {}): Promise<string> => {
    const { count } = await counts().open({ skus: ['MUG'], ...more }, freshKey())
    await counts().record({ count, lines: [{ sku: 'MUG', counted: quantity }] })
    return count
  }

  beforeEach(async () => {
    begin()
    await stockMugs(desk.clerk, 100)
  })

  it('F42 is blind: nobody is told what should be there before it is submitted', async () => {
    const count = await counted(97)
    const open = await counts().get({ count })
    expect(open.lines).toEqual([{ sku: 'MUG', unit: 'C62', counted: 97, by: { kind: 'user', id: 'ada' } }])
    await counts().submit({ count })
    const { status, lines } = await counts().get({ count })
    expect([status, lines[0]?.expected, lines[0]?.variance]).toEqual(['awaiting_approval', 100, -3])
  })

  it('books nothing but the truth when all is there', async () => {
    const count = await counted(100)
    expect(await counts().submit({ count })).toEqual({ count, status: 'booked' })
    expect(await movementsOf(desk.storage, 'main/MUG')).toHaveLength(2)
  })

  it('F42 lets somebody else than the counter approve what differs, and only then books it', async () => {
    const count = await counted(97)
    await counts().submit({ count })
    expect(await onHand()).toBe(100)
    expect(await desk.clerk.counts.approve({ count, reason: 'shrinkage' })).toMatchObject({
      error: { code: 'counter_cannot_approve', status: 403 },
    })
    expect(await onHand()).toBe(100)
    expect(await boss.orThrow.counts.approve({ count, reason: 'shrinkage' })).toEqual({
      count,
      status: 'booked',
    })
    expect(await onHand()).toBe(97)
    expect((await movementsOf(desk.storage, 'main/MUG')).at(-1)).toEqual({
      type: 'StockAdjusted',
      quantity: -3,
      source: { kind: 'stock_count', id: count },
      reason: 'shrinkage',
    })
    expect((await counts().get({ count })).approvedBy).toEqual({ kind: 'user', id: 'grace' })
  })

  it('books at once what is within the tolerance, to the last unit', async () => {
    begin('3')
    await stockMugs(desk.clerk, 100)
    const within = await counted(97)
    expect(await counts().submit({ count: within })).toMatchObject({ status: 'booked' })
    expect(await onHand()).toBe(97)
    const beyond = await counted(94)
    expect(await counts().submit({ count: beyond })).toMatchObject({ status: 'awaiting_approval' })
  })

  it('takes a stricter tolerance than the setting and refuses a wider one', async () => {
    begin('3')
    await stockMugs(desk.clerk, 100)
    const count = await counted(99, { tolerancePercent: '0.5' })
    expect(await counts().submit({ count })).toMatchObject({ status: 'awaiting_approval' })
    expect(
      await desk.clerk.counts.open({ skus: ['MUG'], tolerancePercent: '3.1' }, freshKey()),
    ).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'countTolerancePercent', most: '3' } },
    })
    expect(() => openDesk({ settings: { countTolerancePercent: '101' } })).toThrow(/countTolerancePercent/)
  })

  it('books the difference, so what moved meanwhile stays right', async () => {
    const count = await counted(97)
    await desk.clerk.orThrow.inventory.receive({ sku: 'MUG', quantity: 20 }, freshKey())
    await counts().submit({ count })
    await boss.orThrow.counts.approve({ count, reason: 'shrinkage' })
    expect(await onHand()).toBe(117)
  })

  it('ST9 refuses to book less than is reserved, and stays as it was', async () => {
    await orderMugs(desk.clerk, 98)
    const count = await counted(97)
    await counts().submit({ count })
    expect(await boss.counts.approve({ count, reason: 'shrinkage' })).toMatchObject({
      error: { code: 'stock_below_reserved', details: { reserved: 98, onHand: 100 } },
    })
    expect((await counts().get({ count })).status).toBe('awaiting_approval')
    expect(await onHand()).toBe(100)
  })

  it('ST9 asks to approve again where it was not there to see whose goods are missing, and books nothing', async () => {
    await orderMugs(desk.clerk, 98)
    const count = await counted(97)
    await counts().submit({ count })
    const blind = createOrderManagement({
      policy: trustHost,
      clock: desk.clock,
      storage: leavingOut(desk.storage, 'stock_count'),
    }).as({ actor: { kind: 'user', id: 'grace' } })
    const approval = { count, reason: 'shrinkage', shortage: 'backorder' } as const
    expect(await blind.counts.approve(approval)).toMatchObject({
      error: { code: 'changed_meanwhile', details: { count } },
    })
    expect(await onHand()).toBe(100)
    expect(await boss.orThrow.counts.approve(approval)).toMatchObject({
      status: 'booked',
      backordered: [{ sku: 'MUG', quantity: 1 }],
    })
  })

  it('ST9 takes no goods from anybody for a count that nobody knows', async () => {
    const approval = { count: 'none', reason: 'shrinkage', shortage: 'backorder' } as const
    expect(await boss.counts.approve(approval)).toMatchObject({
      error: { code: 'unknown_stock_count', details: { count: 'none' } },
    })
  })

  it('counts what is reserved and quarantined too: it lies there', async () => {
    await orderMugs(desk.clerk, 20)
    await desk.clerk.orThrow.inventory.quarantine({ sku: 'MUG', quantity: 5, reason: 'damaged' }, freshKey())
    const count = await counted(100)
    expect(await counts().submit({ count })).toMatchObject({ status: 'booked' })
    expect(await onHand()).toBe(100)
  })

  it('can be sent back and counted again, and then forgets what was found', async () => {
    const count = await counted(50)
    await counts().submit({ count })
    await boss.orThrow.counts.reject({ count, reason: 'count-again' })
    expect(await desk.clerk.counts.submit({ count })).toMatchObject({
      error: { code: 'count_incomplete', details: { missing: ['MUG'] } },
    })
    await counts().record({ count, lines: [{ sku: 'MUG', counted: 100 }] })
    expect(await counts().submit({ count })).toMatchObject({ status: 'booked' })
  })

  it('replaces a first figure by a second one', async () => {
    const count = await counted(50)
    await counts().record({ count, lines: [{ sku: 'MUG', counted: 100 }] })
    expect(await counts().submit({ count })).toMatchObject({ status: 'booked' })
    expect(await onHand()).toBe(100)
  })

  it('is the only one of its level: two would book one variance twice', async () => {
    const count = await counted(97)
    expect(await desk.clerk.counts.open({ skus: ['MUG'] }, freshKey())).toMatchObject({
      error: { code: 'already_exists', details: { count } },
    })
    await counts().cancel({ count, reason: 'tired' })
    expect(await onHand()).toBe(100)
    const next = await counted(100)
    await counts().submit({ count: next })
    expect(await desk.clerk.counts.open({ skus: ['MUG'] }, freshKey())).toMatchObject({ ok: true })
  })

  it('refuses what is not part of it, twice the same, and what is unknown', async () => {
    const { count } = await counts().open({ skus: ['MUG'] }, freshKey())
    expect(await desk.clerk.counts.record({ count, lines: [{ sku: 'NO', counted: 1 }] })).toMatchObject({
      error: { code: 'unknown_line' },
    })
    const twice = [
      { sku: 'MUG', counted: 1 },
      { sku: 'MUG', counted: 2 },
    ]
    expect(await desk.clerk.counts.record({ count, lines: twice })).toMatchObject({
      error: { issues: [{ path: ['lines', 1, 'sku'], rule: 'line.duplicateSku' }] },
    })
    expect(await desk.clerk.counts.record({ count, lines: [{ sku: 'MUG', counted: -1 }] })).toMatchObject({
      error: { issues: [{ rule: 'quantity.negative' }] },
    })
    expect(await desk.clerk.counts.open({ skus: ['NO'] }, freshKey())).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    expect(await desk.clerk.counts.open({ skus: ['MUG', 'MUG'] }, freshKey())).toMatchObject({
      error: { issues: [{ path: ['skus', 1], rule: 'line.duplicateSku' }] },
    })
    expect(await desk.clerk.counts.submit({ count: 'none' })).toMatchObject({
      error: { code: 'unknown_stock_count' },
    })
    await counts().cancel({ count, reason: 'tired' })
    expect(await desk.clerk.counts.approve({ count, reason: 'x' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'canceled', allowed: [] } },
    })
  })

  it('F12 explains what can be done with it, and what is missing', async () => {
    const { count } = await counts().open({ skus: ['MUG'] }, freshKey())
    const explain = () => desk.clerk.orThrow.explain({ kind: 'stock_count', id: count })
    const blocked = async (command: string) =>
      (await explain()).blocked.find((entry) => entry.command === command)?.because
    expect((await explain()).allowed).toEqual(['counts.record', 'counts.cancel'])
    expect(await blocked('counts.submit')).toMatchObject([
      { code: 'count_incomplete', details: { missing: ['MUG'] }, unblockedBy: ['counts.record'] },
    ])
    await counts().record({ count, lines: [{ sku: 'MUG', counted: 1 }] })
    expect((await explain()).allowed).toContain('counts.submit')
    await counts().submit({ count })
    expect((await explain()).allowed).toEqual(['counts.approve', 'counts.reject', 'counts.cancel'])
  })

  it('is listed by location and status', async () => {
    const count = await counted(97)
    await counts().submit({ count })
    const waiting = await counts().list({ status: 'awaiting_approval', location: 'main' })
    expect(waiting.items.map(({ id }) => id)).toEqual([count])
    expect((await counts().list({ status: 'open' })).items).toEqual([])
  })
})
