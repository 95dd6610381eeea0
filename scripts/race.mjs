// `npm run race -- --most 20000 --adapters memory,sqlite,postgres --only refunds`: every race of tests/support/race over every store, with
// 1, 2 and 4 processes. It fails when anything is not as it must be afterwards. The last line is its figures as JSON.
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { most, adapters, only } = optionsOf({
  most: 20_000,
  adapters: 'memory,sqlite,postgres',
  only: '',
})

const [program, racer] = await Promise.all([
  bundled('scripts/race-worker.ts'),
  bundled('tests/support/race/race-process.ts'),
])
const begun = performance.now()
const totals = { races: 0, attempts: 0, kills: 0, breaches: 0 }
let last = ''

const heard = (line) => {
  const { race, seenIn, store, processes, attempts, outcomes, kills, seconds, breaches } = JSON.parse(line)
  totals.races += 1
  totals.attempts += attempts
  totals.kills += kills
  totals.breaches += breaches.length
  if (race !== last) console.log(`\n${race} (seen in ${seenIn})`)
  last = race
  const told = Object.entries(outcomes)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ')
  const where = `${store.padEnd(8)} ${processes} ${processes === 1 ? 'process  ' : 'processes'}`
  const killed = kills === 0 ? '' : `, ${kills} kills`
  console.log(
    `  ${where} ${String(attempts).padStart(6)} attempts ${seconds.toFixed(1).padStart(6)} s: ${told}${killed}`,
  )
  for (const breach of breaches) console.log(`    NOT SO: ${breach}`)
}

const { code } = await run(program, [racer, most, adapters, only], { heard })
const seconds = (performance.now() - begun) / 1_000
console.log(
  `\n${totals.races} races, ${totals.attempts} attempts, ${totals.kills} processes killed, ${totals.breaches} breaches`,
)
console.log(JSON.stringify({ suite: 'race', ...totals, seconds: Math.round(seconds) }))
if (code !== 0 || totals.breaches > 0 || totals.races === 0) process.exitCode = 1
