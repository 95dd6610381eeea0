import { documentName, type Claim, type StockLedger } from './stock-ledger.js'
import { stockFigures, type MovementSource, type StockFigures, type StockLevel } from './stock-level.js'

/** What a document says about one level, as it was at `version`. */
export interface DocumentClaims {
  readonly source: MovementSource
  readonly version: number
  readonly promised: number
  readonly incoming: number
  /** Another document on whose account movements were booked as well: the order of a hold that became its reservation, and the other way round. */
  readonly joins?: MovementSource
}

/** What a level, its ledger and the documents behind it say. */
export interface StockAuditFacts {
  readonly level: StockLevel
  /** Of the level; the ledger ends there too. */
  readonly version: number
  readonly ledger: StockLedger
  readonly documents: readonly DocumentClaims[]
  /** Units that stand in the level's queue. */
  readonly queued: number
  /** Documents that moved while they were looked at, so that nothing is said about them. */
  readonly unsettled: readonly MovementSource[]
}

/** One thing that does not agree, in base units. */
export type StockDifference =
  /** The stored level is not what its movements add up to (ST1, ST10). */
  | {
      readonly what: 'figure'
      readonly figure: keyof StockFigures
      readonly stored: number
      readonly ledger: number
    }
  /** The ledger has promised these documents, taken together, something else than they say (ST2). */
  | {
      readonly what: 'promised' | 'incoming'
      readonly documents: readonly MovementSource[]
      readonly ledger: number
      readonly says: number
    }
  /** The level says that another number of units waits than stands in its queue. */
  | { readonly what: 'waiting'; readonly ledger: number; readonly says: number }

export const stockDifferences = (facts: StockAuditFacts): readonly StockDifference[] => {
  const { ledger, queued } = facts
  const folded = ledger.level
  if (folded === undefined) return []
  const waiting = stockFigures(folded).backordered
  return [
    ...figureDifferences(facts.level, folded),
    ...claimDifferences(facts, 'promised'),
    ...claimDifferences(facts, 'incoming'),
    ...(waiting === queued ? [] : [{ what: 'waiting', ledger: waiting, says: queued } as const]),
  ]
}

const figureDifferences = (stored: StockLevel, folded: StockLevel): readonly StockDifference[] => {
  const [row, ledger] = [stockFigures(stored), stockFigures(folded)]
  return (Object.keys(ledger) as (keyof StockFigures)[]).flatMap((figure) =>
    row[figure] === ledger[figure]
      ? []
      : [{ what: 'figure', figure, stored: row[figure], ledger: ledger[figure] } as const],
  )
}

/** A hold that became a reservation and the order it belongs to are one account: what the one was promised, the other ships. */
const claimDifferences = (
  { ledger, documents, unsettled }: StockAuditFacts,
  what: 'promised' | 'incoming',
): readonly StockDifference[] => {
  const booked = ledger[what]
  const accounts = joinedDocuments(
    [...documents.map(({ source }) => source), ...[...booked.values()].map(({ source }) => source)],
    documents,
  )
  const said = new Map(documents.map((document) => [documentName(document.source), document[what]]))
  const open = new Set(unsettled.map(documentName))
  return accounts.flatMap((account) => {
    const names = account.map(documentName)
    if (names.some((name) => open.has(name))) return []
    const inLedger = names.reduce((sum, name) => sum + (booked.get(name)?.quantity ?? 0), 0)
    const says = names.reduce((sum, name) => sum + (said.get(name) ?? 0), 0)
    return inLedger === says ? [] : [{ what, documents: account, ledger: inLedger, says }]
  })
}

const joinedDocuments = (
  sources: readonly MovementSource[],
  documents: readonly DocumentClaims[],
): readonly (readonly MovementSource[])[] => {
  const accounts = new Map<string, MovementSource[]>()
  const accountOf = (source: MovementSource): MovementSource[] => {
    const known = accounts.get(documentName(source))
    if (known !== undefined) return known
    const opened = [source]
    accounts.set(documentName(source), opened)
    return opened
  }
  for (const source of sources) accountOf(source)
  for (const { source, joins } of documents) {
    if (joins === undefined) continue
    const [one, other] = [accountOf(source), accountOf(joins)]
    if (one === other) continue
    for (const moved of other) {
      one.push(moved)
      accounts.set(documentName(moved), one)
    }
  }
  return [...new Set(accounts.values())]
}

/** What would put a level right: its figures afterwards, and what changes on whose account. */
export interface StockCorrection {
  readonly figures: StockFigures
  readonly promised: readonly Claim[]
  readonly expected: readonly Claim[]
  /** Promises that would be left without goods: somebody has to decide whose. */
  readonly withoutGoods: number
}

/**
 * The correction of a level for differences that were found. The level may have moved on since: what was wrong then is as wrong now, so the
 * difference is taken off the figures of now.
 */
export const correctionOf = (level: StockLevel, differences: readonly StockDifference[]): StockCorrection => {
  const figures: Record<keyof StockFigures, number> = { ...stockFigures(level) }
  const promised: Claim[] = []
  const expected: Claim[] = []
  let owed = 0
  for (const difference of differences) {
    switch (difference.what) {
      case 'figure':
        figures[difference.figure] -= difference.stored - difference.ledger
        break
      case 'promised':
        owed += difference.says - difference.ledger
        promised.push(...onAccountOf(difference))
        break
      case 'incoming':
        figures.incoming += difference.says - difference.ledger
        expected.push(...onAccountOf(difference))
        break
      case 'waiting':
        figures.backordered += difference.says - difference.ledger
        break
    }
  }
  const total = figures.reserved + figures.shorted + owed
  const usable = figures.onHand - figures.quarantined
  const reserved = Math.min(total, usable + figures.backorderAllowance)
  return {
    figures: { ...figures, reserved, shorted: total - reserved },
    promised,
    expected,
    withoutGoods: Math.max(0, total - figures.backordered - usable),
  }
}

const onAccountOf = ({
  documents,
  says,
  ledger,
}: Extract<StockDifference, { readonly what: 'promised' | 'incoming' }>): readonly Claim[] =>
  documents.slice(0, 1).map((source) => ({ source, quantity: says - ledger }))
