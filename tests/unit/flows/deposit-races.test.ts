import { countedIds } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { newKey, stock } from '../../support/shop.js'
import { storesUnderTest } from '../../support/stores-under-test.js'

const racers = 16

const draft = {
  channel: 'desk',
  currency: 'EUR',
  lines: [{ sku: 'DESK', quantity: 10 }],
  depositOn: { order: { percent: '30' }, confirmation: { percent: '20' } },
}

describe.each(await storesUnderTest())('a deposit that is agreed with an order, in $name', (store) => {
  it('F101 is claimed once whoever races to place and to confirm, and a repeat answers what was answered', async () => {
    const opened = await store.open()
    const ids = countedIds()
    const desk = (storage: Storage): OrderManagementFor =>
      createOrderManagement({ storage, policy: trustHost, ids }).as({ actor: { kind: 'user', id: 'ada' } })
    const desks = [desk(opened.storage), desk(opened.another ?? opened.storage)] as const
    /** What all who race are answered, two of them with the same key. */
    const race = <Answer>(
      call: (oms: OrderManagementFor, key: { idempotencyKey: string }) => Promise<Answer>,
    ) => {
      const same = newKey()
      return Promise.all(
        Array.from({ length: racers }, (_, turn) =>
          call(desks[turn % 2 === 0 ? 0 : 1], turn < 2 ? same : newKey()),
        ),
      )
    }
    try {
      await stock(desks[0], 'DESK', 100, '100.00')
      const { order } = await desks[0].orThrow.orders.capture(draft, newKey())
      for (const name of ['placeDraft', 'confirm'] as const) {
        const answers = await race((oms, key) => oms.orders[name]({ order }, key))
        const claimed = answers.flatMap((answer) => (answer.ok ? [answer.value.deposit?.invoice] : []))
        expect(new Set(claimed).size).toBe(1)
        for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('invalid_state')
      }
      const { items } = await desks[0].orThrow.invoices.list({ order })
      expect(items.map(({ number, total }) => [number, total.amount]).toSorted()).toEqual([
        ['INV-000001', '300.00'],
        ['INV-000002', '200.00'],
      ])
    } finally {
      await opened.close?.()
    }
  })
})
