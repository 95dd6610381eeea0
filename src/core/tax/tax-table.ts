import type { LocalDate } from '../time/local-date.js'
import type { TaxCategory, TaxTreatment } from './tax-treatment.js'

/**
 * Where something is taxed, from wide to narrow: the country (ISO 3166-1), its subdivision (ISO 3166-2, such as `US-CA`), and below it what tax law
 * knows there. No street and no name: it says nothing about a person.
 */
export interface TaxPlace {
  readonly country: string
  readonly subdivision?: string
  readonly county?: string
  readonly city?: string
}

/** What one tax class bears at a place and all narrower ones, on the days from `from` to `to`, both included. */
export interface TaxRate extends TaxPlace, TaxTreatment {
  /** The word by which products name how they are taxed: `standard`, `reduced`, `exempt`. */
  readonly taxClass: string
  readonly from: LocalDate
  readonly to?: LocalDate
  /** Its taxes come on top of those of the next wider place, as a county's come on top of the state's; else the narrowest rate alone holds. */
  readonly adds?: true
}

/** The seller's and the buyer's place against each other; `same_union` is another country of the union. */
export type BuyerPlace = 'same_country' | 'same_union' | 'elsewhere'

/** When no rate of the table decides, or that of another place. The first rule that fits holds. */
export interface TaxRule {
  /** Any place when absent. */
  readonly buyer?: BuyerPlace
  /** Whether the buyer has a tax registration number in the buyer's country; either when absent. */
  readonly registered?: boolean
  /** All tax classes when absent. */
  readonly taxClasses?: readonly string[]
  readonly from?: LocalDate
  readonly to?: LocalDate
  /** A treatment, such as reverse charge, or whose rate is due. */
  readonly treatment: TaxTreatment | 'rate_of_buyer' | 'rate_of_seller'
}

/** How sales are taxed, as data of the host: nothing in it is built in, since tax law changes and differs. */
export interface TaxTable {
  readonly seller: TaxPlace
  /** The places of further legal entities of the business, by name. */
  readonly sellers?: Readonly<Record<string, TaxPlace>>
  /** Countries (ISO 3166-1) that tax deliveries among each other as one area, as the European Union does. */
  readonly union?: readonly string[]
  readonly rates: readonly TaxRate[]
  /** Where none fits, the rate of the buyer's place is due. */
  readonly rules?: readonly TaxRule[]
  /** The tax class of products and charges that name none; `standard` when absent. */
  readonly defaultClass?: string
}

/**
 * A certificate that frees a buyer from taxes, for the days from `from` to `to`, both included. That of a country frees from all its taxes; that of a
 * subdivision from those that the subdivision, its counties and its cities levy, not from those of the country.
 */
export interface TaxExemption {
  readonly certificate: string
  readonly country: string
  /** The whole country when absent. */
  readonly subdivision?: string
  /** All tax classes when absent. */
  readonly taxClasses?: readonly string[]
  /** The taxes among those, by the names of the components of their rates, such as `PST`; all of them when absent. */
  readonly taxes?: readonly string[]
  readonly category: Exclude<TaxCategory, 'S' | 'L' | 'M'>
  /** As it stands on documents (EN 16931 BT-120). */
  readonly reason: string
  readonly from: LocalDate
  readonly to?: LocalDate
}

/** What is known about a buyer's taxes. */
export interface BuyerTaxes {
  /** Tax registration numbers, such as a VAT identification number, by country. */
  readonly registrations: readonly { readonly country: string; readonly number: string }[]
  readonly exemptions: readonly TaxExemption[]
}
