import { z } from 'zod'
import type { Sku } from '../ids/ids.js'

/** What a SKU is counted in: a UN/ECE Recommendation 20 code (`C62` piece, `KGM` kilogram, `MIN` minute) and its decimals. */
export interface Unit {
  readonly code: string
  /** Decimals a quantity may have, 0 to 6: kilograms to the gram have 3. Inside, quantities are integers of the smallest part. */
  readonly digits: number
}

export const piece: Unit = { code: 'C62', digits: 0 }

/** A quantity as a host writes it: a whole number, or a decimal text for units with decimals. */
export type WrittenQuantity = number | string

const written = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/

const brokenRule = (value: unknown): string | undefined => {
  if (typeof value === 'string') {
    if (!written.test(value)) return 'type'
    return /^[0.]+$/.test(value) ? 'quantity.min' : undefined
  }
  if (typeof value !== 'number') return 'type'
  if (!Number.isFinite(value)) return 'number.finite'
  if (value > 1e15) return 'quantity.max'
  if (!Number.isInteger(value)) return 'quantity.integer'
  return value <= 0 ? 'quantity.min' : undefined
}

/** A quantity above zero. Its precision is checked against the unit of its SKU, where that is known. */
export const quantitySchema = z.custom<WrittenQuantity>((value) => brokenRule(value) === undefined, {
  error: (issue) => brokenRule(issue.input) ?? 'type',
})

/** A rule a written quantity breaks once its unit is known. */
export type QuantityRule = 'type' | 'quantity.precision' | 'quantity.max'

export const largestQuantity = 1_000_000_000_000_000

/** The quantity in base units (grams of a kilogram with 3 digits), or the rule it breaks. Exact: no floats are involved. */
export const toBaseUnits = (quantity: WrittenQuantity, unit: Unit): number | QuantityRule => {
  if (typeof quantity === 'number') {
    const scaled = quantity * 10 ** unit.digits
    return scaled <= largestQuantity ? scaled : 'quantity.max'
  }
  // A text for a unit of whole pieces is a form field nobody converted; `Number('')` is 0, so nothing is coerced here.
  if (unit.digits === 0) return 'type'
  const [whole = '0', fraction = ''] = quantity.split('.')
  if (fraction.length > unit.digits) return 'quantity.precision'
  const scaled = Number(whole + fraction.padEnd(unit.digits, '0'))
  return scaled <= largestQuantity ? scaled : 'quantity.max'
}

/** The quantity as people write it: 1500 grams of a kilogram are `1.5`. */
export const writeQuantity = (baseUnits: number, unit: Unit): WrittenQuantity => {
  if (unit.digits === 0) return baseUnits
  const digits = Math.abs(baseUnits)
    .toString()
    .padStart(unit.digits + 1, '0')
  const fraction = digits.slice(-unit.digits).replace(/0+$/, '')
  const whole = `${baseUnits < 0 ? '-' : ''}${digits.slice(0, -unit.digits)}`
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** Demand summed per key, so that two lines of one SKU are checked as one (ST6). */
export const sumBy = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  quantityOf: (item: Item) => number,
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    sums.set(key, (sums.get(key) ?? 0) + quantityOf(item))
  }
  return sums
}

export type QuantityIssue = { readonly sku: Sku; readonly rule: QuantityRule }
