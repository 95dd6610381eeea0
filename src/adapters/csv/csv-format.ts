import { ConfigurationError } from '../../core/ports/errors.js'

/** How a file is written down: RFC 4180 unless it says otherwise. Line ends are CRLF or LF, quotes are double quotes. */
export interface CsvFormat {
  /** Default: a comma. */
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /** Of a source that hands over bytes. Default `utf-8`; a byte order mark is skipped. Never guessed. */
  readonly encoding?: CsvEncoding
  /** Quotes inside a field that does not begin with one, as in `7" RECORD`: refuse the row (the default) or keep them as they are. */
  readonly strayQuotes?: 'refuse' | 'keep'
  readonly limits?: Partial<CsvLimits>
}

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'windows-1252'

/** Each is a whole number of at least 1. A file beyond `rows`, `bytes` or `rowBytes` is refused, a row beyond `fieldCharacters` alone. */
export interface CsvLimits {
  /** Rows below the header. */
  readonly rows: number
  /** The whole text, in bytes of UTF-8. */
  readonly bytes: number
  /** One row with its line ends and quotes, in bytes of UTF-8; no more than this and one chunk (64 Ki characters) is ever held. */
  readonly rowBytes: number
  readonly fieldCharacters: number
}

export const defaultCsvLimits: CsvLimits = {
  rows: 100_000,
  bytes: 5 * 1024 * 1024,
  rowBytes: 64 * 1024,
  fieldCharacters: 4_096,
}

/** The limits in force. Throws `configuration` for one below 1: nothing is ever "unlimited". */
export const limitsOf = (format: CsvFormat): CsvLimits => {
  const limits = { ...defaultCsvLimits, ...format.limits }
  for (const [name, limit] of Object.entries(limits)) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new ConfigurationError(`the CSV limit "${name}" must be a whole number of at least 1`)
    }
  }
  return limits
}
