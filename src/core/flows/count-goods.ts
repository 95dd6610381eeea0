import { productKind, type Tracking } from '../catalog/product.js'
import type { Unit } from '../catalog/quantity.js'
import type { GatherContext } from '../command.js'
import type { LocationId, SerialNumber, Sku, StockCountId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { invariant, present } from '../invariant.js'
import { lotDifferences, type CountedGoods } from '../inventory/counted-goods.js'
import { moveGoods, type GoodsContext } from '../inventory/move-goods.js'
import { serialId, serialKey, serialKind } from '../inventory/serial.js'
import { stockCountKind, type StockCount, type StockCountLine } from '../inventory/stock-count.js'
import { stockKind, stockLevelId, type MovementSource } from '../inventory/stock-level.js'
import { stockLotsKey, stockLotsKind } from '../inventory/stock-lots.js'
import { readGoods, type Goods, type NamedGoods } from '../inventory/tracked-goods.js'
import { eachPage } from '../pages.js'
import type { Work } from '../plan.js'
import { largestPage } from '../ports/storage.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

/** The records of what is counted of one SKU, with the pieces that should be there as far as can be seen without a lock. */
export interface CountedPieces {
  readonly sku: Sku
  readonly hints: readonly SerialNumber[]
  readonly keys: readonly Key[]
}

/** Only a hint: the plan checks that the pieces are all. */
export const countedPieces = async (
  context: Pick<GatherContext, 'read' | 'reader' | 'settings'>,
  id: StockCountId,
  lines: readonly { readonly sku: Sku; readonly serials?: readonly SerialNumber[] | undefined }[],
): Promise<readonly CountedPieces[]> => {
  const count = await context.read(stockCountKind, id)
  const pieces: CountedPieces[] = []
  for (const { sku, serials = [] } of lines) {
    const line = count?.lines.find((candidate) => candidate.sku === sku)
    if (count === undefined || line?.tracking === undefined) continue
    const hints = line.tracking === 'serial' ? await piecesAt(context, sku, count.location) : []
    pieces.push({ sku, hints, keys: goodsKeysOf(count.location, line, [...hints, ...serials]) })
  }
  return pieces
}

const piecesAt = async (
  { reader, settings }: Pick<GatherContext, 'reader' | 'settings'>,
  sku: Sku,
  location: LocationId,
): Promise<readonly SerialNumber[]> => {
  const pieces: SerialNumber[] = []
  const pages = eachPage((from) =>
    reader.list(serialKind, { where: { sku, location }, limit: largestPage, ...from }),
  )
  for await (const page of pages) {
    pieces.push(...page.map(({ state }) => state.serial))
    if (pieces.length > settings.limits.serialsPerCommand) break
  }
  return pieces
}

const goodsKeysOf = (
  location: LocationId,
  line: Pick<StockCountLine, 'sku' | 'tracking'>,
  serials: readonly SerialNumber[],
): readonly Key[] =>
  line.tracking === 'lot'
    ? [stockLotsKey(location, line.sku)]
    : serials.map((serial) => serialKey(line.sku, serial))

interface Found {
  readonly sku: Sku
  readonly location: LocationId
  readonly unit: Unit
  readonly tracking: Tracking | undefined
  /** In base units. */
  readonly counted: number
  readonly named: NamedGoods
  /** Pieces that should be there. */
  readonly hints: readonly SerialNumber[]
}

/**
 * What was found of goods that are told apart, beside what should be there at this very moment; nothing for goods that are all alike. Nothing found
 * needs no names. Refused as `changed_meanwhile` when pieces moved while they were looked up: try again.
 */
export const compareGoods = (
  work: Work,
  found: Found,
  mostSerials: number,
  path: readonly (string | number)[],
): Result<CountedGoods | undefined, Refusal> => {
  const { sku, location, tracking, unit, counted, named } = found
  if (tracking === undefined) {
    const alike = readGoods({ unit }, counted, named, mostSerials, path)
    return alike.ok ? ok(undefined) : alike
  }
  const nothing: Goods = tracking === 'lot' ? { tracking, lots: [] } : { tracking, serials: [] }
  const isNothing = counted === 0 && named.lots === undefined && named.serials === undefined
  const goods = isNothing ? ok(nothing) : readGoods({ unit, tracking }, counted, named, mostSerials, path)
  if (!goods.ok) return goods
  if (goods.value.tracking === 'lot') {
    const expected = work.find(stockLotsKind, stockLevelId(location, sku))?.state.lots ?? []
    const misread = goods.value.lots.find(({ lot, expiresOn }) => {
      const known = expected.find((candidate) => candidate.lot === lot)
      return known !== undefined && expiresOn !== undefined && known.expiresOn !== expiresOn
    })
    return misread === undefined
      ? ok({ tracking: 'lot', lots: lotDifferences(expected, goods.value.lots) })
      : refuse('lot_conflict', { sku, location, lot: misread.lot })
  }
  invariant(goods.value.tracking === 'serial', 'goods are read as what they are tracked by')
  return comparePieces(work, found, goods.value.serials, mostSerials)
}

/** The level says how many pieces there are: as many that are here, and locked, are all of them. */
const comparePieces = (
  work: Work,
  { sku, location, hints }: Found,
  named: readonly SerialNumber[],
  mostSerials: number,
): Result<CountedGoods, Refusal> => {
  const { onHand } = present(
    work.find(stockKind, stockLevelId(location, sku))?.state,
    'what is counted has a stock level',
  )
  if (onHand > mostSerials) return refuse('limit_exceeded', { limit: 'serialsPerCommand', most: mostSerials })
  const isHere = (serial: SerialNumber): boolean =>
    work.find(serialKind, serialId(sku, serial))?.state.location === location
  const expected = new Set([...hints, ...named].filter(isHere))
  if (expected.size !== onHand) return refuse('changed_meanwhile', { sku, location })
  const seen = new Set(named)
  return ok({
    tracking: 'serial',
    found: named.filter((serial) => !expected.has(serial)),
    missing: [...expected].filter((serial) => !seen.has(serial)),
  })
}

/** The records that booking a count changes besides its levels. */
export const bookedGoodsKeys = ({ location, lines }: StockCount): readonly Key[] =>
  lines.flatMap((line) => {
    const goods = line.found?.goods
    if (goods === undefined) return []
    const serials = goods.tracking === 'serial' ? [...goods.found, ...goods.missing] : []
    return [{ kind: productKind.name, id: line.sku }, ...goodsKeysOf(location, line, serials)]
  })

/** Books what was found first, so that no promise loses its goods to the order of two movements. */
export const bookGoods = (
  work: Work,
  count: StockCount,
  sku: Sku,
  goods: CountedGoods,
  context: GoodsContext & { readonly source: MovementSource; readonly reason: string },
): Result<void, Refusal> => {
  const product = present(work.find(productKind, sku)?.state, 'what is counted is a product')
  for (const sign of [1, -1] as const) {
    const moving = differing(goods, sign)
    const units = moving.tracking === 'lot' ? sumOf(moving.lots) : moving.serials.length
    if (units === 0) continue
    const quantity = sign * units
    const moved = moveGoods(
      work,
      product,
      { sku, location: count.location, quantity },
      { type: 'AdjustStock', quantity, source: context.source, reason: context.reason },
      moving,
      context,
    )
    if (!moved.ok) return moved
  }
  return ok(undefined)
}

const differing = (
  goods: CountedGoods,
  sign: 1 | -1,
): Extract<Goods, { readonly tracking: 'lot' | 'serial' }> =>
  goods.tracking === 'serial'
    ? { tracking: 'serial', serials: sign > 0 ? goods.found : goods.missing }
    : {
        tracking: 'lot',
        lots: goods.lots.flatMap((lot) =>
          Math.sign(lot.quantity) === sign ? [{ ...lot, quantity: Math.abs(lot.quantity) }] : [],
        ),
      }

const sumOf = (lots: readonly { readonly quantity: number }[]): number =>
  lots.reduce((sum, { quantity }) => sum + quantity, 0)
