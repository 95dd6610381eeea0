import { largestQuantity, toBaseUnits, type Unit, type WrittenQuantity } from '../catalog/quantity.js'
import { brokenOrderQuantity } from '../catalog/order-quantity.js'
import { stockedComponents, type KitLimits } from '../catalog/kit.js'
import type { Component, Product, Tracking } from '../catalog/product.js'
import type { LineId, LocationId, Sku } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import { extendPrice, type UnitPrice } from '../money/unit-price.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { AgreedAdjustment } from '../totals/calculation.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { TierShare } from './extend-tiers.js'
import type { InvoiceTrigger } from './invoice-trigger.js'
import {
  agreeRecurring,
  recurringDigits,
  unitsUpTo,
  type Recurring,
  type WantedRecurring,
} from './recurring.js'

/** A line as it was asked for. Without a `unitPrice` the product's own price holds. */
export interface WantedLine {
  readonly id?: LineId | undefined
  readonly sku: Sku
  readonly quantity: WrittenQuantity
  readonly unitPrice?: UnitPrice | undefined
  readonly location?: LocationId | undefined
  readonly adjustments?: readonly AgreedAdjustment[] | undefined
  readonly taxClass?: string | undefined
  readonly tax?: TaxTreatment | undefined
  readonly invoiceTrigger?: InvoiceTrigger | undefined
  readonly recurring?: WantedRecurring | undefined
  readonly listed?: ListedFrom
}

/** The price list that a line's price is from, as it was then. */
export interface ListedFrom {
  readonly list: string
  /** The version that the record of the list had. */
  readonly version: number
  /** What is priced by which tier, where the price of the line is an average of several: quantities in base units. */
  readonly tiers?: readonly TierShare[]
}

/** A line with everything that was agreed: a snapshot that no later change of the catalog touches. Quantities in base units. */
export interface PricedLine {
  readonly id: LineId
  readonly sku: Sku
  readonly name: string
  readonly unit: Unit
  readonly quantity: number
  readonly unitPrice: UnitPrice
  /** Absent where the price is the product's own or came with the order. */
  readonly listed?: ListedFrom
  /**
   * What all of it costs without tax: price times quantity, rounded once, less its discounts, plus its charges, before those of the document (MO5).
   * Where prices contain tax, its share of what the tax leaves.
   */
  readonly net: Money
  readonly location: LocationId
  /** The line as it was ordered, of which this is a part: its units come from several locations. The parts' amounts add up to its own. */
  readonly splitFrom?: LineId
  /** What one of it takes from stock, where it is a kit: only what is stocked, each SKU once, kits within it taken apart. */
  readonly components?: readonly Component[]
  /** Nothing of it is kept in stock. */
  readonly stocked?: false
  /** How its goods are told apart; that of a kit's goods stands in its components. */
  readonly tracking?: Tracking
  /** Discounts and charges on this line alone. */
  readonly adjustments?: readonly AgreedAdjustment[]
  /** By which its tax was found. */
  readonly taxClass?: string
  readonly tax?: TaxTreatment
  /** Its part of each of the document's discounts and charges: signed, without tax. */
  readonly shares?: readonly Money[]
  /** What makes its units billable; as the order says where absent. */
  readonly invoiceTrigger?: InvoiceTrigger
  /** It is sold by the period: its quantity is that of all periods, in millionths of the unit. */
  readonly recurring?: Recurring
}

/** Prices lines from the catalog. Refuses unknown or discontinued SKUs, missing prices, other currencies and quantities finer than the unit. */
export const priceLines = (
  wanted: readonly WantedLine[],
  currency: CurrencyCode,
  defaultLocation: LocationId,
  limits: KitLimits,
  productOf: (sku: Sku) => Product | undefined,
): Result<readonly PricedLine[], Refusal> => {
  const priced: PricedLine[] = []
  let isLimited = false
  for (const [index, line] of wanted.entries()) {
    const product = productOf(line.sku)
    if (product === undefined || product.status === 'discontinued')
      return refuse('unknown_sku', { sku: line.sku })
    const ordered = toBaseUnits(line.quantity, product.unit)
    if (typeof ordered === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['lines', index, 'quantity'], rule: ordered }] })
    }
    const periods = line.recurring === undefined ? undefined : soldByPeriod(line.recurring, product, ordered)
    if (typeof periods === 'string') return wrongPeriods(index, periods)
    const quantity = periods === undefined ? ordered : unitsUpTo(periods, periods.until)
    if (quantity > largestQuantity) return tooMuchOf(line.sku)
    const unit = periods === undefined ? product.unit : { ...product.unit, digits: recurringDigits }
    const unitPrice = line.unitPrice ?? product.price
    if (unitPrice === undefined) return refuse('price_missing', { sku: line.sku })
    if (unitPrice.currency !== currency) {
      return refuse('currency_mismatch', { sku: line.sku, expected: currency, got: unitPrice.currency })
    }
    const agreed: PricedLine = {
      id: lineIdAt(line.id, index),
      sku: line.sku,
      name: product.name,
      unit,
      quantity,
      unitPrice,
      net: extendPrice(unitPrice, { baseUnits: BigInt(quantity), digits: unit.digits }, 'half_up'),
      location: line.location ?? defaultLocation,
    }
    const taken =
      product.components === undefined ? ok(undefined) : partsOf(product, quantity, limits, productOf)
    if (!taken.ok) return taken
    const foreign = line.adjustments?.find(
      (adjustment) => 'amount' in adjustment && adjustment.amount.currency !== currency,
    )
    if (foreign !== undefined && 'amount' in foreign) {
      return refuse('currency_mismatch', { sku: line.sku, expected: currency, got: foreign.amount.currency })
    }
    const adjusted = adjustedAs(stockedAs(agreed, product, taken.value), line, product)
    const billed = agreedAs(adjusted, line)
    priced.push(periods === undefined ? billed : { ...billed, recurring: periods })
    isLimited ||= product.orderQuantity !== undefined
  }
  const broken = isLimited ? brokenOrderQuantity(priced, (sku) => productOf(sku)?.orderQuantity) : undefined
  return broken === undefined
    ? ok(priced)
    : refuse('validation_failed', {
        issues: [{ path: ['lines', priced.indexOf(broken.line), 'quantity'], rule: broken.rule }],
      })
}

const partsOf = (
  kit: Product,
  quantity: number,
  limits: KitLimits,
  productOf: (sku: Sku) => Product | undefined,
): Result<readonly Component[], Refusal> => {
  const parts = stockedComponents(kit, limits, productOf)
  const tooMuch = parts.ok && parts.value.find((part) => part.quantity * quantity > largestQuantity)
  return tooMuch ? tooMuchOf(tooMuch.sku) : parts
}

const tooMuchOf = (sku: Sku) => refuse('limit_exceeded', { limit: 'quantity', most: largestQuantity, sku })

/** The terms of a line that is sold by the period, or the rule that they break. */
const soldByPeriod = (wanted: WantedRecurring, product: Product, quantity: number): Recurring | string =>
  product.stocked === false
    ? (agreeRecurring(wanted, quantity * 10 ** (recurringDigits - product.unit.digits)) ?? 'periods.range')
    : 'recurrence.stocked'

const wrongPeriods = (index: number, rule: string) =>
  refuse('validation_failed', { issues: [{ path: ['lines', index, 'recurring'], rule }] })

/** Ordinary products, which nearly all are, cost no second object. */
const stockedAs = (
  line: PricedLine,
  product: Product,
  components: readonly Component[] | undefined,
): PricedLine => {
  if (product.stocked === false) return { ...line, stocked: false }
  if (product.tracking !== undefined) return { ...line, tracking: product.tracking }
  return components === undefined ? line : { ...line, components }
}

/** Nor do lines without discounts and taxes. */
const adjustedAs = (
  line: PricedLine,
  { adjustments, tax, taxClass }: WantedLine,
  product: Product,
): PricedLine => {
  const named = taxClass ?? product.taxClass
  if (adjustments === undefined && tax === undefined && named === undefined) return line
  return {
    ...line,
    ...(adjustments !== undefined && adjustments.length > 0 && { adjustments }),
    ...(tax !== undefined && { tax }),
    ...(named !== undefined && tax === undefined && { taxClass: named }),
  }
}

/** Nor do lines that are billed as their order says, at a price from no list. */
const agreedAs = (line: PricedLine, { invoiceTrigger, listed }: WantedLine): PricedLine =>
  invoiceTrigger === undefined && listed === undefined
    ? line
    : {
        ...line,
        ...(invoiceTrigger !== undefined && { invoiceTrigger }),
        ...(listed !== undefined && { listed }),
      }

/** The name of a line that brought none: `L1` for the first. */
export const lineIdAt = (id: LineId | undefined, index: number): LineId => id ?? (`L${index + 1}` as LineId)
