import { describe, expect, it } from 'vitest'
import { createSimulator, type Workload } from 'orderwright/testing'
import { shopWorkload } from '../../src/testing/simulation/shop-workload.js'
import { tradeWorkload } from '../support/trade-workload.js'

// Long work on a busy machine.
const patience = 120_000

const sumOf = (figures: ReadonlyMap<unknown, number>): number =>
  [...figures.values()].reduce((sum, one) => sum + one, 0)

describe('a long run', { timeout: patience }, () => {
  const workloads: readonly (readonly [string, Workload])[] = [
    ['shop', shopWorkload],
    ['trade', tradeWorkload],
  ]
  it.each(workloads)(
    'LV1 LV2 LV4 of the %s keeps its promises, with faults as close to one another as in a short one',
    async (_name, workload) => {
      const simulator = await createSimulator({ workload, commandsPerRun: 1_500 })
      let faults = 0
      for (const seed of [1, 2]) {
        const report = await simulator.run(seed)
        expect(report.violations, `seed ${seed}`).toEqual([])
        expect(report.plan.clients.flat().length).toBeGreaterThanOrEqual(1_500)
        faults += sumOf(report.faults)
      }
      expect(faults).toBeGreaterThan(100)
    },
  )

  it('of one seed is the same run each time', async () => {
    const simulator = await createSimulator({ commandsPerRun: 300 })
    const [one, other] = [await simulator.run(3), await simulator.run(3)]
    expect(other.fingerprint).toBe(one.fingerprint)
    expect(one.commands).toBeGreaterThan(100)
  })
})
