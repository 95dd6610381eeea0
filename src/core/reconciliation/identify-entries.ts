import type { BankEntryId } from '../ids/ids.js'
import type { BankEntryContent } from './bank-entry.js'
import { compareTexts } from '../text/compare-texts.js'

/** An entry whose fields keep every rule, before it is known which one it is. */
export type CheckedEntry = Omit<BankEntryContent, 'id' | 'statement' | 'account'>
export type IdentifiedEntry = CheckedEntry & { readonly id: BankEntryId }

/** SHA-256 of a text, in hex; given by the shell. */
export type Hash = (text: string) => string

/**
 * Gives every entry the same id in every file it stands in (RC3): its date and amount to read, a fingerprint of account and bank reference, and
 * how many equal ones came before it. Those are counted in the order of their texts and not of their lines, so a bank that lists the newest
 * first one day and last the next changes nothing. Overlapping files are expected to hold whole days.
 */
export const identifyEntries = (
  account: string,
  entries: readonly CheckedEntry[],
  references: readonly (string | undefined)[],
  hash: Hash,
): readonly IdentifiedEntry[] => {
  const groups = new Map<string, CheckedEntry[]>()
  for (const [index, entry] of entries.entries()) {
    const name = nameOf(account, entry, references[index] ?? '', hash)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [entry])
    else group.push(entry)
  }
  return [...groups].flatMap(([name, group]) =>
    group
      .sort(byText)
      .map((entry, index): IdentifiedEntry => ({ ...entry, id: `${name}:${index + 1}` as BankEntryId })),
  )
}

/** At most 58 characters, so that the longest id keeps within 64. The bank's own reference may be of any length and script. */
const nameOf = (account: string, entry: CheckedEntry, reference: string, hash: Hash): string => {
  const { amount, currency } = entry.amount
  const fingerprint = hash(JSON.stringify([account, reference])).slice(0, 24)
  return `${entry.bookedOn}:${amount}${currency}:${fingerprint}`
}

const byText = (left: CheckedEntry, right: CheckedEntry): number =>
  compareTexts(left.remittanceText, right.remittanceText) ||
  compareTexts(left.payerReference ?? '', right.payerReference ?? '') ||
  left.line - right.line
