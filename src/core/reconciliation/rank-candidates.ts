import { magnitude } from '../money/magnitude.js'
import { toMinor, type Money } from '../money/money.js'
import { compareTexts } from '../text/compare-texts.js'
import type { Candidate, Considered, Verdict } from './match-decision.js'

/** A customer with hundreds of open invoices would otherwise write all of them into every entry. */
const mostCandidates = 20

const firstVerdicts: readonly Verdict[] = ['chosen', 'paid_in_part', 'tie']

/** The chosen first, then by how near the open amount is to the one paid: what a person would look at first (F137). */
export const rankCandidates = (candidates: readonly Candidate[], amount: Money): Considered => {
  const target = toMinor(amount)
  const places = candidates.map((candidate) => ({
    candidate,
    verdict: placeOf(candidate.verdict),
    distance: distanceOf(candidate, amount, target),
  }))
  places.sort(
    (left, right) =>
      left.verdict - right.verdict ||
      compareDistances(left.distance, right.distance) ||
      compareTexts(left.candidate.number, right.candidate.number),
  )
  return {
    candidates: places.slice(0, mostCandidates).map(({ candidate }) => candidate),
    leftOut: Math.max(0, places.length - mostCandidates),
  }
}

const placeOf = (verdict: Verdict): number => {
  const place = firstVerdicts.indexOf(verdict)
  return place < 0 ? firstVerdicts.length : place
}

const distanceOf = ({ open }: Candidate, amount: Money, target: bigint): bigint | undefined => {
  if (open === undefined || open.currency !== amount.currency) return undefined
  return magnitude(toMinor(open) - target)
}

/** What has no distance comes last. */
const compareDistances = (left: bigint | undefined, right: bigint | undefined): number => {
  if (left === right) return 0
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1
  return left < right ? -1 : 1
}
