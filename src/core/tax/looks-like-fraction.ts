import { compareDecimal, readDecimal, trimDecimal } from '../money/decimal-string.js'
import type { TaxTable } from './tax-table.js'
import type { TaxTreatment } from './tax-treatment.js'

type KnownRates = Pick<TaxTable, 'rates'> | undefined

/**
 * `0.19` where the table knows 19 percent: somebody wrote the fraction. A rate that the table itself has, such as India's 0.25 percent on rough stones
 * beside a rate of 25 percent, is one. Without a table nothing is known.
 */
export const looksLikeFraction = ({ components }: TaxTreatment, table: KnownRates): boolean =>
  components.some(({ percent }) => !isRate(percent, table) && hasHundredth(percent, table?.rates ?? []))

/** Whether the table has all taxes of a treatment as rates of its own. */
export const isOfRates = ({ components }: TaxTreatment, table: KnownRates): boolean =>
  components.every(({ percent }) => isRate(percent, table))

/** Whether a rate is the hundredth of another, as where the rate of one class at one place is followed by the same one in another unit. */
export const isHundredthOf = ({ components }: TaxTreatment, other: TaxTreatment): boolean =>
  components.some(({ percent }) => hasHundredth(percent, [other]))

const isRate = (percent: string, table: KnownRates): boolean =>
  table?.rates.some(({ components }) =>
    components.some((known) => compareDecimal(percent, known.percent) === 0),
  ) ?? false

const hasHundredth = (percent: string, rates: readonly Pick<TaxTreatment, 'components'>[]): boolean =>
  percent.startsWith('0.') &&
  rates.some(({ components }) => components.some((known) => isHundredth(percent, known.percent)))

const isHundredth = (percent: string, whole: string): boolean => {
  const { digits, scale } = readDecimal(percent)
  return compareDecimal(trimDecimal({ digits: digits * 100n, scale }, 0), whole) === 0
}
