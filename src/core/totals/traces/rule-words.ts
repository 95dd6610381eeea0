import type { AllocationPolicy } from '../../money/allocate.js'
import { exactQuotient, printExact, writeExact, type Exact } from '../../money/exact-decimal.js'
import type { RoundingMode } from '../../money/rounding.js'

/** What an amount was before it was rounded, and how it was. */
export const roundedWords = (exact: Exact, rounded: string, mode: RoundingMode, to: string): string => {
  const words = exactWords(exact, rounded)
  return words === '' ? '' : `${words}, rounded ${modeWords[mode]}${to}`
}

/** Nothing where it was exact already. */
export const exactWords = (exact: Exact, rounded: string): string =>
  writeExact(exact) === writeExact(exactQuotient([rounded], '1')) ? '' : ` = ${printExact(exact)}`

/** The same of a share, by which of them got the units that were left. */
export const sharedWords = (
  exactly: string,
  gotUnit: boolean,
  got: readonly string[],
  policy: AllocationPolicy | undefined,
): string => {
  const [first, ...others] = got
  if (first === undefined) return exactly === '' ? '' : `${exactly}, rounded down`
  const why = policy === 'first' || policy === 'last' ? `what is left to the ${policy}` : 'largest remainder'
  if (gotUnit) return `${exactly}, rounded up: ${why}`
  if (exactly === '') return ''
  return `${exactly}, rounded down: ${why} at ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`
}

const modeWords: Readonly<Record<RoundingMode, string>> = {
  half_up: 'half up',
  half_even: 'half even',
  half_down: 'half down',
  up: 'up',
  down: 'down',
  ceiling: 'up to the next',
  floor: 'down to the next',
}
