import { invariant } from '../invariant.js'
import { assertAmounts } from '../totals/assert-amounts.js'
import type { CreditNote } from './credit-note.js'

/** What must be true of every credit note that a command leaves behind (MO3, OQ5), whatever led there. */
export const assertCreditNote = (note: CreditNote): void => {
  assertAmounts(note)
  for (const { quantity } of note.lines)
    invariant(
      quantity >= 0 && (note.corrects !== 'price' || quantity === 0),
      'OQ5 no units come back with a price',
    )
}
