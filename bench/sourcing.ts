/** What a sourcing decision costs, against one greedy pass over the same data. Run with `npm run bench -- sourcing`. */
import { decideSourcing } from '../src/core/sourcing/decide-sourcing.js'
import type { SourcingDecision } from '../src/core/sourcing/sourcing-decision.js'
import type { SourcingRule, SourcingStrategy } from '../src/core/sourcing/sourcing-rule.js'
import type { Instant } from '../src/core/time/instant.js'
import { compare } from './harness.js'
import { greedyPass } from './sourcing/greedy-pass.js'
import { madeProblems } from './sourcing/made-problems.js'
import { runFigures } from './support/run-figures.js'

const now = '2026-03-02T09:00:00.000Z' as Instant

/** Ours decides with explanation; the limit walks over lines and locations once, nearest first, and keeps what it took. */
const measure = async (
  name: string,
  strategy: SourcingStrategy,
  lines: number,
  locations: number,
  rounds: number,
): Promise<void> => {
  const problems = madeProblems(lines, locations, lines > 50 ? 4 : 40)
  const rules: readonly SourcingRule[] = [{ name: 'rule', strategy }]
  const decisions = problems.map((problem) => {
    const decided = decideSourcing(problem, rules, now)
    if (!decided.ok) throw new Error('the made orders can be served')
    return decided.value
  })
  const repeats = lines > 50 ? 1 : 5
  await compare({
    name,
    unit: 'us/op',
    rounds,
    ours: () => {
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        for (const problem of problems) decideSourcing(problem, rules, now)
      }
      return repeats * problems.length
    },
    limit: () => {
      for (let repeat = 0; repeat < repeats * 4; repeat += 1)
        for (const problem of problems) greedyPass(problem)
      return repeats * 4 * problems.length
    },
  })
  console.error(`  ${quality(decisions)}`)
}

const quality = (decisions: readonly SourcingDecision[]): string => {
  const open = decisions.flatMap(({ optimality }) => (optimality.proven ? [] : [optimality.gap]))
  const proven = `${decisions.length - open.length} of ${decisions.length} proven optimal`
  return open.length === 0
    ? proven
    : `${proven}; the others at most ${(Math.max(...open) * 100).toFixed(1)} % above the bound, ${((open.reduce((sum, gap) => sum + gap, 0) / open.length) * 100).toFixed(1)} % on average`
}

const sizes = [
  { lines: 10, locations: 50, rounds: 7 },
  { lines: 100, locations: 500, rounds: 3 },
]
const strategies = ['fewest_shipments', 'nearest', 'lowest_cost', 'priority_list'] as const

await runFigures(
  Object.fromEntries(
    strategies.flatMap((strategy) =>
      sizes.map(({ lines, locations, rounds }) => {
        const name = `sourcing-${strategy.replaceAll('_', '-')}-${lines}x${locations}`
        return [name, () => measure(name, strategy, lines, locations, rounds)] as const
      }),
    ),
  ),
)
