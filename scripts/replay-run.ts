import { readFileSync } from 'node:fs'
import { createSimulator } from '../src/testing/simulation/simulate.js'
import type { RunArtifact } from '../src/testing/simulation/shrink.js'
import { storeCalled } from '../tests/support/simulated-stores.js'
import { tradeWorkload } from '../tests/support/trade-workload.js'

// Called by `simulate.mjs --replay FILE`: makes the run that is kept in a file once more, and writes how it goes and what it finds.
const [file = ''] = process.argv.slice(2)
const {
  plan,
  choices,
  workload,
  store = 'memory',
} = JSON.parse(readFileSync(file, 'utf8')) as RunArtifact & {
  readonly workload?: string
  readonly store?: string
}

const { openStore, close } = await storeCalled(store)
const simulator = await createSimulator({
  ...(workload === 'trade' && { workload: tradeWorkload }),
  ...(openStore !== undefined && { openStore }),
})
const { violations } = await simulator.replay(plan, choices, (line) => process.stdout.write(`${line}\n`))
process.stdout.write(`${[...violations, `${violations.length} violations`].join('\n')}\n`)
await close()
process.exit(violations.length === 0 ? 0 : 1)
