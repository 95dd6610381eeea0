import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import {} from 'vitest'
import { toMinor, type Money } from '../../src/core/money/money.js'
import { treatmentKey } from '../../src/core/tax/tax-treatment.js'
import type { DocumentAmounts } from '../../src/core/totals/calculation.js'
import { treatmentArb } from './totals-arbitrary.js'

export const digitsOf = { EUR: 2, JPY: 0, KWD: 3 } as const
type Code = keyof typeof digitsOf

export const decimal = (units: number, scale: number): string => {
  const digits = String(units).padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

const adjustmentArb = (currency: Code, most: number) =>
  fc
    .record({
      kind: fc.constantFrom('discount', 'charge'),
      percent: fc.option(fc.integer({ min: 0, max: most }), { nil: undefined }),
      amount: fc.integer({ min: 0, max: 50 }),
    })
    .map(({ kind, percent, amount }) => ({
      kind,
      reason: 'agreed',
      ...(percent === undefined
        ? { amount: { amount: decimal(amount, digitsOf[currency]), currency } }
        : { percent: decimal(percent, 1) }),
    }))

/** Currencies of 2, 0 and 3 digits. */
export const currencyArb = fc.constantFrom<Code>('EUR', 'JPY', 'KWD')

/** Of the whole, of which some have a tax of their own: a charge any, a discount that of a charge or line. */
const documentAdjustmentArb = (currency: Code) =>
  fc.record({
    adjustment: adjustmentArb(currency, 150),
    tax: fc.option(treatmentArb, { nil: undefined, freq: 3 }),
    takesOffCharge: fc.boolean(),
    line: fc.nat(3),
  })

/** Orders with discounts and charges on lines and on the whole. */
export const contentIn = (currency: Code, mostLines: number) =>
  fc
    .record({
      channel: fc.constant('web'),
      currency: fc.constant(currency),
      prices: fc.constantFrom('net', 'gross'),
      lines: fc.array(
        fc.record({
          sku: fc.constant('NAIL'),
          quantity: fc.integer({ min: 1, max: 9 }),
          unitPrice: fc
            .integer({ min: 1_000, max: 999_999 })
            .map((units) => ({ amount: decimal(units, digitsOf[currency] + 2), currency })),
          adjustments: fc.array(adjustmentArb(currency, 200), { maxLength: 2 }),
          tax: treatmentArb,
        }),
        { minLength: 1, maxLength: mostLines },
      ),
      adjustments: fc.array(documentAdjustmentArb(currency), { maxLength: 3 }),
    })
    .map(({ lines, adjustments, ...content }) => ({
      ...content,
      lines,
      adjustments: adjustments.map(({ adjustment, tax, takesOffCharge, line }) => {
        if (tax === undefined) return adjustment
        if (adjustment.kind === 'charge') return { ...adjustment, tax }
        const charge = adjustments.find((one) => one.adjustment.kind === 'charge' && one.tax !== undefined)
        const own = takesOffCharge ? charge?.tax : undefined
        return { ...adjustment, tax: own ?? lines[line % lines.length]?.tax ?? tax }
      }),
    }))

/** Such orders of up to four lines. */
export const contentArb = currencyArb.chain((currency) => contentIn(currency, 4))

export const totalsArb = fc.record({
  profile: fc.constantFrom('per_category', 'per_line'),
  rounding: fc.constantFrom('half_up', 'half_even', 'half_down', 'up', 'down', 'ceiling', 'floor'),
  ownTaxCharges: fc.constantFrom('first', 'in_proportion'),
  cashRounding: fc.constantFrom({}, { EUR: { step: 5, mode: 'half_up' } } as const),
})

export const fields = ['lineNet', 'discounts', 'charges', 'net', 'tax', 'gross', 'rounding'] as const

export const sum = (moneys: readonly (Money | undefined)[]): bigint =>
  moneys.reduce((total, money) => total + (money === undefined ? 0n : toMinor(money)), 0n)

export const underTax = ({ taxes }: DocumentAmounts, key: string) =>
  taxes.find(({ treatment }) => treatmentKey(treatment) === key)

export const expectSameAmounts = (parts: readonly DocumentAmounts[], whole: DocumentAmounts): void => {
  for (const field of fields) strictEqual(sum(parts.map((part) => part[field])), toMinor(whole[field]), field)
  for (const { treatment, base, tax, amounts } of whole.taxes) {
    const key = treatmentKey(treatment)
    const own = parts.map((part) => underTax(part, key))
    strictEqual(sum(own.map((one) => one?.base)), toMinor(base))
    strictEqual(sum(own.map((one) => one?.tax)), toMinor(tax))
    amounts.forEach((amount, at) => {
      strictEqual(sum(own.map((one) => one?.amounts[at])), toMinor(amount))
    })
  }
}

/** Units of chosen lines until none is left. */
export const steps = <Line extends { readonly quantity: number }>(
  lines: readonly Line[],
  choose: (most: number) => number,
  take: (units: readonly { readonly line: Line; readonly quantity: number }[]) => void,
): void => {
  const left = lines.map(({ quantity }) => quantity)
  while (left.some((quantity) => quantity > 0)) {
    const units = lines.flatMap((line, at) => {
      const quantity = choose(left[at] ?? 0)
      left[at] = (left[at] ?? 0) - quantity
      return quantity === 0 ? [] : [{ line, quantity }]
    })
    if (units.length > 0) take(units)
  }
}

/** A quantity up to the most, as the choices have it. */
export const chooser = (choices: fc.Stream<number>) => (most: number) =>
  most === 0 ? 0 : (choices.next().value ?? 0) % (most + 1)
