import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import {
  createSimulator,
  shrinkRun,
  sweepFaults,
  type SimulationPlan,
  type SimulationReport,
} from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { Storage } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'
import { raceWorkload } from '../../src/testing/simulation/race-workload.js'
import { screenHistory } from '../../src/testing/simulation/history/screen-check.js'
import { hasLegalOrder } from '../../src/testing/simulation/history/search-check.js'
import { testDatabase } from '../support/postgres/test-database.js'
import { simulatedPostgres, simulatedSqlite } from '../support/simulated-stores.js'
import { tradeWorkload } from '../support/trade-workload.js'

const database = testDatabase()
const overPostgres = simulatedPostgres(() => database.pool())
const everyRequestRolledBack = { kind: 'host_rolls_back', at: 0, forever: true } as const

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, place) => first + place)

/** A store that forgets, of every large commit, under which key a client had asked for it. What was there before anybody came is whole. */
const forgetful = (storage: Storage): Storage => ({
  ...passThrough(storage),
  update: (tenant, keys, decide) =>
    storage.update(tenant, keys, (locked, now) => {
      const writes = decide(locked, now)
      const records = writes.records.filter(
        ({ key }) => !(key.kind === 'idempotency' && key.id.includes('client')),
      )
      return writes.records.length > 5 ? { ...writes, records } : writes
    }),
})

// Long work on a busy machine.
const patience = 120_000

const first = await createSimulator()
const firstRuns = new Map<number, Promise<SimulationReport>>()
/** The first run of a seed, made once: of the second it is only asked that it is the same. */
const firstRun = (seed: number): Promise<SimulationReport> => {
  const run = firstRuns.get(seed) ?? first.run(seed)
  firstRuns.set(seed, run)
  return run
}

describe('the engine under simulation', { timeout: patience }, () => {
  it('LV1 LV2 LV4 keeps its promises whatever fails, whoever is first, and whenever it is', async () => {
    const marks = new Set<string>()
    for (const seed of seeds(1, 200)) {
      const { violations, faults, ...report } = await firstRun(seed)
      expect(violations, `seed ${seed}`).toEqual([])
      for (const name of [...report.marks.keys(), ...faults.keys()]) marks.add(name)
    }
    // What never came about is not proven.
    for (const mark of [
      'a batch of several',
      'an answer given again',
      'orders.place out_of_stock',
      'shipments.ship ok',
    ])
      expect(marks, mark).toContain(mark)
    for (const fault of ['crash_before_commit', 'crash_after_commit', 'lost_acknowledgement', 'conflict'])
      expect(marks, fault).toContain(fault)
  })

  it('keeps them for every command there is', async () => {
    const simulator = await createSimulator({ workload: tradeWorkload })
    for (const seed of seeds(1, 30)) {
      const { violations } = await simulator.run(seed)
      expect(violations, `seed ${seed}`).toEqual([])
    }
  })

  it('ST5 ST7 answers racing buyers as one after another would have been answered', async () => {
    const simulator = await createSimulator({ workload: raceWorkload })
    let histories = 0
    for (const seed of seeds(1, 50)) {
      const report = await simulator.run(seed)
      expect(report.violations, `seed ${seed}`).toEqual([])
      for (const [level, history] of report.histories) {
        histories += 1
        expect(hasLegalOrder(history), `seed ${seed} ${level}`).toBe(true)
        expect(screenHistory(history), `seed ${seed} ${level}`).toEqual([])
      }
    }
    expect(histories).toBeGreaterThan(80)
  })
})

describe('a simulation', { timeout: patience }, () => {
  it('is the same run, byte by byte, for the same seed', async () => {
    const simulator = await createSimulator()
    for (const seed of seeds(1, 200)) {
      const first = await firstRun(seed)
      const second = await simulator.run(seed)
      expect(second.fingerprint, `seed ${seed}`).toBe(first.fingerprint)
      expect(second.choices).toEqual(first.choices)
    }
  })

  it('is made again from its plan and its choices', async () => {
    const simulator = await createSimulator()
    for (const seed of seeds(900, 8)) {
      const first = await simulator.run(seed)
      const again = await simulator.replay(first.plan, first.choices)
      expect(again.fingerprint, `seed ${seed}`).toBe(first.fingerprint)
    }
  })

  it.each([
    ['SQLite', simulatedSqlite],
    ['PostgreSQL', overPostgres],
  ])(
    'over %s is the run that it is in memory, byte by byte, and keeps the same promises',
    async (_name, openStore) => {
      const inMemory = await createSimulator()
      const simulator = await createSimulator({ openStore })
      for (const seed of seeds(1, 5)) {
        const { violations, fingerprint } = await simulator.run(seed)
        expect(violations, `seed ${seed}`).toEqual([])
        expect(fingerprint, `seed ${seed}`).toBe((await inMemory.run(seed)).fingerprint)
      }
    },
  )

  it('leaves nothing on PostgreSQL of what a host asks for and rolls back', async () => {
    const inMemory = await createSimulator()
    const simulator = await createSimulator({ openStore: overPostgres })
    // Of seed 4 two messages are equally old, and which of them is claimed first the port leaves open.
    for (const seed of [1, 2, 3, 5]) {
      const { plan } = await inMemory.run(seed)
      const rollingBack: SimulationPlan = { ...plan, faults: [everyRequestRolledBack] }
      const { violations, marks, fingerprint } = await simulator.replay(rollingBack)
      expect(violations, `seed ${seed}`).toEqual([])
      expect(marks.get('a command that the host rolled back'), `seed ${seed}`).toBeGreaterThan(0)
      expect(fingerprint, `seed ${seed}`).toBe((await inMemory.replay(rollingBack)).fingerprint)
    }
  })

  it('notices a host whose transaction is committed all the same', async () => {
    const simulator = await createSimulator({
      openStore: async (clock) => {
        const storage = memoryStorage({ clock })
        return { storage, within: (work) => work(storage) }
      },
    })
    const { plan } = await simulator.run(1)
    const { violations } = await simulator.replay({ ...plan, faults: [everyRequestRolledBack] })
    expect(violations).not.toEqual([])
  })

  it('says how often it skipped what a store has no way to', async () => {
    const simulator = await createSimulator({
      openStore: async (clock) => ({ storage: memoryStorage({ clock }) }),
    })
    const { plan } = await simulator.run(1)
    const { faults, skipped, commands } = await simulator.replay({
      ...plan,
      faults: [everyRequestRolledBack],
    })
    expect(commands).toBeGreaterThan(0)
    expect(skipped).toEqual(new Map([['host_rolls_back', commands]]))
    expect(faults).toEqual(new Map())
  })

  it('lets every call on the way of a command fail in every way', async () => {
    const { violations, struck, scenarios } = await sweepFaults({
      commands: ['inventory.hold', 'shipments.ship'],
      kinds: [
        'crash_before_commit',
        'crash_after_commit',
        'lost_acknowledgement',
        'disk_full',
        'conflict',
        'read_unavailable',
        'ids_fail',
        'policy_throws',
      ],
    })
    expect(violations).toEqual([])
    expect(scenarios).toHaveLength(2)
    expect(struck).toBeGreaterThan(50)
  })

  it('finds a store that tears a commit, and cuts the run down to what it takes', async () => {
    const simulator = await createSimulator({
      openStore: async (clock) => ({ storage: forgetful(memoryStorage({ clock })) }),
    })
    const report = await simulator.run(1)
    expect(report.violations.join()).not.toBe('')
    const artifact = await shrinkRun(simulator, report, 120)
    expect(artifact.version).toBe(
      (JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string }).version,
    )
    expect(artifact.plan.faults).toEqual([])
    expect(artifact.plan.clients.flat().length).toBeLessThanOrEqual(report.plan.clients.flat().length)
    const again = await simulator.replay(artifact.plan, artifact.choices)
    expect(again.violations).toEqual(artifact.violations)
    expect(JSON.parse(JSON.stringify(artifact))).toEqual(artifact)
  })
})
