import { z } from 'zod'
import { eventLabel } from '../../core/audit/event-label.js'
import { readEnvelope, type RecordedActor } from '../../core/audit/envelope.js'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import {
  stockKind,
  stockLevelId,
  type MovementSource,
  type StockEvent,
  type StockLevel,
} from '../../core/inventory/stock-level.js'
import type { RecordedEvent } from '../../core/ports/storage.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import type { Instant } from '../../core/time/instant.js'
import { defineQuery } from '../query.js'
import { pageOf, pageShape, type List } from './page.js'
import { unitsOf } from './units.js'

/** On hand, reserved, quarantined and incoming, in the unit of the SKU. */
export interface LedgerFigures {
  readonly onHand: WrittenQuantity
  readonly reserved: WrittenQuantity
  readonly quarantined: WrittenQuantity
  readonly incoming: WrittenQuantity
}

/** One movement of a stock level: when, by whom, because of which document, by how much, and what the figures were after it. */
export interface StockMovement {
  readonly version: number
  readonly at: Instant
  readonly actor: RecordedActor
  /** The command that did it, as `shipments.ship`. */
  readonly command: string
  /** The event's type, as `StockShipped`. */
  readonly what: string
  /** The same for people, in English. */
  readonly label: string
  /** The document behind it, where there is one. */
  readonly source?: MovementSource
  readonly reason?: string
  /** What it added to each figure, below zero what it took; zero figures are left out. */
  readonly change: Partial<LedgerFigures>
  readonly after: LedgerFigures
}

/**
 * The ledger of one stock level, oldest first, with running figures and the documents behind them (F33, M49, M109). `after` leaves out what happened up
 * to that version of the level.
 */
export const stockMovements = defineQuery({
  name: 'inventory.movements',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    /** The version of the level up to which movements are known already. */
    after: z.int('type').min(0, 'limit.range').optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const location = input.location ?? context.settings.defaultLocation
    const key = { kind: stockKind.name, id: stockLevelId(location, input.sku) }
    const level = await context.get(stockKind, key.id)
    if (level === undefined) return refuse('unknown_sku', { sku: input.sku, location })
    const start = input.cursor === undefined ? beginning : readCursor(input.cursor)
    if (start === undefined) {
      return refuse('validation_failed', { issues: [{ path: ['cursor'], rule: 'cursor.format' }] })
    }
    const unit = (await unitsOf(context, [input.sku]))(input.sku)
    const { limit } = pageOf(input)
    const items: StockMovement[] = []
    let { version, figures } = start
    let hasMore = false
    for await (const recorded of context.history(key, version)) {
      // What came after the level was read belongs to commands that ran meanwhile: the next question finds it.
      if (recorded.version > level.version) break
      if (items.length === limit) {
        hasMore = true
        break
      }
      const after = figuresAfter(figures, readEnvelope(recorded.body).event as StockEvent)
      if (recorded.version > (input.after ?? 0)) items.push(movementOf(recorded, figures, after, unit))
      figures = after
      version = recorded.version
    }
    const value: List<StockMovement> = hasMore
      ? { items, next: writeCursor({ version, figures }) }
      : { items }
    return ok({ value, version: level.version })
  },
})

const names = ['onHand', 'reserved', 'quarantined', 'incoming'] as const
type Figures = Readonly<Record<(typeof names)[number], number>>

/** Where a page begins: running figures go along, so that no page has to add up those before it. */
interface Place {
  readonly version: number
  readonly figures: Figures
}

const beginning: Place = { version: 0, figures: { onHand: 0, reserved: 0, quarantined: 0, incoming: 0 } }

/** A movement changes figures by what it says, whatever they were: a level that has only these is enough to ask it. */
const figuresAfter = (figures: Figures, event: StockEvent): Figures => {
  const { onHand, reserved, quarantined, incoming } = stockKind.evolve(
    { safetyStock: 0, backorderAllowance: 0, ...figures } as StockLevel,
    event,
  )
  return { onHand, reserved, quarantined, incoming }
}

const movementOf = (recorded: RecordedEvent, before: Figures, after: Figures, unit: Unit): StockMovement => {
  const { at, by, event } = readEnvelope(recorded.body)
  const { source, reason } = event as { readonly source?: MovementSource; readonly reason?: string }
  const changed = names.filter((name) => after[name] !== before[name])
  return {
    version: recorded.version,
    at,
    actor: by.actor,
    command: by.command,
    what: event.type,
    label: eventLabel(event.type),
    ...(source !== undefined && { source }),
    ...(reason !== undefined && { reason }),
    change: Object.fromEntries(
      changed.map((name) => [name, writeQuantity(after[name] - before[name], unit)]),
    ),
    after: writeFigures(after, unit),
  }
}

const writeFigures = ({ onHand, reserved, quarantined, incoming }: Figures, unit: Unit): LedgerFigures => ({
  onHand: writeQuantity(onHand, unit),
  reserved: writeQuantity(reserved, unit),
  quarantined: writeQuantity(quarantined, unit),
  incoming: writeQuantity(incoming, unit),
})

const writeCursor = ({ version, figures }: Place): string =>
  [version, ...names.map((name) => figures[name])].join('.')

const readCursor = (cursor: string): Place | undefined => {
  if (!/^\d{1,16}(?:\.\d{1,16}){4}$/.test(cursor)) return undefined
  const [version = 0, onHand = 0, reserved = 0, quarantined = 0, incoming = 0] = cursor.split('.').map(Number)
  return { version, figures: { onHand, reserved, quarantined, incoming } }
}
