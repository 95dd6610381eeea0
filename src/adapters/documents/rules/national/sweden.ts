import type { ElectronicInvoice, InvoiceLine } from '../../electronic-invoice.js'
import { isSwedishNumber } from '../check-digits.js'
import { compare, exact, type Exact } from '../exact.js'
import { each, eachDocumentAmount, eachLine, eachTax, field, optional, together } from '../places.js'
import { has, type Rule } from '../rule.js'
import { isWithin, paymentMeans, sellerRegistration, sells, when } from './national-rule.js'

const creditTransfers = each(
  'payment.creditTransfers',
  ({ payment }: ElectronicInvoice) => payment?.creditTransfers,
  'account',
)

const swedishSeller = when(sells('SE'))
const swedishTaxpayer = when(
  ({ seller }) => seller.address.country === 'SE' && (seller.vatId ?? '').startsWith('SE'),
)
const swedishVatId = optional('seller.vatId', ({ seller }: ElectronicInvoice) => seller.vatId)
const swedishRates: readonly Exact[] = ['25', '12', '6'].map(exact)
const isSwedishRate = (rate: string | undefined): boolean =>
  swedishRates.some((known) => compare(known, exact(rate)) === 0)

const giro = (
  bank: string,
  number: string,
  length: string,
  what: string,
  hasLength: RegExp,
): readonly Rule[] => {
  const applies = (invoice: ElectronicInvoice) => sells('SE')(invoice) && invoice.payment?.meansCode === '30'
  return [
    when(applies)(
      number,
      `The number of a ${what} has digits only (BT-84).`,
      creditTransfers,
      (transfer) => transfer.bank !== bank || /^[0-9]+$/.test(transfer.account),
      'warning',
    ),
    when(applies)(
      length,
      `The number of a ${what} has the length of one (BT-84).`,
      creditTransfers,
      (transfer) => transfer.bank !== bank || hasLength.test(transfer.account),
      'warning',
    ),
  ]
}

export const sweden: readonly Rule[] = [
  swedishTaxpayer(
    'SE-R-001',
    'A Swedish VAT number has 14 characters (BT-31).',
    swedishVatId,
    (vatId) => vatId.trim().length === 14,
  ),
  swedishTaxpayer('SE-R-002', 'A Swedish VAT number is SE and digits (BT-31).', swedishVatId, (vatId) =>
    /^SE[0-9]+$/.test(vatId.trim()),
  ),
  swedishSeller(
    'SE-R-003',
    'A Swedish organization number has digits only (BT-30).',
    sellerRegistration,
    ({ id }) => /^[0-9]+$/.test(id.trim()),
  ),
  swedishSeller(
    'SE-R-004',
    'A Swedish organization number has ten digits (BT-30).',
    sellerRegistration,
    ({ id }) => id.trim().length === 10,
  ),
  swedishSeller(
    'SE-R-013',
    'A Swedish organization number has the right check digit (BT-30).',
    sellerRegistration,
    ({ id }) => !/^[0-9]{10}$/.test(id.trim()) || isSwedishNumber(id.trim()),
  ),
  swedishSeller(
    'SE-R-005',
    'The tax registration of a Swedish seller says "Godkänd för F-skatt" (BT-32).',
    optional('seller.taxRegistration', ({ seller }: ElectronicInvoice) =>
      seller.legalRegistration === undefined ? undefined : seller.taxRegistration,
    ),
    (text) => text.trim().toUpperCase() === 'GODKÄND FÖR F-SKATT',
  ),
  swedishTaxpayer(
    'SE-R-006',
    'Swedish standard rates are 25, 12 and 6 % (BT-119, BT-152, BT-96, BT-103).',
    together<{ readonly category: string; readonly rate: string | undefined }>(
      field(eachTax(), 'rate', ({ category, rate }) => ({ category, rate })),
      field(eachLine(), 'tax.rate', ({ tax }: InvoiceLine) => ({ category: tax.category, rate: tax.rate })),
      ...(['allowances', 'charges'] as const).map((list) =>
        field(eachDocumentAmount(list), 'taxRate', ({ taxCategory, taxRate }) => ({
          category: taxCategory,
          rate: taxRate,
        })),
      ),
    ),
    ({ category, rate }) => category !== 'S' || !has(rate) || isSwedishRate(rate),
  ),
  ...giro('SE:PLUSGIRO', 'SE-R-007', 'SE-R-010', 'Plusgiro', /^.{2,8}$/),
  ...giro('SE:BANKGIRO', 'SE-R-008', 'SE-R-009', 'Bankgiro', /^.{7,8}$/),
  swedishSeller(
    'SE-R-011',
    'Swedish Bankgiro and Plusgiro are told by 30 and SE:BANKGIRO or SE:PLUSGIRO, not by 50 or 56 (BT-81, BT-86).',
    paymentMeans,
    (meansCode) => meansCode !== '50' && meansCode !== '56',
    'warning',
  ),
  when(isWithin('SE'))(
    'SE-R-012',
    'A credit transfer within Sweden is told by 30, not by 31 (BT-81).',
    paymentMeans,
    (meansCode) => meansCode !== '31',
    'warning',
  ),
]
