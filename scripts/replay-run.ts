import { readFileSync } from 'node:fs'
import { createSimulator } from '../src/testing/simulation/simulate.js'
import type { RunArtifact } from '../src/testing/simulation/shrink.js'
import { tradeWorkload } from '../tests/support/trade-workload.js'

// Called by `simulate.mjs --replay FILE`: makes the run that is kept in a file once more, and writes what it finds.
const [file = ''] = process.argv.slice(2)
const { plan, choices, workload } = JSON.parse(readFileSync(file, 'utf8')) as RunArtifact & {
  readonly workload?: string
}

const simulator = await createSimulator(workload === 'trade' ? { workload: tradeWorkload } : {})
const { violations } = await simulator.replay(plan, choices)
process.stdout.write(`${[...violations, `${violations.length} violations`].join('\n')}\n`)
process.exit(violations.length === 0 ? 0 : 1)
