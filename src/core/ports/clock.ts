import type { Instant, Milliseconds } from '../time/instant.js'

/** The only source of time. The store has one that stamps what is recorded; the shell has one for deadlines and pauses. */
export interface Clock {
  now(): Instant
  /** Milliseconds since some fixed moment; never goes back. For deadlines only. */
  elapsed(): Milliseconds
  /** Calls back once, as soon as what is ready to run has run: the shell forms its next batch then. */
  soon(callback: () => void): void
  /** Calls back once after `span`; the answer cancels it. */
  after(span: Milliseconds, callback: () => void): () => void
}
