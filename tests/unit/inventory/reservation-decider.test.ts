import { scenarioFor } from 'orderwright/testing'
import { describe, it } from 'vitest'
import { decideReservation } from '../../../src/core/inventory/reservation-decider.js'
import { reservationKind, type ReservationEvent } from '../../../src/core/inventory/reservation.js'
import type { LocationId, OrderId, ReservationId, Sku } from '../../../src/core/ids/ids.js'
import type { Instant } from '../../../src/core/time/instant.js'

const { given } = scenarioFor(reservationKind, decideReservation)
const at = (time: string) => `2026-03-01T${time}.000Z` as Instant

const held: ReservationEvent = {
  type: 'StockHeld',
  id: 'R-1' as ReservationId,
  owner: 'cart-1',
  lines: [{ sku: 'A' as Sku, location: 'main' as LocationId, quantity: 2 }],
  heldAt: at('09:00:00'),
  expiresAt: at('09:10:00'),
}
const committed: ReservationEvent = { type: 'HoldCommitted', order: 'O-1' as OrderId }
const released: ReservationEvent = { type: 'HoldReleased', reason: 'cart_emptied' }
const expired: ReservationEvent = { type: 'HoldExpired' }

const commit = { type: 'CommitHold', owner: 'cart-1', order: 'O-1' as OrderId } as const
const release = { type: 'ReleaseHold', owner: 'cart-1', reason: 'cart_emptied' } as const
const expire = { type: 'ExpireHold' } as const
const extend = (until: string, longestSeconds = 3_600) =>
  ({ type: 'ExtendHold', owner: 'cart-1', until: at(until), longestSeconds }) as const

describe('a stock hold', () => {
  it('RS2 can be committed to the last millisecond, and is over at the instant it expires', () => {
    given([held])
      .when(commit, '2026-03-01T09:09:59.999Z' as Instant)
      .then([committed])
    given([held])
      .when(commit, at('09:10:00'))
      .thenRefused('reservation_expired', { expiresAt: at('09:10:00') })
  })

  it('RS1 leaves held exactly once', () => {
    for (const end of [committed, released, expired]) {
      given([held, end]).when(release, at('09:05:00')).thenRefused('invalid_state')
      given([held, end]).when(expire, at('09:15:00')).thenRefused('invalid_state')
    }
    given([held, committed]).when(commit, at('09:05:00')).thenRefused('reservation_already_committed')
    given([held, released])
      .when(commit, at('09:05:00'))
      .thenRefused('reservation_released', { because: 'cart_emptied' })
    given([held, expired]).when(commit, at('09:05:00')).thenRefused('reservation_expired')
  })

  it('RS6 stays expired when the clock goes back', () => {
    given([held, expired]).when(commit, at('09:01:00')).thenRefused('reservation_expired')
    given([held, expired]).when(extend('09:30:00'), at('09:01:00')).thenRefused('reservation_expired')
  })

  it('expires only when its time is over', () => {
    given([held])
      .when(expire, at('09:09:59'))
      .thenRefused('invalid_state', { expiresAt: at('09:10:00') })
    given([held]).when(expire, at('09:10:00')).then([expired])
  })

  it('RS10 never expires once it is committed', () => {
    given([held, committed])
      .when(expire, at('23:59:59'))
      .thenRefused('invalid_state', { status: 'committed' })
  })

  it('RS9 is extended while it lives, never beyond its longest life and never to less', () => {
    given([held])
      .when(extend('09:30:00'), at('09:05:00'))
      .then([{ type: 'HoldExtended', expiresAt: at('09:30:00') }])
    given([held])
      .when(extend('09:30:00', 900), at('09:05:00'))
      .then([{ type: 'HoldExtended', expiresAt: at('09:15:00') }])
    given([held])
      .when(extend('09:06:00'), at('09:05:00'))
      .then([{ type: 'HoldExtended', expiresAt: at('09:10:00') }])
    given([held]).when(extend('09:30:00'), at('09:10:00')).thenRefused('reservation_expired')
  })

  it('tells nobody but its owner anything', () => {
    const stranger = { owner: 'cart-2' }
    for (const history of [[held], [held, committed], [held, released], [held, expired]]) {
      given(history)
        .when({ ...commit, ...stranger }, at('09:15:00'))
        .thenRefused('reservation_owned_by_another')
      given(history)
        .when({ ...release, ...stranger }, at('09:05:00'))
        .thenRefused('reservation_owned_by_another')
      given(history)
        .when({ ...extend('09:30:00'), ...stranger }, at('09:05:00'))
        .thenRefused('reservation_owned_by_another')
    }
  })

  it('ends shipped or canceled with the order it belongs to, and was committed for good', () => {
    given([held, committed])
      .when({ type: 'FinishReservation', as: 'canceled' }, at('10:00:00'))
      .then([{ type: 'ReservationCanceled' }])
    given([held, committed])
      .when({ type: 'FinishReservation', as: 'shipped' }, at('10:00:00'))
      .then([{ type: 'ReservationShipped' }])
    given([held, committed, { type: 'ReservationCanceled' }])
      .when(commit, at('09:05:00'))
      .thenRefused('reservation_already_committed')
    given([held])
      .when({ type: 'FinishReservation', as: 'shipped' }, at('09:05:00'))
      .thenRefused('invalid_state', { status: 'held' })
  })
})
