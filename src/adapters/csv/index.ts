export { csvStatementReader } from './csv-statement-reader.js'
export type { CsvStatementOptions } from './csv-statement-reader.js'
export type { BalanceRows, StatementColumns, StatementMapping } from './statement-rows.js'
export { readOrderRows } from './read-order-rows.js'
export type { OrderMapping, OrderRow, ReadOrder, ReadOrderItem, RefusedRow } from './read-order-rows.js'
export { csvWriter } from './csv-writer.js'
export type { CsvColumn, CsvWriter } from './csv-writer.js'
export { exactSum } from './exact-sum.js'
export type { ExactSum } from './exact-sum.js'
export { readDate, readDecimalText } from './field-forms.js'
export type { DateForm, DecimalMark } from './field-forms.js'
export type { CsvEncoding, CsvFormat, CsvLimits } from './csv-format.js'
export type { TableFormat } from './read-table.js'
export type { TextSource } from './utf8-chunks.js'
export { UnreadableFile } from '../../core/ports/statement-reader.js'
export type {
  ReadStatement,
  StatementEntry,
  StatementReader,
  UnreadableRow,
} from '../../core/ports/statement-reader.js'
