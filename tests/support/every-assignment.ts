import { metersBetween } from '../../src/core/sourcing/great-circle.js'
import type { SourcedShare } from '../../src/core/sourcing/sourcing-decision.js'
import type {
  SourcingCandidate,
  SourcingLine,
  SourcingProblem,
} from '../../src/core/sourcing/sourcing-problem.js'
import type { SourcingRule } from '../../src/core/sourcing/sourcing-rule.js'

/**
 * The reference that knows no cleverness: every way to share the lines out, each checked against every limit, each priced by the words of the strategy's description.
 * Money in hundred-thousandths, so that it stays whole.
 */
export const bestOfAll = (problem: SourcingProblem, rule: SourcingRule): number | undefined => {
  const candidates = problem.candidates.filter((candidate) => mayServe(candidate, rule))
  let best: number | undefined
  const shares: SourcedShare[] = []
  const visit = (index: number): void => {
    const line = problem.lines[index]
    if (line === undefined) {
      if (!obeys(problem, rule, shares)) return
      const value = objectiveOf(problem, rule, shares)
      if (best === undefined || value < best) best = value
      return
    }
    for (const way of waysOf(line, candidates, rule)) {
      shares.push(...way)
      visit(index + 1)
      shares.length -= way.length
    }
  }
  visit(0)
  return best
}

const waysOf = (
  line: SourcingLine,
  candidates: readonly SourcingCandidate[],
  rule: SourcingRule,
): readonly (readonly SourcedShare[])[] => {
  const whole = line.parts !== undefined || (rule.splits ?? 'within_line') !== 'within_line'
  const share = (candidate: SourcingCandidate, quantity: number): SourcedShare => ({
    line: line.line,
    location: candidate.location,
    quantity,
  })
  if (whole) return candidates.map((candidate) => [share(candidate, line.quantity)])
  const ways: SourcedShare[][] = []
  const spread = (index: number, left: number, way: readonly SourcedShare[]): void => {
    const candidate = candidates[index]
    if (candidate === undefined) {
      if (left === 0) ways.push([...way])
      return
    }
    for (let quantity = 0; quantity <= left; quantity += 1) {
      spread(index + 1, left - quantity, quantity === 0 ? way : [...way, share(candidate, quantity)])
    }
  }
  spread(0, line.quantity, [])
  return ways
}

const mayServe = ({ kind, ordersToday = 0, ordersPerDay }: SourcingCandidate, rule: SourcingRule): boolean =>
  (rule.strategy !== 'drop_ship' || kind === 'vendor') &&
  (ordersPerDay === undefined || ordersToday < ordersPerDay)

/** Stock, capacity and the number of shipments hold for what is shared out. */
export const obeys = (
  { lines, candidates }: SourcingProblem,
  rule: SourcingRule,
  shares: readonly SourcedShare[],
): boolean => {
  const senders = new Set(shares.map(({ location }) => location))
  if (senders.size > (rule.splits === 'none' ? 1 : (rule.mostShipments ?? 99))) return false
  return candidates.every(({ location, stock, capacityLeft }) => {
    const here = shares.filter((share) => share.location === location)
    const taken = new Map<string, number>()
    for (const { line, quantity } of here) {
      const wanted = lines.find((each) => each.line === line)
      for (const part of wanted?.parts ?? [{ sku: wanted?.sku ?? '', quantity: 1 }]) {
        taken.set(part.sku, (taken.get(part.sku) ?? 0) + part.quantity * quantity)
      }
    }
    const units = here.reduce((sum, { quantity }) => sum + quantity, 0)
    return (
      (capacityLeft === undefined || units <= capacityLeft) &&
      [...taken].every(([sku, quantity]) => quantity <= (stock.get(sku as never) ?? 0))
    )
  })
}

/** What a strategy counts, then shipments: first x 1,000 + shipments. */
export const objectiveOf = (
  problem: SourcingProblem,
  rule: SourcingRule,
  shares: readonly SourcedShare[],
): number => {
  const senders = [...new Set(shares.map(({ location }) => location))]
  const digits = Math.max(...problem.lines.map((line) => line.digits ?? 0))
  const unitsOf = ({ line, quantity }: SourcedShare): number =>
    quantity * 10 ** (digits - (problem.lines.find((each) => each.line === line)?.digits ?? 0))
  const at = (location: string): SourcingCandidate => {
    const found = problem.candidates.find((candidate) => candidate.location === location)
    if (found === undefined) throw new Error('a share comes from a candidate')
    return found
  }
  const perUnit = (score: (candidate: SourcingCandidate) => number): number =>
    shares.reduce((sum, share) => sum + unitsOf(share) * score(at(share.location)), 0) * 1_000 +
    senders.length
  const meters = (candidate: SourcingCandidate): number =>
    metersBetween(candidate.coordinates ?? origin, problem.destination.coordinates ?? origin)
  switch (rule.strategy) {
    case 'fewest_shipments':
      return senders.length * 1_000
    case 'nearest':
      return perUnit(meters)
    case 'priority_list':
      return perUnit(placeIn(problem, rule))
    case 'even_load':
      return perUnit(({ ordersToday = 0, ordersPerDay = 1_000 }) =>
        Math.floor((ordersToday * 1_000) / ordersPerDay),
      )
    case 'pickup_point':
      return perUnit((candidate) =>
        (
          problem.destination.pickup === undefined
            ? candidate.pickup
            : candidate.location === problem.destination.pickup
        )
          ? 0
          : 1,
      )
    case 'lowest_cost':
    case 'drop_ship':
      return (
        perUnit((candidate) => thousandths(candidate.costs?.perUnit) * 100) +
        senders.reduce(
          (sum, location) =>
            sum +
            (thousandths(at(location).costs?.perShipment) * 100 * 10 ** digits +
              (thousandths(at(location).costs?.perKilometer) * meters(at(location)) * 10 ** digits) / 10) *
              1_000,
          0,
        )
      )
  }
}

const origin = { latitude: 0, longitude: 0 }

const placeIn = ({ candidates, lines }: SourcingProblem, rule: SourcingRule) => {
  const wanted = lines.flatMap((line) => line.parts?.map(({ sku }) => sku) ?? [line.sku])
  const listed = candidates.filter(
    (candidate) =>
      mayServe(candidate, rule) &&
      candidate.capacityLeft !== 0 &&
      wanted.some((sku) => (candidate.stock.get(sku) ?? 0) > 0),
  )
  const priorities = [...new Set(listed.map(({ priority }) => priority))].sort((one, other) => one - other)
  return ({ priority }: SourcingCandidate): number => priorities.indexOf(priority)
}

const thousandths = (text = '0'): number => {
  const [whole = '0', fraction = ''] = text.split('.')
  return Number(whole + fraction.padEnd(3, '0'))
}
