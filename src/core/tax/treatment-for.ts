import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import type { BuyerPlace, BuyerTaxes, TaxPlace, TaxRate, TaxRule, TaxTable } from './tax-table.js'
import type { TaxComponent, TaxTreatment } from './tax-treatment.js'

/** A sale, as far as its taxation depends on it. */
export interface TaxedSale {
  /** The tax point: the day whose rates hold. */
  readonly date: LocalDate
  readonly seller: TaxPlace
  /** Where the goods go. */
  readonly buyer: TaxPlace
  readonly buyerTaxes?: BuyerTaxes | undefined
}

/**
 * How a tax class is taxed in a sale: free by a certificate of the buyer, else as the first rule says that fits, else by the rate of the buyer's
 * place. A function of its arguments alone. Refuses as `tax_rate_missing` where the table has no rate: nothing is ever silently untaxed.
 */
export const treatmentFor = (
  table: TaxTable,
  sale: TaxedSale,
  taxClass: string,
): Result<TaxTreatment, Refusal> => {
  const exempt = exemptionIn(sale, taxClass)
  if (exempt !== undefined) return ok(exempt)
  const { treatment } = ruleFor(table, sale, taxClass) ?? { treatment: 'rate_of_buyer' }
  if (typeof treatment === 'object') return ok(treatment)
  const place = treatment === 'rate_of_buyer' ? sale.buyer : sale.seller
  const rate = rateAt(table.rates, place, taxClass, sale.date)
  return rate === undefined ? refuse('tax_rate_missing', { taxClass, place, date: sale.date }) : ok(rate)
}

/** Where the seller is whose legal entity is named, or the business itself. */
export const sellerPlace = ({ seller, sellers }: TaxTable, legalEntity: string | undefined): TaxPlace =>
  (legalEntity === undefined ? undefined : sellers?.[legalEntity]) ?? seller

interface Validity {
  readonly from?: LocalDate | undefined
  readonly to?: LocalDate | undefined
  readonly taxClasses?: readonly string[] | undefined
}

const holds = ({ from, to, taxClasses }: Validity, date: LocalDate, taxClass: string): boolean =>
  (from === undefined || from <= date) &&
  (to === undefined || date <= to) &&
  (taxClasses === undefined || taxClasses.includes(taxClass))

const exemptionIn = ({ buyer, buyerTaxes, date }: TaxedSale, taxClass: string): TaxTreatment | undefined => {
  const found = buyerTaxes?.exemptions.find(
    (exemption) => covers(exemption, buyer) && holds(exemption, date, taxClass),
  )
  return found && { category: found.category, components: [], exemption: found.reason }
}

const ruleFor = (table: TaxTable, sale: TaxedSale, taxClass: string): TaxRule | undefined => {
  const { rules } = table
  if (rules === undefined) return undefined
  const place = buyerPlace(table, sale)
  const { buyer, buyerTaxes, date } = sale
  const isRegistered = buyerTaxes?.registrations.some(({ country }) => country === buyer.country) === true
  return rules.find(
    (rule) =>
      (rule.buyer === undefined || rule.buyer === place) &&
      (rule.registered === undefined || rule.registered === isRegistered) &&
      holds(rule, date, taxClass),
  )
}

const buyerPlace = ({ union = [] }: TaxTable, { seller, buyer }: TaxedSale): BuyerPlace => {
  if (buyer.country === seller.country) return 'same_country'
  return union.includes(buyer.country) && union.includes(seller.country) ? 'same_union' : 'elsewhere'
}

const rateAt = (
  rates: readonly TaxRate[],
  place: TaxPlace,
  taxClass: string,
  date: LocalDate,
): TaxTreatment | undefined => {
  const fitting = rates
    .filter((rate) => rate.taxClass === taxClass && holds({ from: rate.from, to: rate.to }, date, taxClass))
    .filter((rate) => covers(rate, place))
    .toSorted((one, other) => depth(other) - depth(one))
  const whole = fitting.findIndex(({ adds }) => adds !== true)
  const base = fitting[whole]
  return base === undefined ? undefined : stacked(base, fitting.slice(0, whole).toReversed())
}

/** The taxes from wide to narrow: one that is compound is levied on those named before it. */
const stacked = (base: TaxRate, narrower: readonly TaxRate[]): TaxTreatment => {
  const components: TaxComponent[] = [base, ...narrower].flatMap((rate) => rate.components)
  const { category, exemption } = narrower.at(-1) ?? base
  return { category, components, ...(exemption !== undefined && { exemption }) }
}

const levels = ['country', 'subdivision', 'county', 'city'] as const

const covers = (area: TaxPlace, place: TaxPlace): boolean =>
  levels.every((level) => area[level] === undefined || area[level] === place[level])

const depth = (area: TaxPlace): number => levels.filter((level) => area[level] !== undefined).length
