import { playShops, type ModelRun, type PlayShop } from '../model-run.js'
import { compareAll, compareCards } from './compare.js'
import { drawn, plays } from './plays.js'
import { openShop } from './shop.js'

const operationsPerFullLook = 250

/** Plays random inventory operations against the engine and against the model, and compares what comes of each. */
export const runModel = (seed: number, operations: number): Promise<ModelRun> =>
  playShops(runShop, { seed, operations, perShop: 2_000 })

const runShop: PlayShop = async (seed, operations, outcomes) => {
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
