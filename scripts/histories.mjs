// `npm run histories -- --count 100000 --from 1 --workers 2`: makes histories of racing holds and orders with the engine itself under the
// simulator and checks each, one stock level at a time, and each order and hold across all levels it asked for.
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { count, from, workers } = optionsOf({ count: 10_000, from: 1, workers: 2 })

const program = await bundled('scripts/histories-worker.ts')
const begun = performance.now()
const totals = {}
const reports = await Promise.all(
  Array.from({ length: workers }, (_, worker) =>
    run(program, [from + worker * 100_000_000, Math.ceil(count / workers)]),
  ),
)
for (const { text } of reports) {
  for (const [name, figure] of Object.entries(JSON.parse(text))) totals[name] = (totals[name] ?? 0) + figure
}
const seconds = (performance.now() - begun) / 1_000
console.log(
  `${totals.histories} histories of ${totals.runs} simulations in ${seconds.toFixed(1)} s: ${totals.operations} operations, ${totals.granted} granted, ${totals.refused} refused, ${totals.unknown} without an answer`,
)
console.log(`along their versions: ${totals.histories} checked, ${totals.brokenByVersions} broken`)
console.log(
  `by search, trusting no version: ${totals.searched} checked, ${totals.brokenBySearch} broken, ${totals.gaveUp} given up`,
)
console.log(`by bounds of every legal sequence: ${totals.histories} checked, ${totals.brokenByScreen} broken`)
console.log(
  `all or nothing across levels: ${totals.acrossGranted + totals.acrossRefused + totals.acrossUnknown} orders and holds of several SKUs checked, ${totals.acrossGranted} granted, ${totals.acrossRefused} refused, ${totals.acrossUnknown} without an answer, ${totals.brokenAcross} broken`,
)
const { brokenByVersions, brokenBySearch, brokenByScreen, brokenAcross, brokenRuns } = totals
const broken = brokenByVersions + brokenBySearch + brokenByScreen + brokenAcross + brokenRuns
console.log(`${broken} broken in all, with ${brokenRuns} simulations that found something else wrong`)
if (broken > 0) process.exitCode = 1
