import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bookingKind } from '../../../src/core/capacity/booking.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'

// What an update of the time zone data does when a country gives up its winter time: all its zones are an hour further east from then on.
const zoneData = { moved: 0 }

// All modules are loaded anew: others may have read the zone data of the machine before.
beforeAll(() => {
  vi.resetModules()
  vi.doMock('@date-fns/tz/tzOffset', async (original) => {
    const { tzOffset } = await original<{ tzOffset: (zone: string, date: Date) => number }>()
    return { tzOffset: (zone: string, date: Date) => tzOffset(zone, date) + zoneData.moved }
  })
})

afterAll(() => {
  vi.doUnmock('@date-fns/tz/tzOffset')
  vi.resetModules()
})

describe('an update of the time zone data', () => {
  it('TM5 moves what is booked from then on, never a moment that is booked or a document that is issued', async () => {
    const { confirmed, newKey, openShop, shipped, stock } = await import('../../support/shop.js')
    const { chair, define } = await import('../../support/capacity.js')
    const { oms, stored } = openShop()
    await define(oms, chair)
    await stock(oms, 'NAIL', 10, '10.00')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }]))
    const at = (time: string) => [{ resource: 'chair', local: { time: `2026-03-06T${time}` } }]
    const { booking } = await oms.orThrow.capacity.book({ lines: at('10:00'), reference: 'job' }, newKey())
    const [document, booked] = [await stored(invoiceKind, invoice), await stored(bookingKind, booking)]
    expect(booked).toMatchObject({ lines: [{ startsAt: '2026-03-06T09:00:00.000Z' }] })

    zoneData.moved = 60
    expect(await stored(invoiceKind, invoice)).toEqual(document)
    expect(await stored(bookingKind, booking)).toEqual(booked)
    expect(await oms.capacity.book({ lines: at('11:00'), reference: 'job' }, newKey())).toMatchObject({
      error: { code: 'capacity_unavailable', details: { reason: 'taken' } },
    })
    expect(await oms.capacity.book({ lines: at('10:00'), reference: 'job' }, newKey())).toMatchObject({
      value: { lines: [{ startsAt: '2026-03-06T08:00:00.000Z' }] },
    })
  })
})
