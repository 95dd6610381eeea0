import type { Check } from './checks.js'
import type { Result } from './result.js'

/** Whether it was run as it is meant to be quoted. */
export const isFull = ({ full }: Check, { command }: Result): boolean => command === `npm run ${full}`

/** Which of two results of a check the page is to show: the new one, unless it is of a shorter run than the one there is. */
export const longestOf = (check: Check, known: Result | undefined, fresh: Result): Result =>
  known !== undefined && lengthOf(check, fresh) < lengthOf(check, known) ? known : fresh

/** The short length, one that was asked for by `--command` or was cut off, the full one. */
const lengthOf = (check: Check, result: Result): number => {
  if (isFull(check, result)) return result.cutOff === true ? 1 : 2
  return result.command === `npm run ${check.quick}` ? 0 : 1
}
