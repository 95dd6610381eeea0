import { invariant } from '../invariant.js'
import { toMinor } from '../money/money.js'
import type { BankEntry } from './bank-entry.js'

/** What must be true of every bank entry that a command leaves behind (RC2, RC6), whatever led there. */
export const assertBankEntry = ({ status, amount, payment, match, review }: BankEntry): void => {
  const isMatched = status === 'matched'
  invariant(
    (payment !== undefined) === isMatched &&
      (match !== undefined) === isMatched &&
      (review !== undefined) === (status === 'needs_review'),
    'RC2 an entry has what its status says',
  )
  let left = toMinor(amount)
  for (const applied of match?.applications ?? []) {
    const part = toMinor(applied.amount)
    left -= part
    invariant(
      part > 0n && left >= 0n && applied.amount.currency === amount.currency,
      'RC2 an entry pays parts of what it brought',
    )
  }
}
