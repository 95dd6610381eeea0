import { isCurrencyCode, type CurrencyCode } from '../../core/money/currency.js'
import { add, equals, isZero, subtract, sumOf, type Money } from '../../core/money/money.js'
import { moneySchema } from '../../core/money/money-schema.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import {
  UnreadableFile,
  type ReadStatement,
  type StatementEntry,
  type StatementReader,
  type UnreadableRow,
} from '../../core/ports/statement-reader.js'
import { checkMapping } from './check-mapping.js'
import { limitsOf } from './csv-format.js'
import { loadCsvParse, type CsvParse } from './load-csv-parse.js'
import { readTable } from './read-table.js'
import { statementRows, type StatementMapping } from './statement-rows.js'

export interface CsvStatementOptions extends StatementMapping {
  /** The account the files are of: a CSV does not say. */
  readonly account: string
  /** The host's name for the file, for a reader made for one file alone. */
  readonly reference?: string
  /** Balances of one file as plain decimals, where the host knows them; a reader of many files finds them by `balanceRows`. Both must agree. */
  readonly opening?: string
  readonly closing?: string
}

/**
 * Reads bank statements written as CSV (RFC 4180), by a mapping given as data. A bad row is refused by line and rule: malformed, another
 * currency, a day or an amount that is not in the named form. The file is refused as a whole (`UnreadableFile`) where it cannot be read to its
 * end, is beyond the limits, or where opening and entries do not add up to closing (RC1).
 *
 * Needs csv-parse 7, which is loaded when the reader is made. Throws `configuration` for options that cannot be, with the path of what is wrong.
 *
 * @example
 * const reader = csvStatementReader({
 *   account: 'DE02120300000000202051', currency: 'EUR', delimiter: ';',
 *   dateForm: 'DD.MM.YYYY', decimalMark: 'comma',
 *   columns: { date: 'Buchungstag', amount: 'Betrag', remittanceText: 'Verwendungszweck' },
 * })
 */
export const csvStatementReader = (options: CsvStatementOptions): StatementReader => {
  const currency = checkedCurrency(options)
  const given: Readonly<Balances> = {
    ...(options.opening !== undefined && { opening: givenBalance(options.opening, currency) }),
    ...(options.closing !== undefined && { closing: givenBalance(options.closing, currency) }),
  }
  checkMapping(options)
  limitsOf(options)
  const loading = loadCsvParse()
  // Whoever reads is told; until then nobody needs to know.
  loading.catch(() => undefined)
  return { read: async (content) => readStatement(await loading, content, options, currency, given) }
}

interface Balances {
  opening?: Money
  closing?: Money
}

const checkedCurrency = ({ currency }: CsvStatementOptions): CurrencyCode => {
  if (!isCurrencyCode(currency)) throw new ConfigurationError('a statement needs the currency it is in')
  return currency
}

const givenBalance = (amount: string, currency: CurrencyCode): Money => {
  const read = moneySchema.safeParse({ amount, currency })
  if (!read.success) throw new ConfigurationError('a balance is a plain decimal such as "19.99"')
  return read.data
}

const readStatement = async (
  csvParse: CsvParse,
  content: string,
  options: CsvStatementOptions,
  currency: CurrencyCode,
  given: Readonly<Balances>,
) => {
  const entries: StatementEntry[] = []
  const refused: UnreadableRow[] = []
  const found: Balances = {}
  const { headers, read } = statementRows(options, currency)

  for await (const rows of readTable(csvParse, content, headers, options)) {
    for (const row of rows) {
      const item = read(row)
      if (item.kind === 'entry') entries.push(item.entry)
      else if (item.kind === 'refused' && !item.balance) refused.push(item.row)
      else if (item.kind === 'refused') throw new UnreadableFile('unreadable_file', [item.row])
      else noteBalance(found, item.which, item.balance, row.line)
    }
  }
  const { opening, closing } = agreedBalances(given, found, options)
  checkBalances(opening, closing, entries, currency, refused)
  const statement: ReadStatement = {
    account: options.account,
    reference: options.reference ?? '',
    currency,
    ...(opening !== undefined && { opening: opening.amount }),
    ...(closing !== undefined && { closing: closing.amount }),
    entries,
  }
  return { statement, refused }
}

/** A balance may be repeated, as on every page of a print; it may not change. */
const noteBalance = (found: Balances, which: keyof Balances, balance: Money, line: number): void => {
  const known = found[which]
  if (known !== undefined && !equals(known, balance)) {
    throw new UnreadableFile('unreadable_file', [{ line, rule: 'balance.conflict' }])
  }
  found[which] = balance
}

const agreedBalances = (
  given: Readonly<Balances>,
  found: Readonly<Balances>,
  { balanceRows }: CsvStatementOptions,
): Readonly<Balances> => {
  const conflict = (rule: string): UnreadableFile =>
    new UnreadableFile('unreadable_file', [{ line: 1, rule }])
  for (const which of ['opening', 'closing'] as const) {
    // A file that was cut off lacks its last row first.
    if (balanceRows?.[which] !== undefined && found[which] === undefined) throw conflict('balance.missing')
    const [mine, theirs] = [given[which], found[which]]
    if (mine !== undefined && theirs !== undefined && !equals(mine, theirs))
      throw conflict('balance.conflict')
  }
  return { ...given, ...found }
}

/** RC1. Rows that were refused are named: most often they are what is missing. */
const checkBalances = (
  opening: Money | undefined,
  closing: Money | undefined,
  entries: readonly StatementEntry[],
  currency: CurrencyCode,
  refused: readonly UnreadableRow[],
): void => {
  if (opening === undefined || closing === undefined) return
  const booked = sumOf(
    entries.map(({ amount }) => ({ amount, currency })),
    currency,
  )
  const missing = subtract(closing, add(opening, booked))
  if (isZero(missing)) return
  const issues = refused.length > 0 ? refused : [{ line: 1, rule: 'statement.sum' }]
  throw new UnreadableFile('statement_unbalanced', issues, { missing })
}
