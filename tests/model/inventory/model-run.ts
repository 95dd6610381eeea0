import { compareAll, compareCards } from './compare.js'
import { drawn, plays } from './plays.js'
import { openShop } from './shop.js'

export interface ModelRun {
  /** Those that were played: a run ends at its first difference. */
  readonly operations: number
  /** How often each operation had each outcome. */
  readonly outcomes: ReadonlyMap<string, number>
  /** Where engine and model disagreed; empty when they never did. */
  readonly differences: readonly string[]
}

/** A shop's records are not forgotten, so a shop does not live for ever. */
const operationsPerShop = 2_000
const operationsPerFullLook = 250

/** Plays random inventory operations against the engine and against the model, and compares what comes of each. */
export const runModel = async (seed: number, operations: number): Promise<ModelRun> => {
  const outcomes = new Map<string, number>()
  const differences: string[] = []
  for (let left = operations, shop = 0; left > 0 && differences.length === 0; shop += 1) {
    const count = Math.min(operationsPerShop, left)
    differences.push(...(await runShop(seed * 1_000_003 + shop, count, outcomes)))
    left -= count
  }
  let played = 0
  for (const times of outcomes.values()) played += times
  return { operations: played, outcomes, differences }
}

const runShop = async (
  seed: number,
  operations: number,
  outcomes: Map<string, number>,
): Promise<readonly string[]> => {
  const shop = await openShop(seed)
  for (let turn = 1; turn <= operations; turn += 1) {
    if (shop.chance.oneIn(10)) shop.clock.advance(shop.chance.of([1, 1_000, 10_000, 60_000, 599_999]))
    const name = shop.chance.of(drawn)
    const { expected, answer } = await plays[name](shop)
    const came = answer.ok ? 'ok' : answer.error.code
    const outcome = `${name} ${came}`
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    const at = `seed ${seed}, operation ${turn}`
    if (came !== expected) return [`${at}: ${name} came out as ${came}, expected was ${expected}`]
    if (turn % 10 === 0) {
      const [difference] = await compareCards(shop)
      if (difference !== undefined) return [`${at} (${name}): ${difference}`]
    }
    if (turn % operationsPerFullLook === 0 || turn === operations) {
      const [difference] = await compareAll(shop)
      if (difference !== undefined) return [`${at} (${name}): ${difference}`]
    }
  }
  return []
}
