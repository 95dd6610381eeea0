import { z } from 'zod'

/** What a SKU is counted in: a UN/ECE Recommendation 20 code (`C62` piece, `KGM` kilogram, `MIN` minute) and its decimals. */
export interface Unit {
  readonly code: string
  /** Decimals a quantity may have, 0 to 6: kilograms to the gram have 3. Inside, quantities are integers of the smallest part. */
  readonly digits: number
}

export const piece: Unit = { code: 'C62', digits: 0 }

/** A quantity as a host writes it: a whole number, or a decimal text for units with decimals. */
export type WrittenQuantity = number | string

export const largestQuantity = 1_000_000_000_000_000

const written = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/

/** The rule that a value's sign breaks; `-0` is zero. */
type SignRule = (sign: number) => string | undefined

const brokenRule = (value: unknown, signRule: SignRule): string | undefined => {
  if (typeof value === 'string') {
    const size = value.startsWith('-') ? value.slice(1) : value
    if (!written.test(size)) return 'type'
    return signRule(/^[0.]+$/.test(size) ? 0 : size === value ? 1 : -1)
  }
  if (typeof value !== 'number') return 'type'
  if (!Number.isFinite(value)) return 'number.finite'
  if (Math.abs(value) > largestQuantity) return 'quantity.max'
  return Number.isInteger(value) ? signRule(value) : 'quantity.integer'
}

const schemaFor = (signRule: SignRule) =>
  z.custom<WrittenQuantity>((value) => brokenRule(value, signRule) === undefined, {
    error: (issue) => brokenRule(issue.input, signRule),
  })

/** A quantity above zero. Its precision is checked against the unit of its SKU, where that is known. */
export const quantitySchema = schemaFor((sign) => (sign <= 0 ? 'quantity.min' : undefined))

/** A quantity of zero or more: a level to keep, a limit. */
export const nonNegativeQuantitySchema = schemaFor((sign) => (sign < 0 ? 'quantity.negative' : undefined))

/** A change of a quantity: above zero for more, below zero for less, never zero. */
export const signedQuantitySchema = schemaFor((sign) => (sign === 0 ? 'quantity.zero' : undefined))

/** A rule a written quantity breaks once its unit is known. */
export type QuantityRule = 'type' | 'quantity.precision' | 'quantity.max'

/**
 * The quantity in base units (grams of a kilogram with 3 digits), or the rule it breaks. Exact: no floats are involved, and no zero has a sign.
 */
export const toBaseUnits = (quantity: WrittenQuantity, unit: Unit): number | QuantityRule => {
  if (typeof quantity === 'number') {
    const scaled = quantity * 10 ** unit.digits
    return Math.abs(scaled) <= largestQuantity ? scaled + 0 : 'quantity.max'
  }
  // A text for a unit of whole pieces is a form field nobody converted; `Number('')` is 0, so nothing is coerced here.
  if (unit.digits === 0) return 'type'
  const [whole = '0', fraction = ''] = quantity.split('.')
  if (fraction.length > unit.digits) return 'quantity.precision'
  const scaled = Number(whole + fraction.padEnd(unit.digits, '0'))
  return Math.abs(scaled) <= largestQuantity ? scaled + 0 : 'quantity.max'
}

/** The quantity as people write it: 1500 grams of a kilogram are `1.5`. */
export const writeQuantity = (baseUnits: number, unit: Unit): WrittenQuantity => {
  if (unit.digits === 0) return baseUnits
  const digits = Math.abs(baseUnits)
    .toString()
    .padStart(unit.digits + 1, '0')
  const fraction = digits.slice(-unit.digits).replace(/(?<!0)0+$/, '')
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
