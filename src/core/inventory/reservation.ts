import type { OrderId, ReservationId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { RecordKind } from '../record-kind.js'
import type { ReservationStatus } from '../../state-machines/reservation.machine.js'
import type { Instant } from '../time/instant.js'
import type { Demand } from './reserve-stock.js'
import { stockKind, stockLevelId } from './stock-level.js'

/** Stock promised for a while to an owner (a cart, a quote) before there is an order. Half-open: at `expiresAt` it is expired (RS2). */
export interface Reservation {
  readonly id: ReservationId
  readonly owner: string
  readonly status: ReservationStatus
  readonly lines: readonly Demand[]
  readonly heldAt: Instant
  readonly expiresAt: Instant
  readonly order?: OrderId
  readonly releasedBecause?: string
}

export type ReservationEvent =
  | {
      readonly type: 'StockHeld'
      readonly id: ReservationId
      readonly owner: string
      readonly lines: readonly Demand[]
      readonly heldAt: Instant
      readonly expiresAt: Instant
    }
  | { readonly type: 'HoldExtended'; readonly expiresAt: Instant }
  | { readonly type: 'HoldCommitted'; readonly order: OrderId }
  | { readonly type: 'HoldReleased'; readonly reason: string }
  | { readonly type: 'HoldExpired' }
  | { readonly type: 'ReservationShipped' }
  | { readonly type: 'ReservationCanceled' }

const evolve = (known: Reservation | undefined, event: ReservationEvent): Reservation => {
  const reservation = known as Reservation
  switch (event.type) {
    case 'StockHeld': {
      const { type: _type, ...held } = event
      return { ...held, status: 'held' }
    }
    case 'HoldExtended':
      return { ...reservation, expiresAt: event.expiresAt }
    case 'HoldCommitted':
      return { ...reservation, status: 'committed', order: event.order }
    case 'HoldReleased':
      return { ...reservation, status: 'released', releasedBecause: event.reason }
    case 'HoldExpired':
      return { ...reservation, status: 'expired', releasedBecause: 'expired' }
    case 'ReservationShipped':
      return { ...reservation, status: 'shipped' }
    case 'ReservationCanceled':
      return { ...reservation, status: 'canceled' }
  }
}

export const reservationKind: RecordKind<Reservation, ReservationEvent> = {
  name: 'reservation',
  evolve,
  entries: (reservation) => ({
    status: reservation.status,
    owner: reservation.owner,
    expiresAt: reservation.expiresAt,
  }),
}

/** A hold with the stock levels it holds. */
export const reservationKeys = (id: ReservationId, known: Reservation | undefined): readonly Key[] => [
  { kind: reservationKind.name, id },
  ...(known?.lines ?? []).map((line) => ({
    kind: stockKind.name,
    id: stockLevelId(line.location, line.sku),
  })),
]
