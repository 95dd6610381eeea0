import type {
  DocumentLevelAmount,
  ElectronicInvoice,
  InvoiceLine,
  LineLevelAmount,
  TaxBreakdown,
} from '../electronic-invoice.js'
import type { Place, Where } from './rule.js'

/** The whole invoice; the path is that of the field the rule is about. */
export const document =
  (field: string): Where<ElectronicInvoice> =>
  (invoice) => [{ path: field, value: invoice }]

/** Something of the invoice that may be absent. */
export const optional =
  <Value>(field: string, find: (invoice: ElectronicInvoice) => Value | undefined): Where<Value> =>
  (invoice) => {
    const value = find(invoice)
    return value === undefined ? [] : [{ path: field, value }]
  }

/** Each entry of a list of the invoice. */
export const each =
  <Value>(
    list: string,
    find: (invoice: ElectronicInvoice) => readonly Value[] | undefined,
    field = '',
  ): Where<Value> =>
  (invoice) =>
    places(list, find(invoice) ?? [], field)

export const eachLine = (field = ''): Where<InvoiceLine> =>
  each('lines', ({ lines }: ElectronicInvoice) => lines, field)

export const eachTax = (field = ''): Where<TaxBreakdown> =>
  each('taxes', ({ taxes }: ElectronicInvoice) => taxes, field)

/** `allowances` (BG-20) or `charges` (BG-21). */
export const eachDocumentAmount = (list: AmountList, field = ''): Where<DocumentLevelAmount> =>
  each(list, (invoice) => invoice[list], field)

/** `allowances` (BG-27) or `charges` (BG-28) of all lines. */
export const eachLineAmount =
  (list: AmountList, field = ''): Where<LineLevelAmount> =>
  ({ lines }) =>
    lines.flatMap((line, index) => places(`lines[${index}].${list}`, line[list] ?? [], field))

/** A list within each line. */
export const inEachLine =
  <Value>(
    list: string,
    find: (line: InvoiceLine) => readonly Value[] | undefined,
    field = '',
  ): Where<Value> =>
  ({ lines }) =>
    lines.flatMap((line, index) => places(`lines[${index}].${list}`, find(line) ?? [], field))

/** Several such places together. */
export const together =
  <Value>(...wheres: readonly Where<Value>[]): Where<Value> =>
  (invoice) =>
    wheres.flatMap((where) => where(invoice))

/** Something of the value at each place; none where it is absent. */
export const field =
  <Value, Part>(where: Where<Value>, name: string, find: (value: Value) => Part | undefined): Where<Part> =>
  (invoice) =>
    where(invoice).flatMap(({ path, value }): readonly Place<Part>[] => {
      const part = find(value)
      return part === undefined ? [] : [{ path: path === '' ? name : `${path}.${name}`, value: part }]
    })

export type AmountList = 'allowances' | 'charges'

const places = <Value>(list: string, values: readonly Value[], name: string): readonly Place<Value>[] =>
  values.map((value, index) => ({ path: `${list}[${index}]${name === '' ? '' : `.${name}`}`, value }))
