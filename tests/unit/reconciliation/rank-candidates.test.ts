import { expect, it } from 'vitest'
import type { Money } from '../../../src/core/money/money.js'
import { uniqueSubset } from '../../../src/core/reconciliation/invoice-subset.js'
import type { Candidate } from '../../../src/core/reconciliation/match-decision.js'
import { rankCandidates } from '../../../src/core/reconciliation/rank-candidates.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as Money
const candidate = (number: string, open?: Money): Candidate => ({
  number,
  verdict: 'amount_differs',
  ...(open !== undefined && { open }),
})

it('F137 what comes near in amount is looked at first, and last what cannot be compared, by number', () => {
  const near = candidate('INV-4', eur('29.00'))
  const far = candidate('INV-1', eur('50.00'))
  const foreign = candidate('INV-2', { amount: '30.00', currency: 'USD' } as Money)
  const unknown = candidate('INV-3')
  for (const candidates of [
    [near, far, foreign, unknown],
    [unknown, foreign, far, near],
    [foreign, near, unknown, far],
  ])
    expect(rankCandidates(candidates, eur('30.00'))).toEqual({
      candidates: [near, far, foreign, unknown],
      leftOut: 0,
    })
})

it('RC4 of many choices that add up two are enough to leave it to a person', () => {
  const items = Array.from({ length: 8 }, (_, at) => ({ number: at, open: eur('10.00') }))
  const subset = uniqueSubset(items, eur('20.00'))
  expect(subset.found).toBe('several')
  expect(uniqueSubset(items, eur('15.00'))).toEqual({ found: 'none' })
})
