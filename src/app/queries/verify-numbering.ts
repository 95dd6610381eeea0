import { z } from 'zod'
import { keyMap } from '../../core/ids/key-map.js'
import { legalEntitySchema } from '../../core/ids/id-schema.js'
import { seriesNames } from '../../core/invoicing/number-format.js'
import { seriesKey, type NumberSeries } from '../../core/invoicing/number-series.js'
import type { StoredRecord } from '../../core/ports/storage.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { dateOf } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type QueryContext } from '../query.js'
import { pageOf, pageShape } from './page.js'
import type { SeriesEntry } from './series-entry.js'
import {
  ofSeries,
  readSeriesPage,
  type NumberingFinding,
  type NumberPlace,
  type SeriesPage,
  type SeriesReading,
} from './series-page.js'
import { readSeriesPlace, seriesStart, writeSeriesPlace } from './series-place.js'
import { verifyEnd, verifyRecord } from './verify-record.js'

export interface NumberingReport {
  readonly series: string
  /**
   * The whole series was read, and nothing was found on this page or one before it: 1 to `last` are all issued, in the order of their dates, each by a
   * document that is as it was issued. `false` as long as there is a `next`.
   */
  readonly intact: boolean
  readonly last: number
  readonly findings: readonly NumberingFinding[]
  /** The hash of the newest event of the series: keep it elsewhere, together with `last`, and hand both back as `kept` later on. */
  readonly head?: string
  /** Hand it back as `cursor` for the following numbers; absent on the last page. */
  readonly next?: string
}

const keptSchema = z.strictObject({
  last: z.int('type').min(1, 'kept.last'),
  head: z.string('type').regex(/^[0-9a-f]{64}$/, 'kept.head'),
})

/**
 * Reads a number series with its documents, a page at a time (NR1-NR4): gapless, chronological, each number on one document, and each document still the
 * one whose hash the series recorded when it gave the number. The histories of the series and of every document are checked as `records.verifyAudit` does:
 * every hash is computed anew, and the events fold to what is stored. Whoever can rewrite a series from some number on, its documents and all their hashes,
 * or cut off its end without a trace, is found only by what was kept elsewhere: hand that back as `kept`. Refuses a series that has issued nothing as
 * `unknown_record`.
 */
export const verifyNumbering = defineQuery({
  name: 'invoices.verifyNumbering',
  input: z.strictObject({
    series: z.enum(seriesNames),
    legalEntity: legalEntitySchema.optional(),
    /** A day of the fiscal year, where the series begins anew each year; today when left out. */
    date: localDateSchema.optional(),
    /** `last` and `head` of an earlier answer, which the series must still have had at that number. */
    kept: keptSchema.optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { series, legalEntity, date = dateOf(context.now()) } = input
    const key = seriesKey(context.settings, { series, legalEntity, date })
    const from = input.cursor === undefined ? seriesStart : readSeriesPlace(input.cursor)
    if (from === undefined)
      return refuse('validation_failed', { issues: [{ path: ['cursor'], rule: 'cursor.format' }] })
    const [record] = await context.stored([key])
    const reading: SeriesReading = { key, record, from, limit: pageOf(input).limit, kept: input.kept }
    const page = await readSeriesPage(context, reading)
    if (record === undefined && page.reached.head.version === 0) return refuse('unknown_record', { ...key })
    const findings = await examinePlaces(context, page.places)
    if (!page.more) findings.push(...(await examineEnd(context, reading, page)))
    const intact = from.intact && findings.length === 0
    return ok({
      value: {
        series: key.id,
        intact: intact && !page.more,
        last: (record?.state as NumberSeries | undefined)?.last ?? 0,
        findings,
        ...(record !== undefined && { head: record.chain }),
        ...(page.more && { next: writeSeriesPlace({ ...page.reached, intact }) }),
      } satisfies NumberingReport,
      ...(record !== undefined && { version: record.version }),
    })
  },
})

const examinePlaces = async (
  context: QueryContext,
  places: readonly NumberPlace[],
): Promise<NumberingFinding[]> => {
  const keys = places.flatMap(({ entry }) => entry?.document ?? [])
  const documents = keyMap<StoredRecord>()
  for (const record of await context.stored(keys)) documents.set(record.key, record)
  const findings: NumberingFinding[] = []
  for (const { found, entry } of places) {
    findings.push(...found)
    if (entry !== undefined)
      findings.push(...(await examineDocument(context, entry, documents.get(entry.document))))
  }
  return findings
}

/** What was sealed is one of the first events; what came later, payments and credits, does not touch it. */
const examineDocument = async (
  context: QueryContext,
  { series, written, document, sealed }: SeriesEntry,
  record: StoredRecord | undefined,
): Promise<readonly NumberingFinding[]> => {
  let isSealed = false
  const { finding: audit } = await verifyRecord(context, document, record, ({ hash }) => {
    if (hash === sealed) isSealed = true
  })
  const state = record?.state as { readonly number?: unknown; readonly issuedOn?: unknown } | undefined
  const bearsIt = state?.number === written && state.issuedOn === series.lastIssuedOn
  if (bearsIt && isSealed && audit === undefined) return []
  const what = bearsIt ? 'changed' : 'document'
  return [{ number: series.last, what, ...(audit !== undefined && { audit }) }]
}

/** What is wrong with the last event is wrong with the stored series too, and said once. */
const examineEnd = async (
  context: QueryContext,
  { key, record, kept }: SeriesReading,
  { places, reached }: SeriesPage,
): Promise<readonly NumberingFinding[]> => {
  const audit = await verifyEnd(context, key, record, { head: reached.head, state: reached.series })
  const isSaid = places.some(({ found }) =>
    found.some(({ what, number }) => what === 'series' && number === audit?.at),
  )
  return [
    ...(audit === undefined || isSaid ? [] : [ofSeries(audit)]),
    ...(kept !== undefined && kept.last > (record?.version ?? 0)
      ? [{ number: kept.last, what: 'kept' as const }]
      : []),
  ]
}
