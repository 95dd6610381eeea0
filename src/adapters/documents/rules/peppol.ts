import type { ElectronicInvoice, InvoiceLine, LineLevelAmount } from '../electronic-invoice.js'
import { isPeppol, peppolBillingProcess } from '../specifications.js'
import { isCreditNoteCode } from '../syntax-names.js'
import { codes } from './codes.js'
import {
  compare,
  exact,
  exactOrZero,
  isPositive,
  isWithin,
  minus,
  percentageOf,
  plus,
  sumOf,
  times,
  type Exact,
} from './exact.js'
import { peppolIdentifierRules } from './peppol-identifiers.js'
import { nationalRules } from './national/national-rules.js'
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

export const isGerman = ({ seller, buyer }: ElectronicInvoice): boolean =>
  seller.address.country === 'DE' && buyer.address.country === 'DE'

/** The published slack of two cents. */
const slack = { digits: 3n, scale: 2 }

const amounts = together<LineLevelAmount>(
  eachDocumentAmount('allowances'),
  eachDocumentAmount('charges'),
  eachLineAmount('allowances'),
  eachLineAmount('charges'),
)

/** Whether the net amount of a line is what quantity, price, allowances and charges make of it. Multiplied out: a division would round. */
const isLineNet = ({ net, quantity, price, allowances = [], charges = [] }: InvoiceLine): boolean => {
  const base = has(price.baseQuantity) ? exact(price.baseQuantity) : { digits: 1n, scale: 0 }
  if (!isPositive(base)) return true
  const sum = (list: readonly LineLevelAmount[]): Exact => sumOf(list.map(({ amount }) => exact(amount)))
  const rest = plus(minus(exact(net), sum(charges)), sum(allowances))
  const most = times(slack, base)
  return most === undefined || isWithin(times(rest, base), times(exact(quantity), exact(price.net)), most)
}

/** Codes of exemptions that belong to one category. */
const exemptions = [
  ['P0104', 'VATEX-EU-G', 'G'],
  ['P0105', 'VATEX-EU-O', 'O'],
  ['P0106', 'VATEX-EU-IC', 'K'],
  ['P0107', 'VATEX-EU-AE', 'AE'],
  ['P0108', 'VATEX-EU-D', 'E'],
  ['P0109', 'VATEX-EU-F', 'E'],
  ['P0110', 'VATEX-EU-I', 'E'],
  ['P0111', 'VATEX-EU-J', 'E'],
] as const

/** What the process of billing (BT-23, number 01) exchanges (UNTDID 1001). */
const invoiceCodes = codes(`
  71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877
`)
const creditNoteCodes = codes('381 396 81 83 532')

const isBilling = ({ process }: ElectronicInvoice): boolean => process === peppolBillingProcess

const isCreditNote = ({ typeCode }: ElectronicInvoice): boolean => isCreditNoteCode(typeCode)

const published: readonly Rule[] = [
  rule(
    {
      id: 'PEPPOL-EN16931-R001',
      message: 'The business process is named (BT-23).',
    },
    document('process'),
    ({ process }) => has(process),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R007',
      message:
        'The business process is urn:fdc:peppol.eu:2017:poacc:billing:NN:1.0 with a number of two digits (BT-23).',
    },
    optional('process', ({ process }: ElectronicInvoice) => process),
    (process) => !has(process) || /^urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0$/.test(process),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R002',
      message: 'There is one note at most (BT-22), unless seller and buyer are in Germany.',
    },
    document('notes'),
    (invoice) => (invoice.notes ?? []).length <= 1 || isGerman(invoice),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R003',
      message: 'The reference of the buyer (BT-10) or the number of the order (BT-13) is given.',
    },
    document('buyerReference'),
    ({ buyerReference, purchaseOrderReference, salesOrderReference }) =>
      has(buyerReference) || has(purchaseOrderReference) || has(salesOrderReference),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R005',
      message: 'The currency tax is accounted in (BT-6) is another than that of the invoice.',
    },
    document('taxCurrency'),
    ({ currency, taxCurrency }) => !has(taxCurrency) || taxCurrency !== currency,
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R010',
      message: 'The buyer has an electronic address (BT-49).',
    },
    document('buyer.electronicAddress'),
    ({ buyer }) => has(buyer.electronicAddress?.id),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R020',
      message: 'The seller has an electronic address (BT-34).',
    },
    document('seller.electronicAddress'),
    ({ seller }) => has(seller.electronicAddress?.id),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R040',
      message: 'An allowance or charge that has a base and a percentage is that percentage of the base.',
    },
    amounts,
    ({ amount, base, percent }) =>
      !has(base) ||
      !has(percent) ||
      isWithin(exact(amount), percentageOf(exact(base), exact(percent)), slack),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R041',
      message: 'An allowance or charge with a percentage has a base.',
    },
    amounts,
    ({ base, percent }) => !has(percent) || has(base),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R042',
      message: 'An allowance or charge with a base has a percentage.',
    },
    amounts,
    ({ base, percent }) => !has(base) || has(percent),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R046',
      message: 'The net price of an item (BT-146) is its gross price (BT-148) less the discount (BT-147).',
    },
    eachLine('price.net'),
    ({ price }) =>
      !has(price.gross) ||
      (compare(exact(price.net), minus(exact(price.gross), exactOrZero(price.discount))) ?? 0) === 0,
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R055',
      message: 'The total tax has the same sign in both currencies (BT-110, BT-111).',
    },
    document('totals.taxInTaxCurrency'),
    ({ totals }) => {
      const product = times(exact(totals.tax), exact(totals.taxInTaxCurrency))
      return product === undefined || product.digits >= 0n
    },
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R061',
      message: 'A direct debit names the mandate (BT-89).',
    },
    optional('payment.directDebit.mandate', ({ payment }: ElectronicInvoice) => payment),
    ({ meansCode, directDebit }) => (meansCode !== '49' && meansCode !== '59') || has(directDebit?.mandate),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R110',
      message: 'The period of a line begins within that of the invoice.',
    },
    field(eachLine(), 'period.from', ({ period }: InvoiceLine) => period?.from),
    (from, { period }) => !has(period?.from) || from >= (period?.from ?? ''),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R111',
      message: 'The period of a line ends within that of the invoice.',
    },
    field(eachLine(), 'period.to', ({ period }: InvoiceLine) => period?.to),
    (to, { period }) => !has(period?.to) || to <= (period?.to ?? ''),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R120',
      message:
        'The net amount of a line is quantity times price, less allowances, plus charges, within two cents.',
    },
    eachLine('net'),
    isLineNet,
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R121',
      message: 'The quantity a price is for is above zero (BT-149).',
    },
    eachLine('price.baseQuantity'),
    ({ price }) => !has(price.baseQuantity) || isPositive(exact(price.baseQuantity)),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R130',
      message: 'The price is for the unit the line counts in (BT-150, BT-130).',
    },
    eachLine('price.baseUnit'),
    ({ price, unit }) => !has(price.baseUnit) || price.baseUnit === unit,
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-P0112',
      message: 'Partial invoices (326) and corrected invoices (384) stay within Germany.',
    },
    document('typeCode'),
    (invoice) => (invoice.typeCode !== '326' && invoice.typeCode !== '384') || isGerman(invoice),
  ),
  ...exemptions.map(([number, code, belongsTo]) =>
    rule(
      {
        id: `PEPPOL-EN16931-${number}`,
        message: `The exemption ${code} (BT-121) is of the category ${belongsTo} (BT-118).`,
      },
      eachTax('exemptionCode'),
      ({ exemptionCode = '', category }) => exemptionCode.toUpperCase() !== code || category === belongsTo,
    ),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-P0100',
      message: 'The type of an invoice is one that Peppol exchanges as an invoice (BT-3).',
    },
    document('typeCode'),
    (invoice) => !isBilling(invoice) || isCreditNote(invoice) || invoiceCodes.has(invoice.typeCode),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-P0101',
      message: 'The type of a credit note is 381, 396, 81, 83 or 532 (BT-3).',
    },
    document('typeCode'),
    (invoice) => !isBilling(invoice) || !isCreditNote(invoice) || creditNoteCodes.has(invoice.typeCode),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-CL008',
      message:
        'The scheme of an electronic address (BT-34-1, BT-49-1) is one that Peppol finds receivers by: none of letters, such as EM.',
    },
    together(
      optional('seller.electronicAddress', ({ seller }: ElectronicInvoice) => seller.electronicAddress),
      optional('buyer.electronicAddress', ({ buyer }: ElectronicInvoice) => buyer.electronicAddress),
    ),
    ({ scheme = '' }) => !/^[A-Z]{2}$/.test(scheme),
  ),
  ...peppolIdentifierRules,
  ...nationalRules,
]

/**
 * The rules of Peppol BIS Billing 3 about core fields, those of Denmark, Germany, Italy, the Netherlands, Norway and Sweden among them; those of Greece and Iceland
 * are left to the access point. They bind documents that claim it (BT-24) alone. */
export const peppolRules: readonly Rule[] = published.map((one) => ({
  ...one,
  broken: (invoice) => (isPeppol(invoice.specification) ? one.broken(invoice) : []),
}))
