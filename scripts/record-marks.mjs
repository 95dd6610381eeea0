// `npm run marks:record -- --workload trade --seeds 20000` runs that many simulations and writes into `tests/simulation/expected-marks.json` what came
// about in them, each with the number of seeds within which `npm run simulate` expects it from now on.
import { recordExpected } from './expected-marks.mjs'
import { optionsOf } from './run-bundled.mjs'
import { simulateSeeds } from './simulate-seeds.mjs'

const options = optionsOf({ seeds: 20_000, from: 1, workers: 2, workload: 'shop' })
const { runs, met, failed, ended } = await simulateSeeds(options)
const [wrong] = failed
if (wrong !== undefined || !ended) {
  const why = wrong === undefined ? 'a worker did not end well' : `seed ${wrong.seed} found something wrong`
  console.error(`nothing is recorded: ${why}`)
  process.exit(1)
}
recordExpected(options.workload, runs, met)
