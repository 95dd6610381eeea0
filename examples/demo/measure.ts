import { stat } from 'node:fs/promises'
import { grouped } from './progress.js'

/** How a run went: time and memory, for the report and the last lines on the screen. */
export interface Measure {
  readonly seconds: () => number
  readonly peakMegabytes: () => number
  /** The largest of the first and of the last third so far: about the same where a run streams. */
  readonly peaksOfThirds: () => readonly [first: number, last: number]
  readonly stop: () => void
}

const pause = 200

/** Looks at the memory of the process five times a second; does not keep it alive. */
export const startMeasuring = (): Measure => {
  const started = performance.now()
  const samples: number[] = []
  const look = (): void => {
    samples.push(process.memoryUsage.rss())
  }
  const timer = setInterval(look, pause).unref()
  const peakOf = (from: number, to: number): number =>
    Math.round(samples.slice(from, to).reduce((peak, sample) => Math.max(peak, sample), 0) / 1_048_576)
  look()
  return {
    seconds: () => (performance.now() - started) / 1_000,
    peakMegabytes: () => {
      look()
      return peakOf(0, samples.length)
    },
    peaksOfThirds: () => {
      look()
      const third = Math.ceil(samples.length / 3)
      return [peakOf(0, third), peakOf(samples.length - third, samples.length)]
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}

export const fileMegabytes = async (path: string): Promise<string> =>
  grouped(Math.round((await stat(path)).size / 1_048_576))
