import type { ElectronicInvoice } from './electronic-invoice.js'
import { checkedInvoice, type WriteOptions } from './document-invalid.js'
import { writtenTerms } from './payment-terms.js'
import type { DocumentLanguage } from './printed/words.js'
import { isCreditNoteCode, ublCreditNoteNamespace, ublInvoiceNamespace } from './syntax-names.js'
import { ublAllowanceCharge, ublTaxTotal, type UblMoney } from './ubl-amounts.js'
import { ublLine } from './ubl-line.js'
import { ublBuyer, ublDelivery, ublPayee, ublSeller, ublTaxRepresentative } from './ubl-parties.js'
import { ublPaymentMeans } from './ubl-payment.js'
import { ublAttachment, ublDocumentReference, ublPeriod } from './ubl-references.js'
import { group, printXml, text, type XmlNode } from './xml-node.js'

/**
 * Writes UBL 2.1 as CEN/TS 16931-3-2 binds EN 16931 to it: an Invoice, or a CreditNote where the type code (BT-3) is one of a credit note.
 * Elements stand in the order of the schemas. Throws `document_invalid`, with the findings, for a document that breaks a fatal rule, unless
 * `{ draft: true }` asks for it all the same.
 */
export const writeUbl = (invoice: ElectronicInvoice, options: WriteOptions = {}): string => {
  const checked = checkedInvoice(invoice, options)
  const { language } = options
  return isCreditNoteCode(checked.typeCode)
    ? writeCreditNote(checked, language)
    : writeInvoice(checked, language)
}

const writeInvoice = (invoice: ElectronicInvoice, language: DocumentLanguage | undefined): string => {
  const money = amountsIn(invoice)
  return print('Invoice', ublInvoiceNamespace, [
    text('cbc:CustomizationID', invoice.specification),
    text('cbc:ProfileID', invoice.process),
    text('cbc:ID', invoice.number),
    text('cbc:IssueDate', invoice.issuedOn),
    text('cbc:DueDate', invoice.dueOn),
    text('cbc:InvoiceTypeCode', invoice.typeCode),
    ...notes(invoice),
    text('cbc:TaxPointDate', invoice.taxPointOn),
    ...header(invoice),
    group('cac:OriginatorDocumentReference', text('cbc:ID', invoice.tenderReference)),
    group('cac:ContractDocumentReference', text('cbc:ID', invoice.contractReference)),
    ...additionalDocuments(invoice),
    group('cac:ProjectReference', text('cbc:ID', invoice.projectReference)),
    ...parties(invoice),
    ...ublPaymentMeans(invoice.payment, undefined),
    group('cac:PaymentTerms', text('cbc:Note', writtenTerms(invoice, language))),
    ...allowancesAndCharges(invoice, money),
    ...amounts(invoice, money),
    ...invoice.lines.map((line) =>
      ublLine({ line: 'cac:InvoiceLine', quantity: 'cbc:InvoicedQuantity' }, line, money),
    ),
  ])
}

const writeCreditNote = (invoice: ElectronicInvoice, language: DocumentLanguage | undefined): string => {
  const money = amountsIn(invoice)
  return print('CreditNote', ublCreditNoteNamespace, [
    text('cbc:CustomizationID', invoice.specification),
    text('cbc:ProfileID', invoice.process),
    text('cbc:ID', invoice.number),
    text('cbc:IssueDate', invoice.issuedOn),
    text('cbc:TaxPointDate', invoice.taxPointOn),
    text('cbc:CreditNoteTypeCode', invoice.typeCode),
    ...notes(invoice),
    ...header(invoice),
    group('cac:ContractDocumentReference', text('cbc:ID', invoice.contractReference)),
    ...additionalDocuments(invoice),
    // A UBL credit note has no element for the project.
    ublDocumentReference('cac:AdditionalDocumentReference', invoice.projectReference, '50'),
    group('cac:OriginatorDocumentReference', text('cbc:ID', invoice.tenderReference)),
    ...parties(invoice),
    ...ublPaymentMeans(invoice.payment, invoice.dueOn),
    group('cac:PaymentTerms', text('cbc:Note', writtenTerms(invoice, language))),
    ...allowancesAndCharges(invoice, money),
    ...amounts(invoice, money),
    ...invoice.lines.map((line) =>
      ublLine({ line: 'cac:CreditNoteLine', quantity: 'cbc:CreditedQuantity' }, line, money),
    ),
  ])
}

const print = (root: string, namespace: string, content: readonly (XmlNode | undefined)[]): string =>
  printXml(group(root, ...content) ?? { name: root, attributes: [], content: '' }, {
    xmlns: namespace,
    'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
    'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  })

const amountsIn =
  ({ currency }: ElectronicInvoice): UblMoney =>
  (name, amount) =>
    text(name, amount, { currencyID: currency })

/** UBL has no element for the subject of a note: CEN/TS 16931-3-2 puts it in front, between number signs. */
const notes = ({ notes: all = [] }: ElectronicInvoice): readonly (XmlNode | undefined)[] =>
  all.map((note) =>
    text('cbc:Note', note.subjectCode === undefined ? note.text : `#${note.subjectCode}#${note.text}`),
  )

/** What stands in both documents between the notes and the references to tender, contract and others. */
const header = (invoice: ElectronicInvoice): readonly (XmlNode | undefined)[] => [
  text('cbc:DocumentCurrencyCode', invoice.currency),
  text('cbc:TaxCurrencyCode', invoice.taxCurrency),
  text('cbc:AccountingCost', invoice.buyerAccountingReference),
  text('cbc:BuyerReference', invoice.buyerReference),
  ublPeriod(invoice.period, invoice.taxPointCode),
  group(
    'cac:OrderReference',
    // The element is mandatory where only the seller's number is known; Peppol BIS 3 names the text.
    text(
      'cbc:ID',
      invoice.purchaseOrderReference ?? (invoice.salesOrderReference === undefined ? undefined : 'NA'),
    ),
    text('cbc:SalesOrderID', invoice.salesOrderReference),
  ),
  ...(invoice.precedingInvoices ?? []).map((preceding) =>
    group(
      'cac:BillingReference',
      group(
        'cac:InvoiceDocumentReference',
        text('cbc:ID', preceding.number),
        text('cbc:IssueDate', preceding.issuedOn),
      ),
    ),
  ),
  group('cac:DespatchDocumentReference', text('cbc:ID', invoice.despatchAdviceReference)),
  group('cac:ReceiptDocumentReference', text('cbc:ID', invoice.receivingAdviceReference)),
]

const additionalDocuments = ({
  invoicedObject,
  attachments = [],
}: ElectronicInvoice): readonly (XmlNode | undefined)[] => [
  ublDocumentReference('cac:AdditionalDocumentReference', invoicedObject?.id, '130', invoicedObject?.scheme),
  ...attachments.map(ublAttachment),
]

const parties = ({
  seller,
  buyer,
  payee,
  taxRepresentative,
  delivery,
  payment,
}: ElectronicInvoice): readonly (XmlNode | undefined)[] => {
  const creditor = payment?.directDebit?.creditor
  return [
    ublSeller(seller, payee === undefined ? creditor : undefined),
    ublBuyer(buyer),
    ublPayee(payee, creditor),
    ublTaxRepresentative(taxRepresentative),
    ublDelivery(delivery),
  ]
}

const allowancesAndCharges = (
  { allowances = [], charges = [] }: ElectronicInvoice,
  money: UblMoney,
): readonly (XmlNode | undefined)[] => [
  ...allowances.map((allowance) => ublAllowanceCharge('false', allowance, money)),
  ...charges.map((charge) => ublAllowanceCharge('true', charge, money)),
]

const amounts = (invoice: ElectronicInvoice, money: UblMoney): readonly (XmlNode | undefined)[] => {
  const { totals } = invoice
  return [
    ...ublTaxTotal(invoice, money),
    group(
      'cac:LegalMonetaryTotal',
      money('cbc:LineExtensionAmount', totals.lineNet),
      money('cbc:TaxExclusiveAmount', totals.net),
      money('cbc:TaxInclusiveAmount', totals.gross),
      money('cbc:AllowanceTotalAmount', totals.allowances),
      money('cbc:ChargeTotalAmount', totals.charges),
      money('cbc:PrepaidAmount', totals.prepaid),
      money('cbc:PayableRoundingAmount', totals.rounding),
      money('cbc:PayableAmount', totals.due),
    ),
  ]
}
