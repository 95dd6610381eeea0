// `npm run simulate -- --seeds 20000 --from 1 --workers 2 --workload trade` runs that many simulations and prints what they did. It fails when one of
// them found something wrong, and when something never came about that must within so many seeds. `--store sqlite` and `--store postgres` run them
// over these, each worker over a server of its own or over the one that `TEST_PG_URL` names. `--commands 10000`
// makes each run that long. `--artifacts FOLDER` keeps what it found there, cut down
// to what it takes; `--replay FILE` makes such a run again.
import { execFileSync } from 'node:child_process'
import { dueWithin } from './expected-marks.mjs'
import { bundled, optionsOf, run } from './run-bundled.mjs'
import { simulateSeeds } from './simulate-seeds.mjs'

const { seeds, from, workers, workload, store, commands, artifacts, replay } = optionsOf({
  seeds: 2_000,
  from: 1,
  workers: 2,
  workload: 'shop',
  store: 'memory',
  commands: 0,
  artifacts: '',
  replay: '',
})

if (replay !== '') {
  const { code, text } = await run(await bundled('scripts/replay-run.ts'), [replay])
  console.log(text.trimEnd())
  process.exit(code)
}

/** What is built, and whether something of it is not committed. */
const commitOf = () => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'], {
      encoding: 'utf8',
    }).trim()
  } catch {
    return 'unknown'
  }
}

const tell = (report) => {
  console.log(`seed ${report.seed} (${report.strategy}): ${report.violations.slice(0, 3).join('; ')}`)
  const again = report.artifact
    ? `--replay ${report.artifact}`
    : `--seeds 1 --from ${report.seed} --workers 1 --workload ${workload} --store ${store}${commands > 0 ? ` --commands ${commands}` : ''} --artifacts found`
  console.log(`  npm run simulate -- ${again}`)
}

const totals = await simulateSeeds({
  seeds,
  from,
  workers,
  workload,
  store,
  commands,
  artifacts,
  commit: commitOf(),
  heard: tell,
})

const { runs, seconds } = totals
const sum = (figures) => Object.values(figures).reduce((all, one) => all + one, 0)
const perRun = (count) => (count / Math.max(1, runs)).toFixed(1)
console.log(
  `${runs} simulations in ${seconds.toFixed(1)} s, ${(runs / seconds).toFixed(0)} a second with ${workers} workers`,
)
console.log(
  `${totals.commands} commands (${perRun(totals.commands)} a run), ${totals.points} scheduling points (${perRun(totals.points)} a run)`,
)
console.log(`${sum(totals.faults)} faults of ${Object.keys(totals.faults).length} kinds`)
for (const [kind, times] of Object.entries(totals.faults).sort()) console.log(`  ${kind}: ${times}`)
if (sum(totals.skipped) > 0)
  console.log(`skipped, because a store in ${store} has no way to it: ${JSON.stringify(totals.skipped)}`)
console.log(`${Object.keys(totals.marks).length} marks hit ${sum(totals.marks)} times`)
console.log(
  `${Object.keys(totals.cells).length} cells hit ${sum(totals.cells)} times: a command, its outcome, and the status before it`,
)
const due = dueWithin(workload, runs)
// What a store has no way to, and the mark that it leaves.
const comesOf = {
  host_rolls_back: 'host_rolls_back',
  'a command that the host rolled back': 'host_rolls_back',
}
const never = due.filter(({ group, name }) => !totals[group][name] && !totals.skipped[comesOf[name]])
if (due.length > 0)
  console.log(`${due.length - never.length} of ${due.length} came about that must within so many seeds`)
if (never.length > 0) console.log(`never came about: ${never.map(({ name }) => name).join('; ')}`)
console.log(`${totals.failed.length} seeds found something wrong`)
if (totals.failed.length > 0 || never.length > 0 || !totals.ended) process.exitCode = 1
