import { trimDecimal } from '../../../core/money/decimal-string.js'
import type {
  DocumentLevelAmount,
  ElectronicInvoice,
  InvoiceLine,
  TaxBreakdown,
} from '../electronic-invoice.js'
import { isNothing, isTaxed } from './conditions.js'
import {
  agrees,
  exact,
  exactOrZero,
  isNegative,
  isPositive,
  negative,
  plus,
  zero,
  type Exact,
} from './exact.js'
import { document, eachDocumentAmount, eachLine, eachTax } from './places.js'
import { has, preparedRule, rule, type Rule } from './rule.js'

/** What the rules of a tax category differ in. */
interface CategoryRules {
  readonly family: string
  readonly category: string
  readonly words: string
  /** How the identifiers of the parties have to be; asked only where the category occurs. */
  readonly parties: (invoice: ElectronicInvoice) => boolean
  readonly partiesWords: string
  /** Above zero, zero or more, zero, or none. */
  readonly rate: 'positive' | 'not_negative' | 'zero' | 'none'
  readonly reason: 'forbidden' | 'required'
}

const sellerIsKnown = ({ seller, taxRepresentative }: ElectronicInvoice): boolean =>
  has(seller.vatId) || has(seller.taxRegistration) || has(taxRepresentative?.vatId)

const sellerHasVat = ({ seller, taxRepresentative }: ElectronicInvoice): boolean =>
  has(seller.vatId) || has(taxRepresentative?.vatId)

const knownWords =
  'the seller has a VAT identifier (BT-31), a tax registration (BT-32), or a tax representative (BT-63)'

const families: readonly CategoryRules[] = [
  {
    family: 'S',
    category: 'S',
    words: 'standard rate',
    parties: sellerIsKnown,
    partiesWords: knownWords,
    rate: 'positive',
    reason: 'forbidden',
  },
  {
    family: 'Z',
    category: 'Z',
    words: 'zero rate',
    parties: sellerIsKnown,
    partiesWords: knownWords,
    rate: 'zero',
    reason: 'forbidden',
  },
  {
    family: 'E',
    category: 'E',
    words: 'exempt from tax',
    parties: sellerIsKnown,
    partiesWords: knownWords,
    rate: 'zero',
    reason: 'required',
  },
  {
    family: 'AE',
    category: 'AE',
    words: 'reverse charge',
    parties: (invoice) =>
      sellerIsKnown(invoice) && (has(invoice.buyer.vatId) || has(invoice.buyer.legalRegistration?.id)),
    partiesWords: `${knownWords}, and the buyer a VAT identifier (BT-48) or a legal registration (BT-47)`,
    rate: 'zero',
    reason: 'required',
  },
  {
    family: 'IC',
    category: 'K',
    words: 'intra-community supply',
    parties: (invoice) => sellerHasVat(invoice) && has(invoice.buyer.vatId),
    partiesWords: 'seller (BT-31) or tax representative (BT-63) and buyer (BT-48) have VAT identifiers',
    rate: 'zero',
    reason: 'required',
  },
  {
    family: 'G',
    category: 'G',
    words: 'export',
    parties: sellerHasVat,
    partiesWords: 'the seller (BT-31) or its tax representative (BT-63) has a VAT identifier',
    rate: 'zero',
    reason: 'required',
  },
  {
    family: 'O',
    category: 'O',
    words: 'outside the scope of tax',
    parties: ({ seller, buyer, taxRepresentative }) =>
      !has(seller.vatId) && !has(buyer.vatId) && !has(taxRepresentative?.vatId),
    partiesWords: 'no party has a VAT identifier (BT-31, BT-48, BT-63)',
    rate: 'none',
    reason: 'required',
  },
  {
    family: 'AF',
    category: 'L',
    words: 'Canary Islands tax',
    parties: sellerIsKnown,
    partiesWords: knownWords,
    rate: 'not_negative',
    reason: 'forbidden',
  },
  {
    family: 'AG',
    category: 'M',
    words: 'tax of Ceuta and Melilla',
    parties: sellerIsKnown,
    partiesWords: knownWords,
    rate: 'not_negative',
    reason: 'forbidden',
  },
]

const rateChecks: Readonly<Record<CategoryRules['rate'], (rate: string | undefined) => boolean>> = {
  positive: (rate) => isPositive(exact(rate)),
  not_negative: (rate) => has(rate) && !isNegative(exact(rate)),
  zero: (rate) => has(rate) && isNothing(rate),
  none: (rate) => !has(rate),
}

const rateWords: Readonly<Record<CategoryRules['rate'], string>> = {
  positive: 'a rate above zero',
  not_negative: 'a rate of zero or more',
  zero: 'the rate zero',
  none: 'no rate',
}

const usesOf = ({ lines, allowances = [], charges = [] }: ElectronicInvoice): readonly string[] => [
  ...lines.map(({ tax }) => tax.category),
  ...allowances.map(({ taxCategory }) => taxCategory),
  ...charges.map(({ taxCategory }) => taxCategory),
]

const rulesOf = (family: CategoryRules): readonly Rule[] => {
  const { category, words } = family
  const id = (number: string): string => `BR-${family.family}-${number}`
  const isRated = family.rate === 'positive' || family.rate === 'not_negative'
  const ofLine = (line: InvoiceLine): boolean => line.tax.category === category
  const ofAmount = (amount: DocumentLevelAmount): boolean => amount.taxCategory === category
  const ofTax = (tax: TaxBreakdown): boolean => tax.category === category
  const places = [['02', '05', 'A line', eachLine('tax'), (line: InvoiceLine) => line.tax] as const]
  const amounts = [
    ['03', '06', 'An allowance on the document', 'allowances'],
    ['04', '07', 'A charge on the document', 'charges'],
  ] as const
  return [
    rule(
      {
        id: id('01'),
        message: `Where something is under ${words} (${category}), the tax breakdown has ${
          isRated ? 'an entry' : 'exactly one entry'
        } for it, and otherwise none.`,
      },
      document('taxes'),
      (invoice) => {
        const entries = invoice.taxes.filter(ofTax).length
        if (!usesOf(invoice).includes(category)) return entries === 0
        return isRated ? entries > 0 : entries === 1
      },
    ),
    ...places.flatMap(([parties, rate, what, where, taxOf]) => [
      rule(
        {
          id: id(parties),
          message: `Where a line is under ${words}, ${family.partiesWords}.`,
        },
        where,
        (line, invoice) => !ofLine(line) || family.parties(invoice),
      ),
      rule(
        {
          id: id(rate),
          message: `${what} under ${words} has ${rateWords[family.rate]} (BT-152).`,
        },
        where,
        (line) => !ofLine(line) || rateChecks[family.rate](taxOf(line).rate),
      ),
    ]),
    ...amounts.flatMap(([parties, rate, what, list]) => [
      rule(
        {
          id: id(parties),
          message: `${what} under ${words} demands that ${family.partiesWords}.`,
        },
        eachDocumentAmount(list, 'taxCategory'),
        (amount, invoice) => !ofAmount(amount) || family.parties(invoice),
      ),
      rule(
        {
          id: id(rate),
          message: `${what} under ${words} has ${rateWords[family.rate]}.`,
        },
        eachDocumentAmount(list, 'taxRate'),
        (amount) => !ofAmount(amount) || rateChecks[family.rate](amount.taxRate),
      ),
    ]),
    preparedRule(
      {
        id: id('08'),
        message: `The taxable amount under ${words} is the sum of its lines, less its allowances, plus its charges${
          isRated ? ', of the same rate' : ''
        }.`,
      },
      eachTax('taxable'),
      (invoice) => {
        const taxableOf = taxableByRate(invoice, category, isRated)
        return (tax) =>
          !ofTax(tax) || (isRated && !has(tax.rate)) || agrees(exact(tax.taxable), taxableOf(tax.rate))
      },
    ),
    rule(
      {
        id: id('09'),
        message: isRated
          ? `The tax under ${words} is the taxable amount times the rate.`
          : `The tax under ${words} is zero.`,
      },
      eachTax('tax'),
      (tax) => !ofTax(tax) || (isRated ? isTaxed(tax.tax, tax.taxable, tax.rate) : isNothing(tax.tax)),
    ),
    rule(
      {
        id: id('10'),
        message:
          family.reason === 'required'
            ? `The entry for ${words} gives the reason for it (BT-120) or its code (BT-121).`
            : `The entry for ${words} gives no reason for an exemption (BT-120, BT-121).`,
      },
      eachTax('exemptionReason'),
      (tax) =>
        !ofTax(tax) ||
        (has(tax.exemptionReason) || has(tax.exemptionCode)) === (family.reason === 'required'),
    ),
  ]
}

/** What the lines, allowances and charges of a category come to: those of each rate, or all together where the category has no rates. */
const taxableByRate = (
  { lines, allowances = [], charges = [] }: ElectronicInvoice,
  category: string,
  isRated: boolean,
): ((rate: string | undefined) => Exact) => {
  const sums = new Map<string | undefined, Exact>()
  const sumAt = (key: string | undefined): Exact => (sums.has(key) ? sums.get(key) : zero)
  const add = (otherCategory: string, rate: string | undefined, amount: Exact): void => {
    if (otherCategory !== category) return
    const key = isRated ? rateKey(rate) : ''
    sums.set(key, plus(sumAt(key), amount))
  }
  for (const { tax, net } of lines) add(tax.category, tax.rate, exact(net))
  for (const one of allowances) add(one.taxCategory, one.taxRate, negative(exact(one.amount)))
  for (const one of charges) add(one.taxCategory, one.taxRate, exact(one.amount))
  // A rate that is no number is equal to none, not even to itself.
  sums.delete(undefined)
  return (rate) => sumAt(isRated ? rateKey(rate) : '')
}

const rateKey = (rate: string | undefined): string | undefined => {
  const value = exactOrZero(rate)
  return value && trimDecimal(value, 0)
}

const isOutside = ({ taxes }: ElectronicInvoice): boolean => taxes.some(({ category }) => category === 'O')

const isSupply = ({ taxes }: ElectronicInvoice): boolean => taxes.some(({ category }) => category === 'K')

const isSplit = (invoice: ElectronicInvoice): boolean => usesOf(invoice).includes('B')

/** The families BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF (Canary Islands), BR-AG (Ceuta and Melilla), and BR-B (Italian split payment). */
export const taxCategories: readonly Rule[] = [
  ...families.flatMap(rulesOf),
  rule(
    {
      id: 'BR-IC-11',
      message:
        'An intra-community supply has the day of delivery (BT-72) or the period of the invoice (BG-14).',
    },
    document('delivery.deliveredOn'),
    (invoice) =>
      !isSupply(invoice) ||
      has(invoice.delivery?.deliveredOn) ||
      has(invoice.period?.from) ||
      has(invoice.period?.to),
  ),
  rule(
    {
      id: 'BR-IC-12',
      message: 'An intra-community supply names the country it is delivered to (BT-80).',
    },
    document('delivery.address.country'),
    (invoice) => !isSupply(invoice) || has(invoice.delivery?.address?.country),
  ),
  rule(
    {
      id: 'BR-O-11',
      message: 'What is outside the scope of tax stands alone: no other entry in the tax breakdown.',
    },
    document('taxes'),
    (invoice) => !isOutside(invoice) || invoice.taxes.every(({ category }) => category === 'O'),
  ),
  preparedRule(
    {
      id: 'BR-O-12',
      message: 'Where the breakdown is outside the scope of tax, so is every line.',
    },
    eachLine('tax.category'),
    (invoice) => {
      const isLimited = isOutside(invoice)
      return ({ tax }) => !isLimited || tax.category === 'O'
    },
  ),
  preparedRule(
    {
      id: 'BR-O-13',
      message: 'Where the breakdown is outside the scope of tax, so is every allowance on the document.',
    },
    eachDocumentAmount('allowances', 'taxCategory'),
    (invoice) => {
      const isLimited = isOutside(invoice)
      return ({ taxCategory }) => !isLimited || taxCategory === 'O'
    },
  ),
  preparedRule(
    {
      id: 'BR-O-14',
      message: 'Where the breakdown is outside the scope of tax, so is every charge on the document.',
    },
    eachDocumentAmount('charges', 'taxCategory'),
    (invoice) => {
      const isLimited = isOutside(invoice)
      return ({ taxCategory }) => !isLimited || taxCategory === 'O'
    },
  ),
  rule(
    {
      id: 'BR-B-01',
      message: 'Split payment occurs within Italy alone.',
    },
    document('seller.address.country'),
    (invoice) =>
      !isSplit(invoice) ||
      (invoice.seller.address.country === 'IT' && invoice.buyer.address.country === 'IT'),
  ),
  rule(
    {
      id: 'BR-B-02',
      message: 'Split payment and standard rate never meet in one invoice.',
    },
    document('taxes'),
    (invoice) => !isSplit(invoice) || !usesOf(invoice).includes('S'),
  ),
]
