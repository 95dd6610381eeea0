import type { LotNumber, SerialNumber } from '../ids/ids.js'
import type { LocalDate } from '../time/local-date.js'
import type { StockLot } from './stock-lots.js'
import type { NamedLot } from './tracked-goods.js'

/** By how much the units of one lot that were found differ from those that were expected: above zero for more. */
export interface LotDifference {
  readonly lot: LotNumber
  readonly quantity: number
  /** Of a lot that nobody knew of here. */
  readonly expiresOn?: LocalDate
}

/** What a count found of goods that are told apart, as the differences that booking it books. */
export type CountedGoods =
  | { readonly tracking: 'lot'; readonly lots: readonly LotDifference[] }
  | {
      readonly tracking: 'serial'
      /** Pieces that should not be there, and are. */
      readonly found: readonly SerialNumber[]
      /** Pieces that should be there, and are not. */
      readonly missing: readonly SerialNumber[]
    }

/** Units that are elsewhere than they should be: one lot's surplus does not make up for another's loss. */
export const unitsAstray = (goods: CountedGoods): number =>
  goods.tracking === 'serial'
    ? goods.found.length + goods.missing.length
    : goods.lots.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0)

/** Compares the lots that were found with those that should be there; a lot that is not named was not found. */
export const lotDifferences = (
  expected: readonly StockLot[],
  found: readonly NamedLot[],
): readonly LotDifference[] => {
  const counted = new Map(found.map((lot) => [lot.lot, lot]))
  const known = expected.map(({ lot, onHand }) => ({
    lot,
    quantity: (counted.get(lot)?.quantity ?? 0) - onHand,
  }))
  const strangers = found.filter(({ lot }) => !expected.some((candidate) => candidate.lot === lot))
  return [
    ...known.filter(({ quantity }) => quantity !== 0),
    ...strangers.map(({ lot, quantity, expiresOn }) =>
      expiresOn === undefined ? { lot, quantity } : { lot, quantity, expiresOn },
    ),
  ]
}
