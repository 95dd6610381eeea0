import type { Business } from './business.js'
import { germanCreditNote, germanInvoice, type Case } from './case.js'
import { hours, place, ship } from './sell.js'

/** What became of the project: its documents, and the order they belong to. */
export interface Project {
  readonly order: string
  readonly cases: readonly Case[]
  /** The partial invoices and the final one. */
  readonly invoices: readonly string[]
}

/** Deposit, two partial invoices, the final one with the deposit deducted, and a credit note for one window. */
export const project = async (business: Business): Promise<Project> => {
  const { desk, clock, key } = business
  const order = await place(business, {
    entity: 'germany',
    currency: 'EUR',
    goods: [
      { sku: 'FENSTER', name: 'Fenster 120 × 90', quantity: 7, price: '333.33', taxClass: 'standard' },
      { sku: 'HAUSTUER', name: 'Haustür', quantity: 3, price: '499.99', taxClass: 'standard' },
      {
        sku: 'MONTAGE',
        name: 'Montage',
        unit: hours,
        stocked: false,
        quantity: '12.5',
        price: '62.40',
        taxClass: 'standard',
      },
    ],
    more: { adjustments: [{ kind: 'discount', percent: '3', reason: 'Rabatt' }] },
  })
  const deposit = await desk.invoices.billDeposit(
    {
      order,
      deposit: { amount: { amount: '595.00', currency: 'EUR' } },
      name: 'Anzahlung auf Fenster, Türen und Montage',
    },
    key(),
  )
  const cases = [await germanInvoice(business, 'project-1-deposit', deposit.invoice)]
  const deliveries = [
    [
      { line: 'L1', quantity: 3 },
      { line: 'L2', quantity: 1 },
      { line: 'L3', quantity: '4.0' },
    ],
    [
      { line: 'L1', quantity: 2 },
      { line: 'L2', quantity: 2 },
      { line: 'L3', quantity: '5.0' },
    ],
    undefined,
  ]
  const invoices: string[] = []
  for (const lines of deliveries) {
    clock.advance(7 * 86_400_000)
    invoices.push(await ship(business, order, lines))
  }
  const [first = '', second = '', final = ''] = invoices
  cases.push(
    await germanInvoice(business, 'project-2-partial', first, { typeCode: '326' }),
    await germanInvoice(business, 'project-3-partial', second, { typeCode: '326' }),
    await germanInvoice(business, 'project-4-final', final, {
      title: 'Schlussrechnung',
      earlierInvoices: (await desk.invoices.list({ order })).items,
    }),
  )
  const { creditNote } = await desk.invoices.credit(
    { invoice: final, lines: [{ line: 'L1', quantity: 1 }], reason: 'broken' },
    key(),
  )
  cases.push(await germanCreditNote(business, 'project-5-credit-note', creditNote))
  return { order, cases, invoices }
}
