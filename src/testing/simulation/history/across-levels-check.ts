/** A request for goods of several stock levels, which is granted on all of them or on none. */
export interface AskedAcross {
  /** Names it in what is found. */
  readonly name: string
  /** What it asked of each level, in base units. Absent where part of it comes from a hold, so that only the ledger knows. */
  readonly asked?: ReadonlyMap<string, number>
  readonly outcome: 'done' | 'refused' | 'unknown'
  /** The record it made, by which its movements are known. Only where it is done. */
  readonly made?: string
}

/** What one reservation took of one level, as the level's own ledger says. */
export interface TakenFromLevel {
  readonly level: string
  /** The record it was taken for. */
  readonly source: string
  readonly quantity: number
}

/** All requests for goods, and all that the ledgers of all levels say was taken for such requests. */
export interface AcrossLevels {
  readonly requests: readonly AskedAcross[]
  readonly taken: readonly TakenFromLevel[]
}

/**
 * ST6: whoever was granted has what was asked for on each level, once, and nothing elsewhere; whoever was refused has nothing on any; of a request
 * without an answer either all is there or nothing. What was taken is known by the record it was taken for, and what no answer names can only be
 * that of a request without an answer which asked for just that. Answers what is wrong.
 */
export const checkAcrossLevels = ({ requests, taken }: AcrossLevels): readonly string[] => {
  const unnamed = new Map<string, TakenFromLevel[]>()
  for (const one of taken) unnamed.set(one.source, [...(unnamed.get(one.source) ?? []), one])
  const broken: string[] = []
  for (const { name, asked, outcome, made } of requests) {
    if (outcome !== 'done' || made === undefined) continue
    const found = textOf(unnamed.get(made) ?? [])
    unnamed.delete(made)
    if (asked !== undefined && textOf(wishesOf(asked)) !== found)
      broken.push(`ST6 ${name} was granted ${textOf(wishesOf(asked))}, the levels say ${found}`)
  }
  const unanswered = requests.flatMap(({ outcome, asked }) =>
    outcome === 'unknown' ? [asked && textOf(wishesOf(asked))] : [],
  )
  for (const [source, parts] of unnamed) {
    const found = textOf(parts)
    const exact = unanswered.indexOf(found)
    const place = exact === -1 ? unanswered.indexOf(undefined) : exact
    if (place === -1) broken.push(`ST6 ${source} took ${found}, which nobody was granted`)
    else unanswered.splice(place, 1)
  }
  return broken
}

type Part = Omit<TakenFromLevel, 'source'>

const wishesOf = (asked: ReadonlyMap<string, number>): readonly Part[] =>
  [...asked].map(([level, quantity]) => ({ level, quantity }))

const textOf = (parts: readonly Part[]): string =>
  parts
    .map(({ level, quantity }) => `${quantity} of ${level}`)
    .toSorted()
    .join(', ') || 'nothing'
