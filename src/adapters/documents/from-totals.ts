import { currencyDigits } from '../../core/money/currency.js'
import { trimDecimal } from '../../core/money/decimal-string.js'
import type { DocumentTotals } from '../../core/totals/document-totals.js'
import { lineAmounts } from '../../core/totals/line-amounts.js'
import type { PartTotals } from '../../core/totals/part-totals.js'
import type { Adjustment, TotalsInput, TotalsLine } from '../../core/totals/totals-input.js'
import {
  cannot,
  checkTaxes,
  documentOf,
  noteOf,
  rateOf,
  writerOf,
  type Sums,
  type Write,
} from './document-amounts.js'
import type { ElectronicInvoice, InvoiceLine, LineItem, LineLevelAmount } from './electronic-invoice.js'

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
  const write = writerOf(input.currency)
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
  return calculated(input, totals, header, lines)
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
  const write = writerOf(input.currency)
  const lines = part.lines.flatMap(({ quantity, net }, index): readonly InvoiceLine[] => {
    const line = input.lines[index]
    if (line === undefined || (quantity === 0n && net === 0n)) return []
    const whole = { quantity: { ...line.quantity, baseUnits: quantity }, price: line.price, tax: line.tax }
    const less = lineAmounts(whole, currencyDigits(input.currency), input.rounding).amount - net
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
  const due = part.gross - prepaid + part.rounding
  return calculated(input, { ...part, prepaid, due }, header, lines)
}

const checkInput = (input: TotalsInput, header: InvoiceHeader): void => {
  if (input.prices !== 'net') throw cannot('prices that contain tax')
  if (header.lines.length !== input.lines.length) throw cannot('lines without a header')
  checkTaxes(
    input.profile,
    [...input.lines, ...(input.adjustments ?? [])].map(({ tax }) => tax),
  )
}

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
  const allowances = amounts(figures.allowances, reasons?.discount ?? usualReasons.discount)
  const charges = amounts(figures.charges, reasons?.charge ?? usualReasons.charge)
  return {
    ...own,
    ...noteOf(line.tax, own.note),
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

const calculated = (
  input: TotalsInput,
  sums: Omit<Sums, 'adjustments'> & Pick<DocumentTotals, 'adjustments'>,
  { reasons, lines: _lines, ...header }: InvoiceHeader,
  lines: readonly InvoiceLine[],
): ElectronicInvoice => {
  const adjustments = sums.adjustments.flatMap(({ index, amount, treatment }) => {
    const kind = input.adjustments?.[index]?.kind
    if (kind === undefined) return []
    const reason = (kind === 'discount' ? reasons?.discount : reasons?.charge) ?? usualReasons[kind]
    return [{ kind, reason, amount, treatment }]
  })
  return documentOf(input.currency, { ...sums, adjustments }, header, lines)
}

const usualReasons = { discount: 'Discount', charge: 'Charge' } as const
