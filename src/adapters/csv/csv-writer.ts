import type { CsvFormat } from './csv-format.js'

/** A column of text, or one of numbers: a plain decimal such as `"-19.99"`, a finite number or a bigint. Undefined leaves the field empty. */
export type CsvColumn<Row> =
  | { readonly header: string; readonly text: (row: Row) => string | undefined }
  | { readonly header: string; readonly number: (row: Row) => string | number | bigint | undefined }

export interface CsvWriter<Row> {
  header(): string
  line(row: Row): string
  /** The header and then a line per row, as far as the reader wants them. */
  lines(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<string, void, undefined>
}

/**
 * Writes CSV (RFC 4180, CRLF) that no spreadsheet takes for formulas: a text that begins with `=`, `+`, `-`, `@`, a tab, a line break or NUL, or the full-width
 * form of one of those signs, gets a `'` in front (OWASP ASVS 5.0, 1.2.10). Numbers are typed and stay numbers: one that is none throws a `TypeError`.
 *
 * @example
 * const writer = csvWriter<Invoice>([
 *   { header: 'Customer', text: (invoice) => invoice.customerName },
 *   { header: 'Total', number: (invoice) => invoice.total.amount },
 * ])
 * await pipeline(writer.lines(invoices), createWriteStream('invoices.csv'))
 */
export const csvWriter = <Row>(
  columns: readonly CsvColumn<Row>[],
  { delimiter = ',' }: Pick<CsvFormat, 'delimiter'> = {},
): CsvWriter<Row> => {
  // A single empty field would be an empty line, which readers pass over.
  const join = (fields: readonly string[]): string => `${fields.join(delimiter) || '""'}\r\n`
  const header = (): string => join(columns.map((column) => writeText(column.header)))
  const line = (row: Row): string => join(columns.map((column) => writeField(column, row)))
  return {
    header,
    line,
    lines: async function* (rows) {
      yield header()
      for await (const row of rows) yield line(row)
    },
  }
}

const writeField = <Row>(column: CsvColumn<Row>, row: Row): string =>
  'text' in column ? writeText(column.text(row) ?? '') : writeNumber(column.header, column.number(row))

// Full-width signs too: an input method of East Asian scripts writes them, and some spreadsheets take them for the plain ones.
const startsLikeFormula = /^[=+\-@\t\r\n\u0000＝＋－＠]/
// Every delimiter in use, not only ours: a file opened with another one must not fall apart into other fields.
const needsQuotes = /[",;|\t\r\n]|^ | $/

const writeText = (text: string): string => {
  const inert = startsLikeFormula.test(text) ? `'${text}` : text
  return needsQuotes.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

const writeNumber = (header: string, value: string | number | bigint | undefined): string => {
  const text = value === undefined ? '' : String(value)
  if (text === '' || /^-?\d+(?:\.\d+)?$/.test(text)) return text
  throw new TypeError(`the CSV column "${header}" holds numbers, and was given something else`)
}
