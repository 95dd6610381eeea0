import { describe, expect, it } from 'vitest'
import { orderKind } from '../../../src/core/orders/order.js'
import { personalDataKind } from '../../../src/core/parties/personal-data.js'
import { newKey, openShop, stock, type Shop } from '../../support/shop.js'

const content = (quantity: number, more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity }],
  ...more,
})

const openWithDraft = async (more: object): Promise<Shop & { readonly order: string }> => {
  const shop = openShop()
  await stock(shop.oms, 'MUG', 10, '12.50')
  const { order } = await shop.oms.orThrow.orders.capture(content(1, more), newKey())
  return { ...shop, order }
}

const personalDataOf = async ({ storage, order }: Shop & { readonly order: string }) =>
  (await storage.read('main' as never, [{ kind: personalDataKind.name, id: order }]))[0]?.state

describe('changing a draft', () => {
  it('F24 replaces its content and prices it anew', async () => {
    const shop = await openWithDraft({ purchaseOrder: 'PO-1' })
    const { oms, order } = shop
    await oms.orThrow.catalog.define({
      sku: 'MUG',
      name: 'Blue mug',
      price: { amount: '11.00', currency: 'EUR' },
    })
    expect(await oms.orThrow.orders.changeDraft({ order, ...content(3) })).toMatchObject({
      order,
      status: 'draft',
      total: { amount: '33.00', currency: 'EUR' },
    })
    const changed = await shop.stored(orderKind, order)
    expect(changed).not.toHaveProperty('purchaseOrder')
    expect(changed.lines).toMatchObject([{ name: 'Blue mug', quantity: 3, allocated: 0 }])
  })

  it('keeps the day of the order unless another is given', async () => {
    const shop = await openWithDraft({})
    const { oms, clock, order } = shop
    clock.advance(48 * 3_600_000)
    await oms.orThrow.orders.changeDraft({ order, ...content(2) })
    expect(await shop.stored(orderKind, order)).toMatchObject({ orderedOn: '2026-03-01' })
    await oms.orThrow.orders.changeDraft({ order, ...content(2, { orderedOn: '2026-02-27' }) })
    expect(await shop.stored(orderKind, order)).toMatchObject({ orderedOn: '2026-02-27' })
  })

  it('F17 moves the claim on the channel’s reference: the old one is free, the new one taken', async () => {
    const { oms, order } = await openWithDraft({ reference: 'W-1' })
    await oms.orThrow.orders.changeDraft({ order, ...content(1, { reference: 'W-2' }) })
    expect(await oms.orders.place(content(1, { reference: 'W-2' }), newKey())).toMatchObject({
      error: { code: 'order_exists', details: { channel: 'web', reference: 'W-2', order } },
    })
    const next = await oms.orThrow.orders.place(content(1, { reference: 'W-1' }), newKey())
    expect(await oms.orders.changeDraft({ order, ...content(1, { reference: 'W-1' }) })).toMatchObject({
      error: { code: 'order_exists', details: { order: next.order } },
    })
    expect(await oms.orders.changeDraft({ order, ...content(2, { reference: 'W-2' }) })).toMatchObject({
      ok: true,
    })
    expect(await oms.orders.place(content(1, { reference: 'W-2' }), newKey())).toMatchObject({
      error: { code: 'order_exists' },
    })
  })

  it('frees the reference of the old channel when the channel changes', async () => {
    const { oms, order } = await openWithDraft({ reference: 'W-1' })
    await oms.orThrow.orders.changeDraft({ order, ...content(1, { channel: 'phone', reference: 'W-1' }) })
    expect(await oms.orders.place(content(1, { reference: 'W-1' }), newKey())).toMatchObject({ ok: true })
    await oms.orThrow.orders.changeDraft({ order, ...content(1) })
    expect(
      await oms.orders.place(content(1, { channel: 'phone', reference: 'W-1' }), newKey()),
    ).toMatchObject({ ok: true })
  })

  it('forgets a note and an address that the new content leaves out', async () => {
    const shipTo = { name: 'Ada', street: 'Main 1', city: 'London', country: 'GB' }
    const shop = await openWithDraft({ note: 'ring twice', shipTo })
    await shop.oms.orThrow.orders.changeDraft({ order: shop.order, ...content(1, { note: 'do not ring' }) })
    expect(await personalDataOf(shop)).toEqual({
      subject: shop.order,
      salt: expect.any(String) as string,
      addresses: [],
      note: 'do not ring',
    })
    await shop.oms.orThrow.orders.changeDraft({ order: shop.order, ...content(1) })
    expect(await personalDataOf(shop)).toBeUndefined()
    await shop.oms.orThrow.orders.changeDraft({ order: shop.order, ...content(1) })
  })

  it('checks the new content like that of a new order, and changes nothing when it refuses', async () => {
    const shop = await openWithDraft({ reference: 'W-1' })
    const { oms, order } = shop
    const before = await shop.stored(orderKind, order)
    const refused = [
      [content(1, { customer: 'C-9' }), 'unknown_party'],
      [content(1, { lines: [{ sku: 'NONE', quantity: 1 }] }), 'unknown_sku'],
      [content(2, { expectedTotal: { amount: '12.50', currency: 'EUR' } }), 'total_mismatch'],
    ] as const
    for (const [input, code] of refused) {
      expect(await oms.orders.changeDraft({ order, ...input })).toMatchObject({ error: { code } })
    }
    expect(await shop.stored(orderKind, order)).toEqual(before)
  })

  it('is only for drafts', async () => {
    const { oms, order } = await openWithDraft({})
    await oms.orThrow.orders.placeDraft({ order })
    expect(await oms.orders.changeDraft({ order, ...content(2) })).toMatchObject({
      error: {
        code: 'invalid_state',
        details: {
          status: 'placed',
          commands: ['orders.confirm', 'orders.cancel', 'orders.hold', 'invoices.billDeposit'],
        },
      },
    })
    expect(await oms.orders.changeDraft({ order: 'nothing', ...content(2) })).toMatchObject({
      error: { code: 'unknown_order' },
    })
  })
})
