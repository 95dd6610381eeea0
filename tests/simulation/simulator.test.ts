import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSqliteStorage } from 'orderwright/sqlite'
import { createSimulator, shrinkRun, sweepFaults } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { Storage } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'
import { raceWorkload } from '../../src/testing/simulation/race-workload.js'
import { screenHistory } from '../../src/testing/simulation/history/screen-check.js'
import { hasLegalOrder } from '../../src/testing/simulation/history/search-check.js'
import { tradeWorkload } from '../support/trade-workload.js'

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

describe('the engine under simulation', { timeout: patience }, () => {
  it('LV1 LV2 LV4 keeps its promises whatever fails, whoever is first, and whenever it is', async () => {
    const simulator = await createSimulator()
    const marks = new Set<string>()
    for (const seed of seeds(1, 120)) {
      const { violations, faults, ...report } = await simulator.run(seed)
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
    const [one, other] = await Promise.all([createSimulator(), createSimulator()])
    for (const seed of seeds(500, 15)) {
      const first = await one.run(seed)
      const second = await other.run(seed)
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

  it('runs over any store: the same promises on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'orderwright-'))
    let files = 0
    const simulator = await createSimulator({
      openStore: async (clock) => {
        const storage = await openSqliteStorage(join(folder, `${(files += 1)}.db`), { clock })
        return {
          storage,
          close: async () => {
            storage.close()
          },
        }
      },
    })
    for (const seed of seeds(1, 5)) {
      const { violations } = await simulator.run(seed)
      expect(violations, `seed ${seed}`).toEqual([])
    }
    await rm(folder, { recursive: true })
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
