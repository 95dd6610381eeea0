// `npm run fault-sweep -- --workers 2`: every command × every call of a port × every kind of fault × once or for ever. It fails when a promise was
// broken, and when a command was left out. `--one-in 50` makes one of so many cells.
import { bundled, optionsOf, run } from './run-bundled.mjs'

const options = optionsOf({ workers: 2, workload: '', only: '', 'one-in': 1 })
const { workers, workload, only } = options
const program = await bundled('scripts/fault-sweep-worker.ts')
const begun = performance.now()
const totals = { due: [], scenarios: 0, commands: new Set(), left: [], cells: 0, struck: 0, broken: 0 }

const heard = (line) => {
  const report = JSON.parse(line)
  if (report.kind === 'due') {
    totals.due = report.commands
    return
  }
  const { name, scenarios, commands, left, cells, struck, violations } = report
  for (const violation of violations.slice(0, 5)) console.log(`${name}: ${violation}`)
  totals.scenarios += scenarios.length
  for (const command of commands) totals.commands.add(command)
  totals.left.push(...left.map(() => name))
  totals.cells += cells
  totals.struck += struck
  totals.broken += violations.length
}

const ends = await Promise.all(
  Array.from({ length: workers }, (_, worker) =>
    run(program, [worker, workers, workload, only, options['one-in']], { heard }),
  ),
)

const seconds = (performance.now() - begun) / 1_000
const left = [...totals.due.filter((command) => !totals.commands.has(command)), ...totals.left]
const reached = totals.due.filter((command) => totals.commands.has(command))
console.log(
  `${reached.length} of ${totals.due.length} commands in ${totals.scenarios} scenarios, ${totals.cells} cells in ${seconds.toFixed(1)} s with ${workers} workers`,
)
console.log(`the fault struck in ${totals.struck} cells: ${totals.broken} broken promises`)
console.log(`left: ${left.length}${left.length > 0 ? `, no good end was found for ${left.join(', ')}` : ''}`)
if (totals.broken > 0 || left.length > 0 || ends.some(({ code }) => code !== 0)) process.exitCode = 1
