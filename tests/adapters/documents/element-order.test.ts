import { describe, expect, it } from 'vitest'
import { writeCii, writeUbl } from 'orderwright/documents'
import { fullCreditNote, fullInvoice } from './sample-invoices.js'

/** The names of the elements within the first element of that name, in their order, each once. */
const childrenOf = (xml: string, parent: string): readonly string[] => {
  const lines = xml.split('\n')
  const start = lines.findIndex((line) => new RegExp(`^ *<${parent}[ >]`).test(line))
  const indent = /^ */.exec(lines[start] ?? '')?.[0] ?? ''
  const end = lines.indexOf(`${indent}</${parent}>`, start)
  const names = lines
    .slice(start + 1, end)
    .flatMap((line) => new RegExp(`^${indent}  <(?:[a-z]+:)?([A-Za-z]+)`).exec(line)?.[1] ?? [])
  return names.filter((name, index) => name !== names[index - 1])
}

const orders: readonly (readonly [string, string, string, string])[] = [
  [
    'an Invoice of UBL 2.1',
    writeUbl(fullInvoice),
    'Invoice',
    'CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note TaxPointDate DocumentCurrencyCode TaxCurrencyCode AccountingCost BuyerReference InvoicePeriod OrderReference BillingReference DespatchDocumentReference ReceiptDocumentReference OriginatorDocumentReference ContractDocumentReference AdditionalDocumentReference ProjectReference AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal InvoiceLine',
  ],
  [
    'a CreditNote of UBL 2.1',
    writeUbl(fullCreditNote),
    'CreditNote',
    'CustomizationID ProfileID ID IssueDate TaxPointDate CreditNoteTypeCode Note DocumentCurrencyCode TaxCurrencyCode AccountingCost BuyerReference InvoicePeriod OrderReference BillingReference DespatchDocumentReference ReceiptDocumentReference ContractDocumentReference AdditionalDocumentReference OriginatorDocumentReference AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal CreditNoteLine',
  ],
  [
    'a line of UBL 2.1',
    writeUbl(fullInvoice),
    'cac:InvoiceLine',
    'ID Note InvoicedQuantity LineExtensionAmount AccountingCost InvoicePeriod OrderLineReference DocumentReference AllowanceCharge Item Price',
  ],
  [
    'an item of UBL 2.1',
    writeUbl(fullInvoice),
    'cac:Item',
    'Description Name BuyersItemIdentification SellersItemIdentification StandardItemIdentification OriginCountry CommodityClassification ClassifiedTaxCategory AdditionalItemProperty',
  ],
  [
    'the agreement of CII D16B',
    writeCii(fullInvoice),
    'ram:ApplicableHeaderTradeAgreement',
    'BuyerReference SellerTradeParty BuyerTradeParty SellerTaxRepresentativeTradeParty SellerOrderReferencedDocument BuyerOrderReferencedDocument ContractReferencedDocument AdditionalReferencedDocument SpecifiedProcuringProject',
  ],
  [
    'the settlement of CII D16B',
    writeCii(fullInvoice),
    'ram:ApplicableHeaderTradeSettlement',
    'PaymentReference TaxCurrencyCode InvoiceCurrencyCode PayeeTradeParty SpecifiedTradeSettlementPaymentMeans ApplicableTradeTax BillingSpecifiedPeriod SpecifiedTradeAllowanceCharge SpecifiedTradePaymentTerms SpecifiedTradeSettlementHeaderMonetarySummation InvoiceReferencedDocument ReceivableSpecifiedTradeAccountingAccount',
  ],
  [
    'the sums of CII D16B',
    writeCii(fullInvoice),
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    'LineTotalAmount ChargeTotalAmount AllowanceTotalAmount TaxBasisTotalAmount TaxTotalAmount RoundingAmount GrandTotalAmount TotalPrepaidAmount DuePayableAmount',
  ],
  [
    'the settlement of a line of CII D16B',
    writeCii(fullInvoice),
    'ram:SpecifiedLineTradeSettlement',
    'ApplicableTradeTax BillingSpecifiedPeriod SpecifiedTradeAllowanceCharge SpecifiedTradeSettlementLineMonetarySummation AdditionalReferencedDocument ReceivableSpecifiedTradeAccountingAccount',
  ],
]

describe('the order of elements', () => {
  it.each(orders)('of %s is that of its schema', (_what, xml, parent, order) => {
    expect(childrenOf(xml, parent)).toEqual(order.split(' '))
  })
})
