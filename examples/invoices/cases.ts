import {
  creditNoteFromRecord,
  invoiceFromRecord,
  specifications,
  type DocumentLanguage,
  type ElectronicInvoice,
  type IssuedHeader,
  type PrintedTax,
} from 'orderwright/documents'
import type { Business } from './business.js'
import { buyers, sellers, type Country } from './parties.js'
import { place, ship, type Sale } from './sell.js'

/** A document, and how its customer wants to read it. */
export interface Case {
  readonly name: string
  readonly invoice: ElectronicInvoice
  readonly language: DocumentLanguage
  readonly paper?: 'Letter'
  readonly title?: string
  readonly taxes?: readonly PrintedTax[]
}

const accounts: Readonly<Partial<Record<Country, string>>> = {
  germany: 'DE02120300000000202051',
  france: 'FR1420041010050500013M02606',
}

const headerOf = (entity: Country, more: Partial<IssuedHeader> = {}): IssuedHeader => {
  const account = accounts[entity]
  return {
    specification: specifications.en16931,
    seller: sellers[entity],
    buyer: buyers[entity],
    ...(account !== undefined && { payment: { meansCode: '58', creditTransfers: [{ account }] } }),
    ...more,
  }
}

interface Look extends Omit<Case, 'invoice' | 'taxes'> {
  readonly header?: Partial<IssuedHeader>
}

/** Sells and ships; the document is the invoice that was issued with the shipment. */
const sold = async (
  business: Business,
  sale: Sale,
  { header, ...look }: Look,
): Promise<Case & { readonly order: string }> => {
  const order = await place(business, sale)
  const issued = await business.desk.invoices.get({ invoice: await ship(business, order) })
  // EN 16931 knows one tax on a line: the XML has the rate of stacked taxes together, the pages each by its name.
  const taxes = (issued.totals?.taxes ?? []).flatMap(({ treatment, base, amounts }) =>
    treatment.components.map(({ name, percent }, index) => ({
      name,
      rate: percent,
      taxable: base.amount,
      tax: amounts[index]?.amount ?? '0',
    })),
  )
  const isStacked = (issued.totals?.taxes ?? []).some(({ amounts }) => amounts.length > 1)
  const invoice = invoiceFromRecord(issued, headerOf(sale.entity, header))
  return { ...look, order, invoice, ...(isStacked && { taxes }) }
}

const kilograms = { code: 'KGM', digits: 3 }
const hours = { code: 'HUR', digits: 1 }

/** Two rates, a discount on a line and one on the whole document. */
const german = (business: Business) =>
  sold(
    business,
    {
      entity: 'germany',
      currency: 'EUR',
      goods: [
        {
          sku: 'TASSE',
          name: 'Blaue Tasse',
          quantity: 48,
          price: '7.95',
          taxClass: 'standard',
          discount: '5',
        },
        {
          sku: 'BOHNEN',
          name: 'Kaffee, ganze Bohnen',
          unit: kilograms,
          quantity: '2.5',
          price: '17.99',
          taxClass: 'reduced',
        },
        { sku: 'TELLER', name: 'Teller', quantity: 12, price: '11.335', taxClass: 'standard' },
      ],
      more: { adjustments: [{ kind: 'discount', percent: '3', reason: 'Messerabatt' }] },
    },
    {
      name: 'germany',
      language: 'de',
      header: {
        delivery: { deliveredOn: '2026-02-27' },
        paymentTerms: 'Zahlbar innerhalb von 30 Tagen ohne Abzug.',
      },
    },
  )

/** The buyer in Belgium owes the tax. */
const french = (business: Business) =>
  sold(
    business,
    {
      entity: 'france',
      currency: 'EUR',
      registration: { country: 'BE', number: 'BE0123456749' },
      goods: [
        {
          sku: 'MAINTENANCE',
          name: 'Maintenance des serveurs, février 2026',
          unit: hours,
          stocked: false,
          quantity: '16.5',
          price: '82.50',
          taxClass: 'standard',
        },
      ],
    },
    { name: 'france', language: 'fr', header: { period: { from: '2026-02-01', to: '2026-02-28' } } },
  )

/** State, city and commuter district on one line. */
const unitedStates = (business: Business) =>
  sold(
    business,
    {
      entity: 'united-states',
      currency: 'USD',
      goods: [
        { sku: 'MUG', name: 'Stoneware mug', quantity: 24, price: '8.49', taxClass: 'standard' },
        { sku: 'GRINDER', name: 'Coffee grinder', quantity: 1, price: '129.95', taxClass: 'standard' },
      ],
      more: { taxPlace: { country: 'US', subdivision: 'US-NY', city: 'New York' } },
    },
    { name: 'united-states', language: 'en', paper: 'Letter' },
  )

const japanese = (business: Business) =>
  sold(
    business,
    {
      entity: 'japan',
      currency: 'JPY',
      goods: [
        { sku: 'MAGU', name: '青いマグカップ', quantity: 15, price: '1235', taxClass: 'standard' },
        { sku: 'KOHI', name: 'コーヒー豆（軽減税率対象）', quantity: 7, price: '1180', taxClass: 'reduced' },
      ],
    },
    { name: 'japan', language: 'ja' },
  )

const indian = (business: Business) =>
  sold(
    business,
    {
      entity: 'india',
      currency: 'INR',
      goods: [
        {
          sku: 'TUMBLER',
          name: 'Steel tumbler, HSN 7323',
          quantity: 1_200,
          price: '149.50',
          taxClass: 'standard',
        },
      ],
    },
    { name: 'india', language: 'en-IN' },
  )

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
  const document = async (
    name: string,
    id: string,
    more: Partial<Case & IssuedHeader> = {},
  ): Promise<Case> => {
    const { title, ...header } = more
    const invoice = invoiceFromRecord(await desk.invoices.get({ invoice: id }), headerOf('germany', header))
    return { name, language: 'de', invoice, ...(title !== undefined && { title }) }
  }
  const deposit = await desk.invoices.billDeposit(
    {
      order,
      deposit: { amount: { amount: '595.00', currency: 'EUR' } },
      name: 'Anzahlung auf Fenster, Türen und Montage',
    },
    key(),
  )
  const cases = [await document('project-1-deposit', deposit.invoice)]
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
    await document('project-2-partial', first, { typeCode: '326' }),
    await document('project-3-partial', second, { typeCode: '326' }),
    await document('project-4-final', final, { title: 'Schlussrechnung' }),
  )
  const { creditNote } = await desk.invoices.credit(
    { invoice: final, lines: [{ line: 'L1', quantity: 1 }], reason: 'broken' },
    key(),
  )
  const note = await desk.invoices.creditNote({ creditNote })
  const { payment: _payment, ...header } = headerOf('germany', { paymentTerms: 'Wird ausgezahlt.' })
  cases.push({ name: 'project-5-credit-note', language: 'de', invoice: creditNoteFromRecord(note, header) })
  return { order, cases, invoices }
}

/** One sale in each country. */
export const countries = async (business: Business) => ({
  germany: await german(business),
  france: await french(business),
  unitedStates: await unitedStates(business),
  japan: await japanese(business),
  india: await indian(business),
})
