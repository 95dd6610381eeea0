import type {
  Attachment,
  CreditTransfer,
  DirectDebit,
  DocumentLevelAmount,
  ElectronicInvoice,
  InvoiceLine,
  InvoiceNote,
  InvoicePeriod,
  LineItem,
  LineLevelAmount,
  LinePrice,
  PaymentInstructions,
  TaxBreakdown,
} from './electronic-invoice.js'
import { isZeroText, readDecimalText, readIndicator } from './read-values.js'
import {
  ublBuyerOf,
  ublDeliveryOf,
  ublIdentifierOf,
  ublPayeeOf,
  ublRepresentativeOf,
  ublSellerOf,
} from './read-ubl-parties.js'
import { noMeans } from './ubl-payment.js'
import { all, member, members, one, textOf, unlessEmpty, type XmlElement } from './xml-element.js'

/** What a UBL Invoice or CreditNote says, by the binding of CEN/TS 16931-3-2. */
export const invoiceFromUbl = (root: XmlElement): ElectronicInvoice => {
  const isCreditNote = root.name === 'CreditNote'
  const period = one(root, 'InvoicePeriod')
  const order = one(root, 'OrderReference')
  const salesOrder = textOf(order, 'SalesOrderID')
  const purchaseOrder = textOf(order, 'ID')
  const documents = all(root, 'AdditionalDocumentReference')
  const amount = (name: string, from: XmlElement | undefined = one(root, 'LegalMonetaryTotal')) =>
    readDecimalText(textOf(from, name))
  const currency = textOf(root, 'DocumentCurrencyCode') ?? ''
  const taxCurrency = textOf(root, 'TaxCurrencyCode')
  return {
    specification: textOf(root, 'CustomizationID') ?? '',
    ...member('process', textOf(root, 'ProfileID')),
    number: textOf(root, 'ID') ?? '',
    issuedOn: textOf(root, 'IssueDate') ?? '',
    typeCode: textOf(root, isCreditNote ? 'CreditNoteTypeCode' : 'InvoiceTypeCode') ?? '',
    currency,
    ...member('taxCurrency', taxCurrency),
    ...member('taxPointOn', textOf(root, 'TaxPointDate')),
    ...member('taxPointCode', textOf(period, 'DescriptionCode')),
    ...member('dueOn', textOf(root, 'DueDate') ?? textOf(root, 'PaymentMeans', 'PaymentDueDate')),
    ...member('buyerReference', textOf(root, 'BuyerReference')),
    ...member(
      'projectReference',
      textOf(root, 'ProjectReference', 'ID') ?? textOf(ofType(documents, '50')[0], 'ID'),
    ),
    ...member('contractReference', textOf(root, 'ContractDocumentReference', 'ID')),
    ...member(
      'purchaseOrderReference',
      purchaseOrder === 'NA' && salesOrder !== undefined ? undefined : purchaseOrder,
    ),
    ...member('salesOrderReference', salesOrder),
    ...member('receivingAdviceReference', textOf(root, 'ReceiptDocumentReference', 'ID')),
    ...member('despatchAdviceReference', textOf(root, 'DespatchDocumentReference', 'ID')),
    ...member('tenderReference', textOf(root, 'OriginatorDocumentReference', 'ID')),
    ...member('invoicedObject', ublIdentifierOf(one(ofType(documents, '130')[0], 'ID'))),
    ...member('buyerAccountingReference', textOf(root, 'AccountingCost')),
    ...member('paymentTerms', textOf(root, 'PaymentTerms', 'Note')),
    ...members('notes', all(root, 'Note').map(noteOf)),
    ...members(
      'precedingInvoices',
      all(root, 'BillingReference', 'InvoiceDocumentReference').map((reference) => ({
        number: textOf(reference, 'ID') ?? '',
        ...member('issuedOn', textOf(reference, 'IssueDate')),
      })),
    ),
    seller: ublSellerOf(one(root, 'AccountingSupplierParty', 'Party')),
    buyer: ublBuyerOf(one(root, 'AccountingCustomerParty', 'Party')),
    ...member('payee', ublPayeeOf(one(root, 'PayeeParty'))),
    ...member('taxRepresentative', ublRepresentativeOf(one(root, 'TaxRepresentativeParty'))),
    ...member('delivery', ublDeliveryOf(one(root, 'Delivery'))),
    ...member('period', periodOf(period)),
    ...member('payment', paymentOf(root, isCreditNote)),
    ...members('allowances', amountsOf(root, 'false').map(documentAmount)),
    ...members('charges', amountsOf(root, 'true').map(documentAmount)),
    totals: {
      lineNet: amount('LineExtensionAmount') ?? '',
      ...member('allowances', amount('AllowanceTotalAmount')),
      ...member('charges', amount('ChargeTotalAmount')),
      net: amount('TaxExclusiveAmount') ?? '',
      ...member('tax', amount('TaxAmount', taxTotalIn(root, currency))),
      ...member(
        'taxInTaxCurrency',
        taxCurrency === undefined || taxCurrency === currency
          ? undefined
          : amount('TaxAmount', taxTotalIn(root, taxCurrency)),
      ),
      gross: amount('TaxInclusiveAmount') ?? '',
      ...member('prepaid', amount('PrepaidAmount')),
      ...member('rounding', amount('PayableRoundingAmount')),
      due: amount('PayableAmount') ?? '',
    },
    taxes: all(root, 'TaxTotal', 'TaxSubtotal').map(taxOf),
    ...members(
      'attachments',
      documents
        .filter((document) => !isOfType(document, '130') && !isOfType(document, '50'))
        .map(attachmentOf),
    ),
    lines: all(root, isCreditNote ? 'CreditNoteLine' : 'InvoiceLine').map(lineOf),
  }
}

const taxTotalIn = (root: XmlElement, currency: string): XmlElement | undefined =>
  all(root, 'TaxTotal').find((total) => one(total, 'TaxAmount')?.attributes.get('currencyID') === currency)

const isOfType = (document: XmlElement, typeCode: string): boolean =>
  textOf(document, 'DocumentTypeCode') === typeCode

const ofType = (documents: readonly XmlElement[], typeCode: string): readonly XmlElement[] =>
  documents.filter((document) => isOfType(document, typeCode))

const noteOf = ({ text }: XmlElement): InvoiceNote => {
  const coded = /^#([A-Z]{3})#([^]*)$/.exec(text)
  return coded === null ? { text } : { text: coded[2] ?? '', ...member('subjectCode', coded[1]) }
}

const periodOf = (element: XmlElement | undefined): InvoicePeriod | undefined =>
  unlessEmpty({
    ...member('from', textOf(element, 'StartDate')),
    ...member('to', textOf(element, 'EndDate')),
  })

const paymentOf = (root: XmlElement, isCreditNote: boolean): PaymentInstructions | undefined => {
  const means = all(root, 'PaymentMeans')
  const [first] = means
  if (first === undefined) return undefined
  const meansCode = textOf(first, 'PaymentMeansCode') ?? ''
  if (isCreditNote && meansCode === noMeans && first.children.length === 2 && one(first, 'PaymentDueDate')) {
    return undefined
  }
  const mandates = means.flatMap((each) => all(each, 'PaymentMandate'))
  const card = one(root, 'PaymentMeans', 'CardAccount')
  const creditor = creditorOf(root)
  const directDebit: DirectDebit | undefined = unlessEmpty({
    ...member('mandate', textOf(mandates[0], 'ID')),
    ...member('creditor', creditor),
    ...member('debitedAccount', textOf(mandates[0], 'PayerFinancialAccount', 'ID')),
  })
  return {
    meansCode,
    ...member('meansText', one(first, 'PaymentMeansCode')?.attributes.get('name')),
    ...member('remittanceInformation', textOf(first, 'PaymentID')),
    ...members('creditTransfers', all(root, 'PaymentMeans', 'PayeeFinancialAccount').map(creditTransferOf)),
    ...member(
      'card',
      card === undefined
        ? undefined
        : {
            number: textOf(card, 'PrimaryAccountNumberID') ?? '',
            ...member('holder', textOf(card, 'HolderName')),
          },
    ),
    ...member('directDebit', directDebit),
  }
}

/** BT-90 stands among the identifiers of the payee or else the seller. */
const creditorOf = (root: XmlElement): string | undefined =>
  [
    ...all(root, 'PayeeParty', 'PartyIdentification', 'ID'),
    ...all(root, 'AccountingSupplierParty', 'Party', 'PartyIdentification', 'ID'),
  ].find(({ attributes }) => attributes.get('schemeID') === 'SEPA')?.text

const creditTransferOf = (account: XmlElement): CreditTransfer => ({
  account: textOf(account, 'ID') ?? '',
  ...member('accountName', textOf(account, 'Name')),
  ...member('bank', textOf(account, 'FinancialInstitutionBranch', 'ID')),
})

const amountsOf = (element: XmlElement, isCharge: 'true' | 'false'): readonly XmlElement[] =>
  all(element, 'AllowanceCharge').filter(
    (each) => readIndicator(textOf(each, 'ChargeIndicator')) === isCharge,
  )

const lineAmount = (element: XmlElement): LineLevelAmount => ({
  amount: readDecimalText(textOf(element, 'Amount')) ?? '',
  ...member('base', readDecimalText(textOf(element, 'BaseAmount'))),
  ...member('percent', readDecimalText(textOf(element, 'MultiplierFactorNumeric'))),
  ...member('reason', textOf(element, 'AllowanceChargeReason')),
  ...member('reasonCode', textOf(element, 'AllowanceChargeReasonCode')),
})

const documentAmount = (element: XmlElement): DocumentLevelAmount => ({
  ...lineAmount(element),
  taxCategory: textOf(element, 'TaxCategory', 'ID') ?? '',
  ...member('taxRate', readDecimalText(textOf(element, 'TaxCategory', 'Percent'))),
})

const taxOf = (element: XmlElement): TaxBreakdown => ({
  taxable: readDecimalText(textOf(element, 'TaxableAmount')) ?? '',
  tax: readDecimalText(textOf(element, 'TaxAmount')) ?? '',
  category: textOf(element, 'TaxCategory', 'ID') ?? '',
  ...member('rate', readDecimalText(textOf(element, 'TaxCategory', 'Percent'))),
  ...member('exemptionReason', textOf(element, 'TaxCategory', 'TaxExemptionReason')),
  ...member('exemptionCode', textOf(element, 'TaxCategory', 'TaxExemptionReasonCode')),
})

const attachmentOf = (element: XmlElement): Attachment => {
  const file = one(element, 'Attachment', 'EmbeddedDocumentBinaryObject')
  return {
    id: textOf(element, 'ID') ?? '',
    ...member('description', textOf(element, 'DocumentDescription')),
    ...member('location', textOf(element, 'Attachment', 'ExternalReference', 'URI')),
    ...member(
      'file',
      file === undefined
        ? undefined
        : {
            base64: file.text,
            mimeCode: file.attributes.get('mimeCode') ?? '',
            name: file.attributes.get('filename') ?? '',
          },
    ),
  }
}

const lineOf = (element: XmlElement): InvoiceLine => {
  const quantity = one(element, 'InvoicedQuantity') ?? one(element, 'CreditedQuantity')
  return {
    id: textOf(element, 'ID') ?? '',
    ...member('note', textOf(element, 'Note')),
    ...member('invoicedObject', ublIdentifierOf(one(element, 'DocumentReference', 'ID'))),
    quantity: readDecimalText(quantity?.text) ?? '',
    unit: quantity?.attributes.get('unitCode') ?? '',
    net: readDecimalText(textOf(element, 'LineExtensionAmount')) ?? '',
    ...member('orderLine', textOf(element, 'OrderLineReference', 'LineID')),
    ...member('buyerAccountingReference', textOf(element, 'AccountingCost')),
    ...member('period', periodOf(one(element, 'InvoicePeriod'))),
    ...members('allowances', amountsOf(element, 'false').map(lineAmount)),
    ...members('charges', amountsOf(element, 'true').map(lineAmount)),
    price: priceOf(one(element, 'Price')),
    tax: {
      category: textOf(element, 'Item', 'ClassifiedTaxCategory', 'ID') ?? '',
      ...member('rate', readDecimalText(textOf(element, 'Item', 'ClassifiedTaxCategory', 'Percent'))),
    },
    item: itemOf(one(element, 'Item')),
  }
}

const priceOf = (element: XmlElement | undefined): LinePrice => {
  const base = one(element, 'BaseQuantity')
  const discount = readDecimalText(textOf(element, 'AllowanceCharge', 'Amount'))
  return {
    net: readDecimalText(textOf(element, 'PriceAmount')) ?? '',
    ...member('discount', isZeroText(discount) ? undefined : discount),
    ...member('gross', readDecimalText(textOf(element, 'AllowanceCharge', 'BaseAmount'))),
    ...member('baseQuantity', readDecimalText(base?.text)),
    ...member('baseUnit', base?.attributes.get('unitCode')),
  }
}

const itemOf = (element: XmlElement | undefined): LineItem => ({
  name: textOf(element, 'Name') ?? '',
  ...member('description', textOf(element, 'Description')),
  ...member('sellerId', textOf(element, 'SellersItemIdentification', 'ID')),
  ...member('buyerId', textOf(element, 'BuyersItemIdentification', 'ID')),
  ...member('standardId', ublIdentifierOf(one(element, 'StandardItemIdentification', 'ID'))),
  ...members(
    'classifications',
    all(element, 'CommodityClassification', 'ItemClassificationCode').map(({ text, attributes }) => ({
      code: text,
      scheme: attributes.get('listID') ?? '',
      ...member('version', attributes.get('listVersionID')),
    })),
  ),
  ...member('originCountry', textOf(element, 'OriginCountry', 'IdentificationCode')),
  ...members(
    'attributes',
    all(element, 'AdditionalItemProperty').map((property) => ({
      name: textOf(property, 'Name') ?? '',
      value: textOf(property, 'Value') ?? '',
    })),
  ),
})
