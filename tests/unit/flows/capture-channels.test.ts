import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'

/** Whoever takes the order down: a customer, a person of the staff, or a program with the same rights. */
const touchPoints = [
  ['M1 the storefront', 'web', { kind: 'customer', id: 'lin' }],
  ['M2 a call', 'phone', { kind: 'user', id: 'ada' }],
  ['M3 the store', 'store', { kind: 'user', id: 'till 3' }],
  ['M4 e-mail', 'e-mail', { kind: 'user', id: 'ada' }],
  ['M5 a web portal', 'portal', { kind: 'customer', id: 'lin' }],
  ['M6 a marketplace', 'marketplace', { kind: 'service', id: 'market bridge' }],
  ['M7 a sales representative', 'field-sales', { kind: 'user', id: 'kim' }],
  ['M8 customer service', 'crm', { kind: 'user', id: 'sam' }],
  ['M9 a marketing funnel', 'campaign', { kind: 'service', id: 'funnel' }],
  ['M18 F13 an agent over an API', 'agent', { kind: 'service', id: 'buying agent' }],
] as const

describe('an order that was captured', () => {
  it.each(touchPoints)('%s keeps its channel and who took it down', async (_name, channel, actor) => {
    const { oms, clerk } = openDesk()
    await stockMugs(clerk)
    const { order } = await oms
      .as({ actor })
      .orThrow.orders.place({ channel, currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }, freshKey())
    const [captured] = (await clerk.orThrow.orders.timeline({ order })).items
    expect(captured).toMatchObject({ actor, what: 'OrderCaptured' })
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ channel, status: 'placed' })
  })

  it('M10 M11 F14 stands in one queue with those of all other channels', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk, 20)
    for (const [, channel] of touchPoints) {
      await clerk.orThrow.orders.place(
        { channel, currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] },
        freshKey(),
      )
    }
    const { items } = await clerk.orThrow.orders.list({ status: 'placed' })
    expect(items.map(({ channel }) => channel).sort()).toEqual(
      touchPoints.map(([, channel]) => channel).sort(),
    )
  })

  it('M12 M15 M19 M20 F19 F20 F21 keeps product, quantity, payment, shipping and special requests as they were given, under a number', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const given = {
      channel: 'phone',
      currency: 'EUR',
      purchaseOrder: 'PO 4711',
      lines: [{ id: 'first', sku: 'MUG', quantity: 2 }],
      payment: { method: 'bank_transfer', terms: 'prepaid' as const },
      delivery: { method: 'express', requestedOn: '2026-03-09' },
      shipTo: { name: 'Lin', street: 'Gate 7', city: 'Graz', postalCode: '8010', country: 'AT' },
      note: 'Ring twice, please.',
    }
    const { order, number } = await clerk.orThrow.orders.place(given, freshKey())
    const kept = await clerk.orThrow.orders.get({ number })
    expect(kept.id).toBe(order)
    const { channel, currency, purchaseOrder, payment, delivery, shipTo: shipToAddress, note } = given
    expect(kept).toMatchObject({ channel, currency, purchaseOrder, payment, delivery, shipToAddress, note })
    expect(kept.lines).toMatchObject([{ id: 'first', sku: 'MUG', quantity: 2 }])
  })

  it('M13 is refused with every field that is missing or wrong, and nothing of it is kept', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const answer = await clerk.orders.place({ currency: 'EUR', lines: [] } as never, freshKey())
    expect(answer).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
    const issues = answer.ok ? [] : (answer.error.issues ?? [])
    expect(issues.map(({ path }) => path.join('.')).sort()).toEqual(['channel', 'lines'])
    expect((await clerk.orThrow.orders.list({})).items).toEqual([])
  })

  it('F1 M14 is a draft that promises nothing and can be changed until it is placed', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const content = { channel: 'phone', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 4 }] }
    const { order } = await clerk.orThrow.orders.capture(content, freshKey())
    expect(await clerk.orThrow.inventory.level({ sku: 'MUG' })).toMatchObject({ reserved: 0 })
    await clerk.orThrow.orders.changeDraft({ order, ...content, lines: [{ sku: 'MUG', quantity: 3 }] })
    await clerk.orThrow.orders.placeDraft({ order })
    expect(await clerk.orThrow.inventory.level({ sku: 'MUG' })).toMatchObject({ reserved: 3 })
  })
})
