import { dyingStorage } from './dying-storage.js'
import { makeAttempts, raceEngine } from './race-engine.js'
import type { Stage } from './race-scenario.js'
import { scenarioNamed } from './race-scenarios.js'
import { openShared, type SharedStore } from './race-store.js'

/** What a process of a race is told to do. */
export interface Errand {
  readonly stage: Stage
  readonly indexes: readonly number[]
  /** The step at which it kills itself; 0 for never. */
  readonly dieAt: number
}

// One process of a race: makes the attempts it is told to and answers with what they were told.
const [store = '', scenario = ''] = process.argv.slice(2)
const { storage, close } = await openShared(JSON.parse(store) as SharedStore)
const dying = dyingStorage(storage)
const oms = raceEngine(dying, `process ${process.pid}`)
await oms.orThrow.orders.list({ limit: 1 })
process.on('message', ({ stage, indexes, dieAt }: Errand) => {
  dying.dieAt(dieAt)
  void makeAttempts(oms, scenarioNamed(scenario), stage, indexes).then((outcomes) => process.send?.(outcomes))
})
process.once('disconnect', () => void close())
process.send?.('ready')
