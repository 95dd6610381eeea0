import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { newKey, openShop, packed } from '../../support/shop.js'
import { germanTax, vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const largest = '10000000000000.00'
const half = '5000000000000.00'
const tooLarge = (...path: readonly (string | number)[]) => ({
  ok: false,
  error: { code: 'validation_failed', status: 422, issues: [{ path, rule: 'money.max' }] },
})

const open = async (settings: SettingsInput = {}) => {
  const shop = openShop(undefined, settings)
  const { oms } = shop
  await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
  await oms.orThrow.catalog.define({ sku: 'GOLD', name: 'Gold', price: eur(half) })
  await oms.orThrow.inventory.receive({ sku: 'GOLD', quantity: 100 }, newKey())
  /** An order of gold that has left and is billed. */
  const billed = async (quantity: number, more: object = {}) => {
    const lines = [{ sku: 'GOLD', quantity, ...more }]
    const { order } = await oms.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines }, newKey())
    await oms.orThrow.orders.confirm({ order })
    const shipment = await packed(oms, order)
    const { invoice = '' } = await oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    return invoice
  }
  return { ...shop, billed }
}

const order = (...lines: readonly object[]) => ({
  channel: 'web',
  currency: 'EUR',
  lines: lines.map((line) => ({ sku: 'GOLD', quantity: 1, ...line })),
})

describe('what comes to more than the largest amount', () => {
  it('row 24 is no order: not placed, captured, previewed, nor made of a draft', async () => {
    const { oms } = await open()
    const three = order({ quantity: 3 })
    expect(await oms.orders.place(three, newKey())).toMatchObject(tooLarge('lines', 0))
    expect(await oms.orders.capture(three, newKey())).toMatchObject(tooLarge('lines', 0))
    expect(await oms.orders.preview(three)).toMatchObject(tooLarge('lines', 0))
    const { order: draft } = await oms.orThrow.orders.capture(order({}), newKey())
    expect(await oms.orders.changeDraft({ order: draft, ...three })).toMatchObject(tooLarge('lines', 0))
  })

  it('row 24 is no order by the sum of its lines, by its tax, or by what is charged on it', async () => {
    const { oms } = await open({ tax: germanTax })
    const place = (content: object) => oms.orders.place(content as never, newKey())
    const untaxed = { tax: { category: 'E', components: [], exemption: 'Gold' } }
    expect(await place(order(untaxed, untaxed))).toMatchObject({ value: { total: eur(largest) } })
    expect(await place(order(untaxed, { ...untaxed, quantity: 2 }))).toMatchObject(tooLarge('lines'))
    expect(await place(order({ quantity: 2 }))).toMatchObject(tooLarge('lines'))
    const charge = { kind: 'charge', amount: eur('0.01'), reason: 'Freight' }
    expect(await place({ ...order(untaxed, untaxed), adjustments: [charge] })).toMatchObject(
      tooLarge('lines'),
    )
    const lessThanHalf = { kind: 'discount', percent: '40', reason: 'Friends' }
    expect(
      await place({ ...order(untaxed, { ...untaxed, quantity: 3 }), adjustments: [lessThanHalf] }),
    ).toMatchObject(tooLarge('lines', 1))
  })

  it('row 24 is previewed as it would be placed where promotions bring it down to an amount that can be', async () => {
    const { oms } = await open()
    await oms.orThrow.promotions.define({
      promotion: 'HALF',
      name: 'Half',
      benefit: { kind: 'percentage', percent: '50' },
    })
    const four = { ...order({ quantity: 4 }), promotions: {} }
    expect(await oms.orders.preview(four)).toMatchObject({
      value: { total: eur(largest), withoutPromotions: eur('20000000000000.00') },
    })
    expect(await oms.orders.place(four, newKey())).toMatchObject({ value: { total: eur(largest) } })
    const six = { ...order({ quantity: 6 }), promotions: {} }
    expect(await oms.orders.preview(six)).toMatchObject(tooLarge('lines', 0))
    expect(await oms.orders.place(six, newKey())).toMatchObject(tooLarge('lines', 0))
  })

  it('row 24 is as much as one payment can pay', async () => {
    const { oms, billed } = await open()
    const invoice = await billed(2)
    const amount = (await oms.orThrow.invoices.get({ invoice })).total
    expect(amount).toEqual(eur(largest))
    const paid = { amount, method: 'bank_transfer', invoices: [{ invoice }] }
    await oms.orThrow.payments.record(paid, newKey())
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('0.00') })
  })

  it('row 24 is no debit note, by its units or by its prices with their tax', async () => {
    const { oms, billed } = await open()
    const invoice = await billed(1, { tax: vat('19') })
    const debit = (what: object) => oms.invoices.debit({ invoice, reason: 'too little', ...what }, newKey())
    expect(await debit({ lines: [{ line: 'L1', quantity: 3 }] })).toMatchObject(tooLarge('lines', 0))
    expect(await debit({ corrections: [{ line: 'L1', amount: eur(largest) }] })).toMatchObject(
      tooLarge('corrections'),
    )
  })

  it('row 24 is no consolidated invoice: its orders are billed with fewer others', async () => {
    const { oms } = await open()
    const orders: string[] = []
    for (const quantity of [1, 1, 1]) {
      const content = { ...order({ quantity }), customer: 'C-1', billing: 'consolidated' as const }
      const placed = await oms.orThrow.orders.place(content, newKey())
      await oms.orThrow.orders.confirm({ order: placed.order })
      await oms.orThrow.shipments.ship({ shipment: await packed(oms, placed.order), carrier: 'Post' })
      orders.push(placed.order)
    }
    expect(await oms.invoices.billTogether({ orders })).toMatchObject(tooLarge('orders'))
    expect(await oms.invoices.billTogether({ orders: orders.slice(1) })).toMatchObject({
      value: { total: eur(largest) },
    })
  })

  it('row 24 is no credit without an invoice', async () => {
    const { oms } = await open()
    const credit = (quantity: number, count: number) =>
      oms.invoices.creditWithoutInvoice(
        {
          currency: 'EUR',
          reason: 'goodwill',
          lines: Array.from({ length: count }, () => ({
            sku: 'GOLD',
            name: 'Gold',
            quantity,
            unitPrice: eur(half),
          })),
        },
        newKey(),
      )
    expect(await credit(3, 1)).toMatchObject(tooLarge('lines', 0))
    expect(await credit(1, 3)).toMatchObject(tooLarge('lines'))
    expect(await credit(1, 2)).toMatchObject({ value: { total: eur(largest) } })
  })

  it('row 24 is no price that lists are asked for', async () => {
    const { oms } = await open()
    await oms.orThrow.prices.defineList({
      list: 'base',
      name: 'Base',
      currency: 'EUR',
      items: [{ sku: 'GOLD', price: eur(half) }],
    })
    const quote = (quantity: number) =>
      oms.prices.quote({ currency: 'EUR', channel: 'web', lines: [{ sku: 'GOLD', quantity }] })
    expect(await quote(3)).toMatchObject(tooLarge('lines', 0))
    expect(await quote(2)).toMatchObject({ value: { lines: [{ chosen: { amount: eur(largest) } }] } })
  })
})
