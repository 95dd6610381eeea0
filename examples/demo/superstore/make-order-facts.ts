import { plusDays, type Day } from '../days.js'
import type { Seeded } from '../seeded.js'

/** What the data does not say about an order. */
export interface MadeOrderFacts {
  readonly channel: string
  readonly payment: { readonly method: string; readonly terms: 'prepaid' | 'on_account' }
  readonly carrier: string
  readonly tracking: string
  readonly deliveredOn: Day
}

export interface KnownOrderFacts {
  readonly reference: string
  readonly segment: string
  readonly shipMode: string
  readonly shippedOn: Day
}

/** Makes channel, payment method, carrier and delivery day of an order: always the same for the same order. */
export const makeOrderFacts = (order: KnownOrderFacts, seeded: Seeded): MadeOrderFacts => {
  const { reference, segment, shipMode, shippedOn } = order
  const [fewest, most] = daysOnTheWay[shipMode] ?? [3, 7]
  return {
    channel: seeded.pick(channels, 'channel', reference),
    payment: seeded.chance(prepaidPercent[segment] ?? 40, 'prepaid', reference)
      ? { method: seeded.pick(prepaidMethods, 'method', reference), terms: 'prepaid' }
      : { method: 'bank-transfer', terms: 'on_account' },
    carrier: seeded.pick(carriers, 'carrier', reference),
    tracking: `TRK-${seeded.below(1_000_000, 'tracking', reference).toString().padStart(6, '0')}-${reference}`,
    deliveredOn: plusDays(shippedOn, seeded.between(fewest, most, 'delivery', reference)),
  }
}

/** Name and weight. */
const channels = [
  ['web', 38],
  ['marketplace', 18],
  ['store', 14],
  ['phone', 12],
  ['sales-rep', 11],
  ['e-mail', 7],
] as const

const prepaidPercent: Readonly<Record<string, number>> = { Consumer: 55, 'Home Office': 35, Corporate: 15 }

const prepaidMethods = [
  ['card', 75],
  ['wallet', 25],
] as const

const carriers = [
  ['Northern Parcel', 45],
  ['Blue Van Express', 35],
  ['City Couriers', 20],
] as const

const daysOnTheWay: Readonly<Record<string, readonly [fewest: number, most: number]>> = {
  'Same Day': [0, 1],
  'First Class': [1, 2],
  'Second Class': [2, 4],
  'Standard Class': [3, 7],
}
