import { describe, expect, it } from 'vitest'
import { availableToPromise, earliestDay } from '../../../src/core/replenishment/available-to-promise.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}` as LocalDate
const at = (number: number, quantity: number) => ({ on: day(number), quantity })

describe('available to promise', () => {
  it('F32 is what is there now and more with each receipt', () => {
    const promisable = availableToPromise({
      today: day(1),
      onHand: 10,
      receipts: [at(5, 20), at(9, 5)],
      commitments: [at(1, 4)],
    })
    expect(promisable).toEqual([
      { on: day(1), projected: 6, quantity: 6 },
      { on: day(5), projected: 26, quantity: 26 },
      { on: day(9), projected: 31, quantity: 31 },
    ])
    expect([6, 7, 27, 32].map((quantity) => earliestDay(promisable, quantity))).toEqual([
      day(1),
      day(5),
      day(9),
      undefined,
    ])
  })

  it('F32 keeps back what a later commitment needs, and never promises a receipt twice', () => {
    const promisable = availableToPromise({
      today: day(1),
      onHand: 10,
      receipts: [at(8, 5)],
      commitments: [at(6, 8)],
    })
    expect(promisable.map(({ quantity }) => quantity)).toEqual([2, 2, 7])
  })

  it('M44 gives those who wait already the next receipts before anybody else', () => {
    const promisable = availableToPromise({
      today: day(1),
      onHand: 2,
      receipts: [at(3, 4), at(7, 10)],
      commitments: [at(1, 9)],
    })
    expect(promisable).toEqual([
      { on: day(1), projected: -7, quantity: 0 },
      { on: day(3), projected: -3, quantity: 0 },
      { on: day(7), projected: 7, quantity: 7 },
    ])
  })

  it('counts what was due before today for today', () => {
    expect(availableToPromise({ today: day(5), onHand: 3, receipts: [], commitments: [at(2, 1)] })).toEqual([
      { on: day(5), projected: 2, quantity: 2 },
    ])
  })
})
