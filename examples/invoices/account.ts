import type { Business } from './business.js'
import { germanCreditNote, germanInvoice, type Case } from './case.js'
import { buyers } from './parties.js'
import { place, send, type Goods } from './sell.js'

const orders: readonly Goods[] = [
  { sku: 'ESPRESSO', name: 'Espressotasse', quantity: 36, price: '4.35', taxClass: 'standard' },
  { sku: 'KAKAO', name: 'Trinkschokolade', quantity: 9, price: '6.49', taxClass: 'reduced' },
]

/** A customer with an account: two orders on one invoice, a debit note for a price that was too low, a credit note for a piece that broke. */
export const account = async (business: Business): Promise<readonly Case[]> => {
  const { desk, key } = business
  const { name } = buyers.germany
  const { party: customer } = await desk.parties.register({ roles: ['customer'], name }, key())
  const placed: string[] = []
  for (const goods of orders) {
    const sale = { entity: 'germany', currency: 'EUR', customer, goods: [goods] } as const
    const order = await place(business, { ...sale, more: { billing: 'consolidated' } })
    await send(business, order)
    placed.push(order)
  }
  const { invoice = '' } = await desk.invoices.billTogether({ orders: placed })
  const [order = ''] = placed
  const debited = await desk.invoices.debit(
    {
      invoice,
      order,
      corrections: [{ line: 'L1', amount: { amount: '9.00', currency: 'EUR' } }],
      reason: '25 Cent je Tasse zu wenig',
    },
    key(),
  )
  const { creditNote } = await desk.invoices.credit(
    { invoice, order, lines: [{ line: 'L1', quantity: 1 }], reason: 'broken' },
    key(),
  )
  return [
    await germanInvoice(business, 'account-1-consolidated', invoice),
    await germanInvoice(business, 'account-2-debit-note', debited.invoice),
    await germanCreditNote(business, 'account-3-credit-note', creditNote),
  ]
}
