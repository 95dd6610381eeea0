import { powerOfTen, readDecimal, trimDecimal } from '../../core/money/decimal-string.js'

/** Adds up decimals of any precision without rounding: what an importer took, and what it refused. */
export interface ExactSum {
  /** A plain decimal such as `"-0.125"`. Throws `decimal_malformed` for anything else. */
  add(amount: string): void
  /** The sum, without zeros at the end of its decimals. */
  total(): string
}

export const exactSum = (): ExactSum => {
  let digits = 0n
  let scale = 0
  return {
    add: (amount) => {
      const next = readDecimal(amount)
      if (next.scale > scale) {
        digits *= powerOfTen(next.scale - scale)
        scale = next.scale
      }
      digits += next.scale === scale ? next.digits : next.digits * powerOfTen(scale - next.scale)
    },
    total: () => trimDecimal({ digits, scale }, 0),
  }
}
