import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/app/answer.js'
import { bookingKind } from '../../../src/core/capacity/booking.js'
import { seatPoolKind } from '../../../src/core/capacity/seat-pool.js'
import { define, desk } from '../../support/capacity.js'
import { newKey, openShop } from '../../support/shop.js'

const refusal = (answer: Answer<unknown>) =>
  answer.ok ? answer.value : [answer.error.code, answer.error.details]

const office = async () => {
  const shop = openShop()
  await define(shop.oms, desk)
  const { capacity } = shop.oms
  const sit = (holder: string, booking?: string) =>
    capacity.assignSeat({ resource: 'editor', holder, ...(booking !== undefined && { booking }) })
  const buy = async (seats: number) => {
    const booked = await capacity.book(
      { lines: [{ resource: 'editor', seats }], reference: 'license' },
      newKey(),
    )
    return booked.ok ? booked.value.booking : booked.error.code
  }
  const holders = async () =>
    (await shop.oms.orThrow.capacity.seats({ resource: 'editor' })).items
      .map(({ holder }) => holder)
      .toSorted()
  const promised = async () => (await shop.stored(seatPoolKind, 'editor')).promised
  return { ...shop, capacity, sit, buy, holders, promised }
}

describe('seats', () => {
  it('M33 are given once each: the pool is full when all have a holder', async () => {
    const { sit, holders } = await office()
    for (const holder of ['ada', 'bea', 'cem']) expect((await sit(holder)).ok, holder).toBe(true)
    expect(refusal(await sit('dan'))).toEqual([
      'capacity_unavailable',
      { resource: 'editor', reason: 'taken', wanted: 1, free: 0, version: 4 },
    ])
    expect(await holders()).toEqual(['ada', 'bea', 'cem'])
  })

  it('M33 are one per holder, however many ask at once', async () => {
    const { sit, promised } = await office()
    const answers = await Promise.all(['ada', 'ada', 'ada', 'bea'].map((holder) => sit(holder)))
    expect(answers.map(refusal).slice(1, 3)).toEqual([
      ['seat_taken', { resource: 'editor', holder: 'ada' }],
      ['seat_taken', { resource: 'editor', holder: 'ada' }],
    ])
    expect(await promised()).toBe(2)
  })

  it('come back and go on to others', async () => {
    const { capacity, sit, holders, promised } = await office()
    for (const holder of ['ada', 'bea', 'cem']) await sit(holder)
    expect((await capacity.releaseSeat({ resource: 'editor', holder: 'ada' })).ok).toBe(true)
    expect(refusal(await capacity.releaseSeat({ resource: 'editor', holder: 'ada' }))).toEqual([
      'unknown_seat',
      { resource: 'editor', holder: 'ada' },
    ])
    expect((await capacity.transferSeat({ resource: 'editor', from: 'bea', to: 'dan' })).ok).toBe(true)
    expect(refusal(await capacity.transferSeat({ resource: 'editor', from: 'dan', to: 'cem' }))).toEqual([
      'seat_taken',
      { resource: 'editor', holder: 'cem' },
    ])
    expect(
      refusal(await capacity.transferSeat({ resource: 'editor', from: 'dan', to: 'dan' })),
    ).toMatchObject(['seat_taken', {}])
    expect(await holders()).toEqual(['cem', 'dan'])
    expect(await promised()).toBe(2)
    expect((await sit('ada')).ok).toBe(true)
  })

  it('F87 M33 of a booking are no others than those it bought', async () => {
    const { sit, buy, promised } = await office()
    const booking = await buy(2)
    expect([(await sit('ada', booking)).ok, (await sit('bea', booking)).ok]).toEqual([true, true])
    expect(refusal(await sit('cem', booking))).toEqual([
      'capacity_unavailable',
      { resource: 'editor', booking, reason: 'taken', free: 0 },
    ])
    expect(await buy(2)).toBe('capacity_unavailable')
    expect((await sit('cem')).ok).toBe(true)
    expect(await promised()).toBe(3)
  })

  it('of a booking are free again one by one, and all of them when it ends', async () => {
    const { capacity, sit, buy, holders, promised } = await office()
    const booking = await buy(2)
    await sit('ada', booking)
    await sit('bea', booking)
    await capacity.releaseSeat({ resource: 'editor', holder: 'ada' })
    expect((await sit('cem', booking)).ok).toBe(true)
    expect(
      refusal(await capacity.reschedule({ booking, lines: [{ resource: 'editor', seats: 3 }] }, newKey())),
    ).toEqual(['invalid_state', { booking, assigned: 2 }])
    await capacity.release({ booking, reason: 'not-paid' })
    expect([await holders(), await promised()]).toEqual([[], 0])
    expect(refusal(await sit('dan', booking))).toMatchObject(['invalid_state', { status: 'canceled' }])
    expect(refusal(await capacity.releaseSeat({ resource: 'editor', holder: 'bea' }))).toMatchObject([
      'unknown_seat',
      {},
    ])
    expect((await sit('bea')).ok).toBe(true)
    expect([await holders(), await promised()]).toEqual([['bea'], 1])
  })

  it('of a booking become more while nobody sits on them', async () => {
    const { capacity, buy, promised } = await office()
    const booking = await buy(1)
    const lines = [{ resource: 'editor', seats: 2 }]
    expect((await capacity.reschedule({ booking, lines }, newKey())).ok).toBe(true)
    expect(await promised()).toBe(2)
  })

  it('of a booking of several lines are those of the first that has one left', async () => {
    const { capacity, sit, stored } = await office()
    const seats = (count: number) => ({ resource: 'editor', seats: count })
    const booked = await capacity.book({ lines: [seats(1), seats(2)], reference: 'license' }, newKey())
    if (!booked.ok) throw new Error(booked.error.code)
    const { booking } = booked.value
    const assigned = async () =>
      (await stored(bookingKind, booking)).lines.map((line) => line.by === 'seats' && (line.assigned ?? 0))
    await sit('ada', booking)
    expect(await assigned()).toEqual([1, 0])
    await sit('bea', booking)
    expect(await assigned()).toEqual([1, 1])
  })

  it('go back to the pool when their term is over', async () => {
    const { capacity, sit, buy, holders, promised } = await office()
    const booking = await buy(3)
    await sit('ada', booking)
    await capacity.complete({ booking })
    expect([await holders(), await promised()]).toEqual([[], 0])
  })

  it('ST9 never become fewer than are promised', async () => {
    const { capacity, buy, sit, stored } = await office()
    await buy(1)
    await sit('ada')
    expect(refusal(await capacity.defineResource({ ...desk, seats: 1 }))).toEqual([
      'capacity_below_promised',
      { resource: 'editor', seats: 1, promised: 2, version: 3 },
    ])
    for (const _again of ['fewer', 'no fewer'])
      expect((await capacity.defineResource({ ...desk, seats: 2 })).ok).toBe(true)
    expect((await stored(seatPoolKind, 'editor')).supply).toBe(2)
    expect((await sit('bea')).ok).toBe(false)
    expect((await capacity.defineResource({ ...desk, seats: 3 })).ok).toBe(true)
    expect((await sit('bea')).ok).toBe(true)
  })

  it('are of pools that exist', async () => {
    const { capacity, sit } = await office()
    expect(refusal(await capacity.assignSeat({ resource: 'nothing', holder: 'ada' }))).toEqual([
      'unknown_resource',
      { resource: 'nothing' },
    ])
    expect(refusal(await sit('ada', 'nothing'))).toEqual(['unknown_booking', { booking: 'nothing' }])
  })
})
