import { z } from 'zod'
import { hasStock, productKind } from '../catalog/product.js'
import {
  nonNegativeQuantitySchema,
  toBaseUnits,
  type Unit,
  type WrittenQuantity,
} from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import { move } from '../inventory/reserve-stock.js'
import type { StockCommand } from '../inventory/stock-level-decider.js'
import { stockKind, stockLevelId, type KeepBack, type StockLevel } from '../inventory/stock-level.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { workOn } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

const keepBackSchema = z.strictObject({
  /** The last so many available units stay for other channels. */
  channels: z
    .array(z.strictObject({ channel: wordSchema, quantity: nonNegativeQuantitySchema }))
    .max(100, 'keepBack.max')
    .superRefine((kept, context) =>
      eachOnce(
        kept.map(({ channel }) => channel),
        context,
      ),
    )
    .optional(),
  /** The last so many available units stay for customers of other classes, or of none. */
  customerClasses: z
    .array(z.strictObject({ customerClass: wordSchema, quantity: nonNegativeQuantitySchema }))
    .max(100, 'keepBack.max')
    .superRefine((kept, context) =>
      eachOnce(
        kept.map(({ customerClass }) => customerClass),
        context,
      ),
    )
    .optional(),
})

const eachOnce = (names: readonly string[], context: z.RefinementCtx): void => {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index)
      context.addIssue({ code: 'custom', message: 'keepBack.duplicate', path: [index] })
  }
}

/**
 * Says how much of a stock level is kept back from everybody (M43), from a channel or a customer class (F39), how much may be promised beyond it (F35),
 * and when it counts as low (F45); what is left out stays, and each list replaces the one before. Opens the level of a defined SKU, so that it can be
 * sold before its first receipt. A lower allowance that would not cover what is reserved is refused (ST9).
 */
export const configureStock = defineCommand({
  name: 'inventory.configure',
  input: z
    .strictObject({
      sku: skuSchema,
      location: locationIdSchema.optional(),
      safetyStock: nonNegativeQuantitySchema.optional(),
      backorderAllowance: nonNegativeQuantitySchema.optional(),
      /** At or below this the shop window says `low`; 0 for never. */
      lowStock: nonNegativeQuantitySchema.optional(),
      keepBack: keepBackSchema.optional(),
    })
    .refine(
      ({ sku: _sku, location: _location, ...changes }) =>
        Object.values(changes).some((change) => change !== undefined),
      'change.empty',
    ),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
  ],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const id = stockLevelId(location, input.sku)
    const product = work.find(productKind, input.sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku: input.sku })
    if (!hasStock(product)) return refuse('not_stocked', { sku: input.sku })
    const level =
      work.find(stockKind, id)?.state ??
      work.append(stockKind, id, [{ type: 'StockLevelOpened', sku: input.sku, location }])
    const commands = commandsFor(input, level, product.unit)
    if (!commands.ok) return commands
    for (const command of commands.value) {
      const moved = move(work, { sku: input.sku, location, quantity: 0 }, command)
      if (!moved.ok) return moved
    }
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})

interface Wanted {
  readonly safetyStock?: WrittenQuantity | undefined
  readonly backorderAllowance?: WrittenQuantity | undefined
  readonly lowStock?: WrittenQuantity | undefined
  readonly keepBack?: z.output<typeof keepBackSchema> | undefined
}

const commandsFor = (
  wanted: Wanted,
  level: StockLevel,
  unit: Unit,
): Result<readonly StockCommand[], Refusal> => {
  const figures = readFigures(wanted, unit)
  if (!figures.ok) return figures
  const keepBack = readKeepBack(wanted, level, unit)
  if (!keepBack.ok) return keepBack
  const { safetyStock, backorderAllowance, lowStock } = figures.value
  const commands: StockCommand[] = []
  if (safetyStock !== undefined || backorderAllowance !== undefined) {
    commands.push({
      type: 'ConfigureStock',
      safetyStock: safetyStock ?? level.safetyStock,
      backorderAllowance: backorderAllowance ?? level.backorderAllowance,
    })
  }
  if (lowStock !== undefined || keepBack.value !== undefined) {
    commands.push({
      type: 'SetThresholds',
      ...(lowStock !== undefined && { lowStock }),
      ...(keepBack.value !== undefined && { keepBack: keepBack.value }),
    })
  }
  return ok(commands)
}

const figureNames = ['safetyStock', 'backorderAllowance', 'lowStock'] as const

const readFigures = (
  wanted: Wanted,
  unit: Unit,
): Result<Partial<Readonly<Record<(typeof figureNames)[number], number>>>, Refusal> => {
  const figures: Partial<Record<(typeof figureNames)[number], number>> = {}
  for (const name of figureNames) {
    const written = wanted[name]
    if (written === undefined) continue
    const baseUnits = toBaseUnits(written, unit)
    if (typeof baseUnits === 'string') return broken([name], baseUnits)
    figures[name] = baseUnits
  }
  return ok(figures)
}

/** A kept quantity of zero keeps nothing, so it is left out. */
const readKeepBack = (
  { keepBack }: Wanted,
  level: StockLevel,
  unit: Unit,
): Result<KeepBack | undefined, Refusal> => {
  if (keepBack === undefined) return ok(undefined)
  const read = <Entry extends { readonly quantity: WrittenQuantity }>(
    entries: readonly Entry[],
    list: 'channels' | 'customerClasses',
  ): Result<(Omit<Entry, 'quantity'> & { readonly quantity: number })[], Refusal> => {
    const kept: (Omit<Entry, 'quantity'> & { readonly quantity: number })[] = []
    for (const [index, entry] of entries.entries()) {
      const quantity = toBaseUnits(entry.quantity, unit)
      if (typeof quantity === 'string') return broken(['keepBack', list, index, 'quantity'], quantity)
      if (quantity > 0) kept.push({ ...entry, quantity })
    }
    return ok(kept)
  }
  const channels =
    keepBack.channels === undefined ? ok(level.keepBack?.channels ?? []) : read(keepBack.channels, 'channels')
  if (!channels.ok) return channels
  const customerClasses =
    keepBack.customerClasses === undefined
      ? ok(level.keepBack?.customerClasses ?? [])
      : read(keepBack.customerClasses, 'customerClasses')
  return customerClasses.ok
    ? ok({ channels: channels.value, customerClasses: customerClasses.value })
    : customerClasses
}

const broken = (path: readonly (string | number)[], rule: string) =>
  refuse('validation_failed', { issues: [{ path, rule }] })
