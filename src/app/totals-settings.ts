import { isCurrencyCode } from '../core/money/currency.js'
import type { RoundingMode } from '../core/money/rounding.js'
import { ConfigurationError } from '../core/ports/errors.js'
import type { TotalsSettings } from '../core/settings.js'
import { isHundredthOf, looksLikeFraction } from '../core/tax/looks-like-fraction.js'
import { taxTableSchema } from '../core/tax/tax-schema.js'
import type { TaxRate, TaxTable } from '../core/tax/tax-table.js'
import type { TaxTreatment } from '../core/tax/tax-treatment.js'

/** How the amounts of orders are calculated. */
export type TotalsSettingsInput = Partial<TotalsSettings>

/** A tax table as a host writes it: dates as `2026-01-01`, percentages as decimal texts in percent. */
export interface TaxSettings extends Omit<TaxTable, 'rates' | 'rules'> {
  readonly rates: readonly (Omit<TaxRate, 'from' | 'to'> & { readonly from: string; readonly to?: string })[]
  readonly rules?: readonly {
    readonly buyer?: 'same_country' | 'same_union' | 'elsewhere'
    readonly registered?: boolean
    readonly taxClasses?: readonly string[]
    readonly from?: string
    readonly to?: string
    readonly treatment: TaxTreatment | 'rate_of_buyer' | 'rate_of_seller'
  }[]
  /**
   * Where the law of the seller rounds tax: once for the sum of each treatment, or for each line. `settings.totals` that round elsewhere are refused,
   * since they would change the tax due by cents.
   */
  readonly roundedPer?: 'category' | 'line'
}

const choices = {
  prices: ['net', 'gross'],
  profile: ['per_category', 'per_line'],
  rounding: ['half_up', 'half_even', 'half_down', 'up', 'down', 'ceiling', 'floor'],
  ownTaxCharges: ['first', 'in_proportion'],
} as const

export const knownTotals = (input: TotalsSettingsInput): TotalsSettings => {
  const totals: TotalsSettings = {
    prices: 'net',
    profile: 'per_category',
    rounding: 'half_up',
    ownTaxCharges: 'first',
    cashRounding: {},
    ...input,
  }
  for (const [name, allowed] of Object.entries(choices)) {
    const chosen = totals[name as keyof typeof choices]
    if (!allowed.some((choice) => choice === chosen)) {
      throw new ConfigurationError(`settings.totals.${name} must be one of ${allowed.join(', ')}`)
    }
  }
  for (const [currency, { step, mode }] of Object.entries(totals.cashRounding)) {
    if (!isCurrencyCode(currency)) {
      throw new ConfigurationError(`settings.totals.cashRounding names no ISO 4217 currency "${currency}"`)
    }
    if (!Number.isSafeInteger(step) || step < 2) {
      throw new ConfigurationError(
        `settings.totals.cashRounding.${currency}.step must be a whole number of minor units, 2 or more`,
      )
    }
    if (!choices.rounding.some((known: RoundingMode) => known === mode)) {
      throw new ConfigurationError(`settings.totals.cashRounding.${currency}.mode is no rounding mode`)
    }
  }
  return totals
}

export const knownTaxTable = ({ roundedPer, ...input }: TaxSettings, totals: TotalsSettings): TaxTable => {
  const read = taxTableSchema.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new ConfigurationError(
      `settings.tax${issue === undefined ? '' : `.${issue.path.join('.')} breaks the rule ${issue.message}`}`,
    )
  }
  if (roundedPer !== undefined && totals.profile !== `per_${roundedPer}`) {
    throw new ConfigurationError(
      `settings.totals.profile rounds ${totals.profile}, where settings.tax rounds per ${roundedPer}: the tax due would change`,
    )
  }
  const { rates, rules = [] } = read.data
  const fraction = rules.findIndex(
    ({ treatment }) => typeof treatment === 'object' && looksLikeFraction(treatment, { rates }),
  )
  if (fraction >= 0) {
    throw new ConfigurationError(`settings.tax.rules.${fraction}.treatment breaks the rule tax.unit`)
  }
  checkSuccession(rates)
  return read.data
}

/** Of one tax class at one place, no two rates hold on one day, and none is a hundredth of another: no law lowers 19 percent to 0.19. */
const checkSuccession = (rates: readonly TaxRate[]): void => {
  const byPlace = new Map<string, TaxRate[]>()
  for (const [index, rate] of rates.entries()) {
    const { country, subdivision, county, city, taxClass } = rate
    const place = JSON.stringify([country, subdivision, county, city, taxClass])
    const others = byPlace.get(place) ?? []
    if (others.some((other) => overlap(rate, other))) {
      throw new ConfigurationError(
        `settings.tax has two rates of the tax class ${taxClass} for one place (${country}) on ${rate.from}`,
      )
    }
    if (others.some((other) => isHundredthOf(rate, other) || isHundredthOf(other, rate))) {
      throw new ConfigurationError(
        `settings.tax.rates.${index} breaks the rule tax.unit: the tax class ${taxClass} has one rate in percent and one as a fraction in one place (${country})`,
      )
    }
    others.push(rate)
    byPlace.set(place, others)
  }
}

const endOf = ({ to = '9999-12-31' }: { readonly to?: string }): string => to

const overlap = (one: TaxRate, other: TaxRate): boolean =>
  one.from <= endOf(other) && other.from <= endOf(one)
