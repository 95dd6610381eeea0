import { stockKind, type MovementSource, type StockEvent, type StockLevel } from './stock-level.js'

/** So many base units on account of one document. */
export interface Claim {
  readonly source: MovementSource
  readonly quantity: number
}

/** What the movements of one level add up to, and on whose account. */
export interface StockLedger {
  /** The version of the last movement that was added. */
  readonly version: number
  /** What the level should say; undefined before it was opened. */
  readonly level: StockLevel | undefined
  /** Promised to orders and holds, by document. */
  readonly promised: ReadonlyMap<string, Claim>
  /** On the way here, by document. */
  readonly incoming: ReadonlyMap<string, Claim>
  /** How often it was put right after an audit. */
  readonly corrections: number
}

export const emptyLedger: StockLedger = {
  version: 0,
  level: undefined,
  promised: new Map(),
  incoming: new Map(),
  corrections: 0,
}

/** A text for each document, to be looked up by. */
export const documentName = ({ kind, id }: MovementSource): string => `${kind} ${id}`

/** The ledger with further movements, oldest first, each with its version. */
export const withMovements = (
  ledger: StockLedger,
  movements: readonly { readonly version: number; readonly event: StockEvent }[],
): StockLedger => {
  const promised = new Map(ledger.promised)
  const incoming = new Map(ledger.incoming)
  let { level, version, corrections } = ledger
  for (const movement of movements) {
    level = stockKind.evolve(level, movement.event)
    version = movement.version
    if (movement.event.type === 'StockCorrected') corrections += 1
    for (const claim of promisedBy(movement.event)) addTo(promised, claim)
    for (const claim of expectedBy(movement.event)) addTo(incoming, claim)
  }
  return { version, level, promised, incoming, corrections }
}

const addTo = (claims: Map<string, Claim>, { source, quantity }: Claim): void => {
  const name = documentName(source)
  claims.set(name, { source, quantity: (claims.get(name)?.quantity ?? 0) + quantity })
}

/** What a movement adds to (below zero: takes from) what is promised, per document. */
const promisedBy = (event: StockEvent): readonly Claim[] => {
  switch (event.type) {
    case 'StockReserved':
      return [{ source: event.source, quantity: event.quantity }]
    case 'StockReleased':
    case 'StockShipped':
      return [{ source: event.source, quantity: -event.quantity }]
    case 'StockCorrected':
      return event.promised
    default:
      return []
  }
}

const expectedBy = (event: StockEvent): readonly Claim[] => {
  switch (event.type) {
    case 'StockExpected':
      return [{ source: event.source, quantity: event.quantity }]
    case 'StockNoLongerExpected':
    case 'StockTransferredIn':
      return [{ source: event.source, quantity: -event.quantity }]
    case 'StockCorrected':
      return event.expected
    default:
      return []
  }
}
