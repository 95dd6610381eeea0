import type { ResourceId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { RecordKind } from '../record-kind.js'
import { giveBack, take, type Capacity } from './capacity.js'

/** How many seats a pool has and how many are promised: to bookings, and to holders outside of bookings. Who sits where stands in `seat` records. */
export interface SeatCount extends Capacity {
  readonly resource: ResourceId
}

export type SeatCountEvent =
  | { readonly type: 'SeatPoolOpened'; readonly resource: ResourceId; readonly seats: number }
  | { readonly type: 'SeatPoolResized'; readonly seats: number }
  | { readonly type: 'SeatsTaken'; readonly seats: number; readonly source: Key }
  | { readonly type: 'SeatsGivenBack'; readonly seats: number; readonly source: Key; readonly reason: string }

const evolve = (known: SeatCount | undefined, event: SeatCountEvent): SeatCount => {
  const pool = known as SeatCount
  switch (event.type) {
    case 'SeatPoolOpened':
      return { resource: event.resource, supply: event.seats, promised: 0 }
    case 'SeatPoolResized':
      return { ...pool, supply: event.seats }
    case 'SeatsTaken':
      return take(pool, event.seats)
    case 'SeatsGivenBack':
      return giveBack(pool, event.seats)
  }
}

export const seatPoolKind: RecordKind<SeatCount, SeatCountEvent> = {
  name: 'seat_pool',
  evolve,
  entries: (pool) => ({ resource: pool.resource }),
}
