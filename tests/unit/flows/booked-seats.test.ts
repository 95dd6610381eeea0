import { describe, expect, it } from 'vitest'
import { bookingKind } from '../../../src/core/capacity/booking.js'
import { seatId, seatKind } from '../../../src/core/capacity/seat.js'
import { define, desk } from '../../support/capacity.js'
import { newKey, openShop } from '../../support/shop.js'

const licensed = async () => {
  const shop = openShop()
  await define(shop.oms, desk)
  const { booking } = await shop.oms.orThrow.capacity.book(
    { lines: [{ resource: 'editor', seats: 2 }], reference: 'license' },
    newKey(),
  )
  await shop.oms.orThrow.capacity.assignSeat({ resource: 'editor', holder: 'ada', booking })
  const assigned = async () =>
    (await shop.stored(bookingKind, booking)).lines.map((line) =>
      line.by === 'seats' ? line.assigned : undefined,
    )
  return { ...shop, booking, assigned }
}

describe('a seat of a booking', () => {
  it('stays one of the booking when its holder changes', async () => {
    const { oms, booking, assigned, stored } = await licensed()
    expect(
      await oms.orThrow.capacity.transferSeat({ resource: 'editor', from: 'ada', to: 'bea' }),
    ).toMatchObject({
      booking,
    })
    expect(await stored(seatKind, seatId('editor' as never, 'bea'))).toMatchObject({ booking, line: 0 })
    expect(await assigned()).toEqual([1])
    await oms.orThrow.capacity.releaseSeat({ resource: 'editor', holder: 'bea' })
    expect(await assigned()).toEqual([0])
  })

  it('is passed on only by whoever has it', async () => {
    const { oms } = await licensed()
    expect(await oms.capacity.transferSeat({ resource: 'editor', from: 'bea', to: 'cem' })).toMatchObject({
      error: { code: 'unknown_seat', details: { resource: 'editor', holder: 'bea' } },
    })
  })
})
