import { canonicalJson } from '../canonical-json.js'
import { readEnvelope, type Envelope } from './envelope.js'

/** One event as a store hands it out. */
export interface ChainedEvent {
  readonly version: number
  readonly id: string
  readonly type: string
  readonly recordedAt: string
  readonly body: string
  readonly hash: string
}

/** Where a record stands: how many events it has, and the hash of the newest. */
export interface ChainHead {
  readonly version: number
  readonly hash: string
}

/**
 * What was found: `missing` is an event that is not there, `unexpected` one too many or in another's place, `changed` one whose text, fields or hash
 * is not what was written, `head` a record that does not end where its last event does.
 */
export type ChainProblem = 'missing' | 'unexpected' | 'changed' | 'head'

export interface BrokenChain {
  /** The first version that does not hold. */
  readonly at: number
  readonly what: ChainProblem
}

export type Hash = (text: string) => string

export const chainStart: ChainHead = { version: 0, hash: '' }

/** Checks that `event` follows `head` in the history of the record, and answers the new head: hash = SHA-256(previous hash + body) (EV11). */
export const verifyEvent = (
  record: { readonly kind: string; readonly id: string },
  head: ChainHead,
  event: ChainedEvent,
  hash: Hash,
): ChainHead | BrokenChain => {
  const version = head.version + 1
  if (event.version > version) return { at: version, what: 'missing' }
  if (event.version < version) return { at: event.version, what: 'unexpected' }
  const envelope = readCanonical(event.body)
  if (envelope === undefined || hash(head.hash + event.body) !== event.hash)
    return { at: version, what: 'changed' }
  if (!belongsHere(record, version, envelope)) return { at: version, what: 'unexpected' }
  if (!tellsTheSame(event, envelope)) return { at: version, what: 'changed' }
  return { version, hash: event.hash }
}

/** Checks that the history ends where the record says it does: a tail that was cut, or added to, is found here. */
export const verifyHead = (head: ChainHead, record: ChainHead): BrokenChain | undefined => {
  if (head.version < record.version) return { at: head.version + 1, what: 'missing' }
  if (head.version > record.version) return { at: record.version + 1, what: 'unexpected' }
  return head.hash === record.hash ? undefined : { at: head.version, what: 'head' }
}

export const isBroken = (checked: ChainHead | BrokenChain): checked is BrokenChain => 'what' in checked

/** The envelope, if its text is in the one canonical form that we write (RFC 8785). */
const readCanonical = (body: string): Envelope | undefined => {
  try {
    const envelope = readEnvelope(body)
    return canonicalJson(envelope) === body ? envelope : undefined
  } catch {
    return undefined
  }
}

const belongsHere = (
  record: { readonly kind: string; readonly id: string },
  version: number,
  envelope: Envelope,
): boolean => envelope.kind === record.kind && envelope.record === record.id && envelope.version === version

/** What a store keeps beside the body to find events by is no second truth. */
const tellsTheSame = (event: ChainedEvent, envelope: Envelope): boolean =>
  envelope.id === event.id && envelope.at === event.recordedAt && envelope.event.type === event.type
