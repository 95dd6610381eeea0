import { canonicalJson } from '../core/canonical-json.js'
import type { TenantId } from '../core/ids/ids.js'
import type { Change } from '../core/plan.js'
import type { Actor } from '../core/ids/actor.js'
import type { RecordedEvent } from '../core/ports/storage.js'
import type { Instant } from '../core/time/instant.js'

/** SHA-256 of UTF-8 text, in hex. Given to the shell, since only the outside knows a fast one. */
export type Hash = (text: string) => string

/** Who did what and why: stands in the envelope of every event (EV10). */
export interface Provenance {
  readonly tenant: TenantId
  readonly actor: Actor
  readonly onBehalfOf?: Actor
  readonly requestId?: string
  readonly cause?: string
  readonly command: string
  readonly commandId: string
}

/**
 * Turns a change's planned events into recorded ones: numbers them, writes each envelope in canonical form and chains it to the one before:
 * hash = SHA-256(previous hash + body). Changing, removing or swapping any event breaks the chain from there on (EV11). `sealed` is the hash of the
 * newest event of the record that the change seals.
 */
export const recordEvents = (
  change: Change,
  previous: string,
  now: Instant,
  envelope: string,
  drawId: () => string,
  hash: Hash,
  sealed?: string,
): readonly RecordedEvent[] => {
  const recorded: RecordedEvent[] = []
  const seal = sealed === undefined ? '' : `,"sealed":"${sealed}"`
  let chain = previous
  let version = change.before
  for (const event of change.events) {
    version += 1
    const id = drawId()
    const body = `{"at":"${now}","by":${envelope},"event":${canonicalJson(event)},"id":"${id}","kind":"${change.key.kind}","record":${JSON.stringify(change.key.id)}${seal},"version":${version}}`
    chain = hash(chain + body)
    recorded.push({ key: change.key, version, id, type: event.type, recordedAt: now, body, hash: chain })
  }
  return recorded
}

/**
 * The part of an envelope that all events of one command share, in canonical form. Put together by hand: it is written for every command, and its keys
 * are known.
 */
export const envelopeOf = ({
  actor,
  cause,
  command,
  commandId,
  onBehalfOf,
  requestId,
  tenant,
}: Provenance): string =>
  `{"actor":${textOf(actor)}${cause === undefined ? '' : `,"cause":${JSON.stringify(cause)}`},"command":"${command}","commandId":"${commandId}"${
    onBehalfOf === undefined ? '' : `,"onBehalfOf":${textOf(onBehalfOf)}`
  }${requestId === undefined ? '' : `,"requestId":${JSON.stringify(requestId)}`},"tenant":${JSON.stringify(tenant)}}`

/** A caller's actor is one object for all its commands. */
const texts = new WeakMap<Actor, string>()

const textOf = (actor: Actor): string => {
  let text = texts.get(actor)
  if (text === undefined) {
    text = canonicalJson(actor)
    texts.set(actor, text)
  }
  return text
}
