import type { Attachment, ElectronicInvoice, InvoiceLine } from '../electronic-invoice.js'
import { parseDecimal } from '../../../core/money/decimal-string.js'
import { isXmlText } from '../xml-node.js'
import { allNumbers } from './decimals.js'
import { document, each, eachLine, field, together } from './places.js'
import { rule, type Place, type Rule } from './rule.js'

const dates = together(
  field(document(''), 'issuedOn', ({ issuedOn }) => issuedOn),
  field(document(''), 'taxPointOn', ({ taxPointOn }) => taxPointOn),
  field(document(''), 'dueOn', ({ dueOn }) => dueOn),
  field(document(''), 'period.from', ({ period }) => period?.from),
  field(document(''), 'period.to', ({ period }) => period?.to),
  field(document(''), 'delivery.deliveredOn', ({ delivery }) => delivery?.deliveredOn),
  field(
    each('precedingInvoices', ({ precedingInvoices }: ElectronicInvoice) => precedingInvoices),
    'issuedOn',
    (one) => one.issuedOn,
  ),
  field(eachLine(), 'period.from', ({ period }: InvoiceLine) => period?.from),
  field(eachLine(), 'period.to', ({ period }: InvoiceLine) => period?.to),
)

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isDate = (text: string): boolean => {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && !isLeap ? 28 : (monthDays[month - 1] ?? 0))
}

/** Every text of the invoice, wherever it stands. */
const texts = (invoice: ElectronicInvoice): readonly Place<string>[] => textsIn(invoice, '')

const textsIn = (value: unknown, path: string): readonly Place<string>[] => {
  if (typeof value === 'string') return [{ path, value }]
  if (Array.isArray(value)) return value.flatMap((entry, index) => textsIn(entry, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, entry]) => textsIn(entry, path === '' ? key : `${path}.${key}`))
}

/** What the schemas of both syntaxes demand of a text, where the standard takes it for granted; the ids are ours. */
export const forms: readonly Rule[] = [
  rule(
    {
      id: 'FORM-DECIMAL',
      message:
        'A number is a plain decimal such as 19.99: no exponent, no grouping, a point before the decimals.',
    },
    allNumbers,
    (text) => text === '' || parseDecimal(text) !== undefined,
  ),
  rule(
    {
      id: 'FORM-DATE',
      message: 'A date is a day of the calendar, written 2026-03-01.',
    },
    dates,
    (text) => text === '' || isDate(text),
  ),
  rule(
    {
      id: 'FORM-TEXT',
      message: 'A text has no control characters and no half surrogate pairs: XML cannot carry them.',
    },
    texts,
    isXmlText,
  ),
  rule(
    {
      id: 'FORM-BASE64',
      message: 'The content of an attached file is base64 (BT-125).',
    },
    field(
      each('attachments', ({ attachments }: ElectronicInvoice) => attachments),
      'file.base64',
      ({ file }: Attachment) => file?.base64,
    ),
    (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  ),
]
