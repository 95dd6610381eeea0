import { canonicalJson } from '../core/canonical-json.js'
import type { IdempotencyRecord, PersonalFingerprint } from '../core/idempotency/idempotency-record.js'
import { personalDataKind } from '../core/parties/personal-data.js'
import type { Facts, Plan } from '../core/plan.js'
import { buyerTaxesKind } from '../core/tax/buyer-taxes.js'
import type { Hash } from './record-events.js'

/** An idempotency key with what tells whether it comes with the same input again. */
export interface Fingerprinted {
  readonly key: string
  readonly fingerprint: string
  /** The personal part of the input, which the fingerprint leaves out. */
  readonly personal: string | undefined
}

export const fingerprinted = <Input>(
  key: string,
  input: Input,
  personalFields: ((input: Input) => readonly string[]) | undefined,
  hash: Hash,
): Fingerprinted => {
  const fields = personalFields?.(input) ?? []
  if (fields.length === 0) return { key, fingerprint: hash(canonicalJson(input)), personal: undefined }
  const entries = Object.entries(input as object)
  const part = (isPersonal: boolean): string =>
    canonicalJson(Object.fromEntries(entries.filter(([name]) => fields.includes(name) === isPersonal)))
  return { key, fingerprint: hash(part(false)), personal: part(true) }
}

/** The kinds of records that are erased with a person, salt and all. */
const salted: ReadonlySet<string> = new Set([personalDataKind.name, buyerTaxesKind.name])

/**
 * What is kept of the personal part. A name or a phone number is found by trying, so it is hashed with the salt of the personal data that the plan
 * wrote and that is erased with them. A plan that wrote none, such as a refusal, keeps nothing of it.
 */
export const personalFingerprint = (
  { personal }: Fingerprinted,
  plan: Plan<unknown> | undefined,
  hash: Hash,
): PersonalFingerprint | undefined => {
  if (personal === undefined) return undefined
  for (const { key, state } of plan?.changes ?? []) {
    const salt = salted.has(key.kind) ? saltOf(state) : undefined
    if (salt !== undefined) {
      return {
        subject: key.id,
        ...(key.kind !== personalDataKind.name && { kind: key.kind }),
        salt: hash(salt),
        fingerprint: hash(salt + personal),
      }
    }
  }
  return undefined
}

/** Once the personal data are gone, or written anew, nothing tells what stood in the personal part, and it is not compared. */
export const isSameInput = (
  kept: IdempotencyRecord,
  given: Fingerprinted,
  input: unknown,
  facts: Facts,
  hash: Hash,
): boolean => {
  if (kept.fingerprintVersion === 1 && given.personal !== undefined)
    return kept.fingerprint === hash(canonicalJson(input))
  if (kept.fingerprint !== given.fingerprint) return false
  if (kept.personal === undefined) return true
  const { kind = personalDataKind.name, subject } = kept.personal
  const salt = saltOf(facts.find({ kind, id: subject })?.state)
  if (salt === undefined || hash(salt) !== kept.personal.salt) return true
  return kept.personal.fingerprint === hash(salt + (given.personal ?? ''))
}

const saltOf = (state: unknown): string | undefined =>
  (state as { readonly salt?: string } | null | undefined)?.salt
