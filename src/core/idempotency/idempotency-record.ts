import type { Actor } from '../ids/actor.js'
import { noEntries, type DerivedKind } from '../record-kind.js'
import type { Refusal } from '../refusal.js'
import type { Instant } from '../time/instant.js'

/** The answer a command gave, kept under its idempotency key: a repeat gets it again, whatever has changed since. */
export interface IdempotencyRecord {
  /** SHA-256 of the RFC 8785 form of the validated input (ID6); in version 2 without its personal part. */
  readonly fingerprint: string
  readonly fingerprintVersion: 1 | 2
  /** Of the personal part, where it was kept among the personal data. */
  readonly personal?: PersonalFingerprint
  /** Who got the answer. Anybody else who brings the key is asked by the policy first. */
  readonly by: Actor
  readonly answer: StoredAnswer
  readonly at: Instant
}

/** Compares with nothing once the personal data of its subject are erased. */
export interface PersonalFingerprint {
  readonly subject: string
  /** The kind of the record that holds the salt; `personal_data` where absent. */
  readonly kind?: string
  /** SHA-256 of the salt, which stands with the personal data. */
  readonly salt: string
  /** SHA-256 of the salt and the RFC 8785 form of the personal part. */
  readonly fingerprint: string
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
