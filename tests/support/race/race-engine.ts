import type { RelayOptions } from '../../../src/app/relay.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { runAll } from '../../../bench/support/callers.js'
import { jsonReader } from '../bank.js'
import { key, type Outcomes, type RaceEngine, type RaceScenario, type Stage } from './race-scenario.js'

export const raceEngine = (storage: Storage, name = 'race'): RaceEngine => {
  const engine = createOrderManagement({
    storage,
    policy: trustHost,
    statementReaders: { json: jsonReader },
    // Whoever gets a message twice knows it by its id.
    notifiers: { email: { deliver: async ({ id }) => countLetter(id) } },
  })
  const oms = engine.as({ actor: { kind: 'service', id: name } })
  const countLetter = async (id: string): Promise<void> => {
    await oms.orThrow.inventory.receive({ sku: 'LETTER', quantity: 1 }, key(id))
  }
  return Object.assign(oms, { relay: (options?: RelayOptions) => engine.relay(options) })
}

/** Makes some of the attempts, so many at a time, and counts what they were told. */
export const makeAttempts = async (
  oms: RaceEngine,
  { attempt }: RaceScenario,
  stage: Stage,
  indexes: readonly number[],
): Promise<Outcomes> => {
  const outcomes: Record<string, number> = {}
  await runAll(0, indexes.length, mostAtOnce, async (place) => {
    const outcome = await told(oms, attempt, indexes[place] ?? 0, stage)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  })
  return outcomes
}

const mostAtOnce = 500

/** A refusal for want of stock has to say so truly: less there than was wanted. */
const told = async (
  oms: RaceEngine,
  attempt: RaceScenario['attempt'],
  index: number,
  stage: Stage,
): Promise<string> => {
  try {
    const answer = await attempt(oms, index, stage)
    if (answer.ok) return 'done'
    const { code, details } = answer.error
    const shortages = (details['shortages'] ?? []) as readonly Shortage[]
    const isTrue = shortages.every(({ wanted, available }) => available < wanted)
    return isTrue ? code : `${code}, which is not true: ${JSON.stringify(shortages)}`
  } catch (error) {
    return `threw ${String(error)}`
  }
}

interface Shortage {
  readonly wanted: number
  readonly available: number
}

export const sumOf = (all: readonly Outcomes[]): Outcomes => {
  const sum: Record<string, number> = { done: 0 }
  for (const [name, times] of all.flatMap((one) => Object.entries(one))) sum[name] = (sum[name] ?? 0) + times
  return sum
}
