import { currencyDigits } from '../../core/money/currency.js'
import { compareDecimal, powerOfTen, readDecimal, trimDecimal } from '../../core/money/decimal-string.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import type { TaxTreatment } from '../../core/tax/tax-treatment.js'
import type { AdjustmentTotals, DocumentTotals, TaxTotals } from '../../core/totals/document-totals.js'
import { lineAmounts } from '../../core/totals/line-amounts.js'
import type { PartTotals } from '../../core/totals/part-totals.js'
import type { Adjustment, TotalsInput, TotalsLine } from '../../core/totals/totals-input.js'
import type {
  DocumentLevelAmount,
  ElectronicInvoice,
  InvoiceLine,
  InvoiceTotals,
  LineItem,
  LineLevelAmount,
  TaxBreakdown,
} from './electronic-invoice.js'
import { isXRechnung } from './specifications.js'

/** What totals do not say about a line; the rest of the line's fields as in the invoice. */
export interface LineHeader extends Omit<
  InvoiceLine,
  'quantity' | 'net' | 'price' | 'tax' | 'allowances' | 'charges' | 'item'
> {
  readonly item: LineItem
}

/** What totals do not say about an invoice: everything but amounts, and one entry for each line of the totals. */
export interface InvoiceHeader extends Omit<
  ElectronicInvoice,
  'currency' | 'totals' | 'taxes' | 'allowances' | 'charges' | 'lines'
> {
  readonly lines: readonly LineHeader[]
  /** Why there are discounts and charges, where it is more than that. */
  readonly reasons?: { readonly discount: string; readonly charge: string }
}

/**
 * The invoice whose amounts the core has computed. It keeps the arithmetic of EN 16931 by construction (BR-CO-10 to BR-CO-17, BR-S-08 and its
 * like), provided that the header has what the tax treatments demand of the parties.
 *
 * Several taxes on one line, as of state, county and city, stand as one with the sum of their rates and amounts; EN 16931 knows no more. Where a
 * currency has no decimals, their roundings may add up to a whole unit more or less than one would be, and the document breaks BR-CO-17.
 *
 * Throws `configuration` for totals that EN 16931 cannot express: prices with tax, tax rounded per line, a tax on a tax. Amounts of
 * currencies with three decimals are written with as many as they need; where that is the third, the document breaks BR-DEC rules.
 */
export const invoiceFromTotals = (
  input: TotalsInput,
  totals: DocumentTotals,
  header: InvoiceHeader,
): ElectronicInvoice => {
  checkInput(input, header)
  const write = writerOf(input)
  const lines = input.lines.map((line, index): InvoiceLine => {
    const amounts = totals.lines[index]
    const adjustments = line.adjustments ?? []
    return lineOf(line, header.lines[index], header, write, {
      quantity: line.quantity.baseUnits,
      net: amounts?.net ?? 0n,
      allowances: signedAmounts(adjustments, amounts?.adjustments ?? [], 'discount'),
      charges: signedAmounts(adjustments, amounts?.adjustments ?? [], 'charge'),
    })
  })
  return documentOf(input, totals, header, lines, {
    prepaid: totals.prepaid,
    rounding: totals.rounding,
    due: totals.due,
  })
}

/**
 * The invoice of a part, as of one of several deliveries. What the part's share of a line is less than price times quantity stands as an allowance
 * of the line, what it is more as a charge; lines of which the part has nothing are left out. `prepaid` is in minor units.
 */
export const invoiceFromPart = (
  input: TotalsInput,
  part: PartTotals,
  header: InvoiceHeader,
  prepaid = 0n,
): ElectronicInvoice => {
  checkInput(input, header)
  const write = writerOf(input)
  const lines = part.lines.flatMap(({ quantity, net }, index): readonly InvoiceLine[] => {
    const line = input.lines[index]
    if (line === undefined || (quantity === 0n && net === 0n)) return []
    const whole = { quantity: { ...line.quantity, baseUnits: quantity }, price: line.price, tax: line.tax }
    const less = lineAmounts(whole, input.currency, input.rounding).amount - net
    // One unit is what rounding of the whole leaves on a part; it is within the tolerance of a line.
    const isRounding = (line.adjustments ?? []).length === 0 && less >= -1n && less <= 1n
    return [
      lineOf(line, header.lines[index], header, write, {
        quantity,
        net,
        allowances: !isRounding && less > 0n ? [less] : [],
        charges: !isRounding && less < 0n ? [-less] : [],
      }),
    ]
  })
  return documentOf(input, part, header, lines, {
    prepaid,
    rounding: part.rounding,
    due: part.gross - prepaid + part.rounding,
  })
}

type Write = (minor: bigint) => string

/** Zeros behind the second decimal are left out: EN 16931 allows two decimals in every currency. */
const writerOf = ({ currency }: TotalsInput): Write => {
  const digits = currencyDigits(currency)
  return (minor) => trimDecimal({ digits: minor, scale: digits }, Math.min(digits, 2))
}

const checkInput = (input: TotalsInput, header: InvoiceHeader): void => {
  if (input.prices !== 'net') throw cannot('prices that contain tax')
  if (input.profile !== 'per_category') throw cannot('tax that is rounded per line')
  if (header.lines.length !== input.lines.length) throw cannot('lines without a header')
  const treatments = [
    ...input.lines.map(({ tax }) => tax),
    ...(input.adjustments ?? []).map(({ tax }) => tax),
  ]
  const isCompound = (tax: TaxTreatment | undefined): boolean =>
    (tax?.components ?? []).some(({ compound }) => compound === true)
  if (treatments.some(isCompound)) throw cannot('a tax on a tax')
}

const cannot = (what: string): ConfigurationError =>
  new ConfigurationError(`an electronic invoice of EN 16931 cannot have ${what}`)

/** Discounts or charges of a line, each as a size. A charge below zero, as on a line below zero, stays one. */
const signedAmounts = (
  adjustments: readonly Adjustment[],
  amounts: readonly bigint[],
  kind: Adjustment['kind'],
): readonly bigint[] =>
  adjustments.flatMap((adjustment, index) => {
    const amount = amounts[index] ?? 0n
    return adjustment.kind === kind ? [kind === 'discount' ? -amount : amount] : []
  })

interface LineFigures {
  readonly quantity: bigint
  readonly net: bigint
  readonly allowances: readonly bigint[]
  readonly charges: readonly bigint[]
}

const lineOf = (
  line: TotalsLine,
  own: LineHeader | undefined,
  { reasons }: InvoiceHeader,
  write: Write,
  figures: LineFigures,
): InvoiceLine => {
  if (own === undefined) throw cannot('lines without a header')
  const amounts = (list: readonly bigint[], reason: string): readonly LineLevelAmount[] =>
    list.map((amount) => ({ amount: write(amount), reason }))
  const allowances = amounts(figures.allowances, reasons?.discount ?? 'Discount')
  const charges = amounts(figures.charges, reasons?.charge ?? 'Charge')
  return {
    ...own,
    quantity: trimDecimal({ digits: figures.quantity, scale: line.quantity.digits }, 0),
    net: write(figures.net),
    ...(allowances.length > 0 && { allowances }),
    ...(charges.length > 0 && { charges }),
    price: {
      net: line.price.amount,
      ...(line.price.per !== undefined && { baseQuantity: String(line.price.per), baseUnit: own.unit }),
    },
    tax: { category: line.tax.category, ...rateOf(line.tax, 'rate') },
  }
}

/** A category without a tax has the rate zero, unless it has none at all. */
const rateOf = <Name extends string>(
  { category, components }: TaxTreatment,
  name: Name,
): { readonly [Key in Name]?: string } =>
  (category === 'O' ? {} : { [name]: sumOfPercents(components.map(({ percent }) => percent)) }) as {
    readonly [Key in Name]?: string
  }

const sumOfPercents = (percents: readonly string[]): string => {
  const [first = '0', ...others] = percents
  if (others.length === 0) return first
  const parts = percents.map(readDecimal)
  const scale = Math.max(...parts.map((part) => part.scale))
  const digits = parts.reduce((sum, part) => sum + part.digits * powerOfTen(scale - part.scale), 0n)
  return trimDecimal({ digits, scale }, 0)
}

type Sums = Pick<
  DocumentTotals,
  'lineNet' | 'discounts' | 'charges' | 'net' | 'tax' | 'gross' | 'adjustments' | 'taxes'
>

const documentOf = (
  input: TotalsInput,
  sums: Sums,
  header: InvoiceHeader,
  lines: readonly InvoiceLine[],
  payable: Pick<DocumentTotals, 'prepaid' | 'rounding' | 'due'>,
): ElectronicInvoice => {
  const write = writerOf(input)
  const { reasons, lines: _lines, ...rest } = header
  const adjustments = (kind: Adjustment['kind'], reason: string): readonly DocumentLevelAmount[] =>
    sums.adjustments
      .filter(({ index }) => input.adjustments?.[index]?.kind === kind)
      .map((one) => documentAmount(one, kind, reason, write))
  const allowances = adjustments('discount', reasons?.discount ?? 'Discount')
  const charges = adjustments('charge', reasons?.charge ?? 'Charge')
  const totals: InvoiceTotals = {
    lineNet: write(sums.lineNet),
    ...(allowances.length > 0 && { allowances: write(sums.discounts) }),
    ...(charges.length > 0 && { charges: write(sums.charges) }),
    net: write(sums.net),
    tax: write(sums.tax),
    gross: write(sums.gross),
    ...(payable.prepaid !== 0n && { prepaid: write(payable.prepaid) }),
    ...(payable.rounding !== 0n && { rounding: write(payable.rounding) }),
    due: write(payable.due),
  }
  return {
    ...rest,
    currency: input.currency,
    ...(allowances.length > 0 && { allowances }),
    ...(charges.length > 0 && { charges }),
    totals,
    taxes: taxesOf(sums.taxes, write, isXRechnung(header.specification)),
    lines,
  }
}

const documentAmount = (
  { amount, treatment }: AdjustmentTotals,
  kind: Adjustment['kind'],
  reason: string,
  write: Write,
): DocumentLevelAmount => ({
  amount: write(kind === 'discount' ? -amount : amount),
  reason,
  taxCategory: treatment.category,
  ...rateOf(treatment, 'taxRate'),
})

/** EN 16931 has one entry for each category and rate, whatever the taxes are called and whyever they are not due. */
const taxesOf = (
  taxes: readonly TaxTotals[],
  write: Write,
  wantsEveryRate: boolean,
): readonly TaxBreakdown[] => {
  const entries = new Map<
    string,
    { base: bigint; tax: bigint; treatment: TaxTreatment; reasons: Set<string> }
  >()
  for (const { treatment, base, tax } of taxes) {
    const rate = rateOf(treatment, 'rate').rate ?? ''
    const key = [...entries.keys()].find((known) => isSameRate(known, `${treatment.category} ${rate}`))
    const entry = entries.get(key ?? '') ?? { base: 0n, tax: 0n, treatment, reasons: new Set<string>() }
    entry.base += base
    entry.tax += tax
    if (treatment.exemption !== undefined) entry.reasons.add(treatment.exemption)
    entries.set(key ?? `${treatment.category} ${rate}`, entry)
  }
  return [...entries.values()].map(({ base, tax, treatment, reasons }) => ({
    taxable: write(base),
    tax: write(tax),
    category: treatment.category,
    ...rateOf(treatment, 'rate'),
    // BR-DE-14 wants a rate even where there is none.
    ...(wantsEveryRate && treatment.category === 'O' && { rate: '0' }),
    ...(reasons.size > 0 && { exemptionReason: [...reasons].join('; ') }),
  }))
}

const isSameRate = (known: string, other: string): boolean => {
  const [category, rate = ''] = known.split(' ')
  const [otherCategory, otherRate = ''] = other.split(' ')
  if (category !== otherCategory) return false
  return rate === otherRate || (rate !== '' && otherRate !== '' && compareDecimal(rate, otherRate) === 0)
}
