/**
 * The semantic model of EN 16931-1: what an electronic invoice or credit note says, in whatever syntax it is written. Every field names its
 * business term (BT) or group (BG).
 *
 * Amounts, quantities, prices and rates are plain decimal strings (`"19.99"`), dates `2026-03-01`, codes as in the lists that the standard names.
 * A field that the type demands may be the empty string: that is how a reader says that a document lacks it, and `validateInvoice` what is
 * wrong then. Lists that are empty are absent.
 */
export interface ElectronicInvoice {
  /** BT-24: the rules the document keeps; see `specifications`. */
  readonly specification: string
  /** BT-23: the business process it belongs to. */
  readonly process?: string
  /** BT-1 */
  readonly number: string
  /** BT-2 */
  readonly issuedOn: string
  /** BT-3 (UNTDID 1001): 380 invoice, 381 credit note, 384 corrected invoice, 326 partial invoice, 386 prepayment, 389 self-billed invoice, … */
  readonly typeCode: string
  /** BT-5 (ISO 4217) */
  readonly currency: string
  /** BT-6: the currency tax is accounted in, where it is another. */
  readonly taxCurrency?: string
  /** BT-7: the day tax becomes due; never beside `taxPointCode`. */
  readonly taxPointOn?: string
  /** BT-8 (UNTDID 2005): tax becomes due with the invoice `3`, the delivery `35`, the payment `432`. */
  readonly taxPointCode?: string
  /** BT-9: of what is due in parts the first day, as the standard says. */
  readonly dueOn?: string
  /** BT-10: what the buyer routes the document by, such as a Leitweg-ID. */
  readonly buyerReference?: string
  /** BT-11 */
  readonly projectReference?: string
  /** BT-12 */
  readonly contractReference?: string
  /** BT-13: the buyer's number of the order. */
  readonly purchaseOrderReference?: string
  /** BT-14: the seller's number of the order. */
  readonly salesOrderReference?: string
  /** BT-15 */
  readonly receivingAdviceReference?: string
  /** BT-16 */
  readonly despatchAdviceReference?: string
  /** BT-17 */
  readonly tenderReference?: string
  /** BT-18, such as a meter or a telephone line, or what a credit without an invoice is about; its scheme is of UNTDID 1153. */
  readonly invoicedObject?: Identifier
  /** BT-19: the buyer's account or cost center. */
  readonly buyerAccountingReference?: string
  /** BT-20 */
  readonly paymentTerms?: string
  /** No business term: what the buyer withholds of what is due (BT-115). Written behind the payment terms (BT-20), and read back as part of them. */
  readonly withheld?: WithheldTaxes
  /** No business term: what may be kept by whoever pays early. Written behind the payment terms (BT-20), and read back as part of them. */
  readonly earlyPayment?: EarlyPaymentDiscount
  /** No business term: what is due when, the first day of which is BT-9. Written behind the payment terms (BT-20), and read back as part of them. */
  readonly instalments?: readonly DueInstalment[]
  /** BG-1 */
  readonly notes?: readonly InvoiceNote[]
  /** BG-3 */
  readonly precedingInvoices?: readonly PrecedingInvoice[]
  /** BG-4 */
  readonly seller: SellerParty
  /** BG-7 */
  readonly buyer: BuyerParty
  /** BG-10, where another than the seller is paid. */
  readonly payee?: PayeeParty
  /** BG-11 */
  readonly taxRepresentative?: TaxRepresentative
  /** BG-13 */
  readonly delivery?: DeliveryInformation
  /** BG-14 */
  readonly period?: InvoicePeriod
  /** BG-16 */
  readonly payment?: PaymentInstructions
  /** BG-20 */
  readonly allowances?: readonly DocumentLevelAmount[]
  /** BG-21 */
  readonly charges?: readonly DocumentLevelAmount[]
  /** BG-22 */
  readonly totals: InvoiceTotals
  /** BG-23, one for each category and rate. */
  readonly taxes: readonly TaxBreakdown[]
  /** BG-24 */
  readonly attachments?: readonly Attachment[]
  /** BG-25 */
  readonly lines: readonly InvoiceLine[]
}

/** What a buyer keeps back and pays to the tax office for the seller. */
export interface WithheldTaxes {
  readonly taxes: readonly {
    readonly name: string
    /** In percent. */
    readonly rate: string
    readonly base: string
    readonly amount: string
  }[]
  /** What is left to be paid of what is due. */
  readonly payable: string
}

/** A discount for early payment, and what is to be paid then. */
export interface EarlyPaymentDiscount {
  /** In percent. */
  readonly percent: string
  /** Days from the day of issue (BT-2), the last one included. */
  readonly days: number
  /** The last day on which the money may come. */
  readonly until: string
  readonly discount: string
  readonly payable: string
}

/** A part of what is to be paid, and its day. */
export interface DueInstalment {
  readonly dueOn: string
  readonly amount: string
}

/** An identifier and the scheme that makes it unique. */
export interface Identifier {
  readonly id: string
  readonly scheme?: string
}

/** BG-1 */
export interface InvoiceNote {
  /** BT-22 */
  readonly text: string
  /** BT-21 (UNTDID 4451), such as `REG`. */
  readonly subjectCode?: string
}

/** BG-3 */
export interface PrecedingInvoice {
  /** BT-25 */
  readonly number: string
  /** BT-26 */
  readonly issuedOn?: string
}

/** BG-4 */
export interface SellerParty {
  /** BT-27: the name the seller is registered under. */
  readonly name: string
  /** BT-28 */
  readonly tradingName?: string
  /** BT-29; schemes of ISO 6523. Identifiers without a scheme come first. */
  readonly ids?: readonly Identifier[]
  /** BT-30 */
  readonly legalRegistration?: Identifier
  /** BT-31: with the prefix of its country. */
  readonly vatId?: string
  /** BT-32: the number at the local tax office. */
  readonly taxRegistration?: string
  /** BT-33: legal form, capital, … */
  readonly legalInformation?: string
  /** BT-34; schemes of the EAS list. */
  readonly electronicAddress?: Identifier
  /** BG-5 */
  readonly address: PostalAddress
  /** BG-6 */
  readonly contact?: PartyContact
}

/** BG-7 */
export interface BuyerParty {
  /** BT-44 */
  readonly name: string
  /** BT-45 */
  readonly tradingName?: string
  /** BT-46 */
  readonly id?: Identifier
  /** BT-47 */
  readonly legalRegistration?: Identifier
  /** BT-48 */
  readonly vatId?: string
  /** BT-49 */
  readonly electronicAddress?: Identifier
  /** BG-8 */
  readonly address: PostalAddress
  /** BG-9 */
  readonly contact?: PartyContact
}

/** BG-10 */
export interface PayeeParty {
  /** BT-59 */
  readonly name: string
  /** BT-60 */
  readonly id?: Identifier
  /** BT-61 */
  readonly legalRegistration?: Identifier
}

/** BG-11 */
export interface TaxRepresentative {
  /** BT-62 */
  readonly name: string
  /** BT-63 */
  readonly vatId: string
  /** BG-12 */
  readonly address: PostalAddress
}

/** BG-5, BG-8, BG-12, BG-15 */
export interface PostalAddress {
  /** BT-35, BT-50, BT-64, BT-75 */
  readonly line1?: string
  /** BT-36, BT-51, BT-65, BT-76 */
  readonly line2?: string
  /** BT-162, BT-163, BT-164, BT-165 */
  readonly line3?: string
  /** BT-37, BT-52, BT-66, BT-77 */
  readonly city?: string
  /** BT-38, BT-53, BT-67, BT-78 */
  readonly postCode?: string
  /** BT-39, BT-54, BT-68, BT-79 */
  readonly subdivision?: string
  /** BT-40, BT-55, BT-69, BT-80 (ISO 3166-1 alpha-2) */
  readonly country: string
}

/** BG-6, BG-9 */
export interface PartyContact {
  /** BT-41, BT-56 */
  readonly name?: string
  /** BT-42, BT-57 */
  readonly telephone?: string
  /** BT-43, BT-58 */
  readonly email?: string
}

/** BG-13 */
export interface DeliveryInformation {
  /** BT-70 */
  readonly name?: string
  /** BT-71 */
  readonly location?: Identifier
  /** BT-72 */
  readonly deliveredOn?: string
  /** BG-15 */
  readonly address?: PostalAddress
}

/** BG-14, BG-26: at least one of both. */
export interface InvoicePeriod {
  /** BT-73, BT-134 */
  readonly from?: string
  /** BT-74, BT-135 */
  readonly to?: string
}

/** BG-16 */
export interface PaymentInstructions {
  /** BT-81 (UNTDID 4461): 30 credit transfer, 58 SEPA credit transfer, 59 SEPA direct debit, 48 card, 57 standing agreement, … */
  readonly meansCode: string
  /** BT-82 */
  readonly meansText?: string
  /** BT-83: what the payer quotes, such as an RF reference. */
  readonly remittanceInformation?: string
  /** BG-17 */
  readonly creditTransfers?: readonly CreditTransfer[]
  /** BG-18 */
  readonly card?: PaymentCard
  /** BG-19 */
  readonly directDebit?: DirectDebit
}

/** BG-17 */
export interface CreditTransfer {
  /** BT-84: IBAN or another account number. */
  readonly account: string
  /** BT-85 */
  readonly accountName?: string
  /** BT-86: BIC */
  readonly bank?: string
}

/** BG-18 */
export interface PaymentCard {
  /** BT-87: the last digits only. */
  readonly number: string
  /** BT-88 */
  readonly holder?: string
}

/** BG-19 */
export interface DirectDebit {
  /** BT-89 */
  readonly mandate?: string
  /** BT-90: the creditor's SEPA identifier. */
  readonly creditor?: string
  /** BT-91 */
  readonly debitedAccount?: string
}

/** BG-27, BG-28: an allowance or charge on a line. Amounts are zero or more: the list they stand in says which way they count. */
export interface LineLevelAmount {
  /** BT-136, BT-141 */
  readonly amount: string
  /** BT-137, BT-142 */
  readonly base?: string
  /** BT-138, BT-143, in percent */
  readonly percent?: string
  /** BT-139, BT-144 */
  readonly reason?: string
  /** BT-140 (UNTDID 5189), BT-145 (UNTDID 7161) */
  readonly reasonCode?: string
}

/** BG-20, BG-21: an allowance or charge on the document (BT-92 to BT-94, BT-97, BT-98; BT-99 to BT-101, BT-104, BT-105), and how it is taxed. */
export interface DocumentLevelAmount extends LineLevelAmount {
  /** BT-95, BT-102 */
  readonly taxCategory: string
  /** BT-96, BT-103, in percent */
  readonly taxRate?: string
}

/** BG-22 */
export interface InvoiceTotals {
  /** BT-106 */
  readonly lineNet: string
  /** BT-107 */
  readonly allowances?: string
  /** BT-108 */
  readonly charges?: string
  /** BT-109: without tax */
  readonly net: string
  /** BT-110 */
  readonly tax?: string
  /** BT-111: the tax in `taxCurrency` */
  readonly taxInTaxCurrency?: string
  /** BT-112: with tax */
  readonly gross: string
  /** BT-113 */
  readonly prepaid?: string
  /** BT-114 */
  readonly rounding?: string
  /** BT-115 */
  readonly due: string
}

/** BG-23 */
export interface TaxBreakdown {
  /** BT-116 */
  readonly taxable: string
  /** BT-117 */
  readonly tax: string
  /** BT-118 (UNTDID 5305): S, Z, E, AE, K, G, O, L, M */
  readonly category: string
  /** BT-119, in percent; absent where the category is O */
  readonly rate?: string
  /** BT-120 */
  readonly exemptionReason?: string
  /** BT-121 (VATEX) */
  readonly exemptionCode?: string
}

/** BG-24 */
export interface Attachment {
  /** BT-122 */
  readonly id: string
  /** BT-123 */
  readonly description?: string
  /** BT-124 */
  readonly location?: string
  /** BT-125 */
  readonly file?: AttachedFile
}

/** BT-125 */
export interface AttachedFile {
  /** The content as base64. */
  readonly base64: string
  /** BT-125-1: PDF, PNG, JPEG, CSV, XLSX or ODS. */
  readonly mimeCode: string
  /** BT-125-2 */
  readonly name: string
}

/** BG-25 */
export interface InvoiceLine {
  /** BT-126 */
  readonly id: string
  /** BT-127 */
  readonly note?: string
  /** BT-128; under the scheme `ON` of UNTDID 1153 the buyer's number of the order. */
  readonly invoicedObject?: Identifier
  /** BT-129 */
  readonly quantity: string
  /** BT-130 (UN/ECE Recommendation 20 and 21): C62 piece, KGM kilogram, HUR hour, … */
  readonly unit: string
  /** BT-131: after the line's allowances and charges, without tax */
  readonly net: string
  /** BT-132 */
  readonly orderLine?: string
  /** BT-133 */
  readonly buyerAccountingReference?: string
  /** BG-26 */
  readonly period?: InvoicePeriod
  /** BG-27 */
  readonly allowances?: readonly LineLevelAmount[]
  /** BG-28 */
  readonly charges?: readonly LineLevelAmount[]
  /** BG-29 */
  readonly price: LinePrice
  /** No business term: the price that was agreed, where prices contain tax. Pages show it instead of `price`; XML has no room for it. */
  readonly priceWithTax?: PriceWithTax
  /** BG-30 */
  readonly tax: LineTax
  /** BG-31 */
  readonly item: LineItem
}

/** A price that contains tax, and what was agreed to be taken off or added. */
export interface PriceWithTax {
  readonly amount: string
  /** How many units the price is for; 1 where absent. */
  readonly per?: string
  /** Discounts and charges of the line as they are said: percentages of the price, or reasons alone. */
  readonly adjustments?: readonly Pick<LineLevelAmount, 'reason' | 'percent'>[]
}

/** BG-29, without tax */
export interface LinePrice {
  /** BT-146: after the discount */
  readonly net: string
  /** BT-147; needs `gross` */
  readonly discount?: string
  /** BT-148: before the discount */
  readonly gross?: string
  /** BT-149: how many units the price is for; 1 where absent */
  readonly baseQuantity?: string
  /** BT-150; needs `baseQuantity` */
  readonly baseUnit?: string
}

/** BG-30 */
export interface LineTax {
  /** BT-151 */
  readonly category: string
  /** BT-152, in percent; absent where the category is O */
  readonly rate?: string
}

/** BG-31 */
export interface LineItem {
  /** BT-153 */
  readonly name: string
  /** BT-154 */
  readonly description?: string
  /** BT-155 */
  readonly sellerId?: string
  /** BT-156 */
  readonly buyerId?: string
  /** BT-157, such as a GTIN with the scheme `0160` */
  readonly standardId?: Identifier
  /** BT-158 */
  readonly classifications?: readonly ItemClassification[]
  /** BT-159 */
  readonly originCountry?: string
  /** BG-32 */
  readonly attributes?: readonly ItemAttribute[]
}

/** BT-158 */
export interface ItemClassification {
  readonly code: string
  /** BT-158-1 (UNTDID 7143), such as `STI` for UNSPSC or `HS` */
  readonly scheme: string
  /** BT-158-2 */
  readonly version?: string
}

/** BG-32 */
export interface ItemAttribute {
  /** BT-160 */
  readonly name: string
  /** BT-161 */
  readonly value: string
}
