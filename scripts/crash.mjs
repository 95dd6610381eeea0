// `npm run crash -- --store postgres --how writer --kills 300 --seed 1`: takes orders in a process of its own, lets it or what it depends on die at random moments, and
// compares what is left with what was acknowledged. `--how`: writer, power or disk on SQLite; writer, server, connection, standby or disk on PostgreSQL.
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { store, how, kills, seed } = optionsOf({ store: 'sqlite', how: 'writer', kills: 20, seed: 1 })
const program = await bundled('scripts/crash-worker.ts')
const begun = performance.now()
let last
const heard = (line) => {
  last = JSON.parse(line)
  for (const finding of last.found) console.log(finding)
  if (last.kills % 25 === 0)
    console.log(`  ${last.kills} of ${kills} after ${((performance.now() - begun) / 1_000).toFixed(0)} s`)
}
const { code } = await run(program, [store, how, kills, seed], { heard })
if (last?.skipped) {
  console.log(`${store}, ${how}: not run: ${last.skipped}`)
} else if (last === undefined) {
  process.exitCode = 1
} else {
  console.log(
    `${store}, ${how}: ${last.kills} crashes in ${((performance.now() - begun) / 1_000).toFixed(0)} s: ${last.acknowledged} commands acknowledged, ${last.lost} of them lost; ` +
      `${last.torn} torn states; ${last.unanswered} commands without an answer, of which ${last.committedUnanswered} were committed, ${last.unresolved} not resolved by their key`,
  )
  if (last.cuts) {
    const places = Object.entries(last.cuts).map(([place, times]) => `${times} ${place}`)
    console.log(`cut ${places.join(', ')}`)
    const { ambiguous = 0, written = 0, not_written: notWritten = 0, half_written: half = 0 } = last.commits
    const open = ambiguous - written - notWritten - half
    console.log(
      `${ambiguous} commits were left open (outcome_unknown); their keys told of ${written} that they were written and of ${notWritten} that they were not; ${half} half written, ${open} not resolved`,
    )
    if (half + open > 0) process.exitCode = 1
  }
  if (last.troubles) console.log(`answers meanwhile: ${JSON.stringify(last.troubles)}`)
  if (code !== 0 || last.lost + last.torn + last.unresolved > 0) process.exitCode = 1
}
