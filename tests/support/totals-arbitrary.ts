import * as fc from 'fast-check'
import { currencyCode, currencyDigits } from '../../src/core/money/currency.js'
import { formatDecimal } from '../../src/core/money/decimal-string.js'
import type { RoundingMode } from '../../src/core/money/rounding.js'
import type { TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import type {
  Adjustment,
  DocumentAdjustment,
  TotalsInput,
  TotalsLine,
} from '../../src/core/totals/totals-input.js'

/** Currencies with 0, 2 and 3 decimals. */
const currencies = ['JPY', 'EUR', 'KWD'].map((code) => currencyCode(code))

export const treatments: readonly TaxTreatment[] = [
  { category: 'S', components: [{ name: 'VAT', percent: '19' }] },
  { category: 'S', components: [{ name: 'VAT', percent: '7' }] },
  { category: 'AE', components: [{ name: 'VAT', percent: '0' }], exemption: 'Reverse charge' },
  { category: 'O', components: [] },
  {
    category: 'S',
    components: [
      { name: 'state', percent: '4' },
      { name: 'county', percent: '2.375' },
      { name: 'city', percent: '1.125' },
    ],
  },
  {
    category: 'S',
    components: [
      { name: 'GST', percent: '5' },
      { name: 'PST', percent: '9.5', compound: true },
    ],
  },
]

export const treatmentArb = fc.constantFrom(...treatments)

const percentArb = fc
  .integer({ min: 0, max: 50_00 })
  .map((hundredths) => formatDecimal(BigInt(hundredths), 2))

const adjustmentArb: fc.Arbitrary<Adjustment> = fc.oneof(
  fc.record({ kind: fc.constantFrom('discount', 'charge'), percent: percentArb }),
  fc.record({ kind: fc.constantFrom('discount', 'charge'), amount: fc.bigInt({ min: 0n, max: 5_000n }) }),
)

const documentAdjustmentArb: fc.Arbitrary<DocumentAdjustment> = fc
  .tuple(adjustmentArb, fc.option(treatmentArb, { nil: undefined, freq: 3 }))
  .map(([adjustment, tax]) => (tax === undefined ? adjustment : { ...adjustment, tax }))

/** Prices with up to four decimals, some of them for a hundred units. */
const lineArb = (currency: TotalsInput['currency']): fc.Arbitrary<TotalsLine> =>
  fc
    .record({
      units: fc.bigInt({ min: 1n, max: 5_000n }),
      digits: fc.constantFrom(0, 0, 3),
      price: fc.bigInt({ min: 0n, max: 9_999_999n }),
      scale: fc.constantFrom(2, 4),
      isPerHundred: fc.boolean(),
      adjustments: fc.array(adjustmentArb, { maxLength: 2 }),
      tax: treatmentArb,
    })
    .map(({ units, digits, price, scale, isPerHundred, adjustments, tax }) => ({
      quantity: { baseUnits: units, digits },
      price: { amount: formatDecimal(price, scale), currency, ...(isPerHundred && { per: 100 }) },
      adjustments,
      tax,
    }))

export const symmetricModes: readonly RoundingMode[] = ['half_up', 'half_even', 'half_down', 'up', 'down']

export interface TotalsShape {
  readonly prices?: TotalsInput['prices']
  readonly profile?: TotalsInput['profile']
}

/** Documents of up to eight lines; with a shape, only such. */
export const totalsInputArb = ({ prices, profile }: TotalsShape = {}): fc.Arbitrary<TotalsInput> =>
  fc.constantFrom(...currencies).chain((currency) =>
    fc.record({
      currency: fc.constant(currency),
      prices: prices === undefined ? fc.constantFrom('net', 'gross') : fc.constant(prices),
      profile: profile === undefined ? fc.constantFrom('per_category', 'per_line') : fc.constant(profile),
      rounding: fc.constantFrom(...symmetricModes),
      lines: fc.array(lineArb(currency), { minLength: 1, maxLength: 8 }),
      adjustments: fc.array(documentAdjustmentArb, { maxLength: 3 }),
    }),
  )

/** Lines of few amounts, as one price for everything, and odd discounts and charges on them: every share has a remainder that others have too. */
export const evenInputArb = ({ prices, profile }: TotalsShape = {}): fc.Arbitrary<TotalsInput> =>
  fc.constantFrom(...currencies).chain((currency) => {
    const digits = currencyDigits(currency)
    const line = fc
      .record({
        price: fc.constantFrom(1n, 5n, 50n, 100n),
        units: fc.constantFrom(1n, 1n, 2n, 3n),
        tax: treatmentArb,
      })
      .map(({ price, units, tax }) => ({
        quantity: { baseUnits: units, digits: 0 },
        price: { amount: formatDecimal(price, digits), currency },
        tax,
      }))
    const odd = fc.oneof(
      fc.bigInt({ min: 0n, max: 30n }).map((amount) => ({ amount })),
      fc.constantFrom('0.5', '2.5', '10', '33.3').map((percent) => ({ percent })),
    )
    const adjustment = fc
      .tuple(fc.constantFrom('discount' as const, 'charge' as const), odd)
      .map(([kind, of]) => ({ kind, ...of }))
    return fc.record({
      currency: fc.constant(currency),
      prices: prices === undefined ? fc.constantFrom('net', 'gross') : fc.constant(prices),
      profile: profile === undefined ? fc.constantFrom('per_category', 'per_line') : fc.constant(profile),
      rounding: fc.constantFrom(...symmetricModes),
      lines: fc.array(line, { minLength: 2, maxLength: 8 }),
      adjustments: fc.array(adjustment, { minLength: 1, maxLength: 3 }),
    })
  })
