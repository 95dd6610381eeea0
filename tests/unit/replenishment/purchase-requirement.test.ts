import { describe, expect, it } from 'vitest'
import {
  purchaseRequirement,
  type RequirementFacts,
} from '../../../src/core/replenishment/purchase-requirement.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const required = (more: Partial<RequirementFacts>) =>
  purchaseRequirement({
    today: '2026-03-02' as LocalDate,
    horizonDays: 5,
    rule: { point: 4, leadTimeDays: 2 },
    position: 8,
    free: 8,
    incoming: [],
    dailyDemand: [2],
    ...more,
  })

describe('what has to be ordered', () => {
  it('M53 is found on the day on which the last known demand, going on, reaches the point', () => {
    expect(required({})).toEqual({
      reason: 'forecast_reaches_reorder_point',
      orderOn: '2026-03-04',
      arrivesOn: '2026-03-06',
      quantity: 1,
      position: 4,
    })
    expect(required({ dailyDemand: [0, 4] })).toMatchObject({ orderOn: '2026-03-04' })
  })

  it('M53 is as many single units as it takes above the point where no quantity is said', () => {
    expect(required({ position: 1, free: 1 })).toMatchObject({
      reason: 'at_reorder_point',
      orderOn: '2026-03-02',
      quantity: 4,
      shortOn: '2026-03-02',
    })
  })

  it('M53 is nothing where nobody wants anything', () => {
    expect(required({ dailyDemand: [] })).toBeUndefined()
  })
})
