import type { WrittenQuantity } from '../catalog/quantity.js'
import type { PartyId, Sku, TenantId } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { LocalDate } from '../time/local-date.js'

/** An order that is to be taxed. No name and no address: the place of taxation and the customer's id are all that leaves. */
export interface TaxQuestion {
  readonly tenant: TenantId
  /** The tax point: the day whose rates hold. */
  readonly date: LocalDate
  readonly currency: CurrencyCode
  readonly prices: 'net' | 'gross'
  /** Where it is taxed, where the order says so. */
  readonly place?: TaxPlace
  readonly customer?: PartyId
  readonly legalEntity?: string
  /** The lines that bring no treatment of their own, in their order. */
  readonly lines: readonly TaxedItem[]
  /** The tax classes that charges and discounts of the order name, each once. */
  readonly taxClasses: readonly string[]
}

export interface TaxedItem {
  readonly sku: Sku
  readonly quantity: WrittenQuantity
  /** As the order gives it; absent where the price of the catalog, or of a list, holds. */
  readonly unitPrice?: UnitPrice
  /** Of the line or its product. */
  readonly taxClass?: string
}

export interface TaxAnswer {
  /** Who answers, by a name that says something to an auditor: it is kept with the order. */
  readonly source: string
  /** Of the rules or rates, as the engine names it. */
  readonly version: string
  /** Where it is taxed. An answer for another country or subdivision than was asked for is not used. */
  readonly place: TaxPlace
  /** One treatment for each line of the question. */
  readonly lines: readonly TaxTreatment[]
  /** One treatment for each tax class of the question. */
  readonly taxClasses: readonly TaxTreatment[]
}

/**
 * An outside tax engine (F127). It says how things are taxed and never how much: amounts are computed here, so that invoices and credits add up to the
 * order. Asked once for each call, before anything is locked, and never inside a transaction; the order keeps the answer with its source, version and time. A
 * source that rejects, is late, or answers what cannot be (`tax_source_unavailable`) decides nothing, unless the settings let the tax table stand in.
 */
export interface TaxSource {
  treatmentsFor(question: TaxQuestion): Promise<TaxAnswer>
}
