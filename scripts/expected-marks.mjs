import { readFileSync, writeFileSync } from 'node:fs'

// What has to come about in a run of some length is data: a rule that nothing ever came near is not proven.
const file = 'tests/simulation/expected-marks.json'

const read = () => JSON.parse(readFileSync(file, 'utf8'))

/** What must have come about in so many seeds of a workload: faults, marks and cells, by name. */
export const dueWithin = (workload, seeds) =>
  Object.entries(read()[workload] ?? {}).flatMap(([group, names]) =>
    Object.entries(names)
      .filter(([, within]) => within <= seeds)
      .map(([name]) => ({ group, name })),
  )

/** So many runs of a recording must have come by something for it to be expected: of as many seeds, drawn anew, one in three million misses it. */
const leastRuns = 15

/** Writes, for whatever came about often enough in a recording, within how many seeds it must come about. */
export const recordExpected = (workload, runs, met) => {
  const groups = Object.entries(met).map(([group, names]) => [
    group,
    Object.fromEntries(
      Object.entries(names)
        .filter(([, times]) => times >= leastRuns)
        .map(([name, times]) => [name, roundUp((leastRuns * runs) / times)])
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  ])
  writeFileSync(file, `${JSON.stringify({ ...read(), [workload]: Object.fromEntries(groups) }, null, 2)}\n`)
}

const fewestSeeds = 500

/** To one of 500, 1,000, 2,000, 5,000 and so on, so that another recording changes few of them. */
const roundUp = (seeds) => {
  for (let step = fewestSeeds; ; step *= 10)
    for (const round of [step, step * 2, step * 4, step * 10]) if (seeds <= round) return round
}
