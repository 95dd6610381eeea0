import * as fc from 'fast-check'
import { writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import type { Sku } from '../../core/ids/ids.js'

const character = (least: number) =>
  fc.integer({ min: least, max: 0x7e }).map((code) => String.fromCharCode(code))
const sign = character(0x21)
const signOrBlank = character(0x20)

/** Stock-keeping units of every legal shape: printable ASCII with inner blanks, 1 to `longest` (200) characters. */
export const skuArbitrary = ({ longest = 200 }: { readonly longest?: number } = {}): fc.Arbitrary<Sku> => {
  const one = sign.map((text) => text as Sku)
  if (longest < 2) return one
  const middle = fc.string({ unit: signOrBlank, maxLength: longest - 2, size: 'small' })
  return fc.oneof(
    one,
    fc.tuple(sign, middle, sign).map((parts) => parts.join('') as Sku),
  )
}

export interface QuantityRange {
  /** Decimals of the unit; 0 (pieces) by default. */
  readonly digits?: number
  /** In base units, the smallest part the unit counts; 1,000 by default. */
  readonly most?: number
}

/** Quantities above zero as a host writes them: whole numbers of pieces, decimal texts of units with decimals. */
export const quantityArbitrary = ({
  digits = 0,
  most = 1_000,
}: QuantityRange = {}): fc.Arbitrary<WrittenQuantity> =>
  fc.integer({ min: 1, max: most }).map((baseUnits) => writeQuantity(baseUnits, { code: 'C62', digits }))
