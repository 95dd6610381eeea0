import type { ResourceId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { Calendar } from './calendar.js'

interface Named {
  readonly id: ResourceId
  readonly name: string
  /** What somebody must be able to do who is chosen for a job; free words of the host. */
  readonly skills: readonly string[]
}

interface Calendared extends Named {
  readonly calendar: Calendar
  /** How many can be served side by side: people of a team, places of a slot, jobs of a machine. */
  readonly places: number
}

/** Named seats of a license or a membership: no calendar, only a number. */
export interface SeatPool extends Named {
  readonly kind: 'seats'
  readonly seats: number
}

/** Labor booked by the day, without a time of day: the minutes a team works on that day. */
export interface LaborHours extends Calendared {
  readonly kind: 'hours'
}

/** Appointments that begin on a grid: every `slotMinutes` from the beginning of the working hours. */
export interface SlotCalendar extends Calendared {
  readonly kind: 'slots'
  readonly slotMinutes: number
  /** Kept free behind each booking: travel, cleaning. */
  readonly bufferMinutes: number
}

/** Jobs of any length that begin at any time within the working hours. */
export interface Machine extends Calendared {
  readonly kind: 'machine'
  readonly bufferMinutes: number
}

/** Somebody or something whose capacity can be promised. */
export type Resource = SeatPool | LaborHours | SlotCalendar | Machine

export type ResourceEvent =
  | { readonly type: 'ResourceDefined'; readonly resource: Resource }
  | { readonly type: 'ResourceChanged'; readonly resource: Resource }

const evolve = (_resource: Resource | undefined, event: ResourceEvent): Resource => {
  switch (event.type) {
    case 'ResourceDefined':
    case 'ResourceChanged':
      return event.resource
  }
}

export const resourceKind: RecordKind<Resource, ResourceEvent> = {
  name: 'resource',
  evolve,
  entries: (resource) => ({ kind: resource.kind, name: resource.name }),
}
