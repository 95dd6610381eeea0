import type {
  DocumentLevelAmount,
  InvoiceLine,
  InvoicePeriod,
  LineLevelAmount,
} from '../electronic-invoice.js'
import type { PrintableInvoice, PrintedTax } from '../printable-invoice.js'
import { formatAmount, formatDate, formatMoney, formatNumber, formatPercent } from './formats.js'
import { fact, type Fact } from './fact.js'
import { buyersOrder, proformaCode } from '../syntax-names.js'
import { earlyPaymentSentence, instalmentSentences } from './payment-sentences.js'
import { partyLines, sellerFacts, senderLine } from './printed-parties.js'
import { paymentFacts } from './printed-payment.js'
import { documentTitle } from './titles.js'
import { words, type DocumentLanguage, type Words } from './words.js'

/** How a document is printed. */
export interface PrintOptions {
  readonly language: DocumentLanguage
  /** Instead of the title that the type of the document (BT-3) gives, as for a final invoice, which EN 16931 has no code for. */
  readonly title?: string
  /** Instead of the breakdown by category and rate, as where state, county and city each levy a tax of their own. */
  readonly taxes?: readonly PrintedTax[]
}

/** A document as people read it: every text in its language, ready to be laid out. What a document lacks is an empty list. */
export interface PrintedInvoice {
  readonly title: string
  readonly seller: {
    readonly name: string
    readonly lines: readonly string[]
    readonly facts: readonly Fact[]
    /** In one line, for the window of an envelope. */
    readonly sender: string
  }
  readonly buyer: { readonly name: string; readonly lines: readonly string[] }
  readonly facts: readonly Fact[]
  readonly columns: LineColumns
  readonly lines: readonly PrintedLine[]
  readonly totals: readonly (Fact & { readonly isStrong: boolean })[]
  readonly taxColumns: readonly [kind: string, taxable: string, tax: string]
  readonly taxes: readonly (readonly [kind: string, taxable: string, tax: string])[]
  readonly payment: {
    readonly title: string
    readonly terms: readonly string[]
    readonly facts: readonly Fact[]
  }
  readonly notes: readonly string[]
  readonly words: Words
}

/** Everything of a line but its details, as words or as values. */
export interface LineColumns {
  readonly position: string
  readonly name: string
  readonly quantity: string
  readonly unitPrice: string
  readonly rate: string
  readonly amount: string
}

export interface PrintedLine extends LineColumns {
  readonly details: readonly string[]
}

export const printedInvoice = (invoice: PrintableInvoice, options: PrintOptions): PrintedInvoice => {
  const { language } = options
  const own = words[language]
  return {
    title: `${options.title ?? documentTitle(invoice.typeCode, own)} ${invoice.number}`.trim(),
    seller: {
      name: invoice.seller.name,
      lines: partyLines(invoice.seller, invoice.buyer.address.country, language),
      facts: sellerFacts(invoice.seller, own),
      sender: senderLine(invoice.seller),
    },
    buyer: {
      name: invoice.buyer.name,
      lines: partyLines(invoice.buyer, invoice.seller.address.country, language),
    },
    facts: headerFacts(invoice, own, language),
    columns: {
      position: '#',
      name: own.item,
      quantity: own.quantity,
      unitPrice: pricesContainTax(invoice) ? own.unitPriceWithTax : own.unitPrice,
      rate: own.rate,
      // Beside a price that contains tax, the amount says that it does not.
      amount: `${pricesContainTax(invoice) ? own.amountWithoutTax : own.amount} ${invoice.currency}`,
    },
    lines: invoice.lines.map((line) => printedLine(line, invoice, language)),
    totals: printedTotals(invoice, own, language),
    taxColumns: [own.tax, own.taxable, `${own.amount} ${invoice.currency}`],
    taxes: printedTaxes(invoice, options, own),
    payment: {
      title: own.payment,
      terms: printedTerms(invoice, language),
      facts: paymentFacts(invoice, own),
    },
    notes: [
      ...(invoice.typeCode === proformaCode ? [own.noInvoice] : []),
      ...invoice.taxes.flatMap(({ exemptionReason }) => paragraphs(exemptionReason)),
      ...(invoice.notes ?? []).flatMap(({ text }) => paragraphs(text)),
    ],
    words: own,
  }
}

const paragraphs = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '')

const printedTerms = (invoice: PrintableInvoice, language: DocumentLanguage): readonly string[] => {
  const money = (amount: string): string => formatMoney(amount, invoice.currency, language)
  return [
    ...paragraphs(invoice.paymentTerms),
    ...instalmentSentences(invoice, language, money),
    ...(invoice.earlyPayment === undefined
      ? []
      : [earlyPaymentSentence(invoice.earlyPayment, language, money)]),
  ]
}

const headerFacts = (invoice: PrintableInvoice, own: Words, language: DocumentLanguage): readonly Fact[] => [
  ...fact(own.number, invoice.number),
  ...fact(own.issuedOn, formatDate(invoice.issuedOn, language)),
  ...fact(own.deliveredOn, dateOf(invoice.delivery?.deliveredOn, language)),
  ...fact(own.period, periodOf(invoice.period, language)),
  ...fact(own.dueOn, dueOf(invoice, language)),
  ...(invoice.precedingInvoices ?? []).flatMap(({ number, issuedOn }) =>
    fact(own.correctsInvoice, [number, dateOf(issuedOn, language)].filter(Boolean).join(', ')),
  ),
  ...fact(own.order, invoice.purchaseOrderReference),
  ...fact(own.ourOrder, invoice.salesOrderReference),
  ...fact(own.reference, invoice.buyerReference),
  ...fact(own.subject, invoice.invoicedObject?.id),
  ...fact(own.project, invoice.projectReference),
  ...fact(own.contract, invoice.contractReference),
  ...fact(own.customer, invoice.buyer.id?.id),
  ...fact(own.yourTaxId, invoice.buyer.vatId),
  ...fact(
    own.deliveredTo,
    invoice.delivery?.address === undefined
      ? invoice.delivery?.name
      : [
          invoice.delivery.name,
          ...partyLines({ address: invoice.delivery.address }, invoice.seller.address.country, language),
        ]
          .filter(Boolean)
          .join(', '),
  ),
]

const dateOf = (date: string | undefined, language: DocumentLanguage): string | undefined =>
  date === undefined ? undefined : formatDate(date, language)

const periodOf = (period: InvoicePeriod | undefined, language: DocumentLanguage): string | undefined =>
  period === undefined
    ? undefined
    : [dateOf(period.from, language), dateOf(period.to, language)].filter(Boolean).join(' – ')

/** From the first day to the last one where it is due in parts. */
const dueOf = ({ dueOn, instalments }: PrintableInvoice, language: DocumentLanguage): string | undefined => {
  const last = instalments?.at(-1)
  return last === undefined || last.dueOn === dueOn
    ? dateOf(dueOn, language)
    : periodOf({ ...(dueOn !== undefined && { from: dueOn }), to: last.dueOn }, language)
}

const printedLine = (
  line: InvoiceLine,
  invoice: PrintableInvoice,
  language: DocumentLanguage,
): PrintedLine => {
  const own = words[language]
  const unit = own.units[line.unit] ?? line.unit
  const { item } = line
  const adjustment = (label: string, sign: string, one: LineLevelAmount): string =>
    [
      `${one.reason ?? label}${one.percent === undefined ? '' : ` ${formatPercent(one.percent, language)}`}: `,
      formatAmount(`${sign}${one.amount}`, invoice.currency, language),
    ].join('')
  return {
    position: line.id,
    name: item.name,
    details: [
      ...paragraphs(item.description),
      ...(item.sellerId === undefined ? [] : [item.sellerId]),
      ...(item.attributes ?? []).map(({ name, value }) => `${name}: ${value}`),
      ...paragraphs(periodOf(line.period, language)),
      ...paragraphs(line.note),
      ...(line.invoicedObject?.scheme === buyersOrder ? [`${own.order}: ${line.invoicedObject.id}`] : []),
      ...(line.priceWithTax?.adjustments ?? []).map(({ reason, percent }) =>
        [reason, percent === undefined ? '' : formatPercent(percent, language)].filter(Boolean).join(' '),
      ),
      ...(line.allowances ?? []).map((one) => adjustment(own.discount, '-', one)),
      ...(line.charges ?? []).map((one) => adjustment(own.charge, '', one)),
    ],
    quantity: `${formatNumber(line.quantity, language)}\u00a0${unit}`,
    unitPrice: unitPriceOf(line, invoice, language),
    rate:
      line.tax.rate === undefined ? line.tax.category : rateOf(line.tax.category, line.tax.rate, language),
    amount: formatAmount(line.net, invoice.currency, language),
  }
}

const pricesContainTax = ({ lines }: PrintableInvoice): boolean =>
  lines.some(({ priceWithTax }) => priceWithTax !== undefined)

/** Where prices contain tax, a correction has no price of a unit: what it comes to stands beside it, without tax. */
const unitPriceOf = (line: InvoiceLine, invoice: PrintableInvoice, language: DocumentLanguage): string => {
  if (line.priceWithTax === undefined && pricesContainTax(invoice)) return ''
  const { price, priceWithTax } = line
  const { amount, per = '1' } = priceWithTax ?? { amount: price.net, per: price.baseQuantity }
  const base = per === '1' ? '' : ` / ${formatNumber(per, language)}`
  return formatAmount(amount, invoice.currency, language) + base
}

/** A rate of zero says nothing about why: then it is the code of the category, which the tax table explains. */
const rateOf = (category: string, rate: string, language: DocumentLanguage): string =>
  ['S', 'Z', 'L', 'M'].includes(category) ? formatPercent(rate, language) : category

const printedTotals = (
  invoice: PrintableInvoice,
  own: Words,
  language: DocumentLanguage,
): PrintedInvoice['totals'] => {
  const { totals, currency } = invoice
  const money = (amount: string): string => formatMoney(amount, currency, language)
  const row = (label: string, amount: string | undefined, isStrong = false): PrintedInvoice['totals'] =>
    fact(label, amount).map(({ value }) => ({ label, value: money(value), isStrong }))
  const isOneRate = invoice.taxes.length < 2
  const labelWithTax = (one: DocumentLevelAmount, label: string): string =>
    isOneRate || one.taxRate === undefined
      ? labelOf(one, label, language)
      : `${labelOf(one, label, language)} (${own.tax} ${rateOf(one.taxCategory, one.taxRate, language)})`
  const adjusted = [
    ...(invoice.allowances ?? []).flatMap((one) => row(labelWithTax(one, own.discount), `-${one.amount}`)),
    ...(invoice.charges ?? []).flatMap((one) => row(labelWithTax(one, own.charge), one.amount)),
  ]
  const { withheld } = invoice
  const isSettledOtherwise =
    totals.prepaid !== undefined || totals.rounding !== undefined || withheld !== undefined
  return [
    ...(adjusted.length > 0 ? row(own.subtotal, totals.lineNet) : []),
    ...adjusted,
    ...row(own.net, totals.net),
    ...row(own.tax, totals.tax),
    ...(invoice.taxCurrency === undefined || totals.taxInTaxCurrency === undefined
      ? []
      : [
          {
            label: `${own.tax} (${invoice.taxCurrency})`,
            value: formatMoney(totals.taxInTaxCurrency, invoice.taxCurrency, language),
            isStrong: false,
          },
        ]),
    ...row(own.gross, totals.gross, !isSettledOtherwise && totals.due === totals.gross),
    ...row(own.prepaid, totals.prepaid === undefined ? undefined : negated(totals.prepaid)),
    ...row(own.rounding, totals.rounding),
    ...(isSettledOtherwise || totals.due !== totals.gross
      ? row(own.due, totals.due, withheld === undefined)
      : []),
    ...(withheld?.taxes ?? []).flatMap(({ name, rate, base, amount }) =>
      row(
        `${own.withheld}: ${name} ${formatPercent(rate, language)} (${formatAmount(base, currency, language)})`,
        negated(amount),
      ),
    ),
    ...row(own.payable, withheld?.payable, true),
  ]
}

const negated = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`)

const labelOf = (one: LineLevelAmount, label: string, language: DocumentLanguage): string =>
  `${one.reason ?? label}${one.percent === undefined ? '' : ` ${formatPercent(one.percent, language)}`}`

const printedTaxes = (
  invoice: PrintableInvoice,
  { language, taxes = invoice.taxesByName }: PrintOptions,
  own: Words,
): PrintedInvoice['taxes'] => {
  const amount = (text: string): string => formatAmount(text, invoice.currency, language)
  if (taxes !== undefined) {
    return taxes.map(({ name, rate, taxable, tax }) => [
      rate === undefined ? name : `${name} ${formatPercent(rate, language)}`,
      amount(taxable),
      amount(tax),
    ])
  }
  return invoice.taxes.map(({ category, rate, taxable, tax }) => {
    const kind = own.categories[category] ?? category
    const isRated = rate !== undefined && ['S', 'L', 'M', 'Z'].includes(category)
    return [
      isRated ? `${own.tax} ${formatPercent(rate, language)}` : `${kind} (${category})`,
      amount(taxable),
      amount(tax),
    ]
  })
}
