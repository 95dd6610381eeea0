import { currencyCode } from '../../src/core/money/currency.js'
import { formatDecimal } from '../../src/core/money/decimal-string.js'
import { treatmentKey, type TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import type { PartRules } from '../../src/core/totals/part-totals.js'
import { tracePart } from '../../src/core/totals/traces/part.js'
import { traceTotals } from '../../src/core/totals/traces/totals.js'
import { traceSum, type TracedSum } from '../../src/core/totals/traces/traced-document.js'
import { printTrace, type Trace } from '../../src/core/totals/traces/trace.js'
import type { TotalsInput } from '../../src/core/totals/totals-input.js'

export const eur = currencyCode('EUR')
export const vat = (percent: string): TaxTreatment => ({
  category: 'S',
  components: [{ name: 'VAT', percent }],
})
/** Each tax on the price with the taxes before it. */
export const onTaxes: TaxTreatment = {
  category: 'S',
  components: [
    { name: 'GST', percent: '5' },
    { name: 'QST', percent: '10', compound: true },
  ],
}

export const line = (price: string, quantity: bigint, tax = vat('20')) => ({
  quantity: { baseUnits: quantity, digits: 0 },
  price: { amount: price, currency: eur },
  tax,
})

/** 30.00 with a discount of 3.00 over all lines and freight of 1.00 that is taxed by itself. */
export const sale: TotalsInput = {
  currency: eur,
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_up',
  lines: [line('10.00', 2n), line('10.00', 1n)],
  adjustments: [
    { kind: 'discount', amount: 300n },
    { kind: 'charge', amount: 100n, tax: vat('7') },
  ],
}
export const inCoins: TotalsInput = { ...sale, cashRounding: { step: 5n, mode: 'half_up' } }

const amountOf = (amount: bigint): string => formatDecimal(amount, 2)

/** The whole's amounts stand for themselves. */
const leaf = (name: string, amount: bigint): Trace => ({
  name,
  amount: amountOf(amount),
  rule: 'as it is',
  arithmetic: { by: 'given' },
  from: [],
})

/** What an amount of a part of it is from, between two states of its lines. */
export const partText = (
  input: TotalsInput,
  before: readonly bigint[],
  after: readonly bigint[],
  amount: TracedSum = 'total',
  rules: PartRules = {},
): string => {
  const whole = documentTotals(input)
  const under = (key: string) => whole.taxes.find(({ treatment }) => treatmentKey(treatment) === key)
  const traced = tracePart({
    input,
    whole,
    before,
    after,
    rules,
    ofWhole: {
      line: (index) => leaf(`ordered line ${index + 1}`, whole.lines[index]?.net ?? 0n),
      share: (index, place) => leaf(`ordered share ${index + 1}`, whole.lines[index]?.shares[place] ?? 0n),
      adjustment: (index, key) =>
        leaf(
          `ordered adjustment ${index + 1}`,
          whole.adjustments.find((one) => one.index === index && treatmentKey(one.treatment) === key)
            ?.amount ?? 0n,
        ),
      levied: (key, component) => leaf('ordered tax', under(key)?.amounts[component] ?? 0n),
    },
  })
  return printTrace(traceSum(traced, amount))
}

/** The same of all of it. */
export const wholeText = (input: TotalsInput, amount: TracedSum = 'total'): string =>
  printTrace(traceSum(traceTotals(input, documentTotals(input)), amount))
