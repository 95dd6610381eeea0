import { createOrderManagement, memoryStorage, trustHost } from '../../../../src/index.js'
import { countedIds } from '../../../../src/testing/counted-ids.js'
import { fixedClock } from '../../../../src/testing/test-clock.js'

// Plans around the clock changes of a few zones and prints everything that came of it, down to the stored bytes.

const clock = fixedClock('2026-03-01T09:00:00.000Z')
const storage = memoryStorage({ clock })
const oms = createOrderManagement({ storage, clock, policy: trustHost, ids: countedIds() }).as({
  actor: { kind: 'user', id: 'ada' },
})
const { capacity } = oms
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
const hours = [
  { from: '00:00', to: '03:30' },
  { from: '22:00', to: '24:00' },
]
const weekly = Object.fromEntries(days.map((day) => [day, hours]))

const changes = [
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
  ['Asia/Kolkata', '2026-06-01', '2026-12-01'],
  ['Pacific/Apia', '2026-06-01', '2026-12-01'],
] as const

for (const [zone, ...dates] of changes) {
  const resource = zone.replace('/', '.')
  const calendar = { zone, weekly }
  await oms.orThrow.capacity.defineResource({ kind: 'machine', resource, name: zone, calendar, places: 9 })
  for (const date of dates) {
    for (const time of ['00:30', '01:30', '02:15', '02:45', '23:30']) {
      const lines = [{ resource, minutes: 45, local: { time: `${date}T${time}` } }]
      console.log(
        JSON.stringify(await capacity.book({ lines }, { idempotencyKey: `${zone} ${date} ${time}` })),
      )
    }
    console.log(JSON.stringify(await capacity.free({ resource, from: date, to: date, minutes: 30 })))
    console.log(JSON.stringify(await capacity.load({ resource, from: date, to: date })))
  }
}
for (const { id } of (await oms.orThrow.capacity.bookings({ limit: 200 })).items) {
  const key = { kind: 'booking', id }
  for await (const event of storage.history('main' as never, key)) console.log(event.hash)
}
