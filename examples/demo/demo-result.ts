import type { Check } from './report/report-data.js'

/** What a demo answers: whether everything held, what was new, and where to look. */
export interface DemoResult {
  readonly checks: readonly Check[]
  readonly done: number
  readonly replayed: number
  readonly report: string
}
