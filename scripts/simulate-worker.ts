import { mkdirSync, writeFileSync } from 'node:fs'
import { shrinkRun } from '../src/testing/simulation/shrink.js'
import { createSimulator } from '../src/testing/simulation/simulate.js'
import { storeCalled } from '../tests/support/simulated-stores.js'
import { tradeWorkload } from '../tests/support/trade-workload.js'

// Called by `simulate.mjs`: runs its share of the seeds and writes one line of JSON for every so many.
const [
  from = '1',
  count = '100',
  workload = 'shop',
  artifacts = '',
  commit = '',
  store = 'memory',
  commands = '0',
] = process.argv.slice(2)
const { openStore, close } = await storeCalled(store)
const simulator = await createSimulator({
  ...(workload === 'trade' && { workload: tradeWorkload }),
  ...(openStore !== undefined && { openStore }),
  ...(Number(commands) > 0 && { commandsPerRun: Number(commands) }),
})
const batch = 500

const say = (report: object): void => {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

interface Figures {
  runs: number
  commands: number
  points: number
  /** How often each came about. */
  readonly faults: Counts
  readonly marks: Counts
  readonly cells: Counts
  /** Faults that this store has no way to. */
  readonly skipped: Counts
  /** In how many of the runs it did. */
  readonly met: { readonly faults: Counts; readonly marks: Counts; readonly cells: Counts }
}

type Counts = Record<string, number>

const none = () => ({ faults: {}, marks: {}, cells: {} })
const nothing = (): Figures => ({ runs: 0, commands: 0, points: 0, ...none(), skipped: {}, met: none() })

const groups = ['faults', 'marks', 'cells'] as const

const add = (to: Counts, name: string, times: number): void => {
  to[name] = (to[name] ?? 0) + times
}

let figures = nothing()
const first = Number(from)
const last = first + Number(count) - 1
let shrunk = 0
for (let seed = first; seed <= last; seed += 1) {
  const report = await simulator.run(seed)
  figures.runs += 1
  figures.commands += report.commands
  figures.points += report.choices.length
  for (const group of groups)
    for (const [name, times] of report[group]) {
      add(figures[group], name, times)
      add(figures.met[group], name, 1)
    }
  for (const [name, times] of report.skipped) add(figures.skipped, name, times)
  if (report.violations.length > 0) {
    let artifact: string | undefined
    if (artifacts !== '' && shrunk < 3) {
      shrunk += 1
      mkdirSync(artifacts, { recursive: true })
      artifact = `${artifacts}/seed-${seed}.json`
      const kept = { commit, workload, store, ...(await shrinkRun(simulator, report)) }
      writeFileSync(artifact, `${JSON.stringify(kept, null, 2)}\n`)
    }
    say({ kind: 'failed', seed, strategy: report.plan.strategy, violations: report.violations, artifact })
  }
  if (figures.runs === batch || seed === last) {
    say(figures)
    figures = nothing()
  }
}
await close()
