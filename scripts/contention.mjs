// `npm run contention -- --attempts 1000000 --seconds 3600 --processes 4`: holds of five of twenty SKUs over 32 connections to a PostgreSQL of
// its own with fsync on. There is stock for about half of them. It fails on a deadlock, on anything sold twice and on any final answer but a hold
// or `out_of_stock`. A run that is out of `--seconds` before all attempts were made says so and ends with 3. The last line is its figures as JSON.
import { bundled, cutOff, optionsOf, run } from './run-bundled.mjs'

const { attempts, seconds, processes } = optionsOf({ attempts: 1_000_000, seconds: 3_600, processes: 4 })
const [program, child] = await Promise.all([
  bundled('scripts/contention-worker.ts'),
  bundled('tests/support/race/contention-process.ts'),
])
// Each hold takes one of five SKUs in twenty.
const stock = Math.max(1, Math.floor(attempts / 8))
const { code, text } = await run(program, [child, attempts, seconds, processes, stock])
if (code !== 0) {
  process.exitCode = 1
} else {
  const figures = JSON.parse(text)
  const rate = figures.attempts / Math.max(1, figures.seconds)
  console.log(
    `${figures.attempts} attempts in ${figures.seconds} s, ${rate.toFixed(0)} a second, ${processes} processes, 32 connections: ${figures.done} held, ${figures.refused} refused, ${figures.askedAgain} times asked again under the same key; one fsync takes ${figures.fsyncMilliseconds} ms`,
  )
  console.log(
    `${figures.deadlocks} deadlocks, ${figures.oversold} levels oversold, ${figures.drifted} levels that differ from their holds, ${figures.orphans} holds nobody was told of`,
  )
  if (figures.wrong.length > 0) console.log(`other answers: ${figures.wrong.join('; ')}`)
  const isCutOff = figures.attempts < attempts
  if (isCutOff)
    console.log(`CUT OFF after ${seconds} s: ${figures.attempts} of ${attempts} attempts were made`)
  console.log(JSON.stringify({ suite: 'contention', ...figures }))
  const { deadlocks, oversold, drifted, orphans, wrong } = figures
  if (isCutOff) process.exitCode = cutOff
  if (deadlocks + oversold + drifted + Math.abs(orphans) + wrong.length > 0) process.exitCode = 1
}
