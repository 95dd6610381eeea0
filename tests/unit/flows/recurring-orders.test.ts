import { describe, expect, it } from 'vitest'
import { billableQuantity } from '../../../src/core/orders/billable.js'
import type { OrderLine } from '../../../src/core/orders/order-line.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { newKey, openShop, type Shop } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const monthly = { anchor: '2026-03-20', unit: 'month', align: 'calendar', periods: 3 } as const

const open = async () => {
  const shop = openShop()
  const { oms } = shop
  await oms.orThrow.catalog.define({ sku: 'CARE', name: 'Care', price: eur('31.00'), stocked: false })
  await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: eur('10.00') })
  const place = (line: object, more: object = {}) =>
    oms.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: [{ sku: 'CARE', quantity: 1, tax: vat('19'), ...line }],
        ...more,
      },
      newKey(),
    )
  const sell = async (recurring: object, more: object = {}) => {
    const placed = await place({ recurring }, more)
    if (!placed.ok) throw new Error(placed.error.code)
    await oms.orThrow.orders.confirm({ order: placed.value.order })
    return placed.value
  }
  const on = (day: string) => {
    shop.clock.set(`${day}T08:00:00.000Z`)
    return oms.orThrow.invoices.billPeriods()
  }
  return { ...shop, place, sell, on }
}

const billsOf = async (oms: Shop['oms'], order: string) => {
  const { items } = await oms.orThrow.invoices.list({ order })
  return items
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
    .map(({ lines: [line], issuedOn, totals }) => [
      issuedOn,
      line?.period?.from,
      line?.period?.until,
      line?.quantity,
      totals?.net.amount,
    ])
}

describe('what is sold by the period', () => {
  it('F153 F154 is billed with the first day of each period, the first one by its days', async () => {
    const { oms, sell, on, stored } = await open()
    const { order, total } = await sell(monthly)
    expect(total).toEqual(eur('88.06'))
    expect(await on('2026-03-19')).toEqual({ billed: 0, refused: 0 })
    expect(await on('2026-03-20')).toEqual({ billed: 1, refused: 0 })
    expect(await on('2026-03-31')).toEqual({ billed: 0, refused: 0 })
    expect(await on('2026-04-01')).toEqual({ billed: 1, refused: 0 })
    expect(await on('2026-05-02')).toEqual({ billed: 1, refused: 0 })
    expect(await on('2026-05-02')).toEqual({ billed: 0, refused: 0 })
    expect(await billsOf(oms, order)).toEqual([
      ['2026-03-20', '2026-03-20', '2026-04-01', '0.387097', '12.00'],
      ['2026-04-01', '2026-04-01', '2026-05-01', '1', '31.00'],
      ['2026-05-02', '2026-05-01', '2026-06-01', '1', '31.00'],
    ])
    expect(await stored(orderKind, order)).toMatchObject({
      invoiced: total,
      status: 'confirmed',
      lines: [{ quantity: 2_387_097, invoiced: 2_387_097, shipped: 1_387_097 }],
    })
  })

  it('is billed when each period is over, where it is agreed so, and bills what was missed at once', async () => {
    const { oms, sell, on } = await open()
    const { order } = await sell({ ...monthly, billed: 'period_end' })
    expect(await on('2026-03-31')).toEqual({ billed: 0, refused: 0 })
    expect(await on('2026-05-20')).toEqual({ billed: 1, refused: 0 })
    expect(await on('2026-06-01')).toEqual({ billed: 1, refused: 0 })
    expect(await billsOf(oms, order)).toEqual([
      ['2026-05-20', '2026-03-20', '2026-05-01', '1.387097', '43.00'],
      ['2026-06-01', '2026-05-01', '2026-06-01', '1', '31.00'],
    ])
  })

  it('bills a period that has begun in the commit of its order', async () => {
    const { oms, sell } = await open()
    const placed = await sell({ ...monthly, anchor: '2026-02-20' })
    expect(placed).toMatchObject({ invoiceNumber: 'INV-000001' })
    expect(await billsOf(oms, placed.order)).toEqual([
      ['2026-03-01', '2026-02-20', '2026-04-01', '1.321429', '40.96'],
    ])
  })

  it('counts periods that are over as provided, and closes the order with the last payment', async () => {
    const { oms, sell, on, stored } = await open()
    const { order, total } = await sell({ anchor: '2026-03-31', unit: 'month', periods: 2 })
    await on('2026-04-30')
    expect(await stored(orderKind, order)).toMatchObject({
      lines: [{ shipped: 1_000_000, delivered: 1_000_000, allocated: 1_000_000 }],
    })
    for (const { id, open: due } of (await oms.orThrow.invoices.list({ order })).items) {
      await oms.orThrow.payments.record(
        { amount: due, method: 'bank', invoices: [{ invoice: id }] },
        newKey(),
      )
    }
    expect((await oms.orThrow.orders.get({ order })).paymentStatus).toBe('paid')
    await on('2026-05-31')
    expect(await stored(orderKind, order)).toMatchObject({ status: 'closed', paid: total })
    expect(await on('2027-01-01')).toEqual({ billed: 0, refused: 0 })
  })

  it('TM2 begins each month on the day of the first, or on its last where it is shorter', async () => {
    const { oms, sell, on } = await open()
    const { order } = await sell({ anchor: '2026-03-31', unit: 'month', periods: 3, billed: 'period_end' })
    for (const day of ['2026-04-30', '2026-05-31', '2026-06-30']) await on(day)
    expect((await billsOf(oms, order)).map(([, from, until, , net]) => [from, until, net])).toEqual([
      ['2026-03-31', '2026-04-30', '31.00'],
      ['2026-04-30', '2026-05-31', '31.00'],
      ['2026-05-31', '2026-06-30', '31.00'],
    ])
  })

  it('measures a part in months of thirty days where it is agreed so', async () => {
    const { sell } = await open()
    const { total } = await sell({
      ...monthly,
      periods: undefined,
      endsOn: '2026-04-10',
      count: 'thirty_day_months',
    })
    // Eleven days of March and ten of April, of thirty each: 0.7 of 31.00, and its tax.
    expect(total).toEqual(eur('25.82'))
  })

  it('stops with the units that are canceled, and what is billed of them is canceled after its credit', async () => {
    const { oms, sell, on } = await open()
    const { order } = await sell({ anchor: '2026-03-01', unit: 'month', periods: 6 })
    const cancel = (quantity: string) =>
      oms.orders.cancel({ order, lines: [{ line: 'L1', quantity }], reason: 'notice' }, newKey())
    expect(await cancel('5.5')).toMatchObject({
      error: { code: 'quantity_exceeded', details: { limit: 5_000_000 } },
    })
    await cancel('4')
    const [first] = (await oms.orThrow.invoices.list({ order })).items
    await on('2026-04-01')
    expect(await on('2026-05-01')).toEqual({ billed: 0, refused: 0 })
    expect(await billsOf(oms, order)).toHaveLength(2)
    expect(first?.lines[0]).toMatchObject({ period: { from: '2026-03-01', until: '2026-04-01' } })
  })

  it('a credit of the rest of a period gives back its share', async () => {
    const { oms, sell } = await open()
    const { order } = await sell({ anchor: '2026-03-01', unit: 'month', periods: 6 })
    const [first] = (await oms.orThrow.invoices.list({ order })).items
    const note = await oms.orThrow.invoices.credit(
      { invoice: first?.id ?? '', lines: [{ line: 'L1', quantity: '0.5' }], reason: 'notice' },
      newKey(),
    )
    expect(note.total).toEqual(eur('18.45'))
    await oms.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: '5.5' }], reason: 'notice' },
      newKey(),
    )
  })

  it('is not worked on, and needs no acceptance', async () => {
    const { oms, sell } = await open()
    const { order } = await sell(monthly)
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { unplanned: 0 } },
    })
    expect(await oms.orders.accept({ order }, newKey())).toMatchObject({
      error: { code: 'quantity_exceeded' },
    })
    const explained = await oms.orThrow.explain({ kind: 'order', id: order })
    expect(explained.allowed).not.toContain('fulfillments.plan')
  })

  it('bills nothing of an order on hold that waits for the end of a period, and all of it afterwards', async () => {
    const { oms, sell, on } = await open()
    const { order } = await sell({ ...monthly, billed: 'period_end' })
    const { hold } = await oms.orThrow.orders.hold({ order, reason: 'other' }, newKey())
    expect(await on('2026-06-01')).toEqual({ billed: 0, refused: 0 })
    await oms.orThrow.orders.releaseHold({ order, hold })
    expect(await on('2026-06-01')).toEqual({ billed: 1, refused: 0 })
  })

  it('an invoice of periods is voided where it is the last, and billed again for the same days', async () => {
    const { oms, sell, on } = await open()
    const { order } = await sell({ anchor: '2026-03-01', unit: 'month', periods: 6 })
    await on('2026-04-01')
    const [first, second] = (await oms.orThrow.invoices.list({ order })).items.toSorted((one, other) =>
      one.number < other.number ? -1 : 1,
    )
    expect(await oms.invoices.void({ invoice: first?.id ?? '', reason: 'x' })).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'later_invoices' } },
    })
    await oms.orThrow.invoices.void({ invoice: second?.id ?? '', reason: 'x' })
    expect(await on('2026-04-01')).toEqual({ billed: 1, refused: 0 })
    expect((await billsOf(oms, order)).at(-1)?.slice(1, 3)).toEqual(['2026-04-01', '2026-05-01'])
  })

  it('F153 gives each period once to any number of runs at once', async () => {
    const { oms, sell, clock } = await open()
    const orders = await Promise.all(Array.from({ length: 5 }, () => sell(monthly)))
    clock.set('2026-05-01T08:00:00.000Z')
    const reports = await Promise.all(Array.from({ length: 6 }, () => oms.orThrow.invoices.billPeriods()))
    expect(reports.reduce((sum, { billed }) => sum + billed, 0)).toBe(5)
    for (const { order } of orders) {
      expect((await billsOf(oms, order)).map(([, from, until]) => [from, until])).toEqual([
        ['2026-03-20', '2026-06-01'],
      ])
    }
  })
})

describe('a recurring line that is refused', () => {
  const refused = [
    ['without an end', { ...monthly, periods: undefined }, 'recurrence.end'],
    ['with two ends', { ...monthly, endsOn: '2026-12-31' }, 'recurrence.end'],
    ['that ends before it begins', { ...monthly, periods: undefined, endsOn: '2026-03-01' }, 'range.order'],
    ['of no period', { ...monthly, periods: 0 }, 'periods.range'],
    ['of too many periods', { ...monthly, periods: 1_201 }, 'periods.range'],
    ['of too many days', { anchor: '2026-01-01', unit: 'day', endsOn: '2036-01-01' }, 'periods.range'],
    ['by five months of the calendar', { ...monthly, every: 5 }, 'recurrence.calendar'],
    [
      'by thirty days in a week',
      { anchor: '2026-03-01', unit: 'week', periods: 2, count: 'thirty_day_months' },
      'recurrence.count',
    ],
    ['billed at noon', { ...monthly, billed: 'noon' }, undefined],
    ['from no day', { ...monthly, anchor: '2026-02-30' }, 'date.invalid'],
  ] as const

  it.each(refused)('%s', async (_what, recurring, rule) => {
    const { place } = await open()
    const answer = await place({ recurring })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', ...(rule !== undefined && { issues: [{ rule }] }) },
    })
  })

  it('as a draft bills no period, however many have begun', async () => {
    const { oms, stored } = await open()
    const lines = [{ sku: 'CARE', quantity: 1, recurring: { ...monthly, anchor: '2026-01-01' } }]
    const draft = await oms.orThrow.orders.capture({ channel: 'web', currency: 'EUR', lines }, newKey())
    const order = await stored(orderKind, draft.order)
    const [line] = order.lines as [OrderLine]
    const begun = (status: 'draft' | 'placed') =>
      billableQuantity({ ...order, status }, line, '2026-03-01' as LocalDate)
    expect([begun('draft'), begun('placed') > 0]).toEqual([0, true])
    expect(await oms.orThrow.invoices.billPeriods()).toEqual({ billed: 0, refused: 0 })
  })

  it('of more units than can be counted', async () => {
    const { place } = await open()
    const centuries = { anchor: '2026-01-01', unit: 'month', periods: 1_200 } as const
    expect(await place({ quantity: 1_000_000, recurring: centuries })).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'quantity', sku: 'CARE' } },
    })
  })

  it('for goods that are kept in stock', async () => {
    const { place } = await open()
    expect(await place({ sku: 'MUG', recurring: monthly })).toMatchObject({
      error: {
        code: 'validation_failed',
        issues: [{ path: ['lines', 0, 'recurring'], rule: 'recurrence.stocked' }],
      },
    })
  })

  it('that also says which fact makes it billable', async () => {
    const { place } = await open()
    expect(await place({ recurring: monthly, invoiceTrigger: 'on_order' })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ rule: 'recurrence.trigger' }] },
    })
  })

  it('a run for a day to come', async () => {
    const { oms, sell } = await open()
    await sell(monthly)
    expect(await oms.invoices.billPeriods({ on: '2026-03-20' })).toMatchObject({
      error: { code: 'validation_failed', details: { billed: 0, refused: 0 } },
    })
    expect(await oms.invoices.billPeriods({ on: '2026-02-30' })).toMatchObject({
      error: { code: 'validation_failed' },
    })
  })
})
