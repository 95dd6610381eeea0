import type { LocalDate } from '../time/local-date.js'

/** So many base units on a day. */
export interface DatedQuantity {
  readonly on: LocalDate
  readonly quantity: number
}

/** What can be known about the stock of one SKU at one place and its future, in base units. */
export interface SupplyAndDemand {
  /** The day for which `onHand` is true. */
  readonly today: LocalDate
  /** Usable stock; what is promised already is taken off by `commitments`. */
  readonly onHand: number
  /** What is expected to come. */
  readonly receipts: readonly DatedQuantity[]
  /** What is promised already, for which day. */
  readonly commitments: readonly DatedQuantity[]
}

/** From this day on so much can be promised. */
export interface PromisableFrom extends DatedQuantity {
  /** On hand and received until then, less what is committed until then: below zero where commitments wait for goods. */
  readonly projected: number
}

/**
 * Available to promise, cumulative with a look-ahead: on a day as much can be promised as is left on it and on every later day, so that a receipt which
 * a later commitment needs is not promised twice. (Vollmann, Berry, Whybark, Jacobs: Manufacturing Planning and Control, chapter on
 * master scheduling; F32.) Never below zero and never falling from one day to the next. What was due before today counts for today. One entry for
 * today and for each later day on which something changes.
 */
export const availableToPromise = (known: SupplyAndDemand): readonly PromisableFrom[] => {
  const changes = new Map<LocalDate, number>([[known.today, known.onHand]])
  const change = ({ on, quantity }: DatedQuantity, sign: 1 | -1): void => {
    const day = on < known.today ? known.today : on
    changes.set(day, (changes.get(day) ?? 0) + sign * quantity)
  }
  for (const receipt of known.receipts) change(receipt, 1)
  for (const commitment of known.commitments) change(commitment, -1)
  let projected = 0
  const days = [...changes]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([on, quantity]) => ({ on, projected: (projected += quantity) }))
  let least = Infinity
  return days
    .toReversed()
    .map((day) => {
      least = Math.min(least, day.projected)
      return { ...day, quantity: Math.max(0, least) }
    })
    .toReversed()
}

/** The first day on which so much can be promised; none when it never can with what is known. */
export const earliestDay = (promisable: readonly PromisableFrom[], quantity: number): LocalDate | undefined =>
  promisable.find((day) => day.quantity >= quantity)?.on
