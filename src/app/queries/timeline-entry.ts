import { eventLabel } from '../../core/audit/event-label.js'
import { readEnvelope, type RecordedActor } from '../../core/audit/envelope.js'
import type { Key } from '../../core/ids/key.js'
import type { RecordedEvent } from '../../core/ports/storage.js'
import type { Instant } from '../../core/time/instant.js'

/** One thing that happened to a record: when, by whom, what. */
export interface TimelineEntry {
  /** Id of the event. */
  readonly id: string
  readonly at: Instant
  readonly actor: RecordedActor
  readonly onBehalfOf?: RecordedActor
  /** The command that did it, as `shipments.ship`. */
  readonly command: string
  /** The event's type, as `ShipmentHandedOver`. */
  readonly what: string
  /** The same for people, in English. */
  readonly label: string
  readonly record: Key
  /** The event itself, in base units; it refers to persons and never names them. */
  readonly event: Readonly<Record<string, unknown>>
}

export const timelineEntry = (recorded: RecordedEvent): TimelineEntry => {
  const { by, event } = readEnvelope(recorded.body)
  return {
    id: recorded.id,
    at: recorded.recordedAt,
    actor: by.actor,
    ...(by.onBehalfOf !== undefined && { onBehalfOf: by.onBehalfOf }),
    command: by.command,
    what: recorded.type,
    label: eventLabel(recorded.type),
    record: recorded.key,
    event,
  }
}
