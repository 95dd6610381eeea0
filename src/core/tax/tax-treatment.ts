import { powerOfTen, readDecimal } from '../money/decimal-string.js'

/**
 * How the law treats a line (UNTDID 5305, as EN 16931 BT-118 and BT-151 use it): `S` standard rate, `Z` zero rated, `E` exempt, `AE` reverse
 * charge, `K` intra-community supply, `G` export, `O` outside the scope of tax, `L` Canary Islands tax, `M` tax of Ceuta and Melilla.
 */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'

/** One tax among those a line bears: the only one in Europe, state, county and city in the United States, GST and QST in Quebec. */
export interface TaxComponent {
  readonly name: string
  /** A decimal string in percent: `"19"`, `"8.875"`. */
  readonly percent: string
  /** Levied on the amount with the taxes named before it. */
  readonly compound?: true
}

/** As documents store it. Lines with the same treatment are taxed as one sum. */
export interface TaxTreatment {
  readonly category: TaxCategory
  readonly components: readonly TaxComponent[]
  /** Why no tax is due (EN 16931 BT-120), where the category wants a reason. */
  readonly exemption?: string
}

/** A treatment made ready to compute with. */
export interface ReadTreatment {
  readonly treatment: TaxTreatment
  /** Equal for equal treatments. */
  readonly key: string
  readonly rates: readonly ReadRate[]
}

/** The rate as a fraction: percent / 100 = numerator / denominator. */
export interface ReadRate {
  readonly numerator: bigint
  readonly denominator: bigint
  readonly compound: boolean
}

/** Throws `decimal_malformed` for a percentage that is not a plain decimal. */
export const readTreatment = (treatment: TaxTreatment): ReadTreatment => ({
  treatment,
  key: treatmentKey(treatment),
  rates: treatment.components.map(({ percent, compound }) => {
    const { digits, scale } = readDecimal(percent)
    return { numerator: digits, denominator: powerOfTen(scale + 2), compound: compound === true }
  }),
})

export const treatmentKey = ({ category, components, exemption }: TaxTreatment): string => {
  let key = category as string
  for (const { name, percent, compound } of components) {
    key += `|${name}=${percent}${compound === true ? '+' : ''}`
  }
  return exemption === undefined ? key : `${key}|${exemption}`
}
