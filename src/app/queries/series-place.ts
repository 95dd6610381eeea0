import { chainStart, type ChainHead } from '../../core/audit/verify-chain.js'
import type { NumberSeries } from '../../core/invoicing/number-series.js'
import type { LocalDate } from '../../core/time/local-date.js'

/** How far the numbers of a series were read. */
export interface SeriesPlace {
  readonly head: ChainHead
  /** What its events fold to so far. */
  readonly series: NumberSeries
  /** Nothing was found so far. */
  readonly intact: boolean
}

export const seriesStart: SeriesPlace = {
  head: chainStart,
  series: { last: 0, lastIssuedOn: '0001-01-01' as LocalDate },
  intact: true,
}

/** A hash that is none, because somebody wrote over it, is written as one that nothing follows. */
export const writeSeriesPlace = ({ head, series, intact }: SeriesPlace): string =>
  [
    head.version,
    hashShape.test(head.hash) ? head.hash : '0'.repeat(64),
    series.last,
    series.lastIssuedOn,
    Number(intact),
  ].join('.')

export const readSeriesPlace = (cursor: string): SeriesPlace | undefined => {
  if (!cursorShape.test(cursor)) return undefined
  const [version = '', hash = '', last = '', lastIssuedOn = '', intact = ''] = cursor.split('.')
  return {
    head: { version: Number(version), hash },
    series: { last: Number(last), lastIssuedOn: lastIssuedOn as LocalDate },
    intact: intact === '1',
  }
}

const hashShape = /^[0-9a-f]{64}$/
const cursorShape = /^\d{1,15}\.[0-9a-f]{64}\.\d{1,15}\.\d{4}-\d{2}-\d{2}\.[01]$/
