import type { ElectronicInvoice, Identifier, InvoiceLine, PostalAddress } from '../../electronic-invoice.js'
import { codes } from '../codes.js'
import { exact, isNegative, isPositive } from '../exact.js'
import { document, eachLine, field, optional } from '../places.js'
import { has, type Rule } from '../rule.js'
import { isCreditNote, isWithin, paymentMeans, sellerRegistration, sells, when } from './national-rule.js'

const hasFullAddress = ({ line1, city, postCode }: PostalAddress): boolean =>
  has(line1) && has(city) && has(postCode)

const dutchMeans = codes('30 48 49 57 58 59')
const dutchSeller = when(sells('NL'))
const dutchTrade = when(isWithin('NL'))
const isDutchNumber = ({ id, scheme }: Identifier): boolean =>
  has(id) && (scheme === '0106' || scheme === '0190')

export const netherlands: readonly Rule[] = [
  dutchSeller(
    'NL-R-001',
    'A credit note of a Dutch seller names the invoice it credits (BG-3).',
    document('precedingInvoices'),
    (invoice) => !isCreditNote(invoice) || (invoice.precedingInvoices ?? []).length > 0,
  ),
  dutchSeller(
    'NL-R-002',
    'The address of a Dutch seller has a street, a city and a post code (BT-35, BT-37, BT-38).',
    document('seller.address'),
    ({ seller }) => hasFullAddress(seller.address),
  ),
  dutchSeller(
    'NL-R-003',
    'A Dutch seller is registered by a KVK or OIN number (BT-30, scheme 0106 or 0190).',
    sellerRegistration,
    isDutchNumber,
  ),
  dutchTrade(
    'NL-R-004',
    'The address of a Dutch buyer has a street, a city and a post code (BT-50, BT-52, BT-53).',
    document('buyer.address'),
    ({ buyer }) => hasFullAddress(buyer.address),
  ),
  dutchTrade(
    'NL-R-005',
    'A Dutch buyer is registered by a KVK or OIN number (BT-47, scheme 0106 or 0190).',
    optional('buyer.legalRegistration', ({ buyer }: ElectronicInvoice) => buyer.legalRegistration),
    isDutchNumber,
  ),
  dutchSeller(
    'NL-R-006',
    'The address of a Dutch tax representative has a street, a city and a post code (BT-64, BT-66, BT-67).',
    optional(
      'taxRepresentative.address',
      ({ taxRepresentative }: ElectronicInvoice) => taxRepresentative?.address,
    ),
    (address) => address.country !== 'NL' || hasFullAddress(address),
  ),
  dutchSeller(
    'NL-R-007',
    'A Dutch seller who is to be paid says how (BG-16).',
    document('payment'),
    (invoice) => {
      const due = exact(invoice.totals.due)
      const isPaid = isCreditNote(invoice) ? isNegative(due) : isPositive(due)
      return !isPaid || invoice.payment !== undefined
    },
  ),
  dutchTrade(
    'NL-R-008',
    'Payment within the Netherlands is by 30, 48, 49, 57, 58 or 59 (BT-81).',
    paymentMeans,
    (meansCode) => dutchMeans.has(meansCode),
  ),
  dutchSeller(
    'NL-R-009',
    'A line that names the line of an order is on a document that names the order (BT-132, BT-13).',
    field(eachLine(), 'orderLine', ({ orderLine }: InvoiceLine) => orderLine),
    (orderLine, { purchaseOrderReference, salesOrderReference }) =>
      !has(orderLine) || has(purchaseOrderReference) || has(salesOrderReference),
  ),
]
