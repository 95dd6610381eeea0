import { bundled, run } from './run-bundled.mjs'

/** Runs so many simulations of a workload with so many workers; tells `heard` each that found something, and answers what all of them did. */
export async function simulateSeeds({
  seeds,
  from,
  workers,
  workload,
  store = 'memory',
  commands = 0,
  artifacts = '',
  commit = '',
  heard = () => undefined,
}) {
  const program = await bundled('scripts/simulate-worker.ts')
  const begun = performance.now()
  const share = Math.ceil(seeds / workers)
  const totals = {
    runs: 0,
    commands: 0,
    points: 0,
    faults: {},
    marks: {},
    cells: {},
    skipped: {},
    failed: [],
  }
  // In how many of the runs each came about.
  const met = { faults: {}, marks: {}, cells: {} }
  const take = (line) => {
    const report = JSON.parse(line)
    if (report.kind === 'failed') {
      totals.failed.push(report)
      heard(report)
      return
    }
    totals.runs += report.runs
    totals.commands += report.commands
    totals.points += report.points
    add(totals.skipped, report.skipped)
    for (const group of Object.keys(met)) {
      add(totals[group], report[group])
      add(met[group], report.met[group])
    }
  }
  const ends = await Promise.all(
    Array.from({ length: workers }, (_, worker) => {
      const first = from + worker * share
      const count = Math.min(share, from + seeds - first)
      return count <= 0
        ? { code: 0 }
        : run(program, [first, count, workload, artifacts, commit, store, commands], { heard: take })
    }),
  )
  const seconds = (performance.now() - begun) / 1_000
  return { ...totals, met, seconds, ended: ends.every(({ code }) => code === 0) }
}

const add = (to, figures) => {
  for (const [name, times] of Object.entries(figures)) to[name] = (to[name] ?? 0) + times
}
