import { ciiAllowanceCharge, ciiMonetarySummation, ciiTaxes } from './cii-amounts.js'
import { ciiLine } from './cii-line.js'
import { ciiBuyer, ciiPayee, ciiSeller, ciiShipTo, ciiTaxRepresentative } from './cii-parties.js'
import { ciiNotes } from './cii-notes.js'
import { ciiPaymentMeans, ciiPaymentTerms } from './cii-payment.js'
import { ciiDate, ciiFormattedDate, ciiPeriod, ciiReference } from './cii-references.js'
import { checkedInvoice, type WriteOptions } from './document-invalid.js'
import type { ElectronicInvoice } from './electronic-invoice.js'
import type { DocumentLanguage } from './printed/words.js'
import { ciiNamespace } from './syntax-names.js'
import { group, printXml, text, type XmlNode } from './xml-node.js'

/**
 * Writes the UN/CEFACT Cross Industry Invoice as CEN/TS 16931-3-3 binds EN 16931 to it; invoices and credit notes differ in their type code alone.
 * Elements stand in the order of the D16B schema, which D22B keeps. Throws `document_invalid`, with the findings, for a document that breaks a
 * fatal rule, unless `{ draft: true }` asks for it all the same. The schema has room for one preceding invoice (BG-3): any others are named in a note.
 */
export const writeCii = (invoice: ElectronicInvoice, options: WriteOptions = {}): string => {
  const checked = checkedInvoice(invoice, options)
  const root = group(
    'rsm:CrossIndustryInvoice',
    group(
      'rsm:ExchangedDocumentContext',
      group('ram:BusinessProcessSpecifiedDocumentContextParameter', text('ram:ID', checked.process)),
      group('ram:GuidelineSpecifiedDocumentContextParameter', text('ram:ID', checked.specification)),
    ),
    exchangedDocument(checked, options.language),
    group(
      'rsm:SupplyChainTradeTransaction',
      checked.lines.map(ciiLine),
      agreement(checked),
      delivery(checked),
      settlement(checked, options.language),
    ),
  )
  return printXml(root ?? { name: 'rsm:CrossIndustryInvoice', attributes: [], content: '' }, {
    'xmlns:rsm': ciiNamespace,
    'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
    'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
    'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  })
}

const exchangedDocument = (invoice: ElectronicInvoice, language: DocumentLanguage | undefined) => {
  const { number, typeCode, issuedOn } = invoice
  return group(
    'rsm:ExchangedDocument',
    text('ram:ID', number),
    text('ram:TypeCode', typeCode),
    ciiDate('ram:IssueDateTime', issuedOn),
    ciiNotes(invoice, language).map((note) =>
      group('ram:IncludedNote', text('ram:Content', note.text), text('ram:SubjectCode', note.subjectCode)),
    ),
  )
}

const agreement = (invoice: ElectronicInvoice): XmlNode | undefined =>
  group(
    'ram:ApplicableHeaderTradeAgreement',
    text('ram:BuyerReference', invoice.buyerReference),
    ciiSeller(invoice.seller),
    ciiBuyer(invoice.buyer),
    ciiTaxRepresentative(invoice.taxRepresentative),
    ciiReference('ram:SellerOrderReferencedDocument', invoice.salesOrderReference),
    ciiReference('ram:BuyerOrderReferencedDocument', invoice.purchaseOrderReference),
    ciiReference('ram:ContractReferencedDocument', invoice.contractReference),
    (invoice.attachments ?? []).map((attachment) =>
      group(
        'ram:AdditionalReferencedDocument',
        text('ram:IssuerAssignedID', attachment.id),
        text('ram:URIID', attachment.location),
        text('ram:TypeCode', '916'),
        text('ram:Name', attachment.description),
        text('ram:AttachmentBinaryObject', attachment.file?.base64, {
          mimeCode: attachment.file?.mimeCode,
          filename: attachment.file?.name,
        }),
      ),
    ),
    ciiReference('ram:AdditionalReferencedDocument', invoice.tenderReference, '50'),
    ciiReference(
      'ram:AdditionalReferencedDocument',
      invoice.invoicedObject?.id,
      '130',
      invoice.invoicedObject?.scheme,
    ),
    invoice.projectReference === undefined
      ? undefined
      : group(
          'ram:SpecifiedProcuringProject',
          text('ram:ID', invoice.projectReference),
          // The schema demands a name; this is the one CEN/TS 16931-3-3 gives.
          text('ram:Name', 'Project reference'),
        ),
  )

/** The element is mandatory, even where there is nothing to say. */
const delivery = (invoice: ElectronicInvoice): XmlNode =>
  group(
    'ram:ApplicableHeaderTradeDelivery',
    ciiShipTo(invoice.delivery),
    group(
      'ram:ActualDeliverySupplyChainEvent',
      ciiDate('ram:OccurrenceDateTime', invoice.delivery?.deliveredOn),
    ),
    ciiReference('ram:DespatchAdviceReferencedDocument', invoice.despatchAdviceReference),
    ciiReference('ram:ReceivingAdviceReferencedDocument', invoice.receivingAdviceReference),
  ) ?? { name: 'ram:ApplicableHeaderTradeDelivery', attributes: [], content: [] }

const settlement = (
  invoice: ElectronicInvoice,
  language: DocumentLanguage | undefined,
): XmlNode | undefined =>
  group(
    'ram:ApplicableHeaderTradeSettlement',
    text('ram:CreditorReferenceID', invoice.payment?.directDebit?.creditor),
    text('ram:PaymentReference', invoice.payment?.remittanceInformation),
    text('ram:TaxCurrencyCode', invoice.taxCurrency),
    text('ram:InvoiceCurrencyCode', invoice.currency),
    ciiPayee(invoice.payee),
    ciiPaymentMeans(invoice.payment),
    ciiTaxes(invoice),
    ciiPeriod(invoice.period),
    (invoice.allowances ?? []).map((allowance) => ciiAllowanceCharge('false', allowance)),
    (invoice.charges ?? []).map((charge) => ciiAllowanceCharge('true', charge)),
    ciiPaymentTerms(invoice, language),
    ciiMonetarySummation(invoice),
    // The schema has room for one; the others are notes.
    (invoice.precedingInvoices ?? [])
      .slice(0, 1)
      .map((preceding) =>
        group(
          'ram:InvoiceReferencedDocument',
          text('ram:IssuerAssignedID', preceding.number),
          ciiFormattedDate('ram:FormattedIssueDateTime', preceding.issuedOn),
        ),
      ),
    group('ram:ReceivableSpecifiedTradeAccountingAccount', text('ram:ID', invoice.buyerAccountingReference)),
  )
