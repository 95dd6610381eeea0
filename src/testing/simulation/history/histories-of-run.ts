import { stockKind, stockLevelId, type StockLevel } from '../../../core/inventory/stock-level.js'
import type { LocationId, Sku } from '../../../core/ids/ids.js'
import { orderKind, type Order } from '../../../core/orders/order.js'
import { numberSeriesKind } from '../../../core/invoicing/number-series.js'
import type { RecordedEvent } from '../../../core/ports/storage.js'
import { commandOf, eventOf } from '../recorded-event.js'
import { isUndecided, type LoggedRequest } from '../request-log.js'
import type { Shadow, ShadowRecord } from '../shadow.js'
import type { AcrossLevels, AskedAcross } from './across-levels-check.js'
import type { NumberedDocument } from './numbering-check.js'
import type { StockHistory, StockMovement, StockOperation } from './stock-history.js'

/**
 * The histories of all stock levels of a run. A grant carries no version of the level it was taken from in its answer; the movement does that it made,
 * and names what it was made for. Movements that no client asked for (the sweeper's) may have happened at any time.
 */
export const stockHistoriesOf = (
  requests: readonly LoggedRequest[],
  opening: Shadow,
  after: Shadow,
): ReadonlyMap<string, StockHistory> => {
  const histories = new Map<string, StockHistory>()
  for (const record of after.records.ofKind(stockKind.name)) {
    const id = record.key.id
    const before = opening.records.get(record.key)
    if (before === undefined) continue
    const movements = movementsAfter(before, record)
    const asked = [
      ...requests.flatMap((logged) => [
        ...operationsOn(id, logged, movements),
        ...receiptOn(id, logged, movements),
      ]),
      ...releasesOn(id, requests, movements, after),
    ]
    const claimed = new Set(asked.filter(({ outcome }) => outcome === 'done').map(({ version }) => version))
    const others = movements
      .filter(({ version }) => !claimed.has(version))
      .map(({ source, change, version }): StockOperation => ({
        source,
        change,
        version,
        invoked: -Infinity,
        answered: Infinity,
        outcome: 'unknown',
        needsStock: false,
      }))
    histories.set(id, {
      available: availableOf(before.state as StockLevel),
      version: before.version,
      operations: [...asked, ...others],
      movements: movements.map(({ version, source, change }) => ({ version, source, change })),
    })
  }
  return histories
}

/** Written down once more on purpose (ST4): the checker must not take the engine's own word for it. */
const availableOf = (level: StockLevel): number =>
  level.onHand -
  level.quarantined -
  level.safetyStock +
  level.backorderAllowance -
  level.reserved -
  (level.shorted ?? 0)

interface TypedMovement extends StockMovement {
  readonly type: string
}

interface SourcedEvent {
  readonly type: string
  readonly source?: { readonly kind: string; readonly id: string }
}

/** The level's events with what each changed in what is available, whatever kind of event it is. */
const movementsAfter = (before: ShadowRecord, record: ShadowRecord): readonly TypedMovement[] => {
  let level = before.state as StockLevel
  return record.events.slice(before.events.length).map((recorded: RecordedEvent) => {
    const { version } = recorded
    const event = eventOf<SourcedEvent>(recorded)
    const next = stockKind.evolve(level, event as never)
    const change = availableOf(next) - availableOf(level)
    level = next
    return { version, change, type: event.type, source: event.source?.id ?? event.type }
  })
}

interface Shortage {
  readonly sku: Sku
  readonly location: LocationId
  readonly wanted: number
  readonly version?: number
}

/** Commands that reserve what their lines say, and the id of what they make in their answer. */
const reserving: Readonly<Record<string, string>> = {
  'inventory.hold': 'reservation',
  'orders.place': 'order',
}

/** What a receipt answers is the version of the level after it. */
const receiptOn = (
  level: string,
  { request, invoked, answered, answer }: LoggedRequest,
  movements: readonly TypedMovement[],
): readonly StockOperation[] => {
  if (request.action !== 'inventory.receive' || answer?.ok !== true) return []
  const { sku, location = 'main' as LocationId, quantity } = request.input as AskedLines['lines'][number]
  if (stockLevelId(location, sku) !== level || typeof quantity !== 'number') return []
  const movement = movements.find(({ version }) => version === answer.version)
  // What follows a receipt in the same commit (a backorder is filled) has later versions, and the answer has the last of them.
  if (movement !== undefined && movement.type !== 'StockReceived') return []
  return [
    {
      invoked,
      answered: answered ?? Infinity,
      source: movement?.source ?? 'a receipt',
      change: quantity,
      outcome: 'done',
      needsStock: false,
      version: answer.version,
    },
  ]
}

/** Commands that give all of a promise back, and where their input names it. */
const releasing: Readonly<Record<string, string>> = {
  'inventory.releaseHold': 'reservation',
  'inventory.expireHold': 'reservation',
  'orders.cancel': 'order',
}

/** What came back of a promise is what was asked for when it was made. One that was given back in parts is left to the ledger. */
const releasesOn = (
  level: string,
  requests: readonly LoggedRequest[],
  movements: readonly TypedMovement[],
  after: Shadow,
): readonly StockOperation[] => {
  const promises = new Map<string, LoggedRequest>()
  const releases = new Map<string, LoggedRequest[]>()
  for (const logged of requests) {
    const { request, answer } = logged
    if (answer?.ok !== true) continue
    const made = reserving[request.action]
    if (made !== undefined)
      promises.set((answer.value as Readonly<Record<string, string>>)[made] ?? '', logged)
    const given = releasing[request.action]
    if (given === undefined) continue
    const id = (request.input as Readonly<Record<string, string>>)[given] ?? ''
    releases.set(id, [...(releases.get(id) ?? []), logged])
  }
  return [...releases].flatMap(([id, [logged, ...others]]): readonly StockOperation[] => {
    const own = movements.filter(({ source }) => source === id)
    const movement = own.find(({ type }) => type === 'StockReleased')
    const promise = promises.get(id)
    if (logged === undefined || movement === undefined || promise === undefined) return []
    const units = unitsAsked(promise.request.input, level)
    if (others.length > 0 || own.length !== 2 || units === undefined) return []
    const order = after.records.get({ kind: orderKind.name, id })?.state as Order | undefined
    if (order?.lines.some(({ quantity, canceled }) => quantity !== canceled)) return []
    return [
      {
        invoked: logged.invoked,
        answered: logged.answered ?? Infinity,
        source: id,
        change: -units,
        outcome: 'done',
        needsStock: false,
        version: movement.version,
      },
    ]
  })
}

const operationsOn = (
  level: string,
  { request, invoked, answered, answer }: LoggedRequest,
  movements: readonly TypedMovement[],
): readonly StockOperation[] => {
  const made = reserving[request.action]
  if (made === undefined || answer === undefined) return []
  const span = { invoked, answered: answered ?? Infinity, needsStock: true }
  if (!answer.ok) {
    const shortages = (answer.error.details['shortages'] ?? []) as readonly Shortage[]
    return shortages
      .filter(({ location, sku, version }) => version !== undefined && stockLevelId(location, sku) === level)
      .map(({ wanted, version = 0 }) => ({
        ...span,
        source: `a refused ${made}`,
        change: -wanted,
        outcome: 'refused',
        version,
      }))
  }
  const id = (answer.value as Readonly<Record<string, string>>)[made]
  const movement = movements.find(({ source, type }) => source === id && type === 'StockReserved')
  return movement === undefined
    ? []
    : [
        {
          ...span,
          source: movement.source,
          change: unitsAsked(request.input, level) ?? movement.change,
          outcome: 'done',
          version: movement.version,
        },
      ]
}

interface AskedLines {
  readonly held?: unknown
  readonly lines: readonly { readonly sku: Sku; readonly quantity: unknown; readonly location?: LocationId }[]
}

/** What a plain request asks of a level; with a hold it is less, and only the ledger knows. */
const unitsAsked = (input: unknown, level: string): number | undefined => {
  const { held, lines } = input as AskedLines
  if (held !== undefined) return undefined
  let units = 0
  for (const { sku, quantity, location = 'main' as LocationId } of lines) {
    if (stockLevelId(location, sku) !== level) continue
    if (typeof quantity !== 'number') return undefined
    units -= quantity
  }
  return units
}

/** Who asked for goods in a run, and what the ledgers of all levels say was taken by these very commands. */
export const acrossLevelsOf = (
  requests: readonly LoggedRequest[],
  opening: Shadow,
  after: Shadow,
): AcrossLevels => ({
  requests: requests.flatMap(({ request, answer }, place): readonly AskedAcross[] => {
    const record = reserving[request.action]
    if (record === undefined) return []
    const asked = wishedOf(request.input as AskedLines)
    const wish = { name: `request ${place} (${request.action})`, ...(asked !== undefined && { asked }) }
    if (answer === undefined || isUndecided(answer)) return [{ ...wish, outcome: 'unknown' }]
    if (!answer.ok) return [{ ...wish, outcome: 'refused' }]
    const made = (answer.value as Readonly<Record<string, string>>)[record] ?? ''
    return [{ ...wish, outcome: 'done', made }]
  }),
  taken: [...after.records.ofKind(stockKind.name)].flatMap(({ key, events }) =>
    events.slice(opening.records.get(key)?.events.length ?? 0).flatMap((recorded) => {
      const event = eventOf<SourcedEvent & { readonly quantity: number }>(recorded)
      return event.type === 'StockReserved' && reserving[commandOf(recorded)] !== undefined
        ? [{ level: key.id, source: event.source?.id ?? '', quantity: event.quantity }]
        : []
    }),
  ),
})

/** What a plain request asks of each level; with a hold it is less, and only the ledger knows. */
const wishedOf = ({ held, lines }: AskedLines): ReadonlyMap<string, number> | undefined => {
  if (held !== undefined) return undefined
  const wished = new Map<string, number>()
  for (const { sku, quantity, location = 'main' as LocationId } of lines) {
    if (typeof quantity !== 'number') return undefined
    const level = stockLevelId(location, sku)
    wished.set(level, (wished.get(level) ?? 0) + quantity)
  }
  return wished
}

interface IssuedNumber {
  readonly number: number
  readonly issuedOn: string
  readonly document: { readonly id: string }
}

interface IssuingAnswer {
  readonly invoice?: unknown
  readonly creditNote?: unknown
  readonly deposit?: { readonly invoice: unknown }
}

/** The documents of each series, in its own words, with the calls that issued them: of the command that took the number, and with the document in its answer. */
export const numberedDocumentsOf = (
  requests: readonly LoggedRequest[],
  opening: Shadow,
  after: Shadow,
): ReadonlyMap<string, readonly NumberedDocument[]> => {
  const calls = new Map<string, LoggedRequest>()
  const callOf = (action: string, document: unknown) => `${action} ${String(document)}`
  for (const logged of requests) {
    if (logged.answer?.ok !== true) continue
    const { invoice, creditNote, deposit } = logged.answer.value as IssuingAnswer
    for (const document of [creditNote ?? invoice, deposit?.invoice]) {
      const call = callOf(logged.request.action, document)
      if (typeof document === 'string' && !calls.has(call)) calls.set(call, logged)
    }
  }
  const series = new Map<string, readonly NumberedDocument[]>()
  for (const record of after.records.ofKind(numberSeriesKind.name)) {
    const known = opening.records.get(record.key)?.version ?? 0
    series.set(
      record.key.id,
      record.events.map((recorded) => {
        const { number, issuedOn, document } = eventOf<IssuedNumber>(recorded)
        const call =
          recorded.version <= known ? undefined : calls.get(callOf(commandOf(recorded), document.id))
        return {
          number,
          issuedOn,
          invoked: call?.invoked ?? -Infinity,
          answered: call?.answered ?? Infinity,
        }
      }),
    )
  }
  return series
}
