import { runModel } from '../tests/model/inventory/model-run.js'
import { runPromises } from '../tests/model/promises/promises-run.js'

// Called by `model-run.mjs`: writes one line of JSON for every so many operations, in turn of either model.
const [seed = '1', operations = '10000'] = process.argv.slice(2)
const batch = 20_000
let left = Number(operations)
for (let round = 0; left > 0; round += 1) {
  const count = Math.min(batch, left)
  const play = round % 2 === 0 ? runModel : runPromises
  const { operations: played, outcomes, differences } = await play(Number(seed) + round, count)
  process.stdout.write(
    `${JSON.stringify({ operations: played, outcomes: Object.fromEntries(outcomes), differences })}\n`,
  )
  left -= count
}
