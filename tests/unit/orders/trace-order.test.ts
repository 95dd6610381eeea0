import { describe, expect, it } from 'vitest'
import type { Order } from '../../../src/core/orders/order.js'
import { traceOrder } from '../../../src/core/orders/trace-order.js'
import { traceSum } from '../../../src/core/totals/traces/traced-document.js'
import { printTrace } from '../../../src/core/totals/traces/trace.js'
import { openBooks } from '../../support/books.js'
import { cities, openLocations } from '../../support/locations.js'
import { confirmed, openShop, shipped, stock, type Shop } from '../../support/shop.js'

const money = (amount: string) => ({ amount, currency: 'EUR' })
const vat = (percent: string) => ({ category: 'S', components: [{ name: 'VAT', percent }] })

const discounted = (): Order => {
  const books = openBooks()
  books.product('NAIL', 0)
  const line = { sku: 'NAIL', quantity: 1, unitPrice: money('2.50') }
  const order = books.order({
    channel: 'web',
    currency: 'EUR',
    lines: [
      { ...line, tax: vat('10') },
      { ...line, tax: vat('19') },
    ],
    adjustments: [{ kind: 'discount', reason: 'agreed', amount: money('0.01') }],
  })
  if (!order.ok) throw new Error(order.error.code)
  return order.value
}

/** As it was stored when the odd cent went to the first line. */
const asStoredBefore = (order: Order): Order => {
  const [first, second] = order.lines
  if (first === undefined || second === undefined || order.totals === undefined) throw new Error('two lines')
  const [low, high] = order.totals.taxes
  const [discount] = order.totals.adjustments
  if (low === undefined || high === undefined || discount === undefined) throw new Error('two taxes')
  return {
    ...order,
    lines: [
      { ...first, shares: second.shares ?? [] },
      { ...second, shares: first.shares ?? [] },
    ],
    total: money('5.72') as Order['total'],
    totals: {
      ...order.totals,
      tax: money('0.73') as Order['total'],
      gross: money('5.72') as Order['total'],
      adjustments: [{ ...discount, tax: low.treatment }],
      taxes: [
        { ...low, base: money('2.49') as Order['total'] },
        {
          ...high,
          base: money('2.50') as Order['total'],
          amounts: [money('0.48') as Order['total']],
          tax: money('0.48') as Order['total'],
        },
      ],
    },
  }
}

describe('the trace of an order', () => {
  it('F130 gives the odd cent of a discount to the tax that levies more, wherever its line stands', () => {
    const text = printTrace(traceSum(traceOrder(discounted()), 'total'))
    expect(text).toContain('amount due 5.71')
    expect(text).toContain(
      'less discount "agreed" under S VAT 19% -0.01 = 2.50 of 5.00 of -0.01 = -0.005, rounded up: largest remainder',
    )
  })

  it('F130 tells of amounts as they are stored, by whatever rule their odd cents were once shared', () => {
    const text = printTrace(traceSum(traceOrder(asStoredBefore(discounted())), 'total'))
    expect(text).toContain('amount due 5.72')
    expect(text).toContain(
      'less discount "agreed" under S VAT 10% -0.01 = as it was agreed; by the rules of today it would be 0.00',
    )
    expect(text).toContain('VAT 19% 0.48 = 19% of 2.50')
  })
})

it('F130 an order that stores no taxes has as its base what its lines come to', () => {
  const books = openBooks()
  books.product('NAIL', 0)
  const line = { sku: 'NAIL', quantity: 2, unitPrice: money('2.50') }
  const order = books.order({ channel: 'web', currency: 'EUR', lines: [line] })
  if (!order.ok) throw new Error(order.error.code)
  expect(order.value).not.toHaveProperty('totals')
  expect(traceOrder(order.value).base('O')).toMatchObject({ amount: '5.00' })
})

describe('the trace of a part of an order that is the sum of its lines', () => {
  const linesOf = async (oms: Shop['oms'], order: string, line: string, quantity: number) => {
    const { invoice } = await shipped(oms, order, [{ line, quantity }])
    return (await oms.orThrow.invoices.trace({ invoice })).text.split('\n')
  }

  it('F130 names the price per so many units, also where a part of them is billed', async () => {
    const { oms } = openShop()
    await stock(oms, 'NAIL', 1_000, '9.00')
    const unitPrice = { ...money('12.50'), per: 100 }
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 500, unitPrice }] as never)
    expect(await linesOf(oms, order, 'L1', 30)).toContain('  line 1 3.75 = 12.50 per 100 x 30')
  })

  it('F130 bills of a part of a split line no more than that part comes to', async () => {
    const { oms } = openShop()
    await openLocations(oms, { berlin: { MUG: 8 }, hamburg: { MUG: 8 }, vienna: { MUG: 4 } })
    const sourcing = { by: { name: 'near', strategy: 'nearest' }, to: { coordinates: cities.munich } }
    const lines = [{ sku: 'MUG', quantity: 20, unitPrice: money('0.0022') }]
    const order = await confirmed(oms, lines, { sourcing })
    // 20 come to 0.04: of 8, 8 and 4, one of the eights gets a cent and the other two.
    const { lines: split } = await oms.orThrow.orders.get({ order })
    const [short] = split.filter(({ quantity, net }) => quantity === 8 && net.amount === '0.01')
    const text = await linesOf(oms, order, short?.id ?? '', 7)
    expect(text.join('\n')).toContain('0.01 = no more than its part of the line that was split')
  })
})
