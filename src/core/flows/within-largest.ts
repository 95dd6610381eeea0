import { isTooLarge, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

interface Priced {
  readonly lines?: readonly { readonly net: Money }[]
  readonly total: Money
}

/** Refuses what comes to more than an amount can be (`money.max`), at the line that does or as a whole: no payment or credit could name it. */
export const withinLargest = (
  { lines = [], total }: Priced,
  field: 'lines' | 'corrections' | 'orders',
): Result<void, Refusal> => {
  const line = lines.findIndex(({ net }) => isTooLarge(net))
  if (line < 0 && !isTooLarge(total)) return ok(undefined)
  const path = line < 0 ? [field] : [field, line]
  return refuse('validation_failed', { issues: [{ path, rule: 'money.max' }] })
}
