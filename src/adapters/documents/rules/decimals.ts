import type { ElectronicInvoice, InvoiceLine } from '../electronic-invoice.js'
import { document, eachDocumentAmount, eachLine, eachLineAmount, eachTax, field, together } from './places.js'
import { rule, type Rule, type Where } from './rule.js'

const total = (name: keyof ElectronicInvoice['totals']): Where<string> =>
  field(document(''), `totals.${name}`, ({ totals }) => totals[name])

const amounts: readonly (readonly [id: string, what: string, where: Where<string>])[] = [
  [
    'BR-DEC-01',
    'of an allowance on the document (BT-92)',
    field(eachDocumentAmount('allowances'), 'amount', ({ amount }) => amount),
  ],
  [
    'BR-DEC-02',
    'that an allowance on the document is taken of (BT-93)',
    field(eachDocumentAmount('allowances'), 'base', ({ base }) => base),
  ],
  [
    'BR-DEC-05',
    'of a charge on the document (BT-99)',
    field(eachDocumentAmount('charges'), 'amount', ({ amount }) => amount),
  ],
  [
    'BR-DEC-06',
    'that a charge on the document is taken of (BT-100)',
    field(eachDocumentAmount('charges'), 'base', ({ base }) => base),
  ],
  ['BR-DEC-09', 'of all lines (BT-106)', total('lineNet')],
  ['BR-DEC-10', 'of all allowances (BT-107)', total('allowances')],
  ['BR-DEC-11', 'of all charges (BT-108)', total('charges')],
  ['BR-DEC-12', 'without tax (BT-109)', total('net')],
  ['BR-DEC-13', 'of all taxes (BT-110)', total('tax')],
  ['BR-DEC-14', 'with tax (BT-112)', total('gross')],
  ['BR-DEC-15', 'of all taxes in the currency tax is accounted in (BT-111)', total('taxInTaxCurrency')],
  ['BR-DEC-16', 'paid before (BT-113)', total('prepaid')],
  ['BR-DEC-17', 'rounded by (BT-114)', total('rounding')],
  ['BR-DEC-18', 'due (BT-115)', total('due')],
  ['BR-DEC-19', 'that is taxed (BT-116)', field(eachTax(), 'taxable', ({ taxable }) => taxable)],
  ['BR-DEC-20', 'of a tax (BT-117)', field(eachTax(), 'tax', ({ tax }) => tax)],
  ['BR-DEC-23', 'of a line (BT-131)', field(eachLine(), 'net', ({ net }: InvoiceLine) => net)],
  [
    'BR-DEC-24',
    'of an allowance on a line (BT-136)',
    field(eachLineAmount('allowances'), 'amount', ({ amount }) => amount),
  ],
  [
    'BR-DEC-25',
    'that an allowance on a line is taken of (BT-137)',
    field(eachLineAmount('allowances'), 'base', ({ base }) => base),
  ],
  [
    'BR-DEC-27',
    'of a charge on a line (BT-141)',
    field(eachLineAmount('charges'), 'amount', ({ amount }) => amount),
  ],
  [
    'BR-DEC-28',
    'that a charge on a line is taken of (BT-142)',
    field(eachLineAmount('charges'), 'base', ({ base }) => base),
  ],
]

/** BR-DEC-1 to BR-DEC-28: amounts have two decimals at most, in every currency. */
export const decimals: readonly Rule[] = amounts.map(([id, what, where]) =>
  rule(
    {
      id,
      message: `The amount ${what} has two decimals at most.`,
    },
    where,
    (amount) => (amount.split('.')[1] ?? '').length <= 2,
  ),
)

/** Prices and quantities, which may have any number of decimals. */
export const otherNumbers: Where<string> = together(
  field(eachLine(), 'quantity', ({ quantity }: InvoiceLine) => quantity),
  field(eachLine(), 'price.net', ({ price }: InvoiceLine) => price.net),
  field(eachLine(), 'price.gross', ({ price }: InvoiceLine) => price.gross),
  field(eachLine(), 'price.discount', ({ price }: InvoiceLine) => price.discount),
  field(eachLine(), 'price.baseQuantity', ({ price }: InvoiceLine) => price.baseQuantity),
  field(eachLine(), 'tax.rate', ({ tax }: InvoiceLine) => tax.rate),
  field(eachTax(), 'rate', ({ rate }) => rate),
  ...(['allowances', 'charges'] as const).flatMap((list) => [
    field(eachDocumentAmount(list), 'taxRate', ({ taxRate }) => taxRate),
    field(eachDocumentAmount(list), 'percent', ({ percent }) => percent),
    field(eachLineAmount(list), 'percent', ({ percent }) => percent),
  ]),
)

/** All numbers of an invoice. */
export const allNumbers: Where<string> = together(otherNumbers, ...amounts.map(([, , where]) => where))
