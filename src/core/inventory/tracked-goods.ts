import { z } from 'zod'
import type { Product, Tracking } from '../catalog/product.js'
import { quantitySchema, toBaseUnits, type Unit, type WrittenQuantity } from '../catalog/quantity.js'
import { lotNumberSchema, serialNumberSchema } from '../ids/id-schema.js'
import type { LotNumber, SerialNumber, Sku } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'

/** A SKU whose goods are told apart, as it stands in an order's line. */
export interface TrackedSku {
  readonly sku: Sku
  readonly tracking: Tracking
}

const eachOnce =
  <Item>(rule: string, nameOf: (item: Item) => string, field?: string) =>
  (items: readonly Item[], context: z.RefinementCtx): void => {
    const seen = new Set<string>()
    for (const [index, item] of items.entries()) {
      if (seen.has(nameOf(item))) {
        context.addIssue({
          code: 'custom',
          message: rule,
          path: field === undefined ? [index] : [index, field],
        })
      }
      seen.add(nameOf(item))
    }
  }

const lotShape = { lot: lotNumberSchema, quantity: quantitySchema }

/** Which units of which lots, each lot at most once. */
export const lotsSchema = z
  .array(z.strictObject(lotShape))
  .min(1, 'lots.required')
  .superRefine(eachOnce('lots.duplicate', ({ lot }) => lot, 'lot'))

/** The same for goods that come in: a lot that is new here may say until when it keeps. */
export const incomingLotsSchema = z
  .array(
    z.strictObject({
      ...lotShape,
      /** The last day on which the goods may be used (GS1 AI 17). */
      expiresOn: localDateSchema.optional(),
    }),
  )
  .min(1, 'lots.required')
  .superRefine(eachOnce('lots.duplicate', ({ lot }) => lot, 'lot'))

/** Which pieces, each once. */
export const serialsSchema = z
  .array(serialNumberSchema)
  .min(1, 'serials.required')
  .superRefine(eachOnce('serials.duplicate', (serial) => serial))

/** What a command says about the lots or pieces it moves. */
export interface NamedGoods {
  readonly lots?:
    | readonly {
        readonly lot: LotNumber
        readonly quantity: WrittenQuantity
        readonly expiresOn?: LocalDate | undefined
      }[]
    | undefined
  readonly serials?: readonly SerialNumber[] | undefined
}

/** Units of one lot as they were named, in base units. `receivedOn` is known of goods that were ours before. */
export interface NamedLot {
  readonly lot: LotNumber
  readonly quantity: number
  readonly expiresOn?: LocalDate
  readonly receivedOn?: LocalDate
}

/** The goods that move: all alike, or told apart. */
export type Goods =
  | { readonly tracking: 'none' }
  | { readonly tracking: 'lot'; readonly lots: readonly NamedLot[] }
  | { readonly tracking: 'serial'; readonly serials: readonly SerialNumber[] }

/** Goods that nobody tells apart. */
export const alike: Goods = { tracking: 'none' }

type Path = readonly (string | number)[]

/**
 * Reads which lots or pieces are meant: for a SKU tracked by lot the lots, which add up to the quantity; for one tracked by serial number exactly as
 * many numbers as pieces; for any other neither. `quantity` is in base units, without a sign.
 */
export const readGoods = (
  product: Pick<Product, 'unit' | 'tracking'>,
  quantity: number,
  named: NamedGoods,
  mostSerials: number,
  path: Path = [],
): Result<Goods, Refusal> => {
  if (product.tracking !== 'lot' && named.lots !== undefined) return broken(path, 'lots', 'tracking.none')
  if (product.tracking !== 'serial' && named.serials !== undefined)
    return broken(path, 'serials', 'tracking.none')
  if (product.tracking === undefined) return ok(alike)
  return product.tracking === 'lot'
    ? readLots(named, quantity, product.unit, path)
    : readSerials(named, quantity, mostSerials, path)
}

const readLots = (named: NamedGoods, wanted: number, unit: Unit, path: Path): Result<Goods, Refusal> => {
  if (named.lots === undefined) return broken(path, 'lots', 'lots.required')
  const lots: NamedLot[] = []
  let sum = 0
  for (const [index, { lot, quantity, expiresOn }] of named.lots.entries()) {
    const baseUnits = toBaseUnits(quantity, unit)
    if (typeof baseUnits === 'string')
      return refuse('validation_failed', {
        issues: [{ path: [...path, 'lots', index, 'quantity'], rule: baseUnits }],
      })
    lots.push({ lot, quantity: baseUnits, ...(expiresOn !== undefined && { expiresOn }) })
    sum += baseUnits
  }
  return sum === wanted ? ok({ tracking: 'lot', lots }) : broken(path, 'lots', 'lots.sum')
}

const readSerials = (named: NamedGoods, wanted: number, most: number, path: Path): Result<Goods, Refusal> => {
  const { serials } = named
  if (serials === undefined) return broken(path, 'serials', 'serials.required')
  if (serials.length > most) return refuse('limit_exceeded', { limit: 'serialsPerCommand', most })
  return serials.length === wanted
    ? ok({ tracking: 'serial', serials })
    : broken(path, 'serials', 'serials.count')
}

const broken = (path: Path, field: string, rule: string) =>
  refuse('validation_failed', { issues: [{ path: [...path, field], rule }] })
