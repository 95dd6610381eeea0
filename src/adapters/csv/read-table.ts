import { UnreadableFile, type UnreadableRow } from '../../core/ports/statement-reader.js'
import { brokenRowRule } from './broken-row-rule.js'
import { limitsOf, type CsvFormat } from './csv-format.js'
import type { CsvParse } from './load-csv-parse.js'
import { beyond, parseRows, type WrittenRow } from './parse-rows.js'
import type { TextSource } from './utf8-chunks.js'

export interface TableFormat extends CsvFormat {
  /** Columns nobody asked for are passed over (the default), or the file is refused. */
  readonly unknownColumns?: 'ignore' | 'refuse'
}

export interface TableRow {
  /** The physical line on which it begins. */
  readonly line: number
  /** The wanted columns in the order asked for; empty where the row has more or fewer fields than the header. */
  readonly fields: readonly string[]
  readonly brokenRule: string | undefined
}

/**
 * The wanted columns of each row below the header, a chunk's rows at a time. Throws `unreadable_file` for a header that lacks one of them or
 * has it twice, and for a malformed row that runs over several lines: how many rows it has swallowed nobody can tell.
 */
export async function* readTable(
  csvParse: CsvParse,
  source: TextSource,
  wanted: readonly string[],
  format: TableFormat,
): AsyncGenerator<readonly TableRow[]> {
  const limits = limitsOf(format)
  let header: Header | undefined
  let count = 0
  const check = (row: WrittenRow): string | undefined => {
    if (row.bytes.length > limits.rowBytes) throw beyond('rowBytes', limits.rowBytes, row.line)
    const rule = brokenRowRule(row, header?.width ?? row.fields.length, format, limits)
    if (rule === 'csv.malformed' && spansLines(row)) throw refused([{ line: row.line, rule }])
    return rule
  }

  for await (const batch of parseRows(csvParse, source, format)) {
    const rows: TableRow[] = []
    for (const row of batch) {
      const brokenRule = check(row)
      if (header === undefined) {
        if (brokenRule !== undefined) throw refused([{ line: row.line, rule: brokenRule }])
        header = readHeader(row, wanted, format)
        continue
      }
      count += 1
      if (count > limits.rows) throw beyond('rows', limits.rows, row.line)
      rows.push({ line: row.line, fields: project(row.fields, header), brokenRule })
    }
    yield rows
  }
  if (header === undefined) throw refused([{ line: 1, rule: 'csv.header' }])
}

interface Header {
  readonly width: number
  readonly positions: readonly number[]
}

const readHeader = (row: WrittenRow, wanted: readonly string[], format: TableFormat): Header => {
  const names = row.fields.map((name) => name.trim())
  const issues: UnreadableRow[] = []
  for (const column of wanted) {
    const first = names.indexOf(column)
    if (first < 0) issues.push({ line: row.line, rule: 'column.missing', column })
    else if (names.includes(column, first + 1))
      issues.push({ line: row.line, rule: 'column.duplicate', column })
  }
  if (format.unknownColumns === 'refuse' && names.some((name) => !wanted.includes(name))) {
    issues.push({ line: row.line, rule: 'column.unknown' })
  }
  if (issues.length > 0) throw refused(issues)
  return { width: names.length, positions: wanted.map((column) => names.indexOf(column)) }
}

const project = (fields: readonly string[], header: Header): readonly string[] =>
  fields.length === header.width ? header.positions.map((position) => fields[position] ?? '') : []

/** A line break anywhere but at the row's end. */
const spansLines = ({ bytes }: WrittenRow): boolean => {
  const first = bytes.indexOf('\n')
  return first >= 0 && first < bytes.length - 1
}

const refused = (issues: readonly UnreadableRow[]): UnreadableFile =>
  new UnreadableFile('unreadable_file', issues)
