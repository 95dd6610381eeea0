import type { Key } from '../ids/key.js'
import { invariant } from '../invariant.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { covers, freeOf, giveBack, isSound } from './capacity.js'
import type { SeatCount, SeatCountEvent } from './seat-pool.js'

export type SeatCountCommand =
  | { readonly type: 'TakeSeats'; readonly seats: number; readonly source: Key }
  | { readonly type: 'GiveSeatsBack'; readonly seats: number; readonly source: Key; readonly reason: string }
  | { readonly type: 'ResizePool'; readonly seats: number }

export const decideSeats = (
  pool: SeatCount,
  command: SeatCountCommand,
): Result<readonly SeatCountEvent[], Refusal> => {
  switch (command.type) {
    case 'TakeSeats':
      return covers(pool, command.seats)
        ? ok([{ type: 'SeatsTaken', seats: command.seats, source: command.source }])
        : refuse('capacity_unavailable', {
            resource: pool.resource,
            reason: 'taken',
            wanted: command.seats,
            free: freeOf(pool),
          })
    case 'GiveSeatsBack': {
      invariant(isSound(giveBack(pool, command.seats)), 'no more seats come back than were promised')
      const { seats, source, reason } = command
      return ok([{ type: 'SeatsGivenBack', seats, source, reason }])
    }
    case 'ResizePool':
      return command.seats >= pool.promised
        ? ok([{ type: 'SeatPoolResized', seats: command.seats }])
        : refuse('capacity_below_promised', {
            resource: pool.resource,
            seats: command.seats,
            promised: pool.promised,
          })
  }
}
