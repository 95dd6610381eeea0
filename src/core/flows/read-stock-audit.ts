import { readEnvelope } from '../audit/envelope.js'
import { backorderQueueKind, queuedUnits } from '../inventory/backorder-queue.js'
import { reservationKind, type Reservation } from '../inventory/reservation.js'
import { stockDemandOf } from '../inventory/stock-demand.js'
import type { DocumentClaims, StockAuditFacts } from '../inventory/stock-differences.js'
import { documentName, emptyLedger, withMovements, type StockLedger } from '../inventory/stock-ledger.js'
import { stockKind, stockLevelId, type MovementSource, type StockEvent } from '../inventory/stock-level.js'
import { onTheWay, transferKind, type Transfer } from '../inventory/transfer.js'
import type { LocationId, Sku } from '../ids/ids.js'
import { backorderedQuantity } from '../orders/backorders.js'
import { orderKind, type Order } from '../orders/order.js'
import { eachPage } from '../pages.js'
import type { Versioned } from '../plan.js'
import { largestPage } from '../ports/storage.js'
import type { RecordReader } from '../record-reader.js'
import type { DerivedKind, RecordKind } from '../record-kind.js'
import { expectedReceiptKind, outstanding, type ExpectedReceipt } from '../replenishment/expected-receipt.js'

type Place = { readonly sku: Sku; readonly location: LocationId }

const mostRounds = 5

/**
 * Reads one level, folds its movements and asks every document that could be behind it what it says: all that the ledger names, and every open order,
 * hold, transfer and expected receipt there is. A level that moves meanwhile is caught up with; documents of its very last movements, where it never
 * stands still, are set aside as unsettled, so that a healthy store gives no alarm.
 */
export const readStockAudit = async (
  reader: RecordReader,
  place: Place,
): Promise<StockAuditFacts | undefined> => {
  const key = { kind: stockKind.name, id: stockLevelId(place.location, place.sku) }
  const documents = new Map<string, DocumentClaims>()
  let ledger: StockLedger = emptyLedger
  let moved: readonly MovementSource[] = []
  let queued = 0
  for (let round = 0; ; round += 1) {
    const [level] = await reader.getAll(stockKind, [key.id])
    if (level === undefined) return undefined
    const isSettled = round > 0 && level.version === ledger.version
    if (isSettled || round === mostRounds) {
      const unsettled = isSettled ? [] : moved
      const caughtUp = await catchUp(reader, key, ledger, level.version)
      return {
        level: level.state,
        version: level.version,
        ledger: caughtUp.ledger,
        documents: [...documents.values()],
        queued: isSettled ? queued : (caughtUp.ledger.level?.backordered ?? 0),
        unsettled: [...unsettled, ...caughtUp.sources],
      }
    }
    const caughtUp = await catchUp(reader, key, ledger, level.version)
    moved = caughtUp.sources
    ledger = caughtUp.ledger
    const found = round === 0 ? await openDocuments(reader, place) : []
    for (const document of found) documents.set(documentName(document.source), document)
    await readNamed(reader, place, documents, round === 0 ? openAccounts(ledger) : moved)
    const [queue] = await reader.getAll(backorderQueueKind, [key.id])
    queued = queuedUnits(queue?.state)
  }
}

/** Movements up to a version: later ones belong to commands that ran meanwhile. */
const catchUp = async (
  reader: RecordReader,
  key: { readonly kind: string; readonly id: string },
  ledger: StockLedger,
  until: number,
): Promise<{ readonly ledger: StockLedger; readonly sources: readonly MovementSource[] }> => {
  const movements: { readonly version: number; readonly event: StockEvent }[] = []
  if (ledger.version < until) {
    for await (const { version, body } of reader.history(key, ledger.version)) {
      if (version > until) break
      movements.push({ version, event: readEnvelope(body).event as StockEvent })
    }
  }
  const sources = movements.flatMap(({ event }) => ('source' in event ? [event.source] : []))
  return { ledger: withMovements(ledger, movements), sources }
}

const openAccounts = ({ promised, incoming }: StockLedger): readonly MovementSource[] =>
  [...promised.values(), ...incoming.values()].flatMap(({ source, quantity }) =>
    quantity === 0 ? [] : [source],
  )

const openDocuments = async (reader: RecordReader, place: Place): Promise<readonly DocumentClaims[]> => {
  const found: DocumentClaims[] = []
  for (const status of ['placed', 'confirmed']) {
    for await (const order of every(reader, orderKind, { status })) found.push(orderClaims(order, place))
  }
  for await (const hold of every(reader, reservationKind, { status: 'held' }))
    found.push(holdClaims(hold, place))
  for (const status of ['shipped', 'partially_received']) {
    for await (const transfer of every(reader, transferKind, { status, to: place.location }))
      found.push(transferClaims(transfer, place))
  }
  const openAt = stockLevelId(place.location, place.sku)
  for await (const receipt of every(reader, expectedReceiptKind, { openAt }))
    found.push(receiptClaims(receipt))
  return found.filter(({ promised, incoming }) => promised !== 0 || incoming !== 0)
}

async function* every<State>(
  reader: RecordReader,
  kind: DerivedKind<State> | RecordKind<State, never>,
  where: Readonly<Record<string, string>>,
): AsyncIterable<Versioned<State>> {
  for await (const records of eachPage((from) => reader.list(kind, { where, limit: largestPage, ...from })))
    yield* records
}

/** Reads the documents that the ledger names, and the holds behind orders among them. */
const readNamed = async (
  reader: RecordReader,
  place: Place,
  documents: Map<string, DocumentClaims>,
  named: readonly MovementSource[],
): Promise<void> => {
  const ids = (kind: string) => [
    ...new Set(named.filter((source) => source.kind === kind).map(({ id }) => id)),
  ]
  const found: DocumentClaims[] = []
  const holds = await reader.getAll(reservationKind, ids(reservationKind.name))
  for (const hold of holds) found.push(holdClaims(hold, place))
  const orderIds = new Set([...ids(orderKind.name), ...holds.flatMap(({ state }) => state.order ?? [])])
  for (const order of await reader.getAll(orderKind, [...orderIds])) found.push(orderClaims(order, place))
  for (const transfer of await reader.getAll(transferKind, ids(transferKind.name)))
    found.push(transferClaims(transfer, place))
  for (const receipt of await reader.getAll(expectedReceiptKind, ids(expectedReceiptKind.name)))
    found.push(receiptClaims(receipt))
  for (const document of found) documents.set(documentName(document.source), document)
  // An order and the hold it came from are one account, whichever of the two a read has shown to be that.
  const joined = [...documents.values()].flatMap(({ joins }) =>
    joins?.kind === reservationKind.name && !documents.has(documentName(joins)) ? [joins.id] : [],
  )
  if (joined.length === 0) return
  for (const hold of await reader.getAll(reservationKind, joined))
    documents.set(documentName({ kind: reservationKind.name, id: hold.state.id }), holdClaims(hold, place))
}

const orderClaims = ({ state, version }: Versioned<Order>, place: Place): DocumentClaims => {
  const isOpen = state.status === 'placed' || state.status === 'confirmed'
  const demands = isOpen
    ? state.lines.flatMap((line) => stockDemandOf(line, line.allocated + backorderedQuantity(line)))
    : []
  return {
    source: { kind: orderKind.name, id: state.id },
    version,
    promised: sumAt(demands, place),
    incoming: 0,
    ...(state.reservation !== undefined && {
      joins: { kind: reservationKind.name, id: state.reservation },
    }),
  }
}

const holdClaims = ({ state, version }: Versioned<Reservation>, place: Place): DocumentClaims => ({
  source: { kind: reservationKind.name, id: state.id },
  version,
  promised: state.status === 'held' ? sumAt(state.lines, place) : 0,
  incoming: 0,
  ...(state.order !== undefined && { joins: { kind: orderKind.name, id: state.order } }),
})

const transferClaims = ({ state, version }: Versioned<Transfer>, place: Place): DocumentClaims => {
  const isAway = state.status === 'shipped' || state.status === 'partially_received'
  const lines = isAway && state.to === place.location ? state.lines : []
  return {
    source: { kind: transferKind.name, id: state.id },
    version,
    promised: 0,
    incoming: lines.reduce((sum, line) => (line.sku === place.sku ? sum + onTheWay(line) : sum), 0),
  }
}

const receiptClaims = ({ state, version }: Versioned<ExpectedReceipt>): DocumentClaims => ({
  source: { kind: expectedReceiptKind.name, id: state.id },
  version,
  promised: 0,
  incoming: outstanding(state),
})

const sumAt = (
  demands: readonly { readonly sku: Sku; readonly location: LocationId; readonly quantity: number }[],
  place: Place,
): number =>
  demands.reduce(
    (sum, { sku, location, quantity }) =>
      sku === place.sku && location === place.location ? sum + quantity : sum,
    0,
  )
