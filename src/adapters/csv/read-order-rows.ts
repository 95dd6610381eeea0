import { parseDecimal } from '../../core/money/decimal-string.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import type { Result } from '../../core/result.js'
import { exactSum } from './exact-sum.js'
import { loadCsvParse } from './load-csv-parse.js'
import { gatherOrders, type AcceptedRow, type GatheredOrder, type OpenOrders } from './open-orders.js'
import { readTable, type TableFormat, type TableRow } from './read-table.js'
import type { TextSource } from './utf8-chunks.js'

/** What an order file means: which columns matter, which of them holds the order's id, and what becomes of a row (F15). */
export interface OrderMapping<Field extends string, Line> extends TableFormat {
  /** The header of each column that matters, by the name it has here. A file without one of them is refused. */
  readonly columns: Readonly<Record<Field, string>>
  readonly orderId: NoInfer<Field>
  /** What the row adds to the sum of the file, as a plain decimal; a row without one is refused as `money.format`. */
  readonly amount: (row: OrderRow<NoInfer<Field>>) => string | undefined
  /** The line of the order, or the rule for which the row is refused. */
  readonly line: (row: OrderRow<NoInfer<Field>>, at: number) => Result<Line, string>
  /**
   * How many orders may have rows still to come, at least 1 (the default: the rows of an order follow each other). The order that has waited
   * longest makes room for the next; a row that comes after its order was given out is refused as `order.split`. As many as the file has
   * orders suits a file in no order at all, which is then held in memory.
   */
  readonly openOrders?: number
  /** An order that lost a row is not what the customer ordered: refuse its other rows too (`order.incomplete`, the default), or take what is left. */
  readonly incompleteOrders?: 'refuse' | 'take'
}

/** The texts of a row, by the mapping's names. */
export type OrderRow<Field extends string> = Readonly<Record<Field, string>>

export type ReadOrderItem<Line> = ReadOrder<Line> | RefusedRow

export interface ReadOrder<Line> {
  readonly kind: 'order'
  readonly id: string
  /** The physical line of its first row. */
  readonly line: number
  readonly lines: readonly Line[]
  /** The exact sum of its rows' amounts. */
  readonly amount: string
}

export interface RefusedRow {
  readonly kind: 'refused'
  /** The physical line on which the row begins. */
  readonly line: number
  readonly rule: string
  /** The order it belongs to, where it can be read. */
  readonly order?: string
  /** What it would have added to the sum of the file, where that can be read. */
  readonly amount?: string
}

/**
 * Reads a file of orders, one row per order line, in bounded memory. Every row comes out once, in an order or refused by line and rule, so the
 * amounts of both together are the sum of the file. Throws `unreadable_file` or `limit_exceeded` (see `UnreadableFile`) where the file cannot
 * be read on; orders that were given out before that stand.
 *
 * @example
 * for await (const item of readOrderRows(createReadStream('orders.csv'), mapping)) {
 *   if (item.kind === 'refused') console.error(`line ${item.line}: ${item.rule}`)
 *   else await place(item.id, item.lines)
 * }
 */
export async function* readOrderRows<Field extends string, Line>(
  source: TextSource,
  mapping: OrderMapping<Field, Line>,
): AsyncGenerator<ReadOrderItem<Line>, void, undefined> {
  const most = mapping.openOrders ?? 1
  if (!Number.isSafeInteger(most) || most < 1) throw new ConfigurationError('openOrders is at least 1')
  const names = Object.keys(mapping.columns) as Field[]
  const headers = names.map((name) => mapping.columns[name])
  const orders = gatherOrders<Line>(most)

  for await (const rows of readTable(await loadCsvParse(), source, headers, mapping)) {
    for (const row of rows) {
      const read = readRow(row, names, mapping)
      const refusal = refusalOf(read, orders)
      if (refusal !== undefined) yield refusal
      if (read.order === undefined) orders.addUnreadable()
      else if (refusal?.rule !== 'order.split') {
        const closed = orders.add(read.order, read.accepted)
        if (closed !== undefined) yield* giveOut(closed, mapping)
      }
    }
  }
  for (const order of orders.rest()) yield* giveOut(order, mapping)
}

interface ReadRow<Line> {
  readonly line: number
  readonly order: string | undefined
  readonly amount: string | undefined
  /** Exactly one of the two is there. */
  readonly rule: string | undefined
  readonly accepted: AcceptedRow<Line> | undefined
}

const readRow = <Field extends string, Line>(
  { line, fields, brokenRule }: TableRow,
  names: readonly Field[],
  mapping: OrderMapping<Field, Line>,
): ReadRow<Line> => {
  if (fields.length === 0) {
    return { line, order: undefined, amount: undefined, rule: brokenRule, accepted: undefined }
  }
  const row = namedFields(names, fields)
  const order = row[mapping.orderId].trim() || undefined
  const written = mapping.amount(row)
  const amount = written === undefined || parseDecimal(written) === undefined ? undefined : written
  const refused = (rule: string): ReadRow<Line> => ({ line, order, amount, rule, accepted: undefined })

  if (brokenRule !== undefined) return refused(brokenRule)
  if (order === undefined) return refused('order.id')
  if (amount === undefined) return refused('money.format')
  const made = mapping.line(row, line)
  if (!made.ok) return refused(made.error)
  return { line, order, amount, rule: undefined, accepted: { at: line, amount, line: made.value } }
}

const namedFields = <Field extends string>(
  names: readonly Field[],
  fields: readonly string[],
): OrderRow<Field> => {
  const row: Partial<Record<Field, string>> = {}
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index]
    if (name !== undefined) row[name] = fields[index] ?? ''
  }
  return row as OrderRow<Field>
}

const refusalOf = <Line>(read: ReadRow<Line>, orders: OpenOrders<Line>): RefusedRow | undefined => {
  const { line, order, amount } = read
  const rule = order !== undefined && orders.isGivenOut(order) ? 'order.split' : read.rule
  return rule === undefined
    ? undefined
    : {
        kind: 'refused',
        line,
        rule,
        ...(order !== undefined && { order }),
        ...(amount !== undefined && { amount }),
      }
}

function* giveOut<Line>(
  { id, rows, incomplete }: GatheredOrder<Line>,
  { incompleteOrders = 'refuse' }: Pick<OrderMapping<never, Line>, 'incompleteOrders'>,
): Generator<ReadOrderItem<Line>> {
  const [first] = rows
  if (first === undefined) return
  if (incomplete && incompleteOrders === 'refuse') {
    for (const { at, amount } of rows) {
      yield { kind: 'refused', line: at, rule: 'order.incomplete', order: id, amount }
    }
    return
  }
  const sum = exactSum()
  for (const { amount } of rows) sum.add(amount)
  yield { kind: 'order', id, line: first.at, lines: rows.map(({ line }) => line), amount: sum.total() }
}
