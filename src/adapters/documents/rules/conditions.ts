import type { ElectronicInvoice, InvoiceLine } from '../electronic-invoice.js'
import { countryCodes } from './party-codes.js'
import {
  agrees,
  exact,
  exactOrZero,
  isPositive,
  isWithin,
  isZero,
  minus,
  percentageOf,
  plus,
  rounded,
  sumOf,
  type Exact,
} from './exact.js'
import {
  document,
  eachDocumentAmount,
  eachLine,
  eachLineAmount,
  eachTax,
  field,
  optional,
  together,
} from './places.js'
import { has, rule, type Rule } from './rule.js'

/** What CO-17 and the -09 rules of the categories allow, as published: less than one unit of the currency. */
export const oneUnit = { digits: 1n, scale: 0 }

/** Tax of an entry of the breakdown within the tolerance. At a rate that is zero in whole percent the tax is zero in whole units. */
const isTaxOf = (tax: Exact, taxable: Exact, rate: Exact): boolean => {
  if (tax === undefined || taxable === undefined) return true
  if (rate === undefined || isWithin(rate, { digits: 0n, scale: 0 }, { digits: 5n, scale: 1 })) {
    return isWithin(tax, { digits: 0n, scale: 0 }, { digits: 5n, scale: 1 })
  }
  return isWithin(tax, percentageOf(taxable, rate), oneUnit)
}

const amountsOf = (list: readonly { readonly amount: string }[] | undefined): readonly Exact[] =>
  (list ?? []).map(({ amount }) => exact(amount))

// Greece writes EL before its numbers.
const hasCountry = (vatId: string): boolean => {
  const prefix = vatId.slice(0, 2)
  return prefix === 'EL' || countryCodes.has(prefix)
}

const hasReason = ({ reason, reasonCode }: { reason?: string; reasonCode?: string }): boolean =>
  has(reason) || has(reasonCode)

/** BR-CO-3 to BR-CO-26: what has to hold between fields. */
export const conditions: readonly Rule[] = [
  rule(
    {
      id: 'BR-CO-03',
      message: 'The day tax becomes due (BT-7) and the code for it (BT-8) exclude each other.',
    },
    document('taxPointOn'),
    ({ taxPointOn, taxPointCode }) => !(has(taxPointOn) && has(taxPointCode)),
  ),
  rule(
    {
      id: 'BR-CO-04',
      message: 'A line has a tax category (BT-151).',
    },
    eachLine('tax.category'),
    ({ tax }) => has(tax.category),
  ),
  rule(
    {
      id: 'BR-CO-09',
      message: 'A VAT identifier begins with the code of its country (BT-31, BT-48, BT-63).',
    },
    together(
      optional('seller.vatId', ({ seller }: ElectronicInvoice) => seller.vatId),
      optional('buyer.vatId', ({ buyer }: ElectronicInvoice) => buyer.vatId),
      optional(
        'taxRepresentative.vatId',
        ({ taxRepresentative }: ElectronicInvoice) => taxRepresentative?.vatId,
      ),
    ),
    (vatId) => !has(vatId) || hasCountry(vatId),
  ),
  rule(
    {
      id: 'BR-CO-10',
      message: 'The sum of the lines (BT-106) is the sum of their net amounts (BT-131).',
    },
    document('totals.lineNet'),
    ({ totals, lines }) => agrees(exact(totals.lineNet), rounded(sumOf(lines.map(({ net }) => exact(net))))),
  ),
  rule(
    {
      id: 'BR-CO-11',
      message: 'The sum of the allowances (BT-107) is that of the allowances on the document (BT-92).',
    },
    document('totals.allowances'),
    ({ totals, allowances = [] }) =>
      has(totals.allowances)
        ? agrees(exact(totals.allowances), rounded(sumOf(amountsOf(allowances))))
        : allowances.length === 0,
  ),
  rule(
    {
      id: 'BR-CO-12',
      message: 'The sum of the charges (BT-108) is that of the charges on the document (BT-99).',
    },
    document('totals.charges'),
    ({ totals, charges = [] }) =>
      has(totals.charges)
        ? agrees(exact(totals.charges), rounded(sumOf(amountsOf(charges))))
        : charges.length === 0,
  ),
  rule(
    {
      id: 'BR-CO-13',
      message: 'The total without tax (BT-109) is the sum of the lines, less allowances, plus charges.',
    },
    document('totals.net'),
    ({ totals }) =>
      agrees(
        exact(totals.net),
        plus(minus(exact(totals.lineNet), exactOrZero(totals.allowances)), exactOrZero(totals.charges)),
      ),
  ),
  rule(
    {
      id: 'BR-CO-14',
      message: 'The total tax (BT-110) is the sum of the taxes of the breakdown (BT-117).',
    },
    document('totals.tax'),
    ({ totals, taxes }) =>
      agrees(exactOrZero(totals.tax), rounded(sumOf(taxes.map(({ tax }) => exact(tax))))),
  ),
  rule(
    {
      id: 'BR-CO-15',
      message: 'The total with tax (BT-112) is the total without tax (BT-109) and the total tax (BT-110).',
    },
    document('totals.gross'),
    ({ totals }) => agrees(exact(totals.gross), plus(exact(totals.net), exactOrZero(totals.tax))),
  ),
  rule(
    {
      id: 'BR-CO-16',
      message:
        'The amount due (BT-115) is the total with tax (BT-112), less what was paid (BT-113), and the rounding (BT-114).',
    },
    document('totals.due'),
    ({ totals }) =>
      agrees(
        exact(totals.due),
        plus(minus(exact(totals.gross), exactOrZero(totals.prepaid)), exactOrZero(totals.rounding)),
      ),
  ),
  rule(
    {
      id: 'BR-CO-17',
      message:
        'A tax (BT-117) is the taxable amount (BT-116) times the rate (BT-119), rounded to two decimals.',
    },
    eachTax('tax'),
    ({ tax, taxable, rate }) => isTaxOf(exact(tax), exact(taxable), exactOrZero(rate)),
  ),
  rule(
    {
      id: 'BR-CO-18',
      message: 'The invoice has a tax breakdown (BG-23).',
    },
    document('taxes'),
    ({ taxes }) => taxes.length > 0,
  ),
  rule(
    {
      id: 'BR-CO-19',
      message: 'A period of the invoice has a beginning or an end (BT-73, BT-74).',
    },
    optional('period', ({ period }: ElectronicInvoice) => period),
    ({ from, to }) => has(from) || has(to),
  ),
  rule(
    {
      id: 'BR-CO-20',
      message: 'A period of a line has a beginning or an end (BT-134, BT-135).',
    },
    field(eachLine(), 'period', ({ period }: InvoiceLine) => period),
    ({ from, to }) => has(from) || has(to),
  ),
  ...(
    [
      ['BR-CO-21', 'An allowance on the document', eachDocumentAmount('allowances', 'reason')],
      ['BR-CO-22', 'A charge on the document', eachDocumentAmount('charges', 'reason')],
      ['BR-CO-23', 'An allowance on a line', eachLineAmount('allowances', 'reason')],
      ['BR-CO-24', 'A charge on a line', eachLineAmount('charges', 'reason')],
    ] as const
  ).map(([id, what, where]) =>
    rule({ id, message: `${what} has a reason, a reason code, or both.` }, where, hasReason),
  ),
  rule(
    {
      id: 'BR-CO-25',
      message:
        'Where something is due, the day it is due on (BT-9) or the terms of payment (BT-20) are given.',
    },
    document('dueOn'),
    ({ totals, dueOn, paymentTerms }) => !isPositive(exact(totals.due)) || has(dueOn) || has(paymentTerms),
  ),
  rule(
    {
      id: 'BR-CO-26',
      message:
        'The seller has an identifier (BT-29), a legal registration (BT-30) or a VAT identifier (BT-31).',
    },
    document('seller'),
    ({ seller }) =>
      (seller.ids ?? []).some(({ id }) => has(id)) || has(seller.legalRegistration?.id) || has(seller.vatId),
  ),
]

/** Whether a tax is what the rate makes of the taxable amount, within the published tolerance. */
export const isTaxed = (tax: string, taxable: string, rate: string | undefined): boolean =>
  isWithin(exact(tax), percentageOf(exact(taxable), exactOrZero(rate)), oneUnit)

/** Whether a text is zero, or no number at all. */
export const isNothing = (text: string | undefined): boolean => isZero(exact(text))
