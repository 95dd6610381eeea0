import type { PlanContext } from '../command.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import type { CurrencyCode } from '../money/currency.js'
import { fromMinor } from '../money/money.js'
import type { OrderContentInput } from '../orders/order-input.js'
import type { OrderContent } from '../orders/order-content.js'
import { personalDataKind, type PostalAddress } from '../parties/personal-data.js'
import type { Work } from '../plan.js'
import type { PricedLine } from '../pricing/price-lines.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { buyerTaxesKind } from '../tax/buyer-taxes.js'
import { looksLikeFraction } from '../tax/looks-like-fraction.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import { sellerPlace, treatmentFor } from '../tax/treatment-for.js'
import type { AgreedDocumentAdjustment, Calculation } from '../totals/calculation.js'
import { documentTotals, type DocumentTotals } from '../totals/document-totals.js'
import { storedAmounts, totalsInputOf } from '../totals/stored-totals.js'

type TaxedInput = Pick<OrderContentInput, 'customer' | 'shipTo' | 'taxPlace'>

/** What the taxation of a customer's order rests on: its tax numbers and certificates, and the address it goes to. */
export const taxKeys = (input: TaxedInput, settings: Settings): readonly Key[] => {
  if (settings.tax === undefined || input.customer === undefined) return []
  const taxes = { kind: buyerTaxesKind.name, id: input.customer }
  return input.taxPlace === undefined && typeof input.shipTo === 'string'
    ? [taxes, { kind: personalDataKind.name, id: input.customer }]
    : [taxes]
}

/**
 * Taxes what was priced and computes its amounts: the lines' net amounts, their shares of the discounts and charges of the order, the taxes, and what
 * is due. What is neither taxed nor discounted, charged or rounded specially stays as it was priced. Refuses discounts that exceed what they are taken
 * from (`discount.max`), tax rates that look like fractions (`tax.unit`), and what the tax table has no rate for (`tax_rate_missing`).
 */
export const calculateOrder = (
  work: Work,
  content: OrderContent,
  input: TaxedInput & Pick<OrderContentInput, 'prices'>,
  { settings }: Pick<PlanContext, 'settings'>,
): Result<OrderContent, Refusal> => {
  const calculation = calculationOf(settings, content.currency, input.prices)
  if (isPlain(content, calculation, settings)) return ok(content)
  const taxed = withTaxes(work, content, input, settings)
  if (!taxed.ok) return taxed
  const totals = documentTotals(totalsInputOf(taxed.value, calculation))
  const exceeding = exceedingDiscount(totals)
  if (exceeding !== undefined) {
    return refuse('validation_failed', { issues: [{ path: exceeding, rule: 'discount.max' }] })
  }
  const { currency } = content
  return ok({
    ...taxed.value,
    lines: taxed.value.lines.map((line, index): PricedLine => {
      const amounts = present(totals.lines[index], 'each line has its totals')
      return {
        ...line,
        net: fromMinor(amounts.net, currency),
        ...(amounts.shares.length > 0 && {
          shares: amounts.shares.map((share) => fromMinor(share, currency)),
        }),
      }
    }),
    calculation,
    totals: storedAmounts(totals, currency),
  })
}

/** How the settings have a document of a currency calculated. */
export const calculationOf = (
  { totals }: Pick<Settings, 'totals'>,
  currency: CurrencyCode,
  prices: Calculation['prices'] = totals.prices,
): Calculation => {
  const { cashRounding: byCurrency, ...common } = totals
  const cashRounding = byCurrency[currency]
  return {
    ...common,
    prices,
    ownTaxDiscounts: 'with_lines',
    ...(cashRounding !== undefined && { cashRounding }),
  }
}

const isPlain = (
  content: OrderContent,
  { rounding, cashRounding }: Calculation,
  { tax }: Settings,
): boolean =>
  tax === undefined &&
  rounding === 'half_up' &&
  cashRounding === undefined &&
  content.adjustments === undefined &&
  content.lines.every((line) => line.adjustments === undefined && line.tax === undefined)

/** Each line, and each charge with a tax class, with the treatment that it falls under. */
const withTaxes = (
  work: Work,
  content: OrderContent,
  input: TaxedInput,
  settings: Settings,
): Result<OrderContent, Refusal> => {
  const { tax: table } = settings
  if (table === undefined) {
    const named = content.adjustments?.find(
      ({ tax, taxClass }) => taxClass !== undefined && tax === undefined,
    )
    return named === undefined
      ? ok({ ...content, lines: content.lines.map((line) => ({ ...line, tax: line.tax ?? untaxed })) })
      : refuse('tax_rate_missing', { taxClass: named.taxClass })
  }
  const seller = sellerPlace(table, content.legalEntity)
  const taxPlace = content.taxPlace ?? input.taxPlace ?? placeOf(shippedTo(work, input)) ?? seller
  const buyerTaxes =
    content.customer === undefined ? undefined : work.find(buyerTaxesKind, content.customer)?.state
  const sale = { date: content.orderedOn, seller, buyer: taxPlace, buyerTaxes }
  const known = new Map<string, TaxTreatment>()
  const treat = (taxClass: string): Result<TaxTreatment, Refusal> => {
    const before = known.get(taxClass)
    if (before !== undefined) return ok(before)
    const found = treatmentFor(table, sale, taxClass)
    if (found.ok) known.set(taxClass, found.value)
    return found
  }
  const lines: PricedLine[] = []
  for (const [index, line] of content.lines.entries()) {
    if (line.tax !== undefined && looksLikeFraction(line.tax, table)) {
      return refuse('validation_failed', { issues: [{ path: ['lines', index, 'tax'], rule: 'tax.unit' }] })
    }
    const found =
      line.tax === undefined ? treat(line.taxClass ?? table.defaultClass ?? 'standard') : ok(line.tax)
    if (!found.ok) return refuse(found.error.code, { ...found.error.details, line: line.id })
    lines.push({ ...line, tax: found.value })
  }
  const adjustments: AgreedDocumentAdjustment[] = []
  for (const [index, adjustment] of (content.adjustments ?? []).entries()) {
    const { tax, taxClass } = adjustment
    if (tax !== undefined && looksLikeFraction(tax, table)) {
      return refuse('validation_failed', {
        issues: [{ path: ['adjustments', index, 'tax'], rule: 'tax.unit' }],
      })
    }
    const found = tax === undefined && taxClass !== undefined ? treat(taxClass) : ok(tax)
    if (!found.ok) return found
    adjustments.push({ ...adjustment, ...(found.value !== undefined && { tax: found.value }) })
  }
  return ok({ ...content, lines, taxPlace, ...(adjustments.length > 0 && { adjustments }) })
}

/** Where there is no tax table, what brings no treatment of its own is outside the scope of tax. */
const untaxed: TaxTreatment = { category: 'O', components: [] }

const shippedTo = (work: Work, { customer, shipTo, taxPlace }: TaxedInput): PostalAddress | undefined => {
  if (typeof shipTo === 'object') return shipTo
  if (taxPlace !== undefined || customer === undefined || shipTo === undefined) return undefined
  const book = work.find(personalDataKind, customer)?.state.addresses
  return book?.find(({ id }) => id === shipTo)?.address
}

/** A region written as in ISO 3166-2, with or without its country, is the subdivision; other names of regions are not guessed at. */
export const placeOf = (address: PostalAddress | undefined): TaxPlace | undefined => {
  if (address === undefined) return undefined
  const { country, region } = address
  const code = region !== undefined && /^(?:[A-Z]{2}-)?[A-Z0-9]{1,3}$/.test(region) ? region : undefined
  if (code === undefined) return { country }
  return { country, subdivision: code.startsWith(`${country}-`) ? code : `${country}-${code}` }
}

/** Where discounts leave less than nothing: of a line, or of the lines of the whole document or of one tax treatment. */
const exceedingDiscount = (totals: DocumentTotals): readonly (string | number)[] | undefined => {
  const line = totals.lines.findIndex(({ amount }) => amount < 0n)
  if (line >= 0) return ['lines', line, 'adjustments']
  const isLessThanNothing =
    totals.lines.some(({ net, shares }) => shares.reduce((sum, share) => sum + share, net) < 0n) ||
    totals.taxes.some(({ base, tax }) => base < 0n || tax < 0n)
  return totals.net < 0n || isLessThanNothing ? ['adjustments'] : undefined
}
