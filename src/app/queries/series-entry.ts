import { z } from 'zod'
import { wordSchema } from '../../core/ids/id-schema.js'
import type { Key } from '../../core/ids/key.js'
import { creditNoteKind } from '../../core/invoicing/credit-note.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { numberSeriesKind, type NumberSeries } from '../../core/invoicing/number-series.js'
import { localDateSchema } from '../../core/time/time-schema.js'

/** What an event of a series says, whoever wrote it: nothing is taken for granted of a text that may be forged. */
export interface SeriesEntry {
  readonly series: NumberSeries
  readonly written: string
  readonly document: Key
  readonly sealed: string | undefined
}

const entrySchema = z.object({
  event: z.object({
    type: z.literal('NumberIssued'),
    number: z.int().min(1),
    written: z.string(),
    issuedOn: localDateSchema,
    document: z.strictObject({ kind: z.enum([invoiceKind.name, creditNoteKind.name]), id: wordSchema }),
  }),
  sealed: z.string().optional(),
})

export const readSeriesEntry = (body: string): SeriesEntry | undefined => {
  const read = entrySchema.safeParse(parsed(body))
  if (!read.success) return undefined
  const { event, sealed } = read.data
  const { written, document } = event
  return { series: numberSeriesKind.evolve(undefined, event), written, document, sealed }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
