import type { Key } from '../ids/key.js'
import type { Work } from '../plan.js'
import { noEntries, type RecordKind } from '../record-kind.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { laterOf, type LocalDate } from '../time/local-date.js'
import { fiscalYearOf, writeNumber, type NumberFormat, type Numbering, type Series } from './number-format.js'

/** The numbers of one series of documents: 1 to `last` are all issued, none is missing (NR1, NR2). */
export interface NumberSeries {
  readonly last: number
  readonly lastIssuedOn: LocalDate
}

export interface NumberIssued {
  readonly type: 'NumberIssued'
  readonly number: number
  /** As it stands on the document. */
  readonly written: string
  readonly issuedOn: LocalDate
  readonly document: Key
}

/** Named so that it sorts behind every other kind: the hot record of a series is locked last. */
export const numberSeriesKind: RecordKind<NumberSeries, NumberIssued> = {
  name: 'voucher_series',
  evolve: (_known, event) => ({ last: event.number, lastIssuedOn: event.issuedOn }),
  entries: noEntries,
}

export const defaultNumbering: Numbering = {
  invoice: { pattern: 'INV-{number}', digits: 6 },
  credit_note: { pattern: 'CN-{number}', digits: 6 },
}

/** The formats that a customer may name an invoice in. */
export const invoiceFormats = ({
  numberingOf,
  legalEntities,
}: Pick<Settings, 'numberingOf' | 'legalEntities'>): readonly NumberFormat[] =>
  [undefined, ...legalEntities].map((entity) => numberingOf(entity).invoice)

/** Nobody issues documents in the name of an entity that was not configured. */
export const knownEntity = (
  { legalEntities }: Pick<Settings, 'legalEntities'>,
  legalEntity: string | undefined,
): Result<void, Refusal> =>
  legalEntity === undefined || legalEntities.includes(legalEntity)
    ? ok(undefined)
    : refuse('unknown_legal_entity', { legalEntity })

/** A document that wants a number: of which series, issued by which legal entity, on which day. */
export interface Numbered {
  readonly series: Series
  readonly legalEntity?: string | undefined
  readonly date: LocalDate
}

/** `invoice`, `invoice/2026`, `acme:invoice/2026`: each counts for itself. */
export const seriesId = (
  settings: Pick<Settings, 'numberingOf'>,
  { series, legalEntity, date }: Numbered,
): string => {
  const year = fiscalYearOf(settings.numberingOf(legalEntity)[series], date)
  const own = legalEntity === undefined ? series : `${legalEntity}:${series}`
  return year === undefined ? own : `${own}/${year}`
}

export const seriesKey = (settings: Pick<Settings, 'numberingOf'>, numbered: Numbered): Key => ({
  kind: numberSeriesKind.name,
  id: seriesId(settings, numbered),
})

/**
 * Takes the next number of a series, in the commit of its document: rolled back with it, so there is never a gap, and under the series' lock, so
 * numbers follow the order of issue (NR2, NR3). A document dated before the last one gets the last one's date. The event of the series seals the
 * document: whoever changes an issued one later breaks two chains. Refuses when the format has no room for a further number (NR6).
 */
export const takeNumber = (
  work: Work,
  settings: Pick<Settings, 'numberingOf'>,
  numbered: Numbered,
  document: Key,
): Result<{ readonly number: string; readonly issuedOn: LocalDate }, Refusal> => {
  const id = seriesId(settings, numbered)
  const format = settings.numberingOf(numbered.legalEntity)[numbered.series]
  const known = work.find(numberSeriesKind, id)?.state
  const issuedOn = known === undefined ? numbered.date : laterOf(known.lastIssuedOn, numbered.date)
  const number = (known?.last ?? 0) + 1
  const written = writeNumber(format, fiscalYearOf(format, numbered.date), number)
  if (written === undefined) return refuse('number_series_exhausted', { series: id, last: number - 1 })
  work.append(numberSeriesKind, id, [{ type: 'NumberIssued', number, written, issuedOn, document }])
  work.seal({ kind: numberSeriesKind.name, id }, document)
  return ok({ number: written, issuedOn })
}
