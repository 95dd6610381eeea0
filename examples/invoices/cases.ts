import {
  invoiceFromPart,
  invoiceFromTotals,
  specifications,
  type DocumentLanguage,
  type ElectronicInvoice,
  type InvoiceHeader,
  type PrintedTax,
} from 'orderwright/documents'
import { currencyCode, currencyDigits } from '../../src/core/money/currency.js'
import { formatDecimal } from '../../src/core/money/decimal-string.js'
import type { TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import { partTotals } from '../../src/core/totals/part-totals.js'
import type { TotalsInput } from '../../src/core/totals/totals-input.js'
import { buyers, sellers } from './parties.js'

/** A document, and how its customer wants to read it. */
export interface Case {
  readonly name: string
  readonly invoice: ElectronicInvoice
  readonly language: DocumentLanguage
  readonly paper?: 'Letter'
  readonly title?: string
  readonly taxes?: readonly PrintedTax[]
}

interface Goods {
  readonly name: string
  /** In the smallest part of the unit, of which `digits` decimals are counted. */
  readonly quantity: bigint
  readonly digits?: number
  readonly unit?: string
  readonly price: string
  readonly tax: TaxTreatment
  readonly discount?: string
}

const taxed = (name: string, percent: string): TaxTreatment => ({
  category: 'S',
  components: [{ name, percent }],
})

const inputOf = (
  currency: string,
  goods: readonly Goods[],
  more: Partial<TotalsInput> = {},
): TotalsInput => ({
  currency: currencyCode(currency),
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_up',
  lines: goods.map(({ quantity, digits = 0, price, tax, discount }) => ({
    quantity: { baseUnits: quantity, digits },
    price: { amount: price, currency: currencyCode(currency) },
    tax,
    ...(discount !== undefined && { adjustments: [{ kind: 'discount', percent: discount }] }),
  })),
  ...more,
})

const headerOf = (
  goods: readonly Goods[],
  own: Omit<InvoiceHeader, 'lines' | 'specification' | 'issuedOn' | 'typeCode'> & {
    readonly typeCode?: string
  },
): InvoiceHeader => ({
  specification: specifications.en16931,
  issuedOn: '2026-03-01',
  typeCode: '380',
  dueOn: '2026-03-31',
  ...own,
  lines: goods.map(({ name, unit = 'C62' }, index) => ({ id: String(index + 1), unit, item: { name } })),
})

const account = { meansCode: '58', creditTransfers: [{ account: 'DE02120300000000202051' }] }

const germanGoods: readonly Goods[] = [
  { name: 'Blaue Tasse', quantity: 48n, price: '7.95', tax: taxed('USt', '19'), discount: '5' },
  {
    name: 'Kaffee, ganze Bohnen',
    quantity: 2_500n,
    digits: 3,
    unit: 'KGM',
    price: '17.99',
    tax: taxed('USt', '7'),
  },
  { name: 'Teller', quantity: 12n, price: '11.335', tax: taxed('USt', '19') },
]

/** Two rates, a discount on a line and one on the whole document. */
export const germanInput = inputOf('EUR', germanGoods, {
  adjustments: [{ kind: 'discount', percent: '3' }],
})

const german = (): Case => ({
  name: 'germany',
  language: 'de',
  invoice: invoiceFromTotals(
    germanInput,
    documentTotals(germanInput),
    headerOf(germanGoods, {
      number: 'RE-2026-000017',
      seller: sellers.germany,
      buyer: buyers.germany,
      delivery: { deliveredOn: '2026-02-27' },
      payment: account,
      paymentTerms: 'Zahlbar innerhalb von 30 Tagen ohne Abzug.',
      reasons: { discount: 'Rabatt', charge: 'Zuschlag' },
    }),
  ),
})

const french = (): Case => {
  const goods: readonly Goods[] = [
    {
      name: 'Maintenance des serveurs, février 2026',
      quantity: 165n,
      digits: 1,
      unit: 'HUR',
      price: '82.50',
      tax: {
        category: 'AE',
        components: [{ name: 'TVA', percent: '0' }],
        exemption: 'Autoliquidation, article 283-2 du CGI',
      },
    },
  ]
  const input = inputOf('EUR', goods)
  const header = headerOf(goods, {
    number: 'F-2026-0042',
    seller: sellers.france,
    buyer: buyers.belgium,
    period: { from: '2026-02-01', to: '2026-02-28' },
    payment: { meansCode: '58', creditTransfers: [{ account: 'FR1420041010050500013M02606' }] },
  })
  return { name: 'france', language: 'fr', invoice: invoiceFromTotals(input, documentTotals(input), header) }
}

/** EN 16931 knows one tax on a line: the XML has the rate of all three together, the pages each by its name. */
const unitedStates = (): Case => {
  const sales: TaxTreatment = {
    category: 'S',
    components: [
      { name: 'New York State', percent: '4' },
      { name: 'New York City', percent: '4.5' },
      { name: 'Metropolitan Commuter District', percent: '0.375' },
    ],
  }
  const goods: readonly Goods[] = [
    { name: 'Stoneware mug', quantity: 24n, price: '8.49', tax: sales },
    { name: 'Coffee grinder', quantity: 1n, price: '129.95', tax: sales },
  ]
  const input = inputOf('USD', goods)
  const totals = documentTotals(input)
  const write = (minor: bigint): string => formatDecimal(minor, currencyDigits(input.currency))
  return {
    name: 'united-states',
    language: 'en',
    paper: 'Letter',
    invoice: invoiceFromTotals(
      input,
      totals,
      headerOf(goods, { number: 'INV-10017', seller: sellers.unitedStates, buyer: buyers.unitedStates }),
    ),
    taxes: totals.taxes.flatMap(({ treatment, base, amounts }) =>
      treatment.components.map(({ name, percent }, index) => ({
        name,
        rate: percent,
        taxable: write(base),
        tax: write(amounts[index] ?? 0n),
      })),
    ),
  }
}

const japanese = (): Case => {
  const goods: readonly Goods[] = [
    { name: '青いマグカップ', quantity: 15n, price: '1235', tax: taxed('消費税', '10') },
    { name: 'コーヒー豆（軽減税率対象）', quantity: 7n, price: '1180', tax: taxed('消費税', '8') },
  ]
  const input = inputOf('JPY', goods, { rounding: 'down' })
  const header = headerOf(goods, { number: '2026-0017', seller: sellers.japan, buyer: buyers.japan })
  return { name: 'japan', language: 'ja', invoice: invoiceFromTotals(input, documentTotals(input), header) }
}

const indian = (): Case => {
  const goods: readonly Goods[] = [
    { name: 'Steel tumbler, HSN 7323', quantity: 1_200n, price: '149.50', tax: taxed('IGST', '18') },
  ]
  const input = inputOf('INR', goods)
  const header = headerOf(goods, { number: 'MH/26-27/0000017', seller: sellers.india, buyer: buyers.india })
  return {
    name: 'india',
    language: 'en-IN',
    invoice: invoiceFromTotals(input, documentTotals(input), header),
  }
}

const projectGoods: readonly Goods[] = [
  { name: 'Fenster 120 × 90', quantity: 7n, price: '333.33', tax: taxed('USt', '19') },
  { name: 'Haustür', quantity: 3n, price: '499.99', tax: taxed('USt', '19') },
  { name: 'Montage', quantity: 125n, digits: 1, unit: 'HUR', price: '62.40', tax: taxed('USt', '19') },
]

/** An order that is invoiced in three parts after a deposit, with a discount that has to be shared. */
export const projectInput = inputOf('EUR', projectGoods, {
  adjustments: [{ kind: 'discount', percent: '3' }],
})

/** Deposit, two partial invoices, the final one with the deposit deducted, and a credit note for one window. */
const project = (): readonly Case[] => {
  const totals = documentTotals(projectInput)
  const base = { seller: sellers.germany, buyer: buyers.germany, salesOrderReference: 'A-2026-77' }
  const reasons = { discount: 'Rabatt', charge: 'Zuschlag' }
  const header = (number: string, typeCode: string): InvoiceHeader =>
    headerOf(projectGoods, { ...base, number, typeCode, reasons, payment: account })
  const depositGoods: readonly Goods[] = [
    { name: 'Anzahlung auf Auftrag A-2026-77', quantity: 1n, price: '500.00', tax: taxed('USt', '19') },
  ]
  const depositInput = inputOf('EUR', depositGoods)
  const depositTotals = documentTotals(depositInput)
  const deposit = headerOf(depositGoods, { ...base, number: 'AN-2026-5', typeCode: '386', payment: account })
  const states = [
    [0n, 0n, 0n],
    [3n, 1n, 40n],
    [5n, 3n, 90n],
    [7n, 3n, 125n],
  ] as const
  const part = (index: 0 | 1 | 2) =>
    partTotals(projectInput, totals, states[index], states[index + 1] ?? states[3])
  const credited = partTotals(projectInput, totals, [6n, 3n, 125n], states[3])
  return [
    {
      name: 'project-1-deposit',
      language: 'de',
      invoice: invoiceFromTotals(depositInput, depositTotals, deposit),
    },
    {
      name: 'project-2-partial',
      language: 'de',
      invoice: invoiceFromPart(projectInput, part(0), header('RE-2026-31', '326')),
    },
    {
      name: 'project-3-partial',
      language: 'de',
      invoice: invoiceFromPart(projectInput, part(1), header('RE-2026-35', '326')),
    },
    {
      name: 'project-4-final',
      language: 'de',
      title: 'Schlussrechnung',
      invoice: invoiceFromPart(projectInput, part(2), header('RE-2026-39', '380'), depositTotals.gross),
    },
    {
      name: 'project-5-credit-note',
      language: 'de',
      invoice: invoiceFromPart(
        projectInput,
        credited,
        headerOf(projectGoods, {
          ...base,
          number: 'GS-2026-4',
          typeCode: '381',
          reasons,
          precedingInvoices: [{ number: 'RE-2026-39', issuedOn: '2026-03-01' }],
        }),
      ),
    },
  ]
}

export const cases = (): readonly Case[] => [
  german(),
  french(),
  unitedStates(),
  japanese(),
  indian(),
  ...project(),
]
