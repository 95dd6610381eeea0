import { compareDecimal, readDecimal, trimDecimal } from '../money/decimal-string.js'
import type { TaxTable } from './tax-table.js'
import type { TaxTreatment } from './tax-treatment.js'

/** `0.19` where the table knows 19 percent: somebody wrote the fraction. Without a table nothing is known. */
export const looksLikeFraction = (tax: TaxTreatment, table: Pick<TaxTable, 'rates'> | undefined): boolean =>
  tax.components.some(
    ({ percent }) =>
      percent.startsWith('0.') &&
      table?.rates.some(({ components }) => components.some((known) => isHundredth(percent, known.percent))),
  )

const isHundredth = (percent: string, whole: string): boolean => {
  const { digits, scale } = readDecimal(percent)
  return compareDecimal(trimDecimal({ digits: digits * 100n, scale }, 0), whole) === 0
}
