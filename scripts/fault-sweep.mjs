// `npm run fault-sweep -- --workload shop`: every command × every call of a port × every kind of fault × once or for ever.
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { workload, only } = optionsOf({ workload: 'shop', only: '' })
const program = await bundled('scripts/fault-sweep-worker.ts')
const begun = performance.now()
const { code, text } = await run(program, [workload, only])
const { scenarios, left, cells, struck, violations } = JSON.parse(text)
for (const violation of violations.slice(0, 40)) console.log(violation)
console.log(
  `${scenarios.length} commands, ${cells} cells in ${((performance.now() - begun) / 1_000).toFixed(1)} s, the fault struck in ${struck}: ${violations.length} broken promises`,
)
if (left.length > 0) console.log(`no good end was found for: ${left.join(', ')}`)
if (violations.length > 0 || code !== 0) process.exitCode = 1
