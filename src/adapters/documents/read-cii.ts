import type {
  Attachment,
  CreditTransfer,
  DirectDebit,
  DocumentLevelAmount,
  ElectronicInvoice,
  InvoiceLine,
  InvoicePeriod,
  LineItem,
  LineLevelAmount,
  LinePrice,
  PaymentInstructions,
  TaxBreakdown,
} from './electronic-invoice.js'
import { ciiTaxPointCodes } from './cii-amounts.js'
import {
  ciiBuyerOf,
  ciiDeliveryOf,
  ciiPayeeOf,
  ciiRepresentativeOf,
  ciiSellerOf,
} from './read-cii-parties.js'
import { isZeroText, readCompactDate, readDecimalText, readIndicator } from './read-values.js'
import { all, member, members, one, textOf, unlessEmpty, type XmlElement } from './xml-element.js'

/** What a Cross Industry Invoice says, by the binding of CEN/TS 16931-3-3. */
export const invoiceFromCii = (root: XmlElement): ElectronicInvoice => {
  const context = one(root, 'ExchangedDocumentContext')
  const document = one(root, 'ExchangedDocument')
  const transaction = one(root, 'SupplyChainTradeTransaction')
  const agreement = one(transaction, 'ApplicableHeaderTradeAgreement')
  const delivery = one(transaction, 'ApplicableHeaderTradeDelivery')
  const settlement = one(transaction, 'ApplicableHeaderTradeSettlement')
  const terms = one(settlement, 'SpecifiedTradePaymentTerms')
  const sums = one(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')
  const documents = all(agreement, 'AdditionalReferencedDocument')
  const taxes = all(settlement, 'ApplicableTradeTax')
  const currency = textOf(settlement, 'InvoiceCurrencyCode') ?? ''
  const taxCurrency = textOf(settlement, 'TaxCurrencyCode')
  const amount = (name: string): string | undefined => readDecimalText(textOf(sums, name))
  return {
    specification: textOf(context, 'GuidelineSpecifiedDocumentContextParameter', 'ID') ?? '',
    ...member('process', textOf(context, 'BusinessProcessSpecifiedDocumentContextParameter', 'ID')),
    number: textOf(document, 'ID') ?? '',
    issuedOn: dateOf(document, 'IssueDateTime') ?? '',
    typeCode: textOf(document, 'TypeCode') ?? '',
    currency,
    ...member('taxCurrency', taxCurrency),
    ...member(
      'taxPointOn',
      first(taxes, (tax) => readCompactDate(textOf(tax, 'TaxPointDate', 'DateString'))),
    ),
    ...member('taxPointCode', taxPointCodeOf(first(taxes, (tax) => textOf(tax, 'DueDateTypeCode')))),
    ...member('dueOn', dateOf(terms, 'DueDateDateTime')),
    ...member('buyerReference', textOf(agreement, 'BuyerReference')),
    ...member('projectReference', textOf(agreement, 'SpecifiedProcuringProject', 'ID')),
    ...member('contractReference', referenceOf(agreement, 'ContractReferencedDocument')),
    ...member('purchaseOrderReference', referenceOf(agreement, 'BuyerOrderReferencedDocument')),
    ...member('salesOrderReference', referenceOf(agreement, 'SellerOrderReferencedDocument')),
    ...member('receivingAdviceReference', referenceOf(delivery, 'ReceivingAdviceReferencedDocument')),
    ...member('despatchAdviceReference', referenceOf(delivery, 'DespatchAdviceReferencedDocument')),
    ...member('tenderReference', textOf(ofType(documents, '50')[0], 'IssuerAssignedID')),
    ...member('invoicedObject', objectOf(documents)),
    ...member(
      'buyerAccountingReference',
      textOf(settlement, 'ReceivableSpecifiedTradeAccountingAccount', 'ID'),
    ),
    ...member('paymentTerms', textOf(terms, 'Description')),
    ...members(
      'notes',
      all(document, 'IncludedNote').map((note) => ({
        text: textOf(note, 'Content') ?? '',
        ...member('subjectCode', textOf(note, 'SubjectCode')),
      })),
    ),
    ...members(
      'precedingInvoices',
      all(settlement, 'InvoiceReferencedDocument').map((reference) => ({
        number: textOf(reference, 'IssuerAssignedID') ?? '',
        ...member('issuedOn', dateOf(reference, 'FormattedIssueDateTime')),
      })),
    ),
    seller: ciiSellerOf(one(agreement, 'SellerTradeParty')),
    buyer: ciiBuyerOf(one(agreement, 'BuyerTradeParty')),
    ...member('payee', ciiPayeeOf(one(settlement, 'PayeeTradeParty'))),
    ...member('taxRepresentative', ciiRepresentativeOf(one(agreement, 'SellerTaxRepresentativeTradeParty'))),
    ...member(
      'delivery',
      ciiDeliveryOf(
        one(delivery, 'ShipToTradeParty'),
        dateOf(one(delivery, 'ActualDeliverySupplyChainEvent'), 'OccurrenceDateTime'),
      ),
    ),
    ...member('period', periodOf(settlement)),
    ...member('payment', paymentOf(settlement, textOf(terms, 'DirectDebitMandateID'))),
    ...members('allowances', amountsOf(settlement, 'false').map(documentAmount)),
    ...members('charges', amountsOf(settlement, 'true').map(documentAmount)),
    totals: {
      lineNet: amount('LineTotalAmount') ?? '',
      ...member('allowances', amount('AllowanceTotalAmount')),
      ...member('charges', amount('ChargeTotalAmount')),
      net: amount('TaxBasisTotalAmount') ?? '',
      ...member('tax', taxTotalIn(sums, currency)),
      ...member(
        'taxInTaxCurrency',
        taxCurrency === undefined || taxCurrency === currency ? undefined : taxTotalIn(sums, taxCurrency),
      ),
      gross: amount('GrandTotalAmount') ?? '',
      ...member('prepaid', amount('TotalPrepaidAmount')),
      ...member('rounding', amount('RoundingAmount')),
      due: amount('DuePayableAmount') ?? '',
    },
    taxes: taxes.map(taxOf),
    ...members('attachments', ofType(documents, '916').map(attachmentOf)),
    lines: all(transaction, 'IncludedSupplyChainTradeLineItem').map(lineOf),
  }
}

const first = (
  elements: readonly XmlElement[],
  read: (element: XmlElement) => string | undefined,
): string | undefined => elements.map(read).find((value) => value !== undefined)

const dateOf = (element: XmlElement | undefined, name: string): string | undefined =>
  readCompactDate(textOf(element, name, 'DateTimeString'))

const referenceOf = (element: XmlElement | undefined, name: string): string | undefined =>
  textOf(element, name, 'IssuerAssignedID')

const taxPointCodeOf = (code: string | undefined): string | undefined =>
  [...ciiTaxPointCodes].find(([, written]) => written === code)?.[0] ?? code

const ofType = (documents: readonly XmlElement[], typeCode: string): readonly XmlElement[] =>
  documents.filter((document) => textOf(document, 'TypeCode') === typeCode)

const objectOf = (documents: readonly XmlElement[]) => {
  const [object] = ofType(documents, '130')
  const id = textOf(object, 'IssuerAssignedID')
  return id === undefined ? undefined : { id, ...member('scheme', textOf(object, 'ReferenceTypeCode')) }
}

const taxTotalIn = (sums: XmlElement | undefined, currency: string): string | undefined =>
  readDecimalText(
    all(sums, 'TaxTotalAmount').find(({ attributes }) => attributes.get('currencyID') === currency)?.text,
  )

const periodOf = (element: XmlElement | undefined): InvoicePeriod | undefined => {
  const period = one(element, 'BillingSpecifiedPeriod')
  return unlessEmpty({
    ...member('from', dateOf(period, 'StartDateTime')),
    ...member('to', dateOf(period, 'EndDateTime')),
  })
}

const paymentOf = (
  settlement: XmlElement | undefined,
  mandate: string | undefined,
): PaymentInstructions | undefined => {
  const means = all(settlement, 'SpecifiedTradeSettlementPaymentMeans')
  const [leading] = means
  const remittance = textOf(settlement, 'PaymentReference')
  if (leading === undefined) return undefined
  const card = one(
    settlement,
    'SpecifiedTradeSettlementPaymentMeans',
    'ApplicableTradeSettlementFinancialCard',
  )
  const directDebit: DirectDebit | undefined = unlessEmpty({
    ...member('mandate', mandate),
    ...member('creditor', textOf(settlement, 'CreditorReferenceID')),
    ...member(
      'debitedAccount',
      first(means, (each) => textOf(each, 'PayerPartyDebtorFinancialAccount', 'IBANID')),
    ),
  })
  return {
    meansCode: textOf(leading, 'TypeCode') ?? '',
    ...member('meansText', textOf(leading, 'Information')),
    ...member('remittanceInformation', remittance),
    ...members('creditTransfers', means.flatMap(creditTransferOf)),
    ...member(
      'card',
      card === undefined
        ? undefined
        : { number: textOf(card, 'ID') ?? '', ...member('holder', textOf(card, 'CardholderName')) },
    ),
    ...member('directDebit', directDebit),
  }
}

const creditTransferOf = (means: XmlElement): readonly CreditTransfer[] => {
  const account = one(means, 'PayeePartyCreditorFinancialAccount')
  if (account === undefined) return []
  return [
    {
      account: textOf(account, 'IBANID') ?? textOf(account, 'ProprietaryID') ?? '',
      ...member('accountName', textOf(account, 'AccountName')),
      ...member('bank', textOf(means, 'PayeeSpecifiedCreditorFinancialInstitution', 'BICID')),
    },
  ]
}

const amountsOf = (element: XmlElement | undefined, isCharge: 'true' | 'false'): readonly XmlElement[] =>
  all(element, 'SpecifiedTradeAllowanceCharge').filter(
    (each) => readIndicator(textOf(each, 'ChargeIndicator', 'Indicator')) === isCharge,
  )

const lineAmount = (element: XmlElement): LineLevelAmount => ({
  amount: readDecimalText(textOf(element, 'ActualAmount')) ?? '',
  ...member('base', readDecimalText(textOf(element, 'BasisAmount'))),
  ...member('percent', readDecimalText(textOf(element, 'CalculationPercent'))),
  ...member('reason', textOf(element, 'Reason')),
  ...member('reasonCode', textOf(element, 'ReasonCode')),
})

const documentAmount = (element: XmlElement): DocumentLevelAmount => ({
  ...lineAmount(element),
  taxCategory: textOf(element, 'CategoryTradeTax', 'CategoryCode') ?? '',
  ...member('taxRate', readDecimalText(textOf(element, 'CategoryTradeTax', 'RateApplicablePercent'))),
})

const taxOf = (element: XmlElement): TaxBreakdown => ({
  taxable: readDecimalText(textOf(element, 'BasisAmount')) ?? '',
  tax: readDecimalText(textOf(element, 'CalculatedAmount')) ?? '',
  category: textOf(element, 'CategoryCode') ?? '',
  ...member('rate', readDecimalText(textOf(element, 'RateApplicablePercent'))),
  ...member('exemptionReason', textOf(element, 'ExemptionReason')),
  ...member('exemptionCode', textOf(element, 'ExemptionReasonCode')),
})

const attachmentOf = (element: XmlElement): Attachment => {
  const file = one(element, 'AttachmentBinaryObject')
  return {
    id: textOf(element, 'IssuerAssignedID') ?? '',
    ...member('description', textOf(element, 'Name')),
    ...member('location', textOf(element, 'URIID')),
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
  const document = one(element, 'AssociatedDocumentLineDocument')
  const agreement = one(element, 'SpecifiedLineTradeAgreement')
  const settlement = one(element, 'SpecifiedLineTradeSettlement')
  const quantity = one(element, 'SpecifiedLineTradeDelivery', 'BilledQuantity')
  const net = textOf(settlement, 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount')
  return {
    id: textOf(document, 'LineID') ?? '',
    ...member('note', textOf(document, 'IncludedNote', 'Content')),
    ...member('invoicedObject', objectOf(all(settlement, 'AdditionalReferencedDocument'))),
    quantity: readDecimalText(quantity?.text) ?? '',
    unit: quantity?.attributes.get('unitCode') ?? '',
    net: readDecimalText(net) ?? '',
    ...member('orderLine', textOf(agreement, 'BuyerOrderReferencedDocument', 'LineID')),
    ...member(
      'buyerAccountingReference',
      textOf(settlement, 'ReceivableSpecifiedTradeAccountingAccount', 'ID'),
    ),
    ...member('period', periodOf(settlement)),
    ...members('allowances', amountsOf(settlement, 'false').map(lineAmount)),
    ...members('charges', amountsOf(settlement, 'true').map(lineAmount)),
    price: priceOf(agreement),
    tax: {
      category: textOf(settlement, 'ApplicableTradeTax', 'CategoryCode') ?? '',
      ...member('rate', readDecimalText(textOf(settlement, 'ApplicableTradeTax', 'RateApplicablePercent'))),
    },
    item: itemOf(one(element, 'SpecifiedTradeProduct')),
  }
}

const priceOf = (agreement: XmlElement | undefined): LinePrice => {
  const net = one(agreement, 'NetPriceProductTradePrice')
  const gross = one(agreement, 'GrossPriceProductTradePrice')
  const base = one(net, 'BasisQuantity') ?? one(gross, 'BasisQuantity')
  const discount = readDecimalText(textOf(gross, 'AppliedTradeAllowanceCharge', 'ActualAmount'))
  return {
    net: readDecimalText(textOf(net, 'ChargeAmount')) ?? '',
    ...member('discount', isZeroText(discount) ? undefined : discount),
    ...member('gross', readDecimalText(textOf(gross, 'ChargeAmount'))),
    ...member('baseQuantity', readDecimalText(base?.text)),
    ...member('baseUnit', base?.attributes.get('unitCode')),
  }
}

const itemOf = (element: XmlElement | undefined): LineItem => {
  const standardId = one(element, 'GlobalID')
  return {
    name: textOf(element, 'Name') ?? '',
    ...member('description', textOf(element, 'Description')),
    ...member('sellerId', textOf(element, 'SellerAssignedID')),
    ...member('buyerId', textOf(element, 'BuyerAssignedID')),
    ...member(
      'standardId',
      standardId === undefined
        ? undefined
        : { id: standardId.text, ...member('scheme', standardId.attributes.get('schemeID')) },
    ),
    ...members(
      'classifications',
      all(element, 'DesignatedProductClassification', 'ClassCode').map(({ text, attributes }) => ({
        code: text,
        scheme: attributes.get('listID') ?? '',
        ...member('version', attributes.get('listVersionID')),
      })),
    ),
    ...member('originCountry', textOf(element, 'OriginTradeCountry', 'ID')),
    ...members(
      'attributes',
      all(element, 'ApplicableProductCharacteristic').map((property) => ({
        name: textOf(property, 'Description') ?? '',
        value: textOf(property, 'Value') ?? '',
      })),
    ),
  }
}
