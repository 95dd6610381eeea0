import { releaseParked } from '../src/testing/simulation/sweep-scenario.js'
import { sweepFaults } from '../src/testing/simulation/sweep-faults.js'
import { shopWorkload } from '../src/testing/simulation/shop-workload.js'
import type { Workload } from '../src/testing/simulation/workload.js'
import { commandWorkloads, everyCommand, furtherWorkloads } from '../tests/support/every-command-workloads.js'
import { tradeWorkload } from '../tests/support/trade-workload.js'

// Called by `fault-sweep.mjs`: sweeps its share of the scenarios and writes one line of JSON for each, the first for what there is.
const [worker = '0', workers = '1', source = '', only = '', oneIn = '1'] = process.argv.slice(2)

/** No piece with that number is ever planned first. */
const neverGood: ReadonlySet<string> = new Set(['packSerial'])

interface Task {
  readonly source: string
  readonly workload: Workload
  readonly command: string
}

const tasksOf = (name: string, workload: Workload): readonly Task[] =>
  Object.keys(workload.commands).map((command) => ({ source: name, workload, command }))

const tasks = [
  ...[...commandWorkloads.values(), ...furtherWorkloads.values()].flatMap((workload) =>
    tasksOf('each', workload),
  ),
  ...tasksOf('shop', shopWorkload),
  { source: 'shop', workload: shopWorkload, command: releaseParked },
  ...tasksOf('trade', tradeWorkload).filter(({ command }) => !neverGood.has(command)),
].filter((task) => (source === '' || task.source === source) && task.command.includes(only))

const say = (report: object): void => {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

const isWhole = source === '' || source === 'each'
if (worker === '0' && isWhole)
  say({ kind: 'due', commands: everyCommand.filter((command) => command.includes(only)) })
for (const [place, { source: from, workload, command }] of tasks.entries()) {
  if (place % Number(workers) !== Number(worker)) continue
  const sweep = await sweepFaults({ workload, commands: [command], oneIn: Number(oneIn) })
  say({ kind: 'swept', name: `${from} ${command}`, ...sweep })
}
