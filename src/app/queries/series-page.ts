import type { Key } from '../../core/ids/key.js'
import type { NumberSeries } from '../../core/invoicing/number-series.js'
import type { StoredRecord } from '../../core/ports/storage.js'
import type { QueryContext } from '../query.js'
import { readSeriesEntry, type SeriesEntry } from './series-entry.js'
import type { SeriesPlace } from './series-place.js'
import { followHistory, type AuditFinding, type FollowedEvent } from './verify-record.js'

export interface NumberingFinding {
  /** The place in the series, from 1 on. */
  readonly number: number
  /**
   * `gap` a number is missing or out of order; `date` it is dated before the one before it; `document` no document bears it; `changed` its document is not
   * what was sealed when it was issued, or not what its own history says; `series` what the series says of it is not what was written; `kept` the
   * series had another head here when it was kept elsewhere.
   */
  readonly what: 'gap' | 'date' | 'document' | 'changed' | 'series' | 'kept'
  /** What `records.verifyAudit` finds of that document or of the series: which record, from which event on, and what. */
  readonly audit?: AuditFinding
}

/** Where a series stood when somebody kept its head elsewhere. */
export interface KeptHead {
  readonly last: number
  readonly head: string
}

export interface SeriesReading {
  readonly key: Key
  readonly record: StoredRecord | undefined
  readonly from: SeriesPlace
  readonly limit: number
  readonly kept: KeptHead | undefined
}

/** One event of the series: what is wrong with it, and the number it gave to a document, where it can be read. */
export interface NumberPlace {
  readonly found: readonly NumberingFinding[]
  readonly entry: SeriesEntry | undefined
}

export interface SeriesPage {
  readonly places: readonly NumberPlace[]
  readonly reached: Pick<SeriesPlace, 'head' | 'series'>
  readonly more: boolean
}

export const readSeriesPage = async (context: QueryContext, reading: SeriesReading): Promise<SeriesPage> => {
  const { key, record, from, limit } = reading
  const places: NumberPlace[] = []
  let { head, series } = from
  for await (const followed of followHistory(context, key, record, head)) {
    const isLater = followed.event.version > (record?.version ?? 0)
    if (places.length === limit && !isLater) return { places, reached: { head, series }, more: true }
    head = followed.reached
    if (isLater) continue
    const entry = readSeriesEntry(followed.event.body)
    places.push({ entry, found: findingsAt(followed, entry, series, reading) })
    // What nobody can read has taken its number all the same.
    series = entry === undefined ? { ...series, last: series.last + 1 } : entry.series
  }
  return { places, reached: { head, series }, more: false }
}

const findingsAt = (
  { event, finding }: FollowedEvent,
  entry: SeriesEntry | undefined,
  before: NumberSeries,
  { kept }: SeriesReading,
): readonly NumberingFinding[] => {
  const number = entry?.series.last ?? before.last + 1
  const found: NumberingFinding[] = []
  if (finding !== undefined) found.push(ofSeries(finding))
  else if (entry === undefined) found.push({ number, what: 'series' })
  if (kept?.last === event.version && kept.head !== event.hash) found.push({ number, what: 'kept' })
  if (number !== before.last + 1) found.push({ number, what: 'gap' })
  if (entry !== undefined && entry.series.lastIssuedOn < before.lastIssuedOn)
    found.push({ number, what: 'date' })
  return found
}

export const ofSeries = (audit: AuditFinding): NumberingFinding => ({
  number: audit.at,
  what: 'series',
  audit,
})
