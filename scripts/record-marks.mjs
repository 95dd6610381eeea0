// `npm run marks:record -- --workload trade --seeds 20000` runs that many simulations and writes into `tests/simulation/expected-marks.json` what came
// about in them, each with the number of seeds within which `npm run simulate` expects it from now on.
import { recordExpected } from './expected-marks.mjs'
import { optionsOf } from './run-bundled.mjs'
import { simulateSeeds } from './simulate-seeds.mjs'

const options = optionsOf({ seeds: 20_000, from: 1, workers: 2, workload: 'shop' })
const { runs, met, failed, ended } = await simulateSeeds(options)
if (failed.length > 0 || !ended) {
  console.error(`nothing is recorded: seed ${failed[0]?.seed} found something wrong`)
  process.exit(1)
}
recordExpected(options.workload, runs, met)
