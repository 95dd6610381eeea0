import { currencyDigits, type CurrencyCode } from '../../core/money/currency.js'
import { normalizeDecimal, powerOfTen, readDecimal, trimDecimal } from '../../core/money/decimal-string.js'
import { sumOfPercents } from '../../core/money/percent.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import type { TaxComponent, TaxTreatment } from '../../core/tax/tax-treatment.js'
import type { DocumentTotals, TaxTotals } from '../../core/totals/document-totals.js'
import type {
  DocumentLevelAmount,
  ElectronicInvoice,
  InvoiceLine,
  InvoiceTotals,
  TaxBreakdown,
} from './electronic-invoice.js'
import type { PrintableInvoice } from './printable-invoice.js'
import { isXRechnung } from './specifications.js'

/** What a document comes to, in minor units. */
export interface Sums extends Pick<
  DocumentTotals,
  'lineNet' | 'discounts' | 'charges' | 'net' | 'tax' | 'gross' | 'prepaid' | 'rounding' | 'due'
> {
  readonly adjustments: readonly SummedAdjustment[]
  readonly taxes: readonly Pick<TaxTotals, 'treatment' | 'base' | 'tax'>[]
}

/** A discount or charge on the whole document, under one tax treatment; `amount` is signed. */
export interface SummedAdjustment {
  readonly kind: 'discount' | 'charge'
  readonly reason: string
  readonly treatment: TaxTreatment
  readonly amount: bigint
}

export type Write = (minor: bigint) => string

/** Zeros behind the second decimal are left out: EN 16931 allows two decimals in every currency. */
export const writerOf = (currency: CurrencyCode): Write => {
  const digits = currencyDigits(currency)
  return (minor) => trimDecimal({ digits: minor, scale: digits }, Math.min(digits, 2))
}

export const cannot = (what: string): ConfigurationError =>
  new ConfigurationError(`an electronic invoice of EN 16931 cannot have ${what}`)

/** EN 16931 knows neither tax that is rounded per line nor a tax on a tax. */
export const checkTaxes = (profile: string, treatments: readonly (TaxTreatment | undefined)[]): void => {
  if (profile !== 'per_category') throw cannot('tax that is rounded per line')
  if (treatments.some((tax) => tax?.components.some(isCompound))) throw cannot('a tax on a tax')
}

/** A category without a tax has the rate zero, unless it has none at all. */
export const rateOf = <Name extends string>(
  { category, components }: TaxTreatment,
  name: Name,
): { readonly [Key in Name]?: string } =>
  (category === 'O' ? {} : { [name]: rateTogether(components) }) as { readonly [Key in Name]?: string }

/** Of a tax on a tax it is what both come to of the amount without tax. */
const rateTogether = (components: readonly TaxComponent[]): string => {
  if (!components.some(isCompound)) return sumOfPercents(components.map(({ percent }) => percent))
  const parts = components.reduce(
    (total, component) => {
      const { digits, scale } = readDecimal(component.percent)
      const whole = 100n * powerOfTen(total.scale)
      const next = {
        digits: digits * (isCompound(component) ? whole + total.digits : whole),
        scale: scale + total.scale + 2,
      }
      return { digits: total.digits * powerOfTen(next.scale - total.scale) + next.digits, scale: next.scale }
    },
    { digits: 0n, scale: 0 },
  )
  return trimDecimal(parts, 0)
}

const isCompound = ({ compound }: TaxComponent): boolean => compound === true

type Computed = 'currency' | 'totals' | 'taxes' | 'allowances' | 'charges' | 'lines'

/** A document of these amounts. Discounts and charges are written by their size, in the list of their kind. */
export const documentOf = <Header extends Pick<PrintableInvoice, 'specification'>>(
  currency: CurrencyCode,
  sums: Sums,
  header: Header,
  lines: readonly InvoiceLine[],
): Header & Pick<ElectronicInvoice, Computed> => {
  const write = writerOf(currency)
  const adjustments = (kind: SummedAdjustment['kind']): readonly DocumentLevelAmount[] =>
    sums.adjustments
      .filter((adjustment) => adjustment.kind === kind)
      .map((adjustment) => documentAmount(adjustment, write))
  const allowances = adjustments('discount')
  const charges = adjustments('charge')
  const totals: InvoiceTotals = {
    lineNet: write(sums.lineNet),
    ...(allowances.length > 0 && { allowances: write(sums.discounts) }),
    ...(charges.length > 0 && { charges: write(sums.charges) }),
    net: write(sums.net),
    tax: write(sums.tax),
    gross: write(sums.gross),
    ...(sums.prepaid !== 0n && { prepaid: write(sums.prepaid) }),
    ...(sums.rounding !== 0n && { rounding: write(sums.rounding) }),
    due: write(sums.due),
  }
  return {
    ...header,
    currency,
    ...(allowances.length > 0 && { allowances }),
    ...(charges.length > 0 && { charges }),
    totals,
    taxes: taxesOf(sums.taxes, write, isXRechnung(header.specification ?? '')),
    lines,
  }
}

const documentAmount = (
  { kind, reason, amount, treatment }: SummedAdjustment,
  write: Write,
): DocumentLevelAmount => ({
  amount: write(kind === 'discount' ? -amount : amount),
  reason,
  taxCategory: treatment.category,
  ...rateOf(treatment, 'taxRate'),
})

/**
 * The note of a line (BT-127): what else is to be said, and why it bears less tax than others or is zero rated, for which EN 16931 has no room beside
 * the tax (BR-S-10, BR-Z-10).
 */
export const noteOf = (
  tax: TaxTreatment | undefined,
  more: string | undefined,
): { readonly note?: string } => {
  const exemption = tax === undefined || givesReason(tax) ? undefined : tax.exemption
  const notes = [more, exemption].filter((text) => text !== undefined)
  return notes.length === 0 ? {} : { note: notes.join('; ') }
}

const givesReason = ({ category }: TaxTreatment): boolean => !['S', 'Z', 'L', 'M'].includes(category)

/** EN 16931 has one entry for each category and rate, whatever the taxes are called and whyever they are not due. */
const taxesOf = (taxes: Sums['taxes'], write: Write, wantsEveryRate: boolean): readonly TaxBreakdown[] => {
  const entries = new Map<
    string,
    { base: bigint; tax: bigint; treatment: TaxTreatment; reasons: Set<string> }
  >()
  for (const { treatment, base, tax } of taxes) {
    const { rate } = rateOf(treatment, 'rate')
    const key = `${treatment.category} ${rate === undefined ? '' : normalizeDecimal(rate)}`
    const entry = entries.get(key) ?? { base: 0n, tax: 0n, treatment, reasons: new Set<string>() }
    entry.base += base
    entry.tax += tax
    if (treatment.exemption !== undefined && givesReason(treatment)) entry.reasons.add(treatment.exemption)
    entries.set(key, entry)
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
