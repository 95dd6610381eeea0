import type { Actor } from '../ids/actor.js'
import { noEntries, type DerivedKind } from '../record-kind.js'
import type { Refusal } from '../refusal.js'
import type { Instant } from '../time/instant.js'

/** The answer a command gave, kept under its idempotency key: a repeat gets it again, whatever has changed since. */
export interface IdempotencyRecord {
  /** SHA-256 of the RFC 8785 form of the validated input (ID6). */
  readonly fingerprint: string
  readonly fingerprintVersion: 1
  /** Who got the answer. Anybody else who brings the key is asked by the policy first. */
  readonly by: Actor
  readonly answer: StoredAnswer
  readonly at: Instant
}

export type StoredAnswer =
  | { readonly ok: true; readonly value: unknown; readonly version: number }
  | { readonly ok: false; readonly refusal: Refusal }

export const idempotencyKind: DerivedKind<IdempotencyRecord> = {
  name: 'idempotency',
  derived: true,
  entries: noEntries,
}

/** Keys are scoped by tenant and command: one key may be used for placing and for paying (ID7). */
export const idempotencyId = (command: string, key: string): string => `${command}/${key}`
