import { referenceSchema } from '../ids/id-schema.js'
import { elementAt } from '../invariant.js'
import { isCurrencyCode, type CurrencyCode } from '../money/currency.js'
import { moneySchema } from '../money/money-schema.js'
import { add, compare, isZero, sumOf, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { localDateSchema } from '../time/time-schema.js'
import { identifyEntries, type CheckedEntry, type Hash, type IdentifiedEntry } from './identify-entries.js'
import { cleanRemittanceText, maskCardNumbers } from './remittance-text.js'
import type { RefusedRow } from './statement.js'

/** What a reader made of one booking. It comes from outside and is checked like any input. */
export interface ReportedEntry {
  readonly bookedOn: string
  readonly amount: string
  readonly currency: string
  readonly bankReference?: string
  readonly payerReference?: string
  readonly remittanceText: string
  readonly line: number
}

export interface ReportedStatement {
  readonly account: string
  readonly reference: string
  readonly currency: string
  readonly opening?: string
  readonly closing?: string
  readonly entries: readonly ReportedEntry[]
}

export interface CheckedStatement {
  readonly account: string
  readonly reference?: string
  readonly currency: CurrencyCode
  readonly opening?: Money
  readonly closing?: Money
  readonly entries: readonly IdentifiedEntry[]
  readonly refused: readonly RefusedRow[]
}

/**
 * Checks what a reader reports and gives every entry its id. A row that breaks a rule is refused by itself; where the file states its balances, the
 * rows that are left have to add up from the one to the other, else none of it is taken (RC1).
 */
export const readEntries = (
  reported: ReportedStatement,
  refusedByReader: readonly RefusedRow[],
  longestText: number,
  hash: Hash,
): Result<CheckedStatement, Refusal> => {
  const { account, currency } = reported
  if (!isCurrencyCode(currency)) return unreadable('currency.unknown')
  if (!referenceSchema.safeParse(account).success) return unreadable('statement.account')
  const opening = balanceOf(reported.opening, currency)
  const closing = balanceOf(reported.closing, currency)
  if (opening === 'unreadable' || closing === 'unreadable') return unreadable('statement.balance')
  const refused = [...refusedByReader]
  const checked: CheckedEntry[] = []
  const references: (string | undefined)[] = []
  for (const entry of reported.entries) {
    const read = readEntry(entry, currency, longestText)
    if (typeof read === 'string') {
      refused.push({ line: entry.line, rule: read })
    } else {
      checked.push(read)
      references.push(entry.bankReference)
    }
  }
  refused.sort((left, right) => left.line - right.line)
  const unbalanced = brokenBalance(opening, closing, checked, currency, refused)
  if (unbalanced !== undefined) return unbalanced
  const reference = referenceSchema.safeParse(reported.reference)
  return ok({
    account: ibanShape.test(account) ? account : maskCardNumbers(account),
    ...(reference.success && { reference: maskCardNumbers(reference.data) }),
    currency,
    ...(opening !== undefined && { opening }),
    ...(closing !== undefined && { closing }),
    entries: identifyEntries(account, checked, references, hash),
    refused,
  })
}

const unreadable = (rule: string) => refuse('unreadable_file', { issues: [{ path: ['content'], rule }] })

/** ISO 13616. One in ten would pass for a card number, and it is our own account; that of a card statement is a card number. */
const ibanShape = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/

/** The entry, or the rule it breaks. */
const readEntry = (
  reported: ReportedEntry,
  currency: CurrencyCode,
  longestText: number,
): CheckedEntry | string => {
  if (reported.currency !== currency) return 'entry.currency'
  const amount = moneySchema.safeParse({ amount: reported.amount, currency })
  if (!amount.success) return elementAt(amount.error.issues, 0).message
  if (isZero(amount.data)) return 'entry.amount'
  const bookedOn = localDateSchema.safeParse(reported.bookedOn)
  if (!bookedOn.success) return elementAt(bookedOn.error.issues, 0).message
  // A customer number that cannot be one of ours names nobody; the money came in all the same.
  const payer = referenceSchema.safeParse(reported.payerReference)
  return {
    bookedOn: bookedOn.data,
    amount: amount.data,
    ...(reported.bankReference !== undefined &&
      reported.bankReference !== '' && {
        bankReference: cleanRemittanceText(reported.bankReference, longestReference),
      }),
    ...(payer.success && { payerReference: maskCardNumbers(payer.data) }),
    remittanceText: cleanRemittanceText(reported.remittanceText, longestText),
    line: reported.line,
  }
}

const longestReference = 100

const balanceOf = (text: string | undefined, currency: CurrencyCode): Money | undefined | 'unreadable' => {
  if (text === undefined) return undefined
  const read = moneySchema.safeParse({ amount: text, currency })
  return read.success ? read.data : 'unreadable'
}

const brokenBalance = (
  opening: Money | undefined,
  closing: Money | undefined,
  entries: readonly CheckedEntry[],
  currency: CurrencyCode,
  refused: readonly RefusedRow[],
) => {
  if (opening === undefined || closing === undefined) return undefined
  const sum = sumOf(
    entries.map((entry) => entry.amount),
    currency,
  )
  return compare(add(opening, sum), closing) === 0
    ? undefined
    : refuse('statement_unbalanced', { opening, entries: sum, closing, refused: refused.slice(0, mostNamed) })
}

/** Enough rows to find the mistake; a file of nothing else would make the answer as large as the file. */
const mostNamed = 100
