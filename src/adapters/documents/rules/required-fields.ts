import type { ElectronicInvoice, InvoiceLine, PostalAddress, SellerParty } from '../electronic-invoice.js'
import { exact, isNegative } from './exact.js'
import {
  document,
  each,
  eachDocumentAmount,
  eachLine,
  eachLineAmount,
  eachTax,
  inEachLine,
  optional,
  field,
} from './places.js'
import { has, rule, type Rule } from './rule.js'

const isAddress = (address: PostalAddress): boolean => {
  const parts: readonly (string | undefined)[] = Object.values(address)
  return parts.some(has)
}

const isOrdered = (from: string | undefined, to: string | undefined): boolean =>
  !has(from) || !has(to) || (from ?? '') <= (to ?? '')

const hasReason = ({ reason, reasonCode }: { reason?: string; reasonCode?: string }): boolean =>
  has(reason) || has(reasonCode)

const isTransfer = (code: string): boolean => code === '30' || code === '58'

const identifiersOf = ({ ids = [], legalRegistration }: SellerParty) =>
  [...ids, legalRegistration].map((identifier) => identifier?.id)

/** BR-1 to BR-65: what an invoice has to contain. */
export const requiredFields: readonly Rule[] = [
  rule(
    {
      id: 'BR-01',
      message: 'The invoice names the specification it keeps (BT-24).',
    },
    document('specification'),
    ({ specification }) => has(specification),
  ),
  rule(
    {
      id: 'BR-02',
      message: 'The invoice has a number (BT-1).',
    },
    document('number'),
    ({ number }) => has(number),
  ),
  rule(
    {
      id: 'BR-03',
      message: 'The invoice has the date it was issued on (BT-2).',
    },
    document('issuedOn'),
    ({ issuedOn }) => has(issuedOn),
  ),
  rule(
    {
      id: 'BR-04',
      message: 'The invoice has a type code (BT-3).',
    },
    document('typeCode'),
    ({ typeCode }) => has(typeCode),
  ),
  rule(
    {
      id: 'BR-05',
      message: 'The invoice names its currency (BT-5).',
    },
    document('currency'),
    ({ currency }) => has(currency),
  ),
  rule(
    {
      id: 'BR-06',
      message: 'The seller has a name (BT-27).',
    },
    document('seller.name'),
    ({ seller }) => has(seller.name),
  ),
  rule(
    {
      id: 'BR-07',
      message: 'The buyer has a name (BT-44).',
    },
    document('buyer.name'),
    ({ buyer }) => has(buyer.name),
  ),
  rule(
    {
      id: 'BR-08',
      message: 'The seller has a postal address (BG-5).',
    },
    document('seller.address'),
    ({ seller }) => isAddress(seller.address),
  ),
  rule(
    {
      id: 'BR-09',
      message: 'The postal address of the seller names the country (BT-40).',
    },
    document('seller.address.country'),
    ({ seller }) => has(seller.address.country) || !isAddress(seller.address),
  ),
  rule(
    {
      id: 'BR-10',
      message: 'The buyer has a postal address (BG-8).',
    },
    document('buyer.address'),
    ({ buyer }) => isAddress(buyer.address),
  ),
  rule(
    {
      id: 'BR-11',
      message: 'The postal address of the buyer names the country (BT-55).',
    },
    document('buyer.address.country'),
    ({ buyer }) => has(buyer.address.country) || !isAddress(buyer.address),
  ),
  rule(
    {
      id: 'BR-12',
      message: 'The invoice has the sum of its lines (BT-106).',
    },
    document('totals.lineNet'),
    ({ totals }) => has(totals.lineNet),
  ),
  rule(
    {
      id: 'BR-13',
      message: 'The invoice has its total without tax (BT-109).',
    },
    document('totals.net'),
    ({ totals }) => has(totals.net),
  ),
  rule(
    {
      id: 'BR-14',
      message: 'The invoice has its total with tax (BT-112).',
    },
    document('totals.gross'),
    ({ totals }) => has(totals.gross),
  ),
  rule(
    {
      id: 'BR-15',
      message: 'The invoice has the amount due (BT-115).',
    },
    document('totals.due'),
    ({ totals }) => has(totals.due),
  ),
  rule(
    {
      id: 'BR-16',
      message: 'The invoice has at least one line (BG-25).',
    },
    document('lines'),
    ({ lines }) => lines.length > 0,
  ),
  rule(
    {
      id: 'BR-17',
      message: 'A payee has a name (BT-59), and is named only where it is not the seller.',
    },
    optional('payee', ({ payee }: ElectronicInvoice) => payee),
    ({ name, id, legalRegistration }, { seller }) =>
      has(name) &&
      name !== seller.name &&
      name !== seller.tradingName &&
      [id, legalRegistration].every(
        (identifier) => identifier === undefined || !identifiersOf(seller).includes(identifier.id),
      ),
  ),
  rule(
    {
      id: 'BR-18',
      message: 'The tax representative has a name (BT-62).',
    },
    optional('taxRepresentative.name', ({ taxRepresentative }: ElectronicInvoice) => taxRepresentative),
    ({ name }) => has(name),
  ),
  rule(
    {
      id: 'BR-19',
      message: 'The tax representative has a postal address (BG-12).',
    },
    optional('taxRepresentative.address', ({ taxRepresentative }: ElectronicInvoice) => taxRepresentative),
    ({ address }) => isAddress(address),
  ),
  rule(
    {
      id: 'BR-20',
      message: 'The postal address of the tax representative names the country (BT-69).',
    },
    optional(
      'taxRepresentative.address.country',
      ({ taxRepresentative }: ElectronicInvoice) => taxRepresentative,
    ),
    ({ address }) => has(address.country) || !isAddress(address),
  ),
  rule(
    {
      id: 'BR-21',
      message: 'A line has an identifier (BT-126).',
    },
    eachLine('id'),
    ({ id }) => has(id),
  ),
  rule(
    {
      id: 'BR-22',
      message: 'A line has a quantity (BT-129).',
    },
    eachLine('quantity'),
    ({ quantity }) => has(quantity),
  ),
  rule(
    {
      id: 'BR-23',
      message: 'The quantity of a line has a unit (BT-130).',
    },
    eachLine('unit'),
    ({ unit }) => has(unit),
  ),
  rule(
    {
      id: 'BR-24',
      message: 'A line has a net amount (BT-131).',
    },
    eachLine('net'),
    ({ net }) => has(net),
  ),
  rule(
    {
      id: 'BR-25',
      message: 'The item of a line has a name (BT-153).',
    },
    eachLine('item.name'),
    ({ item }) => has(item.name),
  ),
  rule(
    {
      id: 'BR-26',
      message: 'The item of a line has a net price (BT-146).',
    },
    eachLine('price.net'),
    ({ price }) => has(price.net),
  ),
  rule(
    {
      id: 'BR-27',
      message: 'The net price of an item is not negative (BT-146); a negative line has a negative quantity.',
    },
    eachLine('price.net'),
    ({ price }) => !isNegative(exact(price.net)),
  ),
  rule(
    {
      id: 'BR-28',
      message: 'The gross price of an item is not negative (BT-148).',
    },
    eachLine('price.gross'),
    ({ price }) => !isNegative(exact(price.gross)),
  ),
  rule(
    {
      id: 'BR-29',
      message: 'The period of the invoice does not end before it begins (BT-73, BT-74).',
    },
    optional('period', ({ period }: ElectronicInvoice) => period),
    ({ from, to }) => isOrdered(from, to),
  ),
  rule(
    {
      id: 'BR-30',
      message: 'The period of a line does not end before it begins (BT-134, BT-135).',
    },
    field(eachLine(), 'period', ({ period }: InvoiceLine) => period),
    ({ from, to }) => isOrdered(from, to),
  ),
  rule(
    {
      id: 'BR-31',
      message: 'An allowance on the document has an amount (BT-92).',
    },
    eachDocumentAmount('allowances', 'amount'),
    ({ amount }) => has(amount),
  ),
  rule(
    {
      id: 'BR-32',
      message: 'An allowance on the document has a tax category (BT-95).',
    },
    eachDocumentAmount('allowances', 'taxCategory'),
    ({ taxCategory }) => has(taxCategory),
  ),
  rule(
    {
      id: 'BR-33',
      message: 'An allowance on the document has a reason or a reason code (BT-97, BT-98).',
    },
    eachDocumentAmount('allowances', 'reason'),
    hasReason,
  ),
  rule(
    {
      id: 'BR-36',
      message: 'A charge on the document has an amount (BT-99).',
    },
    eachDocumentAmount('charges', 'amount'),
    ({ amount }) => has(amount),
  ),
  rule(
    {
      id: 'BR-37',
      message: 'A charge on the document has a tax category (BT-102).',
    },
    eachDocumentAmount('charges', 'taxCategory'),
    ({ taxCategory }) => has(taxCategory),
  ),
  rule(
    {
      id: 'BR-38',
      message: 'A charge on the document has a reason or a reason code (BT-104, BT-105).',
    },
    eachDocumentAmount('charges', 'reason'),
    hasReason,
  ),
  rule(
    {
      id: 'BR-41',
      message: 'An allowance on a line has an amount (BT-136).',
    },
    eachLineAmount('allowances', 'amount'),
    ({ amount }) => has(amount),
  ),
  rule(
    {
      id: 'BR-42',
      message: 'An allowance on a line has a reason or a reason code (BT-139, BT-140).',
    },
    eachLineAmount('allowances', 'reason'),
    hasReason,
  ),
  rule(
    {
      id: 'BR-43',
      message: 'A charge on a line has an amount (BT-141).',
    },
    eachLineAmount('charges', 'amount'),
    ({ amount }) => has(amount),
  ),
  rule(
    {
      id: 'BR-44',
      message: 'A charge on a line has a reason or a reason code (BT-144, BT-145).',
    },
    eachLineAmount('charges', 'reason'),
    hasReason,
  ),
  rule(
    {
      id: 'BR-45',
      message: 'An entry of the tax breakdown has a taxable amount (BT-116).',
    },
    eachTax('taxable'),
    ({ taxable }) => has(taxable),
  ),
  rule(
    {
      id: 'BR-46',
      message: 'An entry of the tax breakdown has a tax amount (BT-117).',
    },
    eachTax('tax'),
    ({ tax }) => has(tax),
  ),
  rule(
    {
      id: 'BR-47',
      message: 'An entry of the tax breakdown has a category (BT-118).',
    },
    eachTax('category'),
    ({ category }) => has(category),
  ),
  rule(
    {
      id: 'BR-48',
      message: 'An entry of the tax breakdown has a rate (BT-119), unless it is outside the scope of tax.',
    },
    eachTax('rate'),
    ({ category, rate }) => has(rate) || category === 'O',
  ),
  rule(
    {
      id: 'BR-49',
      message: 'Payment instructions name the means of payment (BT-81).',
    },
    optional('payment.meansCode', ({ payment }: ElectronicInvoice) => payment),
    ({ meansCode }) => has(meansCode),
  ),
  rule(
    {
      id: 'BR-50',
      message: 'A credit transfer names the account (BT-84).',
    },
    each('payment.creditTransfers', ({ payment }: ElectronicInvoice) => payment?.creditTransfers, 'account'),
    ({ account }) => has(account),
  ),
  rule(
    {
      id: 'BR-51',
      flag: 'warning',
      message: 'An invoice never shows a whole card number: at most ten digits of it (BT-87).',
    },
    optional('payment.card.number', ({ payment }: ElectronicInvoice) => payment?.card),
    ({ number }) => number.trim().length <= 10,
  ),
  rule(
    {
      id: 'BR-52',
      message: 'A supporting document has a reference (BT-122).',
    },
    each('attachments', ({ attachments }: ElectronicInvoice) => attachments, 'id'),
    ({ id }) => has(id),
  ),
  rule(
    {
      id: 'BR-53',
      message:
        'Where tax is accounted in another currency (BT-6), the total tax is given in it too (BT-111).',
    },
    document('totals.taxInTaxCurrency'),
    ({ currency, taxCurrency, totals }) =>
      !has(taxCurrency) || taxCurrency === currency || has(totals.taxInTaxCurrency),
  ),
  rule(
    {
      id: 'BR-54',
      message: 'An attribute of an item has a name and a value (BT-160, BT-161).',
    },
    inEachLine('item.attributes', ({ item }: InvoiceLine) => item.attributes),
    ({ name, value }) => has(name) && has(value),
  ),
  rule(
    {
      id: 'BR-55',
      message: 'A reference to an earlier invoice has its number (BT-25).',
    },
    each('precedingInvoices', ({ precedingInvoices }: ElectronicInvoice) => precedingInvoices, 'number'),
    ({ number }) => has(number),
  ),
  rule(
    {
      id: 'BR-56',
      message: 'The tax representative has a VAT identifier (BT-63).',
    },
    optional('taxRepresentative.vatId', ({ taxRepresentative }: ElectronicInvoice) => taxRepresentative),
    ({ vatId }) => has(vatId),
  ),
  rule(
    {
      id: 'BR-57',
      message: 'The address of delivery names the country (BT-80).',
    },
    optional('delivery.address.country', ({ delivery }: ElectronicInvoice) => delivery?.address),
    ({ country }) => has(country),
  ),
  rule(
    {
      id: 'BR-61',
      message: 'Payment by credit transfer names an account to pay to (BT-84).',
    },
    optional('payment.creditTransfers', ({ payment }: ElectronicInvoice) => payment),
    ({ meansCode, creditTransfers = [] }) =>
      !isTransfer(meansCode) || creditTransfers.some(({ account }) => has(account)),
  ),
  rule(
    {
      id: 'BR-62',
      message: 'The electronic address of the seller has a scheme (BT-34-1).',
    },
    optional('seller.electronicAddress.scheme', ({ seller }: ElectronicInvoice) => seller.electronicAddress),
    ({ scheme }) => has(scheme),
  ),
  rule(
    {
      id: 'BR-63',
      message: 'The electronic address of the buyer has a scheme (BT-49-1).',
    },
    optional('buyer.electronicAddress.scheme', ({ buyer }: ElectronicInvoice) => buyer.electronicAddress),
    ({ scheme }) => has(scheme),
  ),
  rule(
    {
      id: 'BR-64',
      message: 'The standard identifier of an item has a scheme (BT-157-1).',
    },
    field(eachLine(), 'item.standardId.scheme', ({ item }: InvoiceLine) => item.standardId),
    ({ scheme }) => has(scheme),
  ),
  rule(
    {
      id: 'BR-65',
      message: 'A classification of an item has a scheme (BT-158-1).',
    },
    inEachLine('item.classifications', ({ item }: InvoiceLine) => item.classifications, 'scheme'),
    ({ scheme }) => has(scheme),
  ),
]
