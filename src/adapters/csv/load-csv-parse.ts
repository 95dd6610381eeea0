import type * as csvParse from 'csv-parse'
import { ConfigurationError } from '../../core/ports/errors.js'

export type CsvParse = typeof csvParse

/** csv-parse is an optional peer: a host that only writes CSV does without it. */
export const loadCsvParse = (): Promise<CsvParse> =>
  import('csv-parse').catch(() => {
    throw new ConfigurationError('reading CSV needs csv-parse 7: npm install csv-parse')
  })
