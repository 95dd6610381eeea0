// `npm run coverage` runs the tests of the core that need no process of their own (tests/unit, tests/property, tests/model) and lists each branch of src/core that
// none of them takes; it fails when there is one. `--folder flows` lists those of one folder only, `--tests unit/flows,unit/bad-input` runs no others.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { optionsOf } from './run-bundled.mjs'

const { folder, tests } = optionsOf({ folder: '', tests: 'unit,property,model' })

const core = 'src/core'
const place = 'node_modules/.cache/coverage'
rmSync(place, { recursive: true, force: true })
const started = performance.now()
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--coverage',
    `--coverage.include=${core}/**/*.ts`,
    '--coverage.reporter=json',
    `--coverage.reportsDirectory=${place}`,
    ...tests.split(',').map((name) => `tests/${name}`),
  ],
  { encoding: 'utf8', maxBuffer: 1e9 },
)
if (status !== 0) {
  console.error(stdout + stderr)
  process.exit(1)
}

/** Why a branch was not taken, by the words of Istanbul's report for its kind. */
const reasons = { if: ['never true', 'never false'], 'cond-expr': ['never true', 'never false'] }

const folders = new Map()
for (const [path, { branchMap, b: counts }] of Object.entries(
  JSON.parse(readFileSync(`${place}/coverage-final.json`, 'utf8')),
)) {
  const file = relative('.', path)
  const [first, second] = relative(core, path).split('/')
  const name = second === undefined ? 'core itself' : first
  const known = folders.get(name) ?? { branches: 0, missed: [] }
  for (const [id, branch] of Object.entries(branchMap)) {
    counts[id].forEach((count, index) => {
      known.branches += 1
      if (count > 0) return
      // An `if` without `else` has no place of its own for what it leaves out.
      const { start } =
        branch.locations[index].start.line === undefined ? branch.loc : branch.locations[index]
      const what = reasons[branch.type]?.[index] ?? 'never taken'
      known.missed.push({ file, line: start.line, column: start.column + 1, what })
    })
  }
  folders.set(name, known)
}

const shown = [...folders]
  .filter(([name]) => folder === '' || name === folder)
  .sort(([one], [other]) => one.localeCompare(other))
const places = shown.flatMap(([, { missed }]) => missed)
for (const { file, line, column, what } of places.sort(
  (one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column,
))
  console.log(`${file}:${line}:${column} ${what}`)

const all = shown.reduce((sum, [, { branches }]) => sum + branches, 0)
const taken = all - places.length
console.log(
  shown
    .map(([name, { branches, missed }]) => `${name} ${branches - missed.length} of ${branches}`)
    .join(', '),
)
console.log(
  `${taken} of ${all} branches taken, ${((100 * taken) / all).toFixed(2)} %, by ${tests} tests in ${((performance.now() - started) / 1_000).toFixed(0)} s`,
)
if (places.length > 0 || all === 0) process.exitCode = 1
