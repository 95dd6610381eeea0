import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokenForTheEngine, brokenUpdates } from '../support/broken/broken-updates.js'
import { startChild } from '../support/start-child.js'
import { openMemory } from '../support/stores-under-test.js'
import { testDatabase } from '../support/postgres/test-database.js'
import { raceEngine } from '../support/race/race-engine.js'
import type { RaceScenario } from '../support/race/race-scenario.js'
import { raceScenarios, scenarioNamed } from '../support/race/race-scenarios.js'
import { openShared, type SharedStore } from '../support/race/race-store.js'
import { processRacer } from '../support/race/racers.js'
import { runRace } from '../support/race/run-race.js'

const database = testDatabase()
const program = new URL('../support/race/race-process.ts', import.meta.url)
const isFatal = ({ pace }: RaceScenario): boolean => pace === 'killed' || pace === 'every step'
/** A slice: `npm run race` has all sizes, with one, two and four processes. */
const most = 40

const attemptsOf = ({ sizes }: RaceScenario): number => Math.min(most, sizes[0] ?? most)

const raceInProcesses = async (store: SharedStore, scenario: RaceScenario) => {
  const { storage, close } = await openShared(store)
  try {
    return await runRace({
      scenario,
      attempts: attemptsOf(scenario),
      storage,
      processes: 2,
      start: async () => processRacer(await startChild(program, JSON.stringify(store), scenario.name)),
      stride: 17,
    })
  } finally {
    await close()
  }
}

const raceOnFile = async (adapter: 'sqlite' | 'lmdb', scenario: RaceScenario) => {
  const folder = await mkdtemp(join(tmpdir(), 'orderwright-race-'))
  const report = await raceInProcesses({ adapter, file: join(folder, 'orders.db') }, scenario)
  await rm(folder, { recursive: true })
  return report
}

describe('a race', { timeout: 60_000 }, () => {
  it.each(raceScenarios.filter((scenario) => !isFatal(scenario)))('$name, in memory', async (scenario) => {
    const { storage } = await openMemory()
    const attempts = attemptsOf(scenario)
    const report = await runRace({ scenario, attempts, storage, processes: 1, stride: 1 })
    expect(report.breaches).toEqual([])
  })

  it.each(raceScenarios)('$name, in two processes on PostgreSQL', async (scenario) => {
    const schema = `race_${raceScenarios.indexOf(scenario)}`
    const url = await database.url()
    const report = await raceInProcesses({ adapter: 'postgres', url, schema, connections: 4 }, scenario)
    expect(report.breaches).toEqual([])
    if (isFatal(scenario)) expect(report.kills).toBeGreaterThan(0)
  })

  it.each(raceScenarios.filter((scenario) => isFatal(scenario) || scenario.sizes.includes(20_000)))(
    '$name, in two processes on SQLite',
    async (scenario) => {
      expect((await raceOnFile('sqlite', scenario)).breaches).toEqual([])
    },
  )

  it.each(raceScenarios.filter(({ pace, sizes }) => pace === 'killed' || sizes.includes(20_000)))(
    '$name, in two processes on the LMDB of examples/custom-adapter',
    async (scenario) => {
      expect((await raceOnFile('lmdb', scenario)).breaches).toEqual([])
    },
  )
})

/** What a race says of a store that breaks a promise. */
const raceOn = async (breakage: string, race: string): Promise<string> => {
  const store = [...brokenUpdates, ...brokenForTheEngine].find((each) => each.breakage === breakage)
  if (store === undefined) throw new Error(`no store ${breakage}`)
  const { storage } = await store.open()
  const scenario = scenarioNamed(race)
  // Two engines, as two hosts have: within one, commands share a batch and do not race at all.
  const hosts = [raceEngine(storage), raceEngine(storage)]
  const report = await runRace({
    scenario: { ...scenario, attempt: (_oms, index, stage) => attemptBy(scenario, hosts, index, stage) },
    attempts: attemptsOf(scenario),
    storage,
    processes: 1,
    stride: 1,
  })
  return report.breaches.join('\n')
}

const attemptBy = (
  scenario: RaceScenario,
  hosts: readonly ReturnType<typeof raceEngine>[],
  index: number,
  stage: Parameters<RaceScenario['attempt']>[2],
) => {
  const host = hosts[index % hosts.length]
  if (host === undefined) throw new Error('there are hosts')
  return scenario.attempt(host, index, stage)
}

describe('what a race makes of a broken store', () => {
  it.each([
    ['twice as many buyers as there is stock', /told done: \d+, not 20/],
    ['corrections up and down of one count, none lost', /MUG has \d+\/0, not 60/],
    ['PY2 full refunds of one payment', /told done: \d+, not 1|verifyAudit finds/],
    ['full credits of one invoice whose goods came back', /records of kind credit_note, not 1/],
    ['ST14 returns of one piece with a serial number, taken in by ten hands', /told done: \d+, not 1/],
    ['ID1 one return of goods booked ten times under one key', /MUG has \d+\/0, not 2|audit of MUG finds/],
    [
      'RC2 captures of one payment: ten who match one credit of the account',
      /records of kind payment, not 1/,
    ],
    ['captures of one order, sent ten times by its channel', /records of kind order, not 1/],
  ])('%s: it names what was lost to a decision without locks', async (race, complaint) => {
    expect(await raceOn('decides on records it has not locked, and overwrites', race)).toMatch(complaint)
  })

  it.each([
    ['loses idempotency records', /answers kept under keys: 0, not 40/],
    ['forgets the messages of an update', /messages of the receipt of order \S+: 0, not 1/],
  ])('%s: it counts what is missing beside the orders', async (breakage, complaint) => {
    expect(await raceOn(breakage, 'twice as many buyers as there is stock')).toMatch(complaint)
  })
})
