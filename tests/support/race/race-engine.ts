import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { runAll } from '../../../bench/support/callers.js'
import { jsonReader } from '../bank.js'
import type { Outcomes, RaceScenario, Stage } from './race-scenario.js'

export const raceEngine = (storage: Storage, name = 'race'): OrderManagementFor =>
  createOrderManagement({
    storage,
    policy: trustHost,
    statementReaders: { json: jsonReader },
    notifiers: { email: { deliver: async () => undefined } },
  }).as({ actor: { kind: 'service', id: name } })

/** Makes some of the attempts, so many at a time, and counts what they were told. */
export const makeAttempts = async (
  oms: OrderManagementFor,
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
  oms: OrderManagementFor,
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
