import { Session, type Profiler } from 'node:inspector'
import { countBuiltIns } from './count-built-ins.js'

/**
 * Work of a program, counted instead of timed: how many characters of its source ran (V8 counts each block), and how many characters and elements
 * the built-in functions went over that it called.
 */
export interface WorkCounter {
  /** The work of each, one after another. */
  of(runs: readonly (() => unknown)[]): Promise<readonly number[]>
}

/** To be made before what is to be counted is loaded: V8 counts the blocks of functions only that are compiled afterwards. */
export const countWork = (): WorkCounter => {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const builtIns = countBuiltIns()
  return {
    of: async (runs) => {
      const work: number[] = []
      await executed(session)
      for (const run of runs) {
        builtIns.begin()
        await run()
        work.push(builtIns.end() + (await executed(session)))
      }
      return work
    },
  }
}

/** What ran since this was asked last. */
const executed = async (session: Session): Promise<number> => {
  const { result } = await new Promise<Profiler.TakePreciseCoverageReturnType>((resolve, reject) => {
    session.post('Profiler.takePreciseCoverage', (error, coverage) =>
      error === null ? resolve(coverage) : reject(error),
    )
  })
  let sum = 0
  for (const { url, functions } of result) {
    if (url.startsWith('node:') || url === import.meta.url) continue
    for (const { ranges } of functions) sum += charactersRun(ranges)
  }
  return sum
}

/** Ranges stand within each other, outer ones first; what stands within another one was counted with it, and is counted anew. */
const charactersRun = (ranges: readonly Profiler.CoverageRange[]): number => {
  let sum = 0
  const open: Profiler.CoverageRange[] = []
  for (const range of ranges) {
    while (open.length > 0 && (open.at(-1)?.endOffset ?? 0) <= range.startOffset) open.pop()
    sum += (range.endOffset - range.startOffset) * (range.count - (open.at(-1)?.count ?? 0))
    open.push(range)
  }
  return sum
}
