import { describe, expect, it } from 'vitest'
import { confirmed, newKey, type Shop } from '../../support/shop.js'
import { lotsOf, openTrackedShop, receiveLots, receiveSerials } from '../../support/tracked-shop.js'

const codeOf = (answer: { readonly ok: boolean; readonly error?: { readonly code: string } }): string =>
  answer.ok ? 'ok' : (answer.error?.code ?? '')

const pieceOf = async ({ oms }: Shop, serial: string) => {
  const { status, location } = await oms.orThrow.inventory.serial({ sku: 'radio', serial })
  return location === undefined ? status : `${status} at ${location}`
}

describe('moving goods that are tracked by lot', () => {
  it('F37 adjusts the lots that are named, both ways, and no others', async () => {
    const { oms } = await openTrackedShop()
    await receiveLots(oms, 'salve', 'A 5 2026-06-01', 'B 5 2026-07-01')
    const adjust = (quantity: number, lots?: readonly { lot: string; quantity: number }[]) =>
      oms.inventory.adjust(
        { sku: 'salve', quantity, reason: 'counted', ...(lots !== undefined && { lots: [...lots] }) },
        newKey(),
      )
    expect(codeOf(await adjust(-2))).toBe('validation_failed')
    expect(codeOf(await adjust(-2, [{ lot: 'A', quantity: 1 }]))).toBe('validation_failed')
    expect(codeOf(await adjust(-2, [{ lot: 'X', quantity: 2 }]))).toBe('unknown_lot')
    expect(codeOf(await adjust(-6, [{ lot: 'A', quantity: 6 }]))).toBe('quantity_exceeded')
    expect(codeOf(await adjust(-2, [{ lot: 'B', quantity: 2 }]))).toBe('ok')
    expect(codeOf(await adjust(1, [{ lot: 'A', quantity: 1 }]))).toBe('ok')
    expect(await lotsOf(oms, 'salve')).toEqual(['A 6/0/0', 'B 3/0/0'])
  })

  it('ST14 takes no units away from a lot under another expiry date than its own, nor from a lot that is not there', async () => {
    const { oms } = await openTrackedShop()
    await oms.orThrow.catalog.define({
      sku: 'soap',
      name: 'Soap',
      price: { amount: '2.00', currency: 'EUR' },
      tracking: 'lot',
    })
    await receiveLots(oms, 'salve', 'A 5 2026-06-01')
    await receiveLots(oms, 'soap', 'K 5')
    const remove = (sku: string, lot: string, expiresOn: string) =>
      oms.inventory.adjust(
        { sku, quantity: -1, reason: 'counted', lots: [{ lot, quantity: 1, expiresOn }] },
        newKey(),
      )
    expect(await remove('salve', 'A', '2026-07-01')).toMatchObject({
      error: { code: 'lot_conflict', details: { sku: 'salve', lot: 'A', expiresOn: '2026-06-01' } },
    })
    expect(await remove('soap', 'K', '2026-06-01')).toMatchObject({
      error: { code: 'lot_conflict', details: { sku: 'soap', lot: 'K', expiresOn: 'never' } },
    })
    expect(await remove('salve', 'X', '2026-06-01')).toMatchObject({
      error: { code: 'unknown_lot', details: { sku: 'salve', lot: 'X' } },
    })
    expect(codeOf(await remove('salve', 'A', '2026-06-01'))).toBe('ok')
    expect(await lotsOf(oms, 'salve')).toEqual(['A 4/0/0'])
  })

  it('refuses a lot’s quantity that is not a number of pieces, and says of which lot', async () => {
    const { oms } = await openTrackedShop()
    const lots = [
      { lot: 'A', quantity: 1, expiresOn: '2026-06-01' },
      { lot: 'B', quantity: '1.0', expiresOn: '2026-06-01' },
    ]
    expect(await oms.inventory.receive({ sku: 'salve', quantity: 2, lots }, newKey())).toMatchObject({
      error: {
        code: 'validation_failed',
        issues: [{ path: ['lots', 1, 'quantity'], rule: 'type' }],
      },
    })
  })

  it('refuses to take away units that a fulfillment has set aside', async () => {
    const { oms } = await openTrackedShop()
    await receiveLots(oms, 'salve', 'A 5 2026-06-01', 'B 5 2026-07-01')
    await oms.orThrow.fulfillments.plan({ order: await confirmed(oms, [{ sku: 'salve', quantity: 4 }]) })
    const answer = await oms.inventory.quarantine(
      { sku: 'salve', quantity: 2, lots: [{ lot: 'A', quantity: 2 }], reason: 'recalled' },
      newKey(),
    )
    expect(answer).toMatchObject({
      error: { code: 'quantity_exceeded', details: { lot: 'A', wanted: 2, limit: 1, allocated: 4 } },
    })
  })

  it('quarantines, releases and scraps by lot', async () => {
    const { oms } = await openTrackedShop()
    await receiveLots(oms, 'salve', 'A 5 2026-06-01', 'B 5 2026-07-01')
    const about = (quantity: number) => ({
      sku: 'salve',
      quantity,
      lots: [{ lot: 'A', quantity }],
      reason: 'inspected',
    })
    await oms.orThrow.inventory.quarantine(about(4), newKey())
    await oms.orThrow.inventory.releaseFromQuarantine(about(1), newKey())
    await oms.orThrow.inventory.scrap(about(2), newKey())
    expect(await lotsOf(oms, 'salve')).toEqual(['A 3/0/1', 'B 5/0/0'])
    expect(await oms.orThrow.inventory.level({ sku: 'salve' })).toMatchObject({ onHand: 8, quarantined: 1 })
    expect(codeOf(await oms.inventory.scrap(about(2), newKey()))).toBe('quantity_exceeded')
  })

  it('ST8 takes a lot to another location with its dates; what expires first leaves first', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await receiveLots(shop.oms, 'salve', 'B 5 2026-07-01', 'A 2 2026-06-01')
    shop.clock.advance(3 * 86_400_000)
    const { transfer } = await orThrow.transfers.plan(
      { from: 'main', to: 'north', lines: [{ sku: 'salve', quantity: 4 }] },
      newKey(),
    )
    await orThrow.transfers.ship({ transfer })
    expect(await lotsOf(shop.oms, 'salve')).toEqual(['B 3/0/0'])
    expect((await orThrow.transfers.get({ transfer })).lines).toMatchObject([
      {
        goods: {
          lots: [
            { lot: 'A', quantity: 2 },
            { lot: 'B', quantity: 2 },
          ],
        },
      },
    ])
    const lines = [{ line: 'L1', quantity: 1 }]
    expect(codeOf(await shop.oms.transfers.receive({ transfer, lines }, newKey()))).toBe('validation_failed')
    const came = (lot: string, quantity: number) => [{ line: 'L1', lots: [{ lot, quantity }] }]
    expect(codeOf(await shop.oms.transfers.receive({ transfer, lines, goods: came('C', 1) }, newKey()))).toBe(
      'unknown_lot',
    )
    await orThrow.transfers.receive({ transfer, lines, goods: came('B', 1) }, newKey())
    await orThrow.transfers.receive({ transfer }, newKey())
    const north = await orThrow.inventory.lots({ sku: 'salve', location: 'north' })
    expect(north.lots).toMatchObject([
      { lot: 'A', onHand: 2, expiresOn: '2026-06-01', receivedOn: '2026-03-01' },
      { lot: 'B', onHand: 2, expiresOn: '2026-07-01', receivedOn: '2026-03-01' },
    ])
    expect((await orThrow.transfers.get({ transfer })).lines[0]).not.toHaveProperty('goods')
  })

  it('takes what has become too old on the way into quarantine where it arrives', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await receiveLots(shop.oms, 'salve', 'A 2 2026-03-05')
    const { transfer } = await orThrow.transfers.plan(
      { from: 'main', to: 'north', lines: [{ sku: 'salve', quantity: 2 }] },
      newKey(),
    )
    await orThrow.transfers.ship({ transfer })
    shop.clock.advance(6 * 86_400_000)
    await orThrow.transfers.receive({ transfer }, newKey())
    expect(await orThrow.inventory.level({ sku: 'salve', location: 'north' })).toMatchObject({
      onHand: 2,
      quarantined: 2,
      available: 0,
    })
  })
})

describe('moving pieces with serial numbers', () => {
  it('F37 adjusts, quarantines, releases and scraps the pieces that are named', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await receiveSerials(shop.oms, 'radio', '1', '2', '3')
    const about = (serial: string) => ({ sku: 'radio', quantity: 1, serials: [serial], reason: 'inspected' })
    expect(codeOf(await shop.oms.inventory.quarantine({ ...about('1'), quantity: 2 }, newKey()))).toBe(
      'validation_failed',
    )
    await orThrow.inventory.quarantine(about('1'), newKey())
    await orThrow.inventory.quarantine(about('2'), newKey())
    await orThrow.inventory.releaseFromQuarantine(about('1'), newKey())
    await orThrow.inventory.scrap(about('2'), newKey())
    expect(codeOf(await shop.oms.inventory.scrap(about('1'), newKey()))).toBe('quantity_exceeded')
    await orThrow.inventory.adjust({ ...about('3'), quantity: -1 }, newKey())
    expect([await pieceOf(shop, '1'), await pieceOf(shop, '2'), await pieceOf(shop, '3')]).toEqual([
      'in_stock at main',
      'scrapped',
      'missing',
    ])
    await orThrow.inventory.adjust(about('3'), newKey())
    expect(await pieceOf(shop, '3')).toBe('in_stock at main')
    expect(codeOf(await shop.oms.inventory.adjust(about('2'), newKey()))).toBe('serial_unavailable')
    expect(await orThrow.inventory.level({ sku: 'radio' })).toMatchObject({ onHand: 2, quarantined: 0 })
  })

  it('ST14 moves only pieces that have been received, however many others are there', async () => {
    const { oms } = await openTrackedShop()
    await receiveSerials(oms, 'radio', '1', '2')
    const unseen = { sku: 'radio', quantity: 1, serials: ['9'], reason: 'inspected' }
    expect(await oms.inventory.quarantine(unseen, newKey())).toMatchObject({
      error: { code: 'unknown_serial', details: { sku: 'radio', serial: '9' } },
    })
    expect(await oms.orThrow.inventory.level({ sku: 'radio' })).toMatchObject({ onHand: 2, quarantined: 0 })
  })

  it('ST8 knows which pieces are between two locations, and which never came', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await receiveSerials(shop.oms, 'radio', '1', '2', '3')
    const { transfer } = await orThrow.transfers.plan(
      { from: 'main', to: 'north', lines: [{ sku: 'radio', quantity: 2 }] },
      newKey(),
    )
    const named = (...serials: string[]) => [{ line: 'L1', serials }]
    expect(await shop.oms.transfers.ship({ transfer })).toMatchObject({
      error: { issues: [{ path: ['goods', 'L1'], rule: 'serials.required' }] },
    })
    expect(
      await shop.oms.transfers.ship({ transfer, goods: [{ line: 'L9', serials: ['1', '2'] }] }),
    ).toMatchObject({ error: { code: 'unknown_line', details: { line: 'L9' } } })
    await orThrow.transfers.ship({ transfer, goods: named('1', '2') })
    expect([await pieceOf(shop, '1'), await pieceOf(shop, '3')]).toEqual(['in_transit', 'in_stock at main'])
    const lines = [{ line: 'L1', quantity: 1 }]
    const receive = (goods: ReturnType<typeof named>) =>
      shop.oms.transfers.receive({ transfer, lines, goods, missing: 'stolen' }, newKey())
    expect(codeOf(await receive(named('3')))).toBe('unknown_serial')
    expect(codeOf(await receive(named('2')))).toBe('ok')
    expect([await pieceOf(shop, '1'), await pieceOf(shop, '2')]).toEqual(['missing', 'in_stock at north'])
    expect(await orThrow.inventory.level({ sku: 'radio', location: 'north' })).toMatchObject({
      onHand: 1,
      incoming: 0,
    })
  })

  it('ST14 a piece on its way is at no place, and no adjustment misses it there', async () => {
    const shop = await openTrackedShop()
    const { orThrow, inventory } = shop.oms
    await receiveSerials(shop.oms, 'radio', '1', '2')
    const { transfer } = await orThrow.transfers.plan(
      { from: 'main', to: 'north', lines: [{ sku: 'radio', quantity: 1 }] },
      newKey(),
    )
    await orThrow.transfers.ship({ transfer, goods: [{ line: 'L1', serials: ['1'] }] })
    for (const location of ['main', 'north']) {
      const missing = { sku: 'radio', location, quantity: -1, serials: ['1'], reason: 'counted' }
      expect(await inventory.adjust(missing, newKey())).toMatchObject({ ok: false })
    }
    expect(
      await inventory.adjust({ sku: 'radio', quantity: -1, serials: ['1'], reason: 'counted' }, newKey()),
    ).toMatchObject({ error: { code: 'serial_unavailable', details: { serial: '1', status: 'in_transit' } } })
    expect(await orThrow.inventory.level({ sku: 'radio' })).toMatchObject({ onHand: 1 })
    expect(await pieceOf(shop, '1')).toBe('in_transit')
  })
})
