// `npm run simulate -- --seeds 20000 --from 1 --workers 2` runs that many simulations and prints what they did. It fails when one of them
// found something wrong, and when something that must come about never did. `--artifacts FOLDER` keeps what it found there, cut down to what it
// takes; `--replay FILE` makes such a run again.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { seeds, from, workers, workload, artifacts, replay } = optionsOf({
  seeds: 2_000,
  from: 1,
  workers: 2,
  workload: 'shop',
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
const commit = commitOf()

const program = await bundled('scripts/simulate-worker.ts')
const begun = performance.now()
const share = Math.ceil(seeds / workers)
const totals = { runs: 0, commands: 0, points: 0, faults: {}, marks: {}, failed: [] }

const add = (to, figures) => {
  for (const [name, times] of Object.entries(figures)) to[name] = (to[name] ?? 0) + times
}

const heard = (line) => {
  const report = JSON.parse(line)
  if (report.kind === 'failed') {
    totals.failed.push(report)
    console.log(`seed ${report.seed} (${report.strategy}): ${report.violations.slice(0, 3).join('; ')}`)
    const again = report.artifact
      ? `--replay ${report.artifact}`
      : `--seeds 1 --from ${report.seed} --workers 1 --workload ${workload} --artifacts found`
    console.log(`  npm run simulate -- ${again}`)
    return
  }
  totals.runs += report.runs
  totals.commands += report.commands
  totals.points += report.points
  add(totals.faults, report.faults)
  add(totals.marks, report.marks)
}

const ends = await Promise.all(
  Array.from({ length: workers }, (_, worker) => {
    const first = from + worker * share
    const count = Math.min(share, from + seeds - first)
    return count <= 0 ? { code: 0 } : run(program, [first, count, workload, artifacts, commit], { heard })
  }),
)

const seconds = (performance.now() - begun) / 1_000
const sum = (figures) => Object.values(figures).reduce((all, one) => all + one, 0)
const perRun = (count) => (count / Math.max(1, totals.runs)).toFixed(1)
console.log(
  `${totals.runs} simulations in ${seconds.toFixed(1)} s, ${(totals.runs / seconds).toFixed(0)} a second with ${workers} workers`,
)
console.log(
  `${totals.commands} commands (${perRun(totals.commands)} a run), ${totals.points} scheduling points (${perRun(totals.points)} a run)`,
)
console.log(`${sum(totals.faults)} faults of ${Object.keys(totals.faults).length} kinds`)
for (const [kind, times] of Object.entries(totals.faults).sort()) console.log(`  ${kind}: ${times}`)
console.log(`${Object.keys(totals.marks).length} marks hit ${sum(totals.marks)} times`)

// What has to come about in a batch of some size is data: a rule that nothing ever came near is not proven.
const expected = JSON.parse(readFileSync('tests/simulation/expected-marks.json', 'utf8'))[workload] ?? {
  faults: [],
  marks: [],
}
const never = [
  ...expected.faults.filter((name) => !totals.faults[name]).map((name) => `fault ${name}`),
  ...expected.marks.filter((name) => !totals.marks[name]),
]
if (totals.runs >= 2_000 && never.length > 0) console.log(`never came about: ${never.join(', ')}`)
console.log(`${totals.failed.length} seeds found something wrong`)
if (
  totals.failed.length > 0 ||
  (totals.runs >= 2_000 && never.length > 0) ||
  ends.some(({ code }) => code !== 0)
)
  process.exitCode = 1
