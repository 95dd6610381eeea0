import { present } from '../invariant.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import type {
  BuyerPlace,
  BuyerTaxes,
  TaxExemption,
  TaxPlace,
  TaxRate,
  TaxRule,
  TaxTable,
} from './tax-table.js'
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
 * How a tax class is taxed in a sale: free by a certificate of the buyer for all taxes, else as the first rule says that fits, else by the rates of the
 * buyer's place, both without the taxes that certificates free it from. A function of its arguments alone. Refuses as `tax_rate_missing` where the
 * table has no rate: nothing is ever silently untaxed.
 */
export const treatmentFor = (
  table: TaxTable,
  sale: TaxedSale,
  taxClass: string,
): Result<TaxTreatment, Refusal> => {
  const certificates = certificatesFor(sale, taxClass)
  const whole = certificates.find(
    ({ subdivision, taxes }) => subdivision === undefined && taxes === undefined,
  )
  if (whole !== undefined) return ok(freeBy([whole]))
  const levied = leviedIn(table, sale, taxClass)
  return levied.ok ? ok(withoutFreed(levied.value, certificates)) : levied
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

const certificatesFor = ({ buyer, buyerTaxes, date }: TaxedSale, taxClass: string): readonly TaxExemption[] =>
  (buyerTaxes?.exemptions ?? []).filter(
    (exemption) => covers(exemption, buyer) && holds(exemption, date, taxClass),
  )

/** Taxes and the place that levies them. */
type Layer = TaxPlace & TaxTreatment

/** From wide to narrow: a compound tax is levied on those before it. A rule's own treatment names no place, so it is the country's. */
const leviedIn = (table: TaxTable, sale: TaxedSale, taxClass: string): Result<readonly Layer[], Refusal> => {
  const { treatment } = ruleFor(table, sale, taxClass) ?? { treatment: 'rate_of_buyer' }
  if (typeof treatment === 'object') return ok([{ ...treatment, country: sale.buyer.country }])
  const place = treatment === 'rate_of_buyer' ? sale.buyer : sale.seller
  const rates = ratesAt(table.rates, place, taxClass, sale.date)
  return rates.length === 0 ? refuse('tax_rate_missing', { taxClass, place, date: sale.date }) : ok(rates)
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

/** The narrowest rate, with the wider ones that it adds to, from wide to narrow. */
const ratesAt = (
  rates: readonly TaxRate[],
  place: TaxPlace,
  taxClass: string,
  date: LocalDate,
): readonly TaxRate[] => {
  const fitting = rates
    .filter((rate) => rate.taxClass === taxClass && holds({ from: rate.from, to: rate.to }, date, taxClass))
    .filter((rate) => covers(rate, place))
    .toSorted((one, other) => depth(other) - depth(one))
  const whole = fitting.findIndex(({ adds }) => adds !== true)
  return fitting.slice(0, whole + 1).toReversed()
}

/** Where taxes are left, they are due with the reason why there are no more of them. */
const withoutFreed = (layers: readonly Layer[], certificates: readonly TaxExemption[]): TaxTreatment => {
  const used = new Set<TaxExemption>()
  const left = layers.map((layer) => ({
    ...layer,
    components: layer.components.filter((tax) => {
      const freeing = isDue(tax) ? certificates.find((one) => frees(one, layer, tax)) : undefined
      if (freeing !== undefined) used.add(freeing)
      return freeing === undefined
    }),
  }))
  const [first, ...others] = used
  const rest = stacked(left)
  if (first === undefined) return rest
  if (!rest.components.some(isDue)) return freeBy([first, ...others])
  const reasons = [...used].map(({ reason }) => reason)
  return { ...rest, exemption: joined(rest.exemption === undefined ? reasons : [rest.exemption, ...reasons]) }
}

/** A certificate of a subdivision frees from what is levied in it, not from what the country levies there. */
const frees = (certificate: TaxExemption, layer: Layer, { name }: TaxComponent): boolean =>
  covers(certificate, layer) && certificate.taxes?.includes(name) !== false

const isDue = ({ percent }: TaxComponent): boolean => percent !== '0'

const freeBy = (certificates: readonly [TaxExemption, ...TaxExemption[]]): TaxTreatment => ({
  category: certificates[0].category,
  components: [],
  exemption: joined(certificates.map(({ reason }) => reason)),
})

const joined = (reasons: readonly string[]): string => [...new Set(reasons)].join('; ')

/** All taxes of a place as one treatment. Its category is that of the narrowest place that levies a tax: what one of them frees, another may tax. */
const stacked = (layers: readonly Layer[]): TaxTreatment => {
  const narrowest = present(layers.at(-1), 'a sale is taxed by a rate or a rule')
  const { category } = layers.findLast(({ components }) => components.some(isDue)) ?? narrowest
  const components = layers.flatMap((layer) => layer.components)
  const { exemption } = narrowest
  return { category, components, ...(exemption !== undefined && { exemption }) }
}

const levels = ['country', 'subdivision', 'county', 'city'] as const

const covers = (area: TaxPlace, place: TaxPlace): boolean =>
  levels.every((level) => area[level] === undefined || area[level] === place[level])

const depth = (area: TaxPlace): number => levels.filter((level) => area[level] !== undefined).length
