import { z } from 'zod'
import { resourceIdSchema, wordSchema } from '../ids/id-schema.js'
import { invariant } from '../invariant.js'
import { lineSchema } from '../text/text-schema.js'
import { calendarSchema } from './calendar-schema.js'
import type { Resource } from './resource.js'

/** Which fields each kind needs beside its name, and which it may have; the others belong to another kind. */
const fieldsOf = {
  seats: { needs: ['seats'], may: [] },
  hours: { needs: ['calendar'], may: ['places', 'whenBooked'] },
  slots: { needs: ['calendar', 'slotMinutes'], may: ['places', 'bufferMinutes', 'whenBooked'] },
  machine: { needs: ['calendar'], may: ['places', 'bufferMinutes', 'whenBooked'] },
} as const

const ofOneKind = ['seats', 'calendar', 'places', 'slotMinutes', 'bufferMinutes', 'whenBooked'] as const

export const defineResourceSchema = z
  .strictObject({
    kind: z.enum(['seats', 'hours', 'slots', 'machine']),
    /** Its id, a word of the host's own. */
    resource: resourceIdSchema,
    name: lineSchema(200),
    /** What it can do: who asks for a skill is given whoever has it and is free. */
    skills: z.array(wordSchema).max(50, 'skills.max').optional(),
    /** How many seats a pool has. */
    seats: z.int('type').min(1, 'capacity.range').max(1_000_000_000, 'capacity.range').optional(),
    /** When labor, slots and machines are to be had. */
    calendar: calendarSchema.optional(),
    /** How many side by side: people of a team, places of a slot, jobs of a machine; 1 when left out. */
    places: z.int('type').min(1, 'capacity.range').max(10_000, 'capacity.range').optional(),
    /** The grid of slots, counted from the beginning of each opening. */
    slotMinutes: z.int('type').min(1, 'minutes.range').max(1_440, 'minutes.range').optional(),
    /** What slots and machines keep free behind each booking: travel, cleaning; 0 when left out. */
    bufferMinutes: z.int('type').min(0, 'minutes.range').max(1_440, 'minutes.range').optional(),
    /** Bookings that no longer fit: `refuse` the change and name them (when left out), or `displace` them: they lose their place and keep their promise. */
    whenBooked: z.enum(['refuse', 'displace']).optional(),
  })
  .superRefine((input, context) => {
    const { needs, may } = fieldsOf[input.kind]
    const known: readonly string[] = [...needs, ...may]
    for (const name of ofOneKind) {
      const isGiven = input[name] !== undefined
      const message = isGiven ? 'capacity.kind' : 'required'
      const isNeeded = (needs as readonly string[]).includes(name)
      if (isGiven ? !known.includes(name) : isNeeded)
        context.addIssue({ code: 'custom', message, path: [name] })
    }
  })

export type DefineResourceInput = z.output<typeof defineResourceSchema>

export const resourceOf = (input: DefineResourceInput): Resource => {
  const { resource: id, name, kind, seats, calendar, slotMinutes, places = 1, bufferMinutes = 0 } = input
  const named = { id, name, skills: [...new Set(input.skills)].sort() }
  if (kind === 'seats') {
    invariant(seats !== undefined, 'a pool says how many seats it has')
    return { ...named, kind, seats }
  }
  invariant(calendar !== undefined, 'what is booked by time has a calendar')
  if (kind === 'hours') return { ...named, kind, calendar, places }
  if (kind === 'machine') return { ...named, kind, calendar, places, bufferMinutes }
  invariant(slotMinutes !== undefined, 'slots say how long they are')
  return { ...named, kind, calendar, places, slotMinutes, bufferMinutes }
}
