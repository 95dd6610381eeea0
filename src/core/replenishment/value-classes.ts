import { formatDecimal, powerOfTen, readDecimal } from '../money/decimal-string.js'
import { compareTexts } from '../text/compare-texts.js'

export type ValueClass = 'A' | 'B' | 'C'

/** Shares of the whole value up to which the largest items together are class A, and A and B: decimal texts in percent. */
export interface ClassBounds {
  readonly a: string
  readonly b: string
}

export const usualClassBounds: ClassBounds = { a: '80', b: '95' }

export interface Classified<Item> {
  readonly item: Item
  readonly class: ValueClass
  /** Share of this item and of all larger ones in the whole value: a decimal text in percent with two decimals, rounded down. */
  readonly cumulativePercent: string
}

/**
 * Sorts items by the value they turned over, the largest first, and cuts where the cumulative share passes the bounds (H. Ford Dickie, ABC Inventory
 * Analysis Shoots for Dollars, not Pennies, Factory Management and Maintenance, 1951). The largest item is always A; without any value all
 * are C. Values are minor units of one currency, and shares are compared in integers.
 */
export const classifyByValue = <Item>(
  items: readonly Item[],
  valueOf: (item: Item) => bigint,
  nameOf: (item: Item) => string,
  bounds: ClassBounds = usualClassBounds,
): readonly Classified<Item>[] => {
  const sorted = items
    .map((item) => ({ item, value: valueOf(item), name: nameOf(item) }))
    .sort((left, right) =>
      left.value === right.value ? compareTexts(left.name, right.name) : left.value > right.value ? -1 : 1,
    )
  const whole = sorted.reduce((sum, { value }) => sum + value, 0n)
  let upTo = 0n
  return sorted.map(({ item, value }, index) => {
    upTo += value
    const hundredths = whole === 0n ? 0n : (upTo * 10_000n) / whole
    const within = (percent: string): boolean => {
      const { digits, scale } = readDecimal(percent)
      return upTo * powerOfTen(scale + 2) <= whole * digits
    }
    const isValued = whole > 0n && value > 0n
    return {
      item,
      class: isValued && (index === 0 || within(bounds.a)) ? 'A' : isValued && within(bounds.b) ? 'B' : 'C',
      cumulativePercent: formatDecimal(hundredths, 2),
    }
  })
}
