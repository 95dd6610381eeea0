export type DemandKind = 'none' | 'smooth' | 'intermittent' | 'erratic' | 'lumpy'

/** What kind of demand a series is, and the two figures that say so. */
export interface DemandPattern {
  readonly kind: DemandKind
  /** Average periods between two demands; absent without demand. */
  readonly averageInterval?: number
  /** Squared coefficient of variation of the sizes of demands. */
  readonly squaredVariation?: number
}

/**
 * Sorts demand by how often it comes and how much its size varies, with the bounds 1.32 and 0.49 of Syntetos, Boylan and Croston, On the
 * categorization of demand patterns, Journal of the Operational Research Society 56 (2005), 495-503.
 */
export const demandPattern = (series: readonly number[]): DemandPattern => {
  const sizes = series.filter((value) => value > 0)
  if (sizes.length === 0) return { kind: 'none' }
  const averageInterval = series.length / sizes.length
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length
  const squaredVariation = variance / mean ** 2
  const rare = averageInterval > 1.32
  const varied = squaredVariation > 0.49
  return {
    kind: rare ? (varied ? 'lumpy' : 'intermittent') : varied ? 'erratic' : 'smooth',
    averageInterval,
    squaredVariation,
  }
}
