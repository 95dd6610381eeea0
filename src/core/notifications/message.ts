import type { Key } from '../ids/key.js'

/** A planned message as it waits in the outbox: what happened, and references to whom and what it is about. */
export interface Message {
  readonly about: Key
  readonly topic: string
  readonly data: Readonly<Record<string, unknown>>
}
