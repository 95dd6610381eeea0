/**
 * The tool every benchmark uses: runs our code and a limit (the least code that does the same work, such as a hand-written loop over
 * the same rows) in turn in one process, several rounds, and compares medians.
 *
 * People read standard error. Standard output has one JSON line per figure and nothing else:
 * `{"bench":"place-sqlite-256","ours":9500,"limit":10400,"ratio":0.91,"unit":"ops/s","rounds":5}`
 *
 * **ratio is always ours divided by limit**, both medians over the rounds:
 * - unit `ns/op`, `us/op`, `ms/op` (time per operation): lower is better; 2 means our operation takes twice as long as the limit's.
 * - unit `ops/s` (operations per second): higher is better; 0.5 means we do half of what the limit does in the same time.
 *
 * Ratios of one run compare well; absolute numbers of different machines do not.
 */

/** Time per operation (lower is better) or operations per second (higher is better). */
export type Unit = 'ns/op' | 'us/op' | 'ms/op' | 'ops/s'

/**
 * One round of work. It answers how many operations it did; the harness times the whole call. A round whose set-up must not count
 * times itself and answers the milliseconds as well.
 */
export type Work = () => Done | Promise<Done>
export type Done = number | { readonly operations: number; readonly milliseconds: number }

export type Comparison = {
  readonly name: string
  readonly unit: Unit
  /** How often each side runs and counts, at least 3; one more round of each warms up and does not count. */
  readonly rounds: number
  readonly ours: Work
  readonly limit: Work
}

/** One line of standard output. `ratio` = `ours` / `limit`. */
export type Figure = {
  readonly bench: string
  readonly ours: number
  readonly limit: number
  readonly ratio: number
  readonly unit: Unit
  readonly rounds: number
}

/** Compares, prints and returns one figure. Sides take turns to go first, so that a slow moment of the machine hits both. */
export const compare = async ({ name, unit, rounds, ours, limit }: Comparison): Promise<Figure> => {
  if (!(rounds >= 3)) throw new RangeError(`${name}: a median needs at least 3 rounds, got ${rounds}`)
  const measured: { readonly ours: number; readonly limit: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const pair = await measurePair(unit, ours, limit, round % 2 === 0)
    if (round > 0) measured.push(pair)
  }
  const oursMedian = median(measured.map((pair) => pair.ours))
  const limitMedian = median(measured.map((pair) => pair.limit))
  const figure: Figure = {
    bench: name,
    ours: short(oursMedian),
    limit: short(limitMedian),
    ratio: short(oursMedian / limitMedian),
    unit,
    rounds,
  }
  const ratios = measured.map((pair) => pair.ours / pair.limit)
  const spread = `${short(Math.min(...ratios))} to ${short(Math.max(...ratios))} over ${rounds} rounds`
  const better = unit === 'ops/s' ? 'higher' : 'lower'
  console.error(`${name}: ours ${print(figure.ours, unit)}, limit ${print(figure.limit, unit)}`)
  console.error(`  ours/limit = ${figure.ratio} (${better} is better; ${spread})`)
  console.log(JSON.stringify(figure))
  return figure
}

/** Prints the median of something worth knowing that has no limit to compare with. Not a figure: no JSON line. */
export const inform = async (name: string, unit: Unit, rounds: number, work: Work): Promise<number> => {
  const measured: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const value = await measure(unit, work)
    if (round > 0) measured.push(value)
  }
  const value = short(median(measured))
  console.error(`${name}: ${print(value, unit)} (for information)`)
  return value
}

const measurePair = async (unit: Unit, ours: Work, limit: Work, oursFirst: boolean) => {
  if (oursFirst) return { ours: await measure(unit, ours), limit: await measure(unit, limit) }
  const limitValue = await measure(unit, limit)
  return { ours: await measure(unit, ours), limit: limitValue }
}

const measure = async (unit: Unit, work: Work): Promise<number> => {
  const start = performance.now()
  const answer = work()
  // Awaiting a plain number would add a turn of the event loop to every synchronous round.
  const done = answer instanceof Promise ? await answer : answer
  const elapsed = performance.now() - start
  const { operations, milliseconds } =
    typeof done === 'number' ? { operations: done, milliseconds: elapsed } : done
  if (!(operations > 0 && milliseconds > 0)) {
    throw new RangeError(
      `a round must do some work in some time: ${operations} operations in ${milliseconds} ms`,
    )
  }
  return inUnit(unit, operations, milliseconds)
}

const inUnit = (unit: Unit, operations: number, milliseconds: number): number => {
  switch (unit) {
    case 'ns/op':
      return (milliseconds * 1e6) / operations
    case 'us/op':
      return (milliseconds * 1e3) / operations
    case 'ms/op':
      return milliseconds / operations
    case 'ops/s':
      return operations / (milliseconds / 1e3)
  }
}

/** The value that so many percent of the values do not exceed. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

const short = (value: number): number => Number(value.toPrecision(4))

const print = (value: number, unit: Unit): string => `${value.toLocaleString('en-US')} ${unit}`
