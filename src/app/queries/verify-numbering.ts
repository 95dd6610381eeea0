import { z } from 'zod'
import { readEnvelope } from '../../core/audit/envelope.js'
import { legalEntitySchema } from '../../core/ids/id-schema.js'
import type { Key } from '../../core/ids/key.js'
import { seriesNames } from '../../core/invoicing/number-format.js'
import { numberSeriesKind, seriesId, type NumberIssued } from '../../core/invoicing/number-series.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import type { LocalDate } from '../../core/time/local-date.js'
import { dateOf } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type QueryContext } from '../query.js'

export interface NumberingFinding {
  /** The place in the series, from 1 on. */
  readonly number: number
  /**
   * `gap` a number is missing or out of order; `date` it is dated before the one before it; `document` no document bears it; `changed` its document is not
   * what was sealed when it was issued.
   */
  readonly what: 'gap' | 'date' | 'document' | 'changed'
}

export interface NumberingReport {
  readonly series: string
  /** Nothing was found: 1 to `last` are all issued, in the order of their dates, each by a document that is as it was issued. */
  readonly intact: boolean
  readonly last: number
  /** The first hundred. */
  readonly findings: readonly NumberingFinding[]
}

const mostFindings = 100
const documentsAtOnce = 100

/**
 * Reads a whole number series with all its documents (NR1-NR4): gapless, chronological, each number on one document, and each document still the one whose
 * hash the series recorded when it gave the number. Refuses a series that has issued nothing as `unknown_record`.
 */
export const verifyNumbering = defineQuery({
  name: 'invoices.verifyNumbering',
  input: z.strictObject({
    series: z.enum(seriesNames),
    legalEntity: legalEntitySchema.optional(),
    /** A day of the fiscal year, where the series begins anew each year; today when left out. */
    date: localDateSchema.optional(),
  }),
  run: async (input, context) => {
    const { series, legalEntity, date = dateOf(context.now()) } = input
    const id = seriesId(context.settings, { series, legalEntity, date })
    const known = await context.get(numberSeriesKind, id)
    if (known === undefined) return refuse('unknown_record', { kind: numberSeriesKind.name, id })
    const findings: NumberingFinding[] = []
    for await (const issued of issuedBy(context, id)) {
      findings.push(...(await Promise.all(issued.map((one) => examine(context, one)))).flat())
      if (findings.length >= mostFindings) break
    }
    const { last } = known.state
    return ok({
      value: {
        series: id,
        intact: findings.length === 0,
        last,
        findings: findings.slice(0, mostFindings),
      } satisfies NumberingReport,
      version: known.version,
    })
  },
})

interface Issued {
  readonly place: number
  readonly event: NumberIssued
  readonly sealed: string | undefined
  readonly before: LocalDate | undefined
}

async function* issuedBy(context: QueryContext, id: string): AsyncGenerator<readonly Issued[]> {
  let page: Issued[] = []
  let before: LocalDate | undefined
  let place = 0
  for await (const { body } of context.history({ kind: numberSeriesKind.name, id })) {
    const { event, sealed } = readEnvelope(body)
    const issued = event as NumberIssued
    place += 1
    page.push({ place, event: issued, sealed, before })
    before = issued.issuedOn
    if (page.length === documentsAtOnce) {
      yield page
      page = []
    }
  }
  yield page
}

const examine = async (
  context: QueryContext,
  { place, event, sealed, before }: Issued,
): Promise<readonly NumberingFinding[]> => {
  const found: NumberingFinding['what'][] = []
  if (event.number !== place) found.push('gap')
  if (before !== undefined && event.issuedOn < before) found.push('date')
  const document = await readDocument(context, event.document)
  if (document?.number !== event.written || document.issuedOn !== event.issuedOn) found.push('document')
  else if (sealed === undefined || !(await isInHistory(context, event.document, sealed)))
    found.push('changed')
  return found.map((what) => ({ number: event.number, what }))
}

const readDocument = async (
  context: QueryContext,
  key: Key,
): Promise<{ readonly number?: unknown; readonly issuedOn?: unknown } | undefined> => {
  const [stored] = await context.stored([key])
  return stored?.state as { readonly number?: unknown; readonly issuedOn?: unknown } | undefined
}

/** What was sealed is one of the first events; what came later, payments and credits, does not touch it. */
const isInHistory = async (context: QueryContext, key: Key, hash: string): Promise<boolean> => {
  for await (const event of context.history(key)) if (event.hash === hash) return true
  return false
}
