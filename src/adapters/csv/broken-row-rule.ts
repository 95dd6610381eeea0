import type { CsvFormat, CsvLimits } from './csv-format.js'
import type { WrittenRow } from './parse-rows.js'

/** The rule of RFC 4180, or of text that a store can keep, which the row breaks. */
export const brokenRowRule = (
  row: WrittenRow,
  columns: number,
  format: CsvFormat,
  limits: CsvLimits,
): string | undefined => {
  const unwanted = unwantedBytes.exec(row.bytes)
  if (unwanted !== null) return unwanted[0].length === 1 ? 'text.control' : 'text.encoding'
  if (row.fields.length !== columns || !quotesAreClean(row.bytes, format)) return 'csv.malformed'
  return row.fields.some((field) => field.length > limits.fieldCharacters) ? 'text.length' : undefined
}

// Control characters other than tab, line feed and carriage return, and U+FFFD as UTF-8.
const unwantedBytes = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\xef\xbf\xbd/

const QUOTE = 34
const LF = 10
const CR = 13

/** RFC 4180 §2.5–2.7: a quote opens a field at its first character, is doubled inside, and ends it; line breaks stand in quotes only. */
const quotesAreClean = (bytes: string, { delimiter = ',', strayQuotes = 'refuse' }: CsvFormat): boolean => {
  if (strayQuotes === 'keep') return true
  const firstReturn = bytes.indexOf('\r')
  const plain = !bytes.includes('"') && (firstReturn < 0 || firstReturn === bytes.length - 2)
  return plain || scan(bytes, delimiter.charCodeAt(0))
}

const scan = (bytes: string, delimiter: number): boolean => {
  let place: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes.charCodeAt(at)
    if (place === 'quoted') {
      if (code !== QUOTE) continue
      if (bytes.charCodeAt(at + 1) === QUOTE) at += 1
      else place = 'closed'
    } else if (code === delimiter) {
      place = 'start'
    } else if (code === QUOTE) {
      if (place !== 'start') return false
      place = 'quoted'
    } else if (code === LF || (code === CR && bytes.charCodeAt(at + 1) === LF)) {
      return bytes.length - at <= 2
    } else {
      if (place === 'closed' || code === CR) return false
      place = 'plain'
    }
  }
  return true
}
