import { magnitude } from '../money/magnitude.js'
import { currencyDigits, type CurrencyCode } from '../money/currency.js'
import { powerOfTen, readDecimal } from '../money/decimal-string.js'
import { toMinor } from '../money/money.js'
import type { TaxAmount } from './calculation.js'

/**
 * Whether a tax may stand on an electronic document: it is less than one unit of the currency off its rate of the amount that is taxed (EN 16931 BR-CO-17), as taxes
 * are that were rounded once or a few times. Taxes on taxes have no such document.
 */
export const isWithinTolerance = ({ treatment, base, tax }: TaxAmount, currency: CurrencyCode): boolean => {
  const { components } = treatment
  if (components.some(({ compound }) => compound === true)) return true
  const percents = components.map(({ percent }) => readDecimal(percent))
  const scale = Math.max(0, ...percents.map((percent) => percent.scale))
  const rate = percents.reduce((sum, percent) => sum + percent.digits * powerOfTen(scale - percent.scale), 0n)
  const hundred = powerOfTen(scale + 2)
  const off = toMinor(tax) * hundred - toMinor(base) * rate
  return magnitude(off) < powerOfTen(currencyDigits(currency)) * hundred
}
