import { countedIds } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { newKey, stock } from '../../support/shop.js'
import { storesUnderTest, type NamedStore } from '../../support/stores-under-test.js'

const racers = 24
const most = 5

/** Two engines over one store, over two connections where the store has them. */
const openDesks = async (store: NamedStore, ids = countedIds()) => {
  const opened = await store.open()
  const desk = (storage: Storage): OrderManagementFor =>
    createOrderManagement({ storage, policy: trustHost, ids }).as({ actor: { kind: 'user', id: 'ada' } })
  const desks = [desk(opened.storage), desk(opened.another ?? opened.storage)] as const
  await stock(desks[0], 'MUG', 1_000, '10.00')
  await desks[0].orThrow.promotions.define({
    promotion: 'LAST',
    name: 'The last ones',
    benefit: { kind: 'percentage', percent: '10' },
    mostUses: most,
    returnsUses: true,
  })
  const racing = (turn: number): OrderManagementFor => desks[turn % 2 === 0 ? 0 : 1]
  return { desk: desks[0], racing, close: async () => opened.close?.() }
}

const basket = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }], promotions: {} }

const usesOf = async (desk: OrderManagementFor) =>
  (await desk.orThrow.promotions.get({ promotion: 'LAST' })).uses

const inTurn = <Value>(run: (turn: number) => Promise<Value>): Promise<readonly Value[]> =>
  Promise.all(Array.from({ length: racers }, (_, turn) => run(turn)))

describe.each(await storesUnderTest())('a promotion with a limit, raced for in $name', (store) => {
  it('is had by as many orders as it may be, and the others pay the full price', async () => {
    const { desk, racing, close } = await openDesks(store)
    try {
      const placed = await inTurn((turn) => racing(turn).orThrow.orders.place(basket, newKey()))
      const totals = placed.map(({ total }) => total.amount).toSorted()
      expect(totals).toEqual([
        ...Array.from({ length: racers - most }, () => '10.00'),
        ...Array.from({ length: most }, () => '9.00'),
      ])
      expect(await usesOf(desk)).toBe(most)
    } finally {
      await close()
    }
  })

  it('refuses every draft beyond the last use, and counts what canceled orders give back', async () => {
    const { desk, racing, close } = await openDesks(store)
    try {
      const drafts = await inTurn((turn) => racing(turn).orThrow.orders.capture(basket, newKey()))
      expect(drafts.every(({ total }) => total.amount === '9.00')).toBe(true)
      const answers = await inTurn((turn) =>
        racing(turn).orders.placeDraft({ order: drafts[turn]?.order ?? '' }),
      )
      expect(answers.filter(({ ok }) => ok)).toHaveLength(most)
      for (const answer of answers) {
        if (answer.ok) continue
        expect(answer.error).toMatchObject({
          code: 'promotion_unavailable',
          details: { promotion: 'LAST', reason: 'used_up' },
        })
      }
      expect(await usesOf(desk)).toBe(most)
      const had = drafts.filter((_draft, turn) => answers[turn]?.ok === true)
      const canceled = had.slice(0, 2)
      const late = drafts.filter((_draft, turn) => answers[turn]?.ok === false)
      const [, again] = await Promise.all([
        Promise.all(
          canceled.map(({ order }, turn) =>
            racing(turn).orThrow.orders.cancel({ order, reason: 'changed_mind' }, newKey()),
          ),
        ),
        Promise.all(late.map(({ order }, turn) => racing(turn + 1).orders.placeDraft({ order }))),
      ])
      const taken = again.filter(({ ok }) => ok).length
      expect(taken).toBeLessThanOrEqual(2)
      expect(await usesOf(desk)).toBe(most - 2 + taken)
    } finally {
      await close()
    }
  })
})
