import { describe, expect, it } from 'vitest'
import { scenarioFor } from 'orderwright/testing'
import { decideReservation } from '../../../src/core/inventory/reservation-decider.js'
import { reservationKind, type ReservationEvent } from '../../../src/core/inventory/reservation.js'
import type { LocationId, ReservationId, Sku } from '../../../src/core/ids/ids.js'
import type { Instant } from '../../../src/core/time/instant.js'

const at = (minute: number): Instant => `2026-03-01T09:${String(minute).padStart(2, '0')}:00.000Z` as Instant

const held: ReservationEvent = {
  type: 'StockHeld',
  id: 'r-1' as ReservationId,
  owner: 'cart-17',
  lines: [{ sku: 'mug' as Sku, location: 'main' as LocationId, quantity: 2 }],
  heldAt: at(0),
  expiresAt: at(15),
}
const released: ReservationEvent = { type: 'HoldReleased', reason: 'changed-mind' }
const release = { type: 'ReleaseHold', owner: 'cart-17', reason: 'changed-mind' } as const

const { given } = scenarioFor(reservationKind, decideReservation)

const messageOf = (assertion: () => void): string => {
  try {
    assertion()
    return 'content'
  } catch (error) {
    return (error as Error).message
  }
}

describe('a scenario', () => {
  it('is content with exactly the events that were decided', () => {
    given([held]).when(release, at(1)).then([released])
  })

  it('is content with the refusal that was decided and the details that are named', () => {
    given([held, released]).when(release, at(1)).thenRefused('invalid_state')
    given([held, released]).when(release, at(1)).thenRefused('invalid_state', { status: 'released' })
    given([held])
      .when({ ...release, owner: 'somebody-else' }, at(1))
      .thenRefused('reservation_owned_by_another', { reservation: 'r-1' })
  })

  it('complains of other events, and of events that are missing', () => {
    const verdict = given([held]).when(release, at(1))
    expect(messageOf(() => verdict.then([]))).toContain('HoldReleased')
    expect(messageOf(() => verdict.then([released, released]))).toContain('strictly deep-equal')
    expect(messageOf(() => verdict.then([{ ...released, reason: 'other' }]))).toContain('changed-mind')
  })

  it('says what it was refused as when events were expected', () => {
    const verdict = given([held, released]).when(release, at(1))
    expect(messageOf(() => verdict.then([released]))).toMatch(
      /refused as invalid_state .*"status":"released"/,
    )
  })

  it('says what was decided when a refusal was expected', () => {
    const verdict = given([held]).when(release, at(1))
    expect(messageOf(() => verdict.thenRefused('invalid_state'))).toMatch(/accepted: .*HoldReleased/)
  })

  it('complains of another code and of other details', () => {
    const verdict = given([held, released]).when(release, at(1))
    expect(messageOf(() => verdict.thenRefused('reservation_expired'))).toMatch(
      /expected reservation_expired/,
    )
    expect(messageOf(() => verdict.thenRefused('invalid_state', { status: 'held' }))).toMatch(
      /details.status/,
    )
    expect(messageOf(() => verdict.thenRefused('invalid_state', { missing: 1 }))).toMatch(/details.missing/)
  })
})
