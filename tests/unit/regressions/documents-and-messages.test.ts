import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, orderMugs, stockMugs, type Desk } from '../../support/desk.js'
import { packed, shipped } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** Seven pieces at a price whose tax has more decimals than a cent, shipped in three parts. */
const openOdd = async () => {
  const desk = openDesk()
  await stockMugs(desk.clerk, 100)
  const { order } = await desk.clerk.orThrow.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      lines: [
        {
          sku: 'MUG',
          quantity: 7,
          unitPrice: eur('4.87'),
          tax: vat('8.875'),
        },
      ],
    },
    freshKey(),
  )
  await desk.clerk.orThrow.orders.confirm({ order })
  const invoices: string[] = []
  for (const quantity of [1, 2, 4]) {
    invoices.push((await shipped(desk.clerk, order, [{ line: 'L1', quantity }])).invoice)
  }
  return { ...desk, order, invoices }
}

const openOf = async ({ clerk }: Desk, invoice: string) =>
  (await clerk.orThrow.invoices.get({ invoice })).open

describe('what stayed open by a cent elsewhere', () => {
  it('medusajs/medusa #13972, #11331: an order that was billed in parts and paid owes nothing, to the cent', async () => {
    const odd = await openOdd()
    for (const invoice of odd.invoices) {
      const amount = await openOf(odd, invoice)
      expect(amount.amount).toMatch(/^\d+\.\d\d$/)
      await odd.clerk.orThrow.payments.record({ amount, method: 'card', invoices: [{ invoice }] }, freshKey())
      expect(await openOf(odd, invoice)).toEqual(eur('0.00'))
    }
    expect(await odd.clerk.orThrow.orders.get({ order: odd.order })).toMatchObject({ paymentStatus: 'paid' })
  })

  it('nopCommerce #5, vendurehq/vendure #1939: several invoices of one order come to what the order comes to', async () => {
    const odd = await openOdd()
    const { total } = await odd.clerk.orThrow.orders.get({ order: odd.order })
    let cents = 0n
    for (const invoice of odd.invoices) {
      cents += BigInt((await odd.clerk.orThrow.invoices.get({ invoice })).total.amount.replace('.', ''))
    }
    expect(cents).toBe(BigInt(total.amount.replace('.', '')))
  })
})

describe('what was told too early, twice or never elsewhere', () => {
  it('medusajs/medusa #15122, vendurehq/vendure #1107: nobody hears of an order that was not placed', async () => {
    const { clerk, oms, email } = openDesk()
    await stockMugs(clerk, 1)
    expect(await clerk.orders.place(wanted(2), freshKey())).toMatchObject({ error: { code: 'out_of_stock' } })
    await oms.relay()
    expect(email.delivered).toEqual([])
  })

  it('magento/magento2 #27484, craftcms/commerce #1064, bagisto #8696: an order that was sent twice is confirmed once', async () => {
    const { clerk, oms, email } = openDesk()
    await stockMugs(clerk, 10)
    const key = freshKey()
    const answers = await Promise.all([1, 2, 3].map(() => clerk.orders.place(wanted(1), key)))
    await Promise.all([oms.relay(), oms.relay()])
    await oms.relay()
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
    const placed = email.delivered.filter(({ topic }) => topic.startsWith('order_'))
    expect(placed.map(({ topic }) => topic)).toEqual([...new Set(placed.map(({ topic }) => topic))])
    expect(placed.length).toBeGreaterThan(0)
  })

  it('vendurehq/vendure #3199, craftcms/commerce #1608: who changed what and when is asked of the order itself', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk, 10)
    const order = await orderMugs(clerk, 2)
    await clerk.orThrow.orders.confirm({ order })
    await clerk.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'x' },
      freshKey(),
    )
    const { items } = await clerk.orThrow.orders.timeline({ order })
    expect(
      items.filter(({ record }) => record.kind === 'order').map(({ what, actor }) => [what, actor.id]),
    ).toEqual([
      ['OrderCaptured', 'ada'],
      ['OrderPlaced', 'ada'],
      ['OrderConfirmed', 'ada'],
      ['OrderQuantitiesCanceled', 'ada'],
    ])
  })
})

describe('what got stuck elsewhere', () => {
  it('medusajs/medusa #12978, Sylius/Sylius #10180: an order that is delivered and paid is closed, in either order', async () => {
    for (const payFirst of [true, false]) {
      const { clerk } = openDesk()
      await stockMugs(clerk, 10)
      const order = await orderMugs(clerk, 2)
      await clerk.orThrow.orders.confirm({ order })
      const shipment = await packed(clerk, order)
      const { invoice = '' } = await clerk.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
      const pay = () =>
        clerk.orThrow.payments.record(
          { amount: eur('25.00'), method: 'card', invoices: [{ invoice }] },
          freshKey(),
        )
      if (payFirst) await pay()
      await clerk.orThrow.shipments.deliver({ shipment })
      if (!payFirst) await pay()
      expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ status: 'closed' })
    }
  })

  it('frappe/erpnext #51159: a small difference is written off within the tolerance, and no more', async () => {
    const { clerk } = openDesk({ settings: { smallDifferences: { EUR: '0.05' } } })
    await stockMugs(clerk, 10)
    const order = await orderMugs(clerk, 2)
    await clerk.orThrow.orders.confirm({ order })
    const { invoice } = await shipped(clerk, order)
    const pay = { method: 'card', invoices: [{ invoice }] }
    await clerk.orThrow.payments.record({ ...pay, amount: eur('24.90') }, freshKey())
    const forgiven = { invoice, kind: 'small_difference', reason: 'cents' } as const
    expect(await clerk.invoices.writeOff(forgiven, freshKey())).toMatchObject({
      error: { code: 'tolerance_exceeded' },
    })
    await clerk.orThrow.payments.record({ ...pay, amount: eur('0.06') }, freshKey())
    expect(await clerk.orThrow.invoices.writeOff(forgiven, freshKey())).toMatchObject({ open: eur('0.00') })
  })
})

const wanted = (quantity: number) => ({ channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity }] })
