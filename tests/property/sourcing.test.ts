import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideSourcing } from '../../src/core/sourcing/decide-sourcing.js'
import { printSourcing } from '../../src/core/sourcing/print-sourcing.js'
import type { Instant } from '../../src/core/time/instant.js'
import { bestOfAll, obeys, objectiveOf } from '../support/every-assignment.js'
import { coverProblem, problemArbitrary, ruleArbitrary } from '../support/sourcing-problems.js'

const now = '2026-03-02T09:00:00.000Z' as Instant

describe('sourcing', () => {
  it('F61 finds what trying everything finds, for every strategy and every way to split', () => {
    let decided = 0
    fc.assert(
      fc.property(problemArbitrary, ruleArbitrary, (problem, rule) => {
        const decision = decideSourcing(problem, [rule], now)
        const best = bestOfAll(problem, rule)
        if (!decision.ok) {
          strictEqual(decision.error.proven, true)
          expect(best).toBeUndefined()
          return
        }
        decided += 1
        expect(decision.value.optimality).toEqual({ proven: true })
        strictEqual(objectiveOf(problem, rule, decision.value.shares), best)
      }),
      { numRuns: 3_000 },
    )
    expect(decided).toBeGreaterThan(300)
  })

  it('F60 gives every unit of every line one location, and breaks no limit', () => {
    fc.assert(
      fc.property(problemArbitrary, ruleArbitrary, (problem, rule) => {
        const decision = decideSourcing(problem, [rule], now)
        if (!decision.ok) return
        const { shares } = decision.value
        for (const { line, quantity } of problem.lines) {
          const given = shares.filter((share) => share.line === line)
          strictEqual(
            given.reduce((sum, share) => sum + share.quantity, 0),
            quantity,
          )
          strictEqual(new Set(given.map(({ location }) => location)).size, given.length)
          strictEqual(
            given.every((share) => Number.isSafeInteger(share.quantity) && share.quantity > 0),
            true,
          )
        }
        strictEqual(obeys(problem, rule, shares), true)
      }),
    )
  })

  it('F66 does not depend on the order of lines and candidates', () => {
    fc.assert(
      fc.property(problemArbitrary, ruleArbitrary, fc.nat({ max: 23 }), (problem, rule, turn) => {
        const turned = {
          ...problem,
          lines: rotated(problem.lines, turn),
          candidates: rotated([...problem.candidates].reverse(), turn),
        }
        expect(decideSourcing(turned, [rule], now)).toEqual(decideSourcing(problem, [rule], now))
      }),
    )
  })

  it('F66 names every candidate once, in the order of ids, and prints it', () => {
    fc.assert(
      fc.property(problemArbitrary, ruleArbitrary, (problem, rule) => {
        const decision = decideSourcing(problem, [rule], now)
        const candidates = decision.ok ? decision.value.candidates : decision.error.passed[0]?.candidates
        expect(candidates?.map(({ location }) => location)).toEqual(
          problem.candidates.map(({ location }) => location),
        )
        if (!decision.ok) return
        const senders = new Set(decision.value.shares.map(({ location }) => location))
        for (const { location, outcome, alternative } of decision.value.candidates) {
          strictEqual(outcome === 'chosen', senders.has(location))
          strictEqual(outcome === 'worse', alternative !== undefined)
        }
        const text = printSourcing(decision.value)
        for (const { location } of problem.candidates) expect(text).toContain(`\n  ${location}`)
      }),
    )
  })

  it('says how far from the best it can be at most when its effort is used up', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), fc.constantFrom(1, 1_000, 2_000), (seed, effort) => {
        const problem = coverProblem(seed)
        const rules = [{ name: 'rule', strategy: 'fewest_shipments' as const }]
        const hasty = decideSourcing(problem, rules, now, effort)
        const patient = decideSourcing(problem, rules, now, 50_000_000)
        if (!hasty.ok || !patient.ok) throw new Error('there is enough of everything')
        expect(patient.value.optimality).toEqual({ proven: true })
        const [found, best] = [Number(hasty.value.figures.objective), Number(patient.value.figures.objective)]
        if (hasty.value.optimality.proven) {
          strictEqual(found, best)
          return
        }
        const { lowerBound, gap } = hasty.value.optimality
        expect(Number(lowerBound)).toBeLessThanOrEqual(best)
        expect(found).toBeGreaterThanOrEqual(best)
        expect(gap).toBeCloseTo((found - Number(lowerBound)) / Number(lowerBound), 9)
      }),
      { numRuns: 40 },
    )
  })
})

const rotated = <Item>(items: readonly Item[], by: number): readonly Item[] => {
  const at = items.length === 0 ? 0 : by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}
