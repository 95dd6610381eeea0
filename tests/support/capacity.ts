import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { CommandInput } from '../../src/index.js'

type ResourceInput = CommandInput<'capacity', 'defineResource'>
type Calendar = NonNullable<ResourceInput['calendar']>

const nineToFive = [{ from: '09:00', to: '17:00' }]

/** Monday to Friday, nine to five, in Berlin. */
export const workWeek: Calendar = {
  zone: 'Europe/Berlin',
  weekly: {
    monday: nineToFive,
    tuesday: nineToFive,
    wednesday: nineToFive,
    thursday: nineToFive,
    friday: nineToFive,
  },
}

const allDay = [{ from: '00:00', to: '24:00' }]

/** Day and night, seven days a week. */
export const always = (zone = 'Europe/Berlin'): Calendar => ({
  zone,
  weekly: {
    monday: allDay,
    tuesday: allDay,
    wednesday: allDay,
    thursday: allDay,
    friday: allDay,
    saturday: allDay,
    sunday: allDay,
  },
})

/** A chair at which appointments of half an hour can be had. */
export const chair = {
  kind: 'slots',
  resource: 'chair',
  name: 'Chair',
  calendar: workWeek,
  slotMinutes: 30,
} as const
export const press = { kind: 'machine', resource: 'press', name: 'Press', calendar: workWeek } as const
export const team = { kind: 'hours', resource: 'team', name: 'Team', calendar: workWeek, places: 2 } as const
export const desk = { kind: 'seats', resource: 'editor', name: 'Editor', seats: 3 } as const

export const define = (oms: OrderManagementFor, resource: ResourceInput) =>
  oms.orThrow.capacity.defineResource(resource)
