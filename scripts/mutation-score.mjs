// `npm run mutation -- --folder money` changes src/core/money in one place after another, and counts how many of the changes a unit test notices. `--sample N`
// takes that many mutants at random (by `--seed`), and says how far the score of all of them may lie from theirs. `--least 85` fails below that score.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { mutate } from './mutation/mutants.mjs'
import { optionsOf } from './run-bundled.mjs'

const { folder, sample, seed, least, workers } = optionsOf({
  folder: 'money',
  sample: 0,
  seed: 1,
  least: 0,
  workers: 1,
})

const filesIn = (from, end) =>
  readdirSync(from, { recursive: true })
    .map((name) => join(from, name))
    .filter((path) => path.endsWith(end))
    .sort()

const place = 'node_modules/.cache/mutation'
mkdirSync(place, { recursive: true })
const known = `${place}/${folder}.json`
rmSync(known, { force: true })

const mutants = []
const texts = new Map()
let atLoad = 0
for (const path of filesIn(`src/core/${folder}`, '.ts')) {
  const mutated = mutate(path, readFileSync(path, 'utf8'), mutants.length)
  mutants.push(...mutated.mutants)
  atLoad += mutated.atLoad
  texts.set(resolve(path), mutated.text)
}

// Tests that ask where their file lies cannot be bundled.
const files = filesIn('tests/unit', '.test.ts').filter(
  (path) => !readFileSync(path, 'utf8').includes('import.meta'),
)
const shim = resolve('scripts/mutation/vitest-shim.mjs')
const entry = [
  `import { startFile, tests } from ${JSON.stringify(shim)}`,
  ...files.map(
    (path) => `startFile(${JSON.stringify(path)}); await import(${JSON.stringify(resolve(path))})`,
  ),
  'export { tests }',
].join('\n')
const bundle = resolve(`${place}/${folder}.mjs`)
await build({
  stdin: { contents: entry, resolveDir: '.', loader: 'ts' },
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
  plugins: [
    {
      name: 'mutants',
      setup: (building) => {
        building.onResolve({ filter: /^vitest$/ }, ({ importer }) =>
          importer === shim ? { path: 'vitest', external: true } : { path: shim },
        )
        building.onLoad({ filter: /[.]ts$/ }, ({ path }) =>
          texts.has(path) ? { contents: texts.get(path), loader: 'ts' } : undefined,
        )
      },
    },
  ],
})

/** The same sequence for the same seed: numbers below one. */
const randomFrom = (start) => {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
const random = randomFrom(seed)
const shuffled = mutants
  .map((mutant) => [random(), mutant])
  .sort(([left], [right]) => left - right)
  .map(([, mutant]) => mutant)
const chosen = sample > 0 ? shuffled.slice(0, sample) : mutants

const patience = 60_000
const outcomes = new Map()
const broken = new Set()

/** Asks about mutants in a process of its own; one that never ends is noticed, and the rest goes to a new process. */
const ask = (ids) =>
  new Promise((done, failed) => {
    const child = spawn(
      process.execPath,
      ['scripts/mutation/worker.mjs', bundle, JSON.stringify(ids), known],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let timer
    let begun
    let rest = ''
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), patience)
    }
    const heard = (report) => {
      if (report.kind === 'surveyed' && report.isBroken) broken.add(report.name)
      if (report.kind === 'begun') begun = report.id
      if (report.kind === 'done') outcomes.set(report.id, report)
    }
    child.stdout.on('data', (data) => {
      wait()
      const lines = (rest + data).split('\n')
      rest = lines.pop()
      // What tests print is none of ours.
      for (const line of lines) if (line.startsWith('{"kind"')) heard(JSON.parse(line))
    })
    wait()
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (begun === undefined && code !== 0) {
        failed(new Error(`a process that asks about mutants ended with ${signal ?? code} before its first`))
        return
      }
      if (begun !== undefined && !outcomes.has(begun)) outcomes.set(begun, { id: begun, by: 'it never ends' })
      const left = ids.filter((id) => !outcomes.has(id))
      done(begun === undefined || left.length === 0 ? undefined : ask(left))
    })
  })

const started = performance.now()
await ask([])
const shares = Array.from({ length: workers }, (_, share) =>
  chosen.filter((_mutant, at) => at % workers === share).map(({ id }) => id),
)
await Promise.all(shares.map(ask))

const survivors = chosen.filter(({ id }) => outcomes.get(id)?.by === undefined)
for (const { id, path, line, from, to } of survivors) {
  const asked = outcomes.get(id)?.asked ?? 0
  console.log(`${path}:${line} ${JSON.stringify(from)} as ${JSON.stringify(to)} (${asked} tests come by)`)
}
const inFile = (list, file) => list.filter(({ path }) => path === file).length
for (const file of new Set(chosen.map(({ path }) => path))) {
  const [count, left] = [inFile(chosen, file), inFile(survivors, file)]
  console.log(`${file}: ${count - left} of ${count} noticed${left === 0 ? '' : `, ${left} survive`}`)
}
const killed = chosen.length - survivors.length
const score = (100 * killed) / Math.max(1, chosen.length)
/** Wilson's interval at 95 %, for what is drawn of a whole. */
const interval = () => {
  const [z, n, p] = [1.96, chosen.length, killed / Math.max(1, chosen.length)]
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  return `${(100 * (middle - half)).toFixed(1)} to ${(100 * (middle + half)).toFixed(1)} %`
}
writeFileSync(`${place}/${folder}-survivors.json`, JSON.stringify(survivors, null, 2))
if (broken.size > 0) console.log(`${broken.size} tests cannot be run here: ${[...broken].join('; ')}`)
console.log(
  `${folder}: ${killed} of ${chosen.length} mutants noticed, ${score.toFixed(1)} %, ${survivors.length} survive` +
    (chosen.length < mutants.length ? ` (a sample of ${mutants.length}; 95 %: ${interval()})` : '') +
    `, in ${((performance.now() - started) / 1_000).toFixed(0)} s; ${atLoad} more run when a file is loaded and are left out`,
)
if (score < least || outcomes.size < chosen.length) process.exitCode = 1
