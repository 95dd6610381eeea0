import { checkAcrossLevels } from '../src/testing/simulation/history/across-levels-check.js'
import { checkByVersions } from '../src/testing/simulation/history/witness-check.js'
import { hasLegalOrder } from '../src/testing/simulation/history/search-check.js'
import { screenHistory } from '../src/testing/simulation/history/screen-check.js'
import { createSimulator } from '../src/testing/simulation/simulate.js'
import { raceWorkload } from '../src/testing/simulation/race-workload.js'

// Called by `histories.mjs`: simulates from a seed on until it has checked so many histories, and writes its figures as one line.
const [from = '1', count = '1000'] = process.argv.slice(2)
const simulator = await createSimulator({ workload: raceWorkload })

const figures = {
  runs: 0,
  histories: 0,
  operations: 0,
  granted: 0,
  refused: 0,
  unknown: 0,
  searched: 0,
  gaveUp: 0,
  brokenRuns: 0,
  brokenByVersions: 0,
  brokenBySearch: 0,
  brokenByScreen: 0,
  acrossGranted: 0,
  acrossRefused: 0,
  acrossUnknown: 0,
  brokenAcross: 0,
}

const complain = (seed: number, level: string, text: string): void => {
  console.error(`seed ${seed}, ${level}: ${text}`)
}

for (let seed = Number(from); figures.histories < Number(count); seed += 1) {
  const { histories, acrossLevels, violations } = await simulator.run(seed)
  figures.runs += 1
  if (violations.length > 0) {
    figures.brokenRuns += 1
    complain(seed, 'the run', violations.join('; '))
  }
  for (const { asked, outcome } of acrossLevels.requests) {
    if (asked === undefined || asked.size < 2) continue
    if (outcome === 'done') figures.acrossGranted += 1
    else if (outcome === 'refused') figures.acrossRefused += 1
    else figures.acrossUnknown += 1
  }
  const byLevels = checkAcrossLevels(acrossLevels)
  figures.brokenAcross += byLevels.length
  if (byLevels.length > 0) complain(seed, 'several levels', byLevels.join('; '))
  for (const [level, history] of histories) {
    const { operations } = history
    const asked = operations.filter(({ needsStock }) => needsStock)
    // Where nobody raced there is nothing to check.
    if (asked.length < 2) continue
    figures.histories += 1
    figures.operations += operations.length
    figures.granted += asked.filter(({ outcome }) => outcome === 'done').length
    figures.refused += asked.filter(({ outcome }) => outcome === 'refused').length
    figures.unknown += operations.filter(({ outcome }) => outcome === 'unknown').length
    const [byVersions] = checkByVersions(history)
    const [byScreen] = screenHistory(history)
    const legal = hasLegalOrder(history, 100_000)
    if (byVersions !== undefined) figures.brokenByVersions += 1
    if (byScreen !== undefined) figures.brokenByScreen += 1
    if (legal === undefined) figures.gaveUp += 1
    else figures.searched += 1
    if (legal === false) figures.brokenBySearch += 1
    if (byVersions ?? byScreen ?? (legal === false ? 'no legal order' : undefined))
      complain(seed, level, byVersions ?? byScreen ?? 'there is no order in which this is legal')
  }
}
console.log(JSON.stringify(figures))
