import { invariant } from '../invariant.js'
import type { NumberSeries } from './number-series.js'

/** Each version of a series is a number that was issued: none is missing, and none was there twice (NR2, NR4). */
export const assertNumberSeries = ({ last }: NumberSeries, version: number): void => {
  invariant(last === version, 'NR2 a series has issued all numbers up to its last')
}
