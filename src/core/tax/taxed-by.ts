import type { Instant } from '../time/instant.js'

/** The outside engine that said how a document is taxed. */
export interface TaxedBy {
  readonly source: string
  /** Of its rules or rates, as the engine names it. */
  readonly version: string
  readonly at: Instant
}
