// `npm run model-run -- --operations 1000000 --from 1 --workers 2`: random operations against the engine and against plain models of it: of
// stock, lots, kits, holds, work, transfers and counts, and of who is given goods that do not suffice. Every outcome and all figures are compared.
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { operations, from, workers } = optionsOf({ operations: 100_000, from: 1, workers: 2 })

const program = await bundled('scripts/model-run-worker.ts')
const begun = performance.now()
const outcomes = {}
const differences = []
let done = 0

const heard = (line) => {
  const report = JSON.parse(line)
  done += report.operations
  differences.push(...report.differences)
  for (const difference of report.differences) console.log(difference)
  for (const [name, times] of Object.entries(report.outcomes)) outcomes[name] = (outcomes[name] ?? 0) + times
}

const ends = await Promise.all(
  Array.from({ length: workers }, (_, worker) =>
    run(program, [from + worker * 1_000_000, Math.ceil(operations / workers)], { heard }),
  ),
)
const seconds = (performance.now() - begun) / 1_000
for (const [name, times] of Object.entries(outcomes).sort()) console.log(`  ${name}: ${times}`)
console.log(
  `${done} operations in ${seconds.toFixed(1)} s, ${(done / seconds).toFixed(0)} a second: ${differences.length} differences`,
)
if (differences.length > 0 || ends.some(({ code }) => code !== 0)) process.exitCode = 1
