import type { Answer, OrderManagementFor } from 'orderwright'
import { beforeAll, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { InvoiceTrigger } from '../../../src/core/pricing/invoice-trigger.js'
import { confirmed, newKey, openShop, packed, stock } from '../../support/shop.js'

const mug = { sku: 'MUG', quantity: 1 } as const
const euro = { amount: '1.00', currency: 'EUR' } as const
const billedAtOnce = {
  channel: 'web',
  currency: 'EUR',
  lines: [{ ...mug, invoiceTrigger: 'on_order' as const }],
} as const
const goodwill = {
  currency: 'EUR',
  lines: [{ sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: euro }],
  reason: 'goodwill',
} as const

let oms: OrderManagementFor
beforeAll(async () => {
  ;({ oms } = openShop(memoryStorage, {
    numbering: {
      invoice: { pattern: 'I{number}', digits: 1, longest: 2 },
      credit_note: { pattern: 'C{number}', digits: 1, longest: 2 },
    },
  }))
  await stock(oms, 'MUG', 100, '12.50')
})

const billedOn = (invoiceTrigger: InvoiceTrigger) => confirmed(oms, [{ ...mug, invoiceTrigger }])

describe('NR6 when the last number of a series is given out, nothing happens that would need another', () => {
  let asks: Readonly<Record<string, () => Promise<Answer<unknown>>>>
  beforeAll(async () => {
    const [accepted, delivered, deposited] = [
      await billedOn('on_acceptance'),
      await billedOn('on_delivery'),
      await billedOn('on_delivery'),
    ]
    const waiting = await packed(oms, await billedOn('on_shipment'))
    const shipment = await packed(oms, delivered)
    await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    for (let number = 1; number <= 9; number += 1) await oms.orThrow.orders.place(billedAtOnce, newKey())
    for (let number = 1; number <= 9; number += 1)
      await oms.orThrow.invoices.creditWithoutInvoice(goodwill, newKey())
    const { items } = await oms.orThrow.invoices.list({})
    const [{ id: invoice = '' } = {}, wrong] = items
    await oms.orThrow.invoices.void({ invoice: wrong?.id ?? '', reason: 'wrong' })
    asks = {
      'orders.place': () => oms.orders.place(billedAtOnce, newKey()),
      'orders.accept': () => oms.orders.accept({ order: accepted }, newKey()),
      'shipments.ship': () => oms.shipments.ship({ shipment: waiting, carrier: 'Parcel Post' }),
      'shipments.deliver': () => oms.shipments.deliver({ shipment }),
      'invoices.bill': () => oms.invoices.bill({ order: wrong?.order ?? '' }),
      'invoices.billDeposit': () =>
        oms.invoices.billDeposit({ order: deposited, deposit: { percent: '30' } }, newKey()),
      'invoices.debit': () =>
        oms.invoices.debit(
          { invoice, corrections: [{ line: 'L1', amount: euro }], reason: 'too cheap' },
          newKey(),
        ),
      'invoices.credit': () => oms.invoices.credit({ invoice, reason: 'returned' }, newKey()),
      'invoices.creditWithoutInvoice': () => oms.invoices.creditWithoutInvoice(goodwill, newKey()),
    }
  })

  it.each([
    ['orders.place', 'invoice'],
    ['orders.accept', 'invoice'],
    ['shipments.ship', 'invoice'],
    ['shipments.deliver', 'invoice'],
    ['invoices.bill', 'invoice'],
    ['invoices.billDeposit', 'invoice'],
    ['invoices.debit', 'invoice'],
    ['invoices.credit', 'credit_note'],
    ['invoices.creditWithoutInvoice', 'credit_note'],
  ])('%s refuses', async (command, series) => {
    expect(await asks[command]?.()).toMatchObject({
      ok: false,
      error: { code: 'number_series_exhausted', details: { series, last: 9 } },
    })
  })
})
