export type {
  AttachedFile,
  Attachment,
  BuyerParty,
  CreditTransfer,
  DeliveryInformation,
  DirectDebit,
  DocumentLevelAmount,
  DueInstalment,
  EarlyPaymentDiscount,
  ElectronicInvoice,
  Identifier,
  InvoiceLine,
  InvoiceNote,
  InvoicePeriod,
  InvoiceTotals,
  ItemAttribute,
  ItemClassification,
  LineItem,
  LineLevelAmount,
  LinePrice,
  LineTax,
  PartyContact,
  PayeeParty,
  PaymentCard,
  PaymentInstructions,
  PostalAddress,
  PrecedingInvoice,
  SellerParty,
  TaxBreakdown,
  TaxRepresentative,
} from './electronic-invoice.js'
export { peppolBillingProcess, specifications } from './specifications.js'
export { writeUbl } from './write-ubl.js'
export { writeCii } from './write-cii.js'
export { DocumentInvalid } from './document-invalid.js'
export type { WriteOptions } from './document-invalid.js'
export { readInvoice } from './read-invoice.js'
export type { InvoiceSyntax, ReadInvoice } from './read-invoice.js'
export { UnreadableDocument } from './unreadable-document.js'
export type { UnreadableDocumentCode } from './unreadable-document.js'
export { invoiceRules, validateInvoice } from './validate.js'
export type { Finding } from './validate.js'
export type { Rule, RuleFlag } from './rules/rule.js'
export { invoiceFromPart, invoiceFromTotals } from './from-totals.js'
export type { InvoiceHeader, LineHeader } from './from-totals.js'
export {
  creditNoteFromRecord,
  invoiceFromRecord,
  printableCreditNoteFromRecord,
  printableInvoiceFromRecord,
  proformaFromRecord,
} from './from-record.js'
export type {
  DrawnProforma,
  EarlierInvoice,
  IssuedCreditNote,
  IssuedHeader,
  IssuedInvoice,
  IssuedLine,
  PageHeader,
} from './issued-document.js'
export { epcQrText } from './epc-qr.js'
export type { EpcTransfer } from './epc-qr.js'
export { isRfReference, rfReference } from './rf-reference.js'
export { isIban } from './iban.js'
export { invoiceHtml } from './invoice-html.js'
export { documentLanguages } from './printed/words.js'
export type { DocumentLanguage } from './printed/words.js'
export type { PrintableInvoice, PrintedTax } from './printable-invoice.js'
export type { PrintOptions } from './printed/printed-invoice.js'
