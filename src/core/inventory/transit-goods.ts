import type { SerialNumber } from '../ids/ids.js'
import { present } from '../invariant.js'
import type { IncomingLot, LotShare } from './stock-lots.js'

/** The lots or pieces of a transfer's line that are on their way; a lot keeps the day it first came to us. */
export interface TransitGoods {
  readonly lots?: readonly IncomingLot[]
  readonly serials?: readonly SerialNumber[]
}

/** How many units lots or pieces are, in base units. */
export const unitsIn = ({
  lots,
  serials,
}: {
  readonly lots?: readonly LotShare[]
  readonly serials?: readonly SerialNumber[]
}): number => serials?.length ?? (lots ?? []).reduce((sum, { quantity }) => sum + quantity, 0)

/** What is still on its way when these have come. */
export const stillOnTheWay = (goods: TransitGoods, came: TransitGoods): TransitGoods => {
  const { lots, serials } = goods
  if (serials !== undefined) {
    const arrived = new Set(came.serials)
    return { serials: serials.filter((serial) => !arrived.has(serial)) }
  }
  const arrived = new Map(came.lots?.map(({ lot, quantity }) => [lot, quantity]))
  return {
    lots: present(lots, 'goods on their way are lots or pieces').flatMap((lot) => {
      const quantity = lot.quantity - (arrived.get(lot.lot) ?? 0)
      return quantity > 0 ? [{ ...lot, quantity }] : []
    }),
  }
}
