import { ISO_4217 } from '../../../core/money/iso-4217.js'
import type { Attachment, ElectronicInvoice, Identifier, InvoiceLine } from '../electronic-invoice.js'
import { allowanceReasonCodes, chargeReasonCodes, exemptionCodes, taxCategoryCodes } from './amount-codes.js'
import {
  classificationSchemeCodes,
  documentTypeCodes,
  mimeCodes,
  noteSubjectCodes,
  paymentMeansCodes,
} from './document-codes.js'
import { objectSchemeCodes } from './object-scheme-codes.js'
import { countryCodes, electronicAddressCodes, identifierSchemeCodes } from './party-codes.js'
import {
  document,
  each,
  eachDocumentAmount,
  eachLine,
  eachLineAmount,
  eachTax,
  field,
  inEachLine,
  together,
} from './places.js'
import { rule, type Rule, type Where } from './rule.js'
import { unitCodes } from './unit-codes.js'

type Find = (invoice: ElectronicInvoice) => string | undefined

const of = (path: string, find: Find): Where<string> => field(document(''), path, find)

const schemes = (
  ...finds: readonly (readonly [string, (invoice: ElectronicInvoice) => Identifier | undefined])[]
) => together(...finds.map(([path, find]) => of(`${path}.scheme`, (invoice) => find(invoice)?.scheme)))

/** The texts of a code list that an invoice may have; empty ones are missing, which other rules name. */
interface CodeList {
  readonly id: string
  readonly message: string
  readonly where: Where<string>
  readonly has: (code: string, invoice: ElectronicInvoice) => boolean
}

/** A currency that was in use when the invoice was issued, or is now. */
const isCurrency = (code: string, { issuedOn }: ElectronicInvoice): boolean =>
  code === 'CNH' ||
  ISO_4217.some((entry) => entry.code === code && (entry.validTo === undefined || entry.validTo >= issuedOn))

const inList =
  (list: ReadonlySet<string>) =>
  (code: string): boolean =>
    list.has(code)

const taxPointCodes = new Set(['3', '35', '432'])

const lists: readonly CodeList[] = [
  {
    id: 'BR-CL-01',
    message: 'The type code (BT-3) is one of an invoice or credit note in UNTDID 1001.',
    where: of('typeCode', ({ typeCode }) => typeCode),
    has: inList(documentTypeCodes),
  },
  {
    id: 'BR-CL-04',
    message: 'The currency (BT-5) is one of ISO 4217.',
    where: of('currency', ({ currency }) => currency),
    has: isCurrency,
  },
  {
    id: 'BR-CL-05',
    message: 'The currency tax is accounted in (BT-6) is one of ISO 4217.',
    where: of('taxCurrency', ({ taxCurrency }) => taxCurrency),
    has: isCurrency,
  },
  {
    id: 'BR-CL-06',
    message: 'The code of the day tax becomes due (BT-8) is 3, 35 or 432.',
    where: of('taxPointCode', ({ taxPointCode }) => taxPointCode),
    has: inList(taxPointCodes),
  },
  {
    id: 'BR-CL-07',
    message: 'The scheme of an invoiced object (BT-18-1, BT-128-1) is one of UNTDID 1153.',
    where: together(
      schemes(['invoicedObject', ({ invoicedObject }) => invoicedObject]),
      field(eachLine(), 'invoicedObject.scheme', ({ invoicedObject }: InvoiceLine) => invoicedObject?.scheme),
    ),
    has: inList(objectSchemeCodes),
  },
  {
    id: 'BR-CL-08',
    message: 'The subject of a note (BT-21) is one of UNTDID 4451.',
    where: field(
      each('notes', ({ notes }: ElectronicInvoice) => notes),
      'subjectCode',
      ({ subjectCode }) => subjectCode,
    ),
    has: inList(noteSubjectCodes),
  },
  {
    id: 'BR-CL-10',
    message: 'The scheme of a party’s identifier (BT-29-1, BT-46-1, BT-60-1) is one of ISO/IEC 6523.',
    where: together(
      field(
        each('seller.ids', ({ seller }: ElectronicInvoice) => seller.ids),
        'scheme',
        ({ scheme }) => scheme,
      ),
      schemes(['buyer.id', ({ buyer }) => buyer.id], ['payee.id', ({ payee }) => payee?.id]),
    ),
    has: inList(identifierSchemeCodes),
  },
  {
    id: 'BR-CL-11',
    message: 'The scheme of a legal registration (BT-30-1, BT-47-1, BT-61-1) is one of ISO/IEC 6523.',
    where: schemes(
      ['seller.legalRegistration', ({ seller }) => seller.legalRegistration],
      ['buyer.legalRegistration', ({ buyer }) => buyer.legalRegistration],
      ['payee.legalRegistration', ({ payee }) => payee?.legalRegistration],
    ),
    has: inList(identifierSchemeCodes),
  },
  {
    id: 'BR-CL-13',
    message: 'The scheme an item is classified by (BT-158-1) is one of UNTDID 7143.',
    where: field(
      inEachLine('item.classifications', ({ item }: InvoiceLine) => item.classifications),
      'scheme',
      ({ scheme }) => scheme,
    ),
    has: inList(classificationSchemeCodes),
  },
  {
    id: 'BR-CL-14',
    message: 'A country (BT-40, BT-55, BT-69, BT-80) is one of ISO 3166-1.',
    where: together(
      of('seller.address.country', ({ seller }) => seller.address.country),
      of('buyer.address.country', ({ buyer }) => buyer.address.country),
      of('taxRepresentative.address.country', (invoice) => invoice.taxRepresentative?.address.country),
      of('delivery.address.country', ({ delivery }) => delivery?.address?.country),
    ),
    has: inList(countryCodes),
  },
  {
    id: 'BR-CL-15',
    message: 'The country an item comes from (BT-159) is one of ISO 3166-1.',
    where: field(eachLine(), 'item.originCountry', ({ item }: InvoiceLine) => item.originCountry),
    has: inList(countryCodes),
  },
  {
    id: 'BR-CL-16',
    message: 'The means of payment (BT-81) are one of UNTDID 4461.',
    where: of('payment.meansCode', ({ payment }) => payment?.meansCode),
    has: inList(paymentMeansCodes),
  },
  {
    id: 'BR-CL-17',
    message:
      'The tax category of the breakdown, an allowance or a charge (BT-118, BT-95, BT-102) is one of UNTDID 5305.',
    where: together(
      field(eachTax(), 'category', ({ category }) => category),
      field(eachDocumentAmount('allowances'), 'taxCategory', ({ taxCategory }) => taxCategory),
      field(eachDocumentAmount('charges'), 'taxCategory', ({ taxCategory }) => taxCategory),
    ),
    has: inList(taxCategoryCodes),
  },
  {
    id: 'BR-CL-18',
    message: 'The tax category of a line (BT-151) is one of UNTDID 5305.',
    where: field(eachLine(), 'tax.category', ({ tax }: InvoiceLine) => tax.category),
    has: inList(taxCategoryCodes),
  },
  {
    id: 'BR-CL-19',
    message: 'The reason code of an allowance (BT-98, BT-140) is one of UNTDID 5189.',
    where: together(
      field(eachDocumentAmount('allowances'), 'reasonCode', ({ reasonCode }) => reasonCode),
      field(eachLineAmount('allowances'), 'reasonCode', ({ reasonCode }) => reasonCode),
    ),
    has: inList(allowanceReasonCodes),
  },
  {
    id: 'BR-CL-20',
    message: 'The reason code of a charge (BT-105, BT-145) is one of UNTDID 7161.',
    where: together(
      field(eachDocumentAmount('charges'), 'reasonCode', ({ reasonCode }) => reasonCode),
      field(eachLineAmount('charges'), 'reasonCode', ({ reasonCode }) => reasonCode),
    ),
    has: inList(chargeReasonCodes),
  },
  {
    id: 'BR-CL-21',
    message: 'The scheme of an item’s standard identifier (BT-157-1) is one of ISO/IEC 6523.',
    where: field(eachLine(), 'item.standardId.scheme', ({ item }: InvoiceLine) => item.standardId?.scheme),
    has: inList(identifierSchemeCodes),
  },
  {
    id: 'BR-CL-22',
    message: 'The code of an exemption (BT-121) is one of the VATEX list.',
    where: field(eachTax(), 'exemptionCode', ({ exemptionCode }) => exemptionCode),
    has: (code) => exemptionCodes.has(code.toUpperCase()),
  },
  {
    id: 'BR-CL-23',
    message: 'A unit (BT-130, BT-150) is one of UN/ECE Recommendation 20 or 21.',
    where: together(
      field(eachLine(), 'unit', ({ unit }: InvoiceLine) => unit),
      field(eachLine(), 'price.baseUnit', ({ price }: InvoiceLine) => price.baseUnit),
    ),
    has: inList(unitCodes),
  },
  {
    id: 'BR-CL-24',
    message: 'An attached file is PDF, PNG, JPEG, CSV, XLSX or ODS (BT-125-1).',
    where: field(
      each('attachments', ({ attachments }: ElectronicInvoice) => attachments),
      'file.mimeCode',
      ({ file }: Attachment) => file?.mimeCode,
    ),
    has: inList(mimeCodes),
  },
  {
    id: 'BR-CL-25',
    message: 'The scheme of an electronic address (BT-34-1, BT-49-1) is one of the EAS list.',
    where: schemes(
      ['seller.electronicAddress', ({ seller }) => seller.electronicAddress],
      ['buyer.electronicAddress', ({ buyer }) => buyer.electronicAddress],
    ),
    has: inList(electronicAddressCodes),
  },
  {
    id: 'BR-CL-26',
    message: 'The scheme of the place of delivery (BT-71-1) is one of ISO/IEC 6523.',
    where: schemes(['delivery.location', ({ delivery }) => delivery?.location]),
    has: inList(identifierSchemeCodes),
  },
]

/** BR-CL-1 to BR-CL-26: codes are of the lists the standard names. */
export const codeLists: readonly Rule[] = lists.map(({ id, message, where, has }) =>
  rule({ id, message }, where, (code, invoice) => code === '' || has(code, invoice)),
)
