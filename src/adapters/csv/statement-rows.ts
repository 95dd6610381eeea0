import type { CurrencyCode } from '../../core/money/currency.js'
import { moneySchema } from '../../core/money/money-schema.js'
import { negate, type Money } from '../../core/money/money.js'
import type { StatementEntry, UnreadableRow } from '../../core/ports/statement-reader.js'
import { err, ok, type Result } from '../../core/result.js'
import { readDate, readDecimalText, type DateForm, type DecimalMark } from './field-forms.js'
import type { TableFormat, TableRow } from './read-table.js'

/** Which column of the bank's file means what. Columns are named by their headers. */
export interface StatementMapping extends TableFormat {
  /** ISO 4217; an entry in another currency is refused (`entry.currency`). */
  readonly currency: string
  readonly columns: StatementColumns
  readonly dateForm: DateForm
  readonly decimalMark: DecimalMark
  /** Rows that hold a balance instead of an entry, where the bank writes such. A marked row that is not there refuses the file. */
  readonly balanceRows?: BalanceRows
}

export interface StatementColumns {
  /** The booking day. */
  readonly date: string
  /** One column with a sign, positive for money that came in, or two without: exactly one of them is filled. */
  readonly amount: string | { readonly debit: string; readonly credit: string }
  readonly currency?: string
  readonly bankReference?: string
  readonly payerReference?: string
  /** Several columns are joined by a space. */
  readonly remittanceText: string | readonly string[]
}

export interface BalanceRows {
  /** The column that tells a balance from an entry, and what stands in it. */
  readonly column: string
  readonly opening?: string
  readonly closing?: string
  /** Where the balance stands, with its sign; the entries' amount when left out. */
  readonly amount?: string
}

export type StatementRow =
  | { readonly kind: 'entry'; readonly entry: StatementEntry }
  | { readonly kind: 'balance'; readonly which: 'opening' | 'closing'; readonly balance: Money }
  | { readonly kind: 'refused'; readonly row: UnreadableRow; readonly balance: boolean }

/** The headers the mapping needs, and how a row with those columns is read. */
export const statementRows = (mapping: StatementMapping, currency: CurrencyCode) => {
  const headers = headersOf(mapping)
  const read = (row: TableRow): StatementRow => {
    const { brokenRule, line } = row
    const text = (column: string | undefined): string =>
      column === undefined ? '' : (row.fields[headers.indexOf(column)] ?? '').trim()
    const which = balanceKind(mapping.balanceRows, text)
    const refused = ({ rule, column }: Broken): StatementRow => ({
      kind: 'refused',
      row: { line, rule, ...(column !== undefined && { column }) },
      balance: which !== undefined,
    })

    if (brokenRule !== undefined) return refused({ rule: brokenRule })
    if (which !== undefined) {
      const balance = readAmount(
        mapping.balanceRows?.amount ?? mapping.columns.amount,
        text,
        mapping,
        currency,
      )
      return balance.ok ? { kind: 'balance', which, balance: balance.value } : refused(balance.error)
    }
    const entry = readEntry(line, text, mapping, currency)
    return entry.ok ? { kind: 'entry', entry: entry.value } : refused(entry.error)
  }
  return { headers, read }
}

type Text = (column: string | undefined) => string
type Broken = Omit<UnreadableRow, 'line'>

const headersOf = ({ columns, balanceRows }: StatementMapping): readonly string[] => {
  const { amount, remittanceText } = columns
  const named = [
    columns.date,
    ...(typeof amount === 'string' ? [amount] : [amount.debit, amount.credit]),
    columns.currency,
    columns.bankReference,
    columns.payerReference,
    ...(typeof remittanceText === 'string' ? [remittanceText] : remittanceText),
    balanceRows?.column,
    balanceRows?.amount,
  ]
  return [...new Set(named.filter((name) => name !== undefined))]
}

const balanceKind = (rows: BalanceRows | undefined, text: Text): 'opening' | 'closing' | undefined => {
  const mark = text(rows?.column)
  if (mark === '') return undefined
  return mark === rows?.opening ? 'opening' : mark === rows?.closing ? 'closing' : undefined
}

const readEntry = (
  line: number,
  text: Text,
  mapping: StatementMapping,
  currency: CurrencyCode,
): Result<StatementEntry, Broken> => {
  const { columns } = mapping
  const bookedOn = readDate(text(columns.date), mapping.dateForm)
  if (!bookedOn.ok) return err({ rule: bookedOn.error, column: columns.date })
  if (columns.currency !== undefined && text(columns.currency) !== currency) {
    return err({ rule: 'entry.currency', column: columns.currency })
  }
  const money = readAmount(columns.amount, text, mapping, currency)
  if (!money.ok) return money
  const bankReference = text(columns.bankReference)
  const payerReference = text(columns.payerReference)
  return ok({
    bookedOn: bookedOn.value,
    ...money.value,
    ...(bankReference !== '' && { bankReference }),
    ...(payerReference !== '' && { payerReference }),
    remittanceText: [columns.remittanceText].flat().map(text).filter(Boolean).join(' '),
    line,
  })
}

const readAmount = (
  columns: StatementColumns['amount'],
  text: Text,
  { decimalMark }: StatementMapping,
  currency: CurrencyCode,
): Result<Money, Broken> => {
  if (typeof columns === 'string') return readMoney(columns, text, decimalMark, currency)
  const { debit, credit } = columns
  const paidOut = text(debit) !== ''
  if (paidOut === (text(credit) !== ''))
    return err({ rule: 'entry.debitOrCredit', column: paidOut ? debit : credit })
  const column = paidOut ? debit : credit
  const money = readMoney(column, text, decimalMark, currency)
  if (!money.ok) return money
  if (money.value.amount.startsWith('-')) return err({ rule: 'entry.sign', column })
  return paidOut ? ok(negate(money.value)) : money
}

const readMoney = (
  column: string,
  text: Text,
  mark: DecimalMark,
  currency: CurrencyCode,
): Result<Money, Broken> => {
  const amount = readDecimalText(text(column), mark)
  if (!amount.ok) return err({ rule: amount.error, column })
  const money = moneySchema.safeParse({ amount: amount.value, currency })
  return money.success
    ? ok(money.data)
    : err({ rule: money.error.issues[0]?.message ?? 'money.format', column })
}
