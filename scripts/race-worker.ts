import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '../src/adapters/memory/memory-storage.js'
import { startServer } from '../tests/support/postgres/server-process.js'
import { raceScenarios } from '../tests/support/race/race-scenarios.js'
import { openShared, type SharedStore } from '../tests/support/race/race-store.js'
import { processRacer } from '../tests/support/race/racers.js'
import { runRace, type Race } from '../tests/support/race/run-race.js'

// Called by `race.mjs`: runs the races and writes one line of JSON for each.
const [program = '', most = '20000', adapters = 'memory,sqlite,postgres', only = ''] = process.argv.slice(2)

const folder = mkdtempSync(join(tmpdir(), 'orderwright-race-'))
let races = 0

type Wanted = Pick<Race, 'scenario' | 'attempts' | 'processes'>

const report = async (store: string, race: Race): Promise<void> => {
  const { scenario, processes } = race
  const done = await runRace(race)
  const { name, seenIn } = scenario
  console.log(JSON.stringify({ race: name, seenIn, store, processes, ...done }))
}

const inMemory = (wanted: Wanted): Promise<void> =>
  report('memory', { ...wanted, storage: memoryStorage(), stride: 1 })

const shared = async (store: SharedStore, wanted: Wanted): Promise<void> => {
  const { storage, close } = await openShared(store)
  const start = async () =>
    processRacer(
      fork(program, [JSON.stringify(store), wanted.scenario.name], {
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      }),
    )
  await report(store.adapter, { ...wanted, storage, start, stride: 1 })
  await close()
}

const server = adapters.includes('postgres') ? await startServer() : undefined
const url = process.env['TEST_PG_URL'] ?? server?.url ?? ''

for (const scenario of raceScenarios) {
  if (only !== '' && !only.split(',').some((part) => scenario.name.includes(part))) continue
  const isFatal = scenario.pace === 'killed' || scenario.pace === 'every step'
  for (const attempts of scenario.sizes) {
    if (attempts > Number(most)) continue
    // What dies with its process has nothing to recover.
    if (adapters.includes('memory') && !isFatal) await inMemory({ scenario, attempts, processes: 1 })
    for (const processes of scenario.pace === 'every step' ? [1] : [1, 2, 4]) {
      races += 1
      const wanted = { scenario, attempts, processes }
      if (adapters.includes('sqlite')) {
        await shared({ adapter: 'sqlite', file: join(folder, `race-${races}.db`) }, wanted)
      }
      if (adapters.includes('postgres')) {
        await shared({ adapter: 'postgres', url, schema: `race_${races}`, connections: 4 }, wanted)
      }
    }
  }
}
await server?.stop()
rmSync(folder, { recursive: true })
