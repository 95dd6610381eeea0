import type { Storage } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, stockMugs, type Desk } from '../../support/desk.js'

const content = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 2 }] }

const shipped = async ({ clerk }: Desk): Promise<string> => {
  const { order } = await clerk.orThrow.orders.place(content, freshKey())
  await clerk.orThrow.orders.confirm({ order })
  const { fulfillments } = await clerk.orThrow.fulfillments.plan({ order })
  const { shipment } = await clerk.orThrow.fulfillments.pack({
    fulfillment: fulfillments[0]?.fulfillment ?? '',
  })
  return shipment
}

describe('a key that is sent again', () => {
  it('ID4 row 76 is executed once while the first is under way: the others get its answer', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => clerk.orders.place(content, { idempotencyKey: 'cart 1' })),
    )
    const orders = new Set(answers.map((answer) => answer.ok && answer.value.order))
    expect(orders.size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await clerk.orThrow.inventory.level({ sku: 'MUG' })).toMatchObject({ reserved: 2 })
  })

  it('ID3 row 75 with another input is refused, and says nothing about the first', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    await clerk.orThrow.orders.place(content, { idempotencyKey: 'cart 1' })
    const other = { ...content, lines: [{ sku: 'MUG', quantity: 3 }] }
    const answer = await clerk.orders.place(other, { idempotencyKey: 'cart 1' })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'idempotency_key_reused', status: 422, details: {} },
    })
  })

  it('ID7 row 79 belongs to its tenant: another’s is another key', async () => {
    const { oms, clerk } = openDesk()
    const neighbor = oms.as({ tenant: 'next-door', actor: { kind: 'user', id: 'bob' } })
    await stockMugs(clerk)
    await stockMugs(neighbor)
    const ours = await clerk.orders.place(content, { idempotencyKey: 'cart 1' })
    const theirs = await neighbor.orders.place(
      { ...content, lines: [{ sku: 'MUG', quantity: 5 }] },
      { idempotencyKey: 'cart 1' },
    )
    expect([ours, theirs]).toMatchObject([
      { ok: true, replayed: false },
      { ok: true, replayed: false },
    ])
    expect(ours.ok && theirs.ok && ours.value.order !== theirs.value.order).toBe(true)
  })

  it('ID7 belongs to its command: another command may use the same text', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const placed = await clerk.orders.place(content, { idempotencyKey: 'first' })
    const captured = await clerk.orders.capture(content, { idempotencyKey: 'first' })
    expect([placed.ok, placed.replayed, captured.ok, captured.replayed]).toEqual([true, false, true, false])
  })

  it('NR5 issues no second invoice: the repeat answers the number of the first', async () => {
    const desk = openDesk()
    await stockMugs(desk.clerk)
    const shipment = await shipped(desk)
    const ship = () =>
      desk.clerk.shipments.ship({ shipment, carrier: 'Parcel Post' }, { idempotencyKey: 'gate 1' })
    const first = await ship()
    const again = await ship()
    expect(again).toEqual({ ...first, replayed: true })
    const { items } = await desk.clerk.orThrow.invoices.list({})
    expect(items.map(({ number }) => number)).toEqual(['INV-000001'])
  })
})

describe('while records are locked', () => {
  it('RS11 no notifier is called, so a slow channel never holds up a sale', async () => {
    let locked = 0
    const calls: number[] = []
    const counting = (storage: Storage): Storage => ({
      ...passThrough(storage),
      update: async (tenant, keys, decide) => {
        locked += 1
        try {
          await storage.update(tenant, keys, decide)
        } finally {
          locked -= 1
        }
      },
    })
    const { oms, clerk } = openDesk({
      around: counting,
      notifiers: {
        email: {
          deliver: () => {
            calls.push(locked)
            return Promise.resolve()
          },
        },
      },
    })
    await stockMugs(clerk)
    await clerk.orThrow.orders.place(content, freshKey())
    await oms.relay({ limit: 10 })
    expect(calls).toEqual([0])
  })
})
