// Called by `mutation-score.mjs` with a bundle of unit tests: finds out which test comes by which mutant, then asks those tests about each.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [bundle = '', wanted = '[]', known = ''] = process.argv.slice(2)

let active = -1
let reached = new Set()
globalThis.isMutant = (id) => {
  reached.add(id)
  return id === active
}

const { tests } = await import(pathToFileURL(bundle).href)
const patience = 5_000
const mostPerMutant = 20_000
const say = (report) => process.stdout.write(`${JSON.stringify(report)}\n`)

const fails = async ({ run }) => {
  let timer
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it takes too long')), patience)
  })
  try {
    await Promise.race([run(), late])
    return false
  } catch {
    return true
  } finally {
    clearTimeout(timer)
  }
}

/** Which tests hold without a mutant, how long they take, and by which mutants they come. */
const survey = async () => {
  const found = []
  for (const [place, test] of tests.entries()) {
    reached = new Set()
    const begun = performance.now()
    const isBroken = await fails(test)
    say({ kind: 'surveyed', name: test.name, isBroken })
    if (!isBroken) found.push({ place, took: performance.now() - begun, reached: [...reached] })
  }
  return found
}

// The first one to come writes it; those after it, several at a time, only read.
const isKnown = existsSync(known)
const surveyed = isKnown ? JSON.parse(readFileSync(known, 'utf8')) : await survey()
if (!isKnown) writeFileSync(known, JSON.stringify(surveyed))
const quickest = surveyed.toSorted((left, right) => left.took - right.took)

for (const id of JSON.parse(wanted)) {
  say({ kind: 'begun', id })
  const asked = quickest.filter((test) => test.reached.includes(id))
  const begun = performance.now()
  let by
  active = id
  for (const { place } of asked) {
    if (performance.now() - begun > mostPerMutant) break
    if (!(await fails(tests[place]))) continue
    by = tests[place].name
    break
  }
  active = -1
  say({ kind: 'done', id, asked: asked.length, by })
}
process.exit(0)
