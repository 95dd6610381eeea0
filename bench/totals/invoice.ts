import { currencyCode } from '../../src/core/money/currency.js'
import type { TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import type { TotalsInput } from '../../src/core/totals/totals-input.js'

/** What all contenders have to agree on, in cents. */
export interface Amounts {
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
}

/** One line as the contenders read it: prices have four decimals, quantities are whole, rates and discounts in percent. */
export interface PlainLine {
  readonly price: string
  readonly quantity: number
  readonly discount: string | undefined
  readonly rate: number
}

export const rates = ['19', '7', '0'] as const
export const documentDiscount = '2.5'

export const plainLines: readonly PlainLine[] = Array.from({ length: 100 }, (_, index) => ({
  price: `${1 + ((index * 37) % 250)}.${String((index * 7_919) % 10_000).padStart(4, '0')}`,
  quantity: 1 + (index % 9),
  discount: index % 2 === 0 ? `${1 + (index % 15)}.5` : undefined,
  rate: index % 3,
}))

const treatments = rates.map((percent): TaxTreatment => ({
  category: percent === '0' ? 'Z' : 'S',
  components: [{ name: 'VAT', percent }],
}))

const currency = currencyCode('EUR')

export const invoiceInput: TotalsInput = {
  currency,
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_even',
  lines: plainLines.map(({ price, quantity, discount, rate }) => ({
    quantity: { baseUnits: BigInt(quantity), digits: 0 },
    price: { amount: price, currency },
    tax: treatments[rate] ?? { category: 'Z', components: [] },
    ...(discount !== undefined && { adjustments: [{ kind: 'discount', percent: discount }] }),
  })),
  adjustments: [{ kind: 'discount', percent: documentDiscount }],
}

export const ourTotals = (input: TotalsInput): Amounts => documentTotals(input)
