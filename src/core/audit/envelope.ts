import type { TenantId } from '../ids/ids.js'
import type { Instant } from '../time/instant.js'

export interface RecordedActor {
  readonly kind: string
  readonly id: string
}

/** What is recorded about every event besides the event itself: when, by whom, on whose behalf, by which command (EV10). */
export interface Envelope {
  readonly at: Instant
  readonly by: {
    readonly tenant: TenantId
    readonly actor: RecordedActor
    readonly onBehalfOf?: RecordedActor
    readonly requestId?: string
    readonly cause?: string
    readonly command: string
    readonly commandId: string
  }
  readonly event: { readonly type: string }
  readonly id: string
  readonly kind: string
  readonly record: string
  /** The hash of the newest event of another record of the same commit, such as the document a number was given to. */
  readonly sealed?: string
  readonly version: number
}

/** Reads the canonical text of an envelope that orderwright wrote. */
export const readEnvelope = (body: string): Envelope => JSON.parse(body) as Envelope
