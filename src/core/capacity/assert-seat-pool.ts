import { invariant } from '../invariant.js'
import type { SeatCount } from './seat-pool.js'

/** What must be true of every pool of seats that a command leaves behind, whatever led there. */
export const assertSeatPool = ({ supply, promised }: SeatCount): void => {
  invariant(promised >= 0 && promised <= supply, 'no more seats are promised than there are')
}
