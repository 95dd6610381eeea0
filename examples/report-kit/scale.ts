/** Where a value lands on an axis of `length` units that begins at zero. */
export interface Scale {
  readonly ticks: readonly number[]
  readonly at: (value: number) => number
}

/** An axis from zero to a round number at or above `largest`, with about `wanted` steps of 1, 2, 2.5 or 5 times a power of ten. */
export const scaleTo = (largest: number, length: number, wanted = 5): Scale => {
  const step = roundStep(Math.max(largest, 1) / wanted)
  const steps = Math.max(1, Math.ceil(largest / step))
  const end = steps * step
  return {
    ticks: Array.from({ length: steps + 1 }, (_, index) => index * step),
    at: (value) => (value / end) * length,
  }
}

const roundStep = (rough: number): number => {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  return Math.max(1, factor * power)
}

/** Coordinates to a tenth of a unit: shorter files, and nobody sees the difference. */
export const place = (value: number): string => (Math.round(value * 10) / 10).toString()
