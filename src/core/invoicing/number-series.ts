import type { Work } from '../plan.js'
import { noEntries, type RecordKind } from '../record-kind.js'
import { laterOf, type LocalDate } from '../time/local-date.js'

/** The numbers of one series of documents: 1 to `last` are all issued, none is missing (NR1, NR2). */
export interface NumberSeries {
  readonly last: number
  readonly lastIssuedOn: LocalDate
}

export interface NumberIssued {
  readonly type: 'NumberIssued'
  readonly number: number
  readonly issuedOn: LocalDate
  readonly document: { readonly kind: string; readonly id: string }
}

/** Named so that it sorts behind every other kind: the hot record of a series is locked last. */
export const numberSeriesKind: RecordKind<NumberSeries, NumberIssued> = {
  name: 'voucher_series',
  evolve: (_known, event) => ({ last: event.number, lastIssuedOn: event.issuedOn }),
  entries: noEntries,
}

export type Series = 'invoice' | 'credit_note'

const prefixes: Readonly<Record<Series, string>> = { invoice: 'INV', credit_note: 'CN' }

/**
 * Takes the next number of a series, in the commit of its document: rolled back with it, so there is never a gap, and under the series' lock, so
 * numbers follow the order of issue (NR2, NR3). A document dated before the last one gets the last one's date.
 */
export const takeNumber = (
  work: Work,
  series: Series,
  wantedDate: LocalDate,
  document: { readonly kind: string; readonly id: string },
): { readonly number: string; readonly issuedOn: LocalDate } => {
  const known = work.find(numberSeriesKind, series)?.state
  const issuedOn = known === undefined ? wantedDate : laterOf(known.lastIssuedOn, wantedDate)
  const number = (known?.last ?? 0) + 1
  work.append(numberSeriesKind, series, [{ type: 'NumberIssued', number, issuedOn, document }])
  return { number: `${prefixes[series]}-${String(number).padStart(6, '0')}`, issuedOn }
}
