import { ConfigurationError } from '../../core/ports/errors.js'
import { dateForms, decimalMarks } from './field-forms.js'
import type { StatementMapping } from './statement-rows.js'

/** Throws `configuration` for a mapping that names no column where one is due, or no known form, and says at which path. */
export const checkMapping = (mapping: StatementMapping): void => {
  const wrong = problems(mapping).find(([, , holds]) => !holds)
  if (wrong === undefined) return
  const [path, what] = wrong
  throw new ConfigurationError(`${path} of a statement reader must be ${what}`)
}

type Problem = readonly [path: string, what: string, holds: boolean]

const column = 'the header of a column'

// Hosts without types give anything.
const problems = (mapping: Loose<StatementMapping>): readonly Problem[] => {
  const { columns, balanceRows, dateForm, decimalMark } = mapping
  const { date, amount, remittanceText, ...others } = fieldsOf(columns)
  return [
    ['columns.date', column, isHeader(date)],
    ...amountColumns(amount),
    [
      'columns.remittanceText',
      `${column}, or a list of them`,
      isHeader(remittanceText) || (Array.isArray(remittanceText) && remittanceText.every(isHeader)),
    ],
    ...['currency', 'bankReference', 'payerReference'].map((name) =>
      optionalColumn(`columns.${name}`, others[name]),
    ),
    ['dateForm', `one of ${dateForms.join(', ')}`, dateForms.some((form) => form === dateForm)],
    ['decimalMark', `one of ${decimalMarks.join(', ')}`, decimalMarks.some((mark) => mark === decimalMark)],
    ...(balanceRows === undefined ? [] : balanceColumns(fieldsOf(balanceRows))),
  ]
}

type Loose<Shape> = { readonly [Field in keyof Shape]?: unknown }
type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (given: unknown): Fields => (typeof given === 'object' && given !== null ? { ...given } : {})

const isHeader = (given: unknown): boolean => typeof given === 'string' && given !== ''

const optionalColumn = (path: string, given: unknown): Problem => [
  path,
  `${column}, or left out`,
  given === undefined || isHeader(given),
]

const amountColumns = (amount: unknown): readonly Problem[] => {
  if (typeof amount !== 'object' || amount === null) {
    return [['columns.amount', `${column}, or of one for debits and one for credits`, isHeader(amount)]]
  }
  const { debit, credit } = fieldsOf(amount)
  return [
    ['columns.amount.debit', column, isHeader(debit)],
    ['columns.amount.credit', column, isHeader(credit)],
  ]
}

const balanceColumns = ({ column: marks, opening, closing, amount }: Fields): readonly Problem[] => [
  ['balanceRows.column', column, isHeader(marks)],
  ...Object.entries({ opening, closing }).map(([which, mark]): Problem => [
    `balanceRows.${which}`,
    'the text that marks such a row, or left out',
    mark === undefined || isHeader(mark),
  ]),
  optionalColumn('balanceRows.amount', amount),
]
