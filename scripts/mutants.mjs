// `npm run mutants` plants each bug of planted-bugs.mjs by itself in a build of its own and lets the simulator look for it. The source tree is
// never touched. `--only TEXT` takes the bugs whose name has that text, `--seeds N` bounds the search, `--workers N` looks for so many at once.
import { plantBug } from './plant-bug.mjs'
import { plantedBugs } from './planted-bugs.mjs'
import { inTurn } from './in-turn.mjs'
import { bundled, optionsOf, run } from './run-bundled.mjs'

const { only, seeds, seconds, workers } = optionsOf({ only: '', seeds: 20_000, seconds: 600, workers: 2 })

const hunt = async (bug, place) => {
  const planted = plantBug(bug.edits)
  if (planted === undefined) return 'cannot be planted: its text does not stand exactly once'
  const program = await bundled('scripts/find-planted.ts', {
    name: `planted-${place}`,
    plugins: [planted],
  })
  const { text, signal } = await run(program, [seeds], { seconds })
  if (signal !== null) return bug.hangs ? 'found: the run never ends' : `nothing found in ${seconds} s`
  const { seeds: needed, found } = JSON.parse(text)
  return found === undefined ? `not found in ${needed} seeds` : `found by seed ${needed}: ${found}`
}

// Without a bug nothing must be found: else the finds below would prove nothing.
const sound = await hunt({ edits: [] }, 'none')
console.log(`no bug: ${sound}`)
if (!sound.startsWith('not found')) process.exitCode = 1

const bugs = plantedBugs.filter(({ name }) => name.includes(only))
let missed = 0
const lookFor = async (bug, place) => {
  try {
    return await hunt(bug, place)
  } catch (error) {
    return `cannot be built: ${String(error).split('\n')[0]}`
  }
}
await inTurn(workers, bugs, lookFor, (came, bug) => {
  if (!came.startsWith('found')) missed += 1
  console.log(`${came.startsWith('found') ? ' ok ' : 'MISS'} ${bug.name}: ${came}`)
})
console.log(`${bugs.length - missed} of ${bugs.length} planted bugs found`)
if (missed > 0) process.exitCode = 1
