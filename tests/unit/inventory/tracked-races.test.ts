import { countedIds } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { confirmed, newKey } from '../../support/shop.js'
import { storesUnderTest, type NamedStore } from '../../support/stores-under-test.js'
import { defineTracked, lotsOf, receiveLots, receiveSerials } from '../../support/tracked-shop.js'

const racers = 12

/** Two engines over one store, over two connections where the store has them. */
const openDesks = async (store: NamedStore, ids = countedIds()) => {
  const opened = await store.open()
  const desk = (storage: Storage): OrderManagementFor =>
    createOrderManagement({ storage, policy: trustHost, ids }).as({ actor: { kind: 'user', id: 'ada' } })
  const desks = [desk(opened.storage), desk(opened.another ?? opened.storage)] as const
  await defineTracked(desks[0])
  const racing = (turn: number): OrderManagementFor => desks[turn % 2 === 0 ? 0 : 1]
  return { desk: desks[0], racing, close: async () => opened.close?.() }
}

const codesOf = (answers: readonly Answer<unknown>[]) =>
  answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)).toSorted()

const times = <Item>(count: number, item: Item): readonly Item[] => Array.from({ length: count }, () => item)

describe.each(await storesUnderTest())('goods that are told apart, raced for in $name', (store) => {
  it('ST14 packs one piece for one of many fulfillments, and refuses it by name to all others', async () => {
    const { desk, racing, close } = await openDesks(store)
    try {
      const serials = Array.from({ length: racers }, (_, index) => `S${index}`)
      await receiveSerials(desk, 'radio', ...serials)
      const fulfillments: string[] = []
      for (const _serial of serials) {
        const order = await confirmed(desk, [{ sku: 'radio', quantity: 1 }])
        const planned = await desk.orThrow.fulfillments.plan({ order })
        fulfillments.push(planned.fulfillments[0]?.fulfillment ?? '')
      }
      const answers = await Promise.all(
        fulfillments.map((fulfillment, turn) =>
          racing(turn).fulfillments.pack({ fulfillment, goods: [{ line: 'L1', serials: ['S0'] }] }),
        ),
      )
      expect(codesOf(answers)).toEqual(['ok', ...times(racers - 1, 'serial_unavailable')])
      const winner = fulfillments[answers.findIndex(({ ok }) => ok)]
      const piece = await desk.orThrow.inventory.serial({ sku: 'radio', serial: 'S0' })
      expect(piece.allocation?.fulfillment).toBe(winner)
      for (const answer of answers) {
        if (!answer.ok) expect(answer.error.details).toMatchObject({ serial: 'S0', fulfillment: winner })
      }
    } finally {
      await close()
    }
  })

  it('ST14 receives one number once, however many receipts race to bring it', async () => {
    const { desk, racing, close } = await openDesks(store)
    try {
      const answers = await Promise.all(
        times(racers, 'S0').map((serial, turn) =>
          racing(turn).inventory.receive({ sku: 'radio', quantity: 1, serials: [serial] }, newKey()),
        ),
      )
      expect(codesOf(answers)).toEqual(['ok', ...times(racers - 1, 'serial_unavailable')])
      expect(await desk.orThrow.inventory.level({ sku: 'radio' })).toMatchObject({ onHand: 1 })
    } finally {
      await close()
    }
  })

  it('ST14 sets aside of a lot what there is of it, whoever asks first', async () => {
    const { desk, racing, close } = await openDesks(store)
    try {
      await receiveLots(desk, 'salve', 'A 5 2026-06-01', `B ${racers} 2026-07-01`)
      const orders: string[] = []
      for (let index = 0; index < racers; index += 1) {
        orders.push(await confirmed(desk, [{ sku: 'salve', quantity: 1 }]))
      }
      const answers = await Promise.all(
        orders.map((order, turn) =>
          racing(turn).fulfillments.plan({
            order,
            goods: [{ line: 'L1', lots: [{ lot: 'A', quantity: 1 }] }],
          }),
        ),
      )
      expect(codesOf(answers)).toEqual([...times(5, 'ok'), ...times(racers - 5, 'quantity_exceeded')])
      const left = orders.filter((_, turn) => !answers[turn]?.ok)
      const second = await Promise.all(left.map((order, turn) => racing(turn).fulfillments.plan({ order })))
      expect(codesOf(second)).toEqual(times(racers - 5, 'ok'))
      expect(await lotsOf(desk, 'salve')).toEqual(['A 5/5/0', `B ${racers}/${racers - 5}/0`])
    } finally {
      await close()
    }
  })
})
