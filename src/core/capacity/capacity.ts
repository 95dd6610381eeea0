/**
 * How much there is of something that can be promised, and how much of it is promised, in whole units: seats of a pool, minutes of a day, places
 * at a moment, pieces of a stock level. One algebra for all of them:
 *
 * - 0 <= promised <= supply, always;
 * - taking is refused exactly when more is wanted than is free;
 * - what was taken and is given back leaves what was there before, in whatever order;
 * - supply never falls below what is promised.
 */
export interface Capacity {
  readonly supply: number
  readonly promised: number
}

export const freeOf = ({ supply, promised }: Capacity): number => supply - promised

export const covers = (capacity: Capacity, wanted: number): boolean => wanted <= freeOf(capacity)

export const take = <Kind extends Capacity>(capacity: Kind, amount: number): Kind => ({
  ...capacity,
  promised: capacity.promised + amount,
})

export const giveBack = <Kind extends Capacity>(capacity: Kind, amount: number): Kind => ({
  ...capacity,
  promised: capacity.promised - amount,
})

export const isSound = ({ supply, promised }: Capacity): boolean => promised >= 0 && promised <= supply
