import { UnreadableFile } from '../../core/ports/statement-reader.js'
import { limitsOf, type CsvFormat } from './csv-format.js'
import type { CsvParse } from './load-csv-parse.js'
import { utf8Chunks, type TextSource } from './utf8-chunks.js'

/** One row as it stands in the file. */
export interface WrittenRow {
  /** The physical line on which it begins. */
  readonly line: number
  readonly fields: readonly string[]
  /** Its bytes as Latin-1, line end included: enough to look for quotes, delimiters and control characters. */
  readonly bytes: string
}

/**
 * Every row, header included, a chunk's rows at a time; empty lines are passed over. Throws `unreadable_file` where the text ends inside
 * quotes, and `limit_exceeded` for a file or a row beyond the limits before it is held in memory.
 */
export async function* parseRows(
  csvParse: CsvParse,
  source: TextSource,
  format: CsvFormat,
): AsyncGenerator<readonly WrittenRow[]> {
  const limits = limitsOf(format)
  const parser = parserOf(csvParse, format)
  let read = 0
  try {
    for await (const chunk of utf8Chunks(source, format.encoding ?? 'utf-8')) {
      read += chunk.length
      if (read > limits.bytes) throw beyond('bytes', limits.bytes, parser.nextLine())
      yield await parser.write(chunk)
      if (parser.held() > limits.rowBytes) throw beyond('rowBytes', limits.rowBytes, parser.nextLine())
    }
    yield await parser.end()
  } finally {
    parser.destroy()
  }
}

export const beyond = (limit: 'rows' | 'bytes' | 'rowBytes', most: number, line: number): UnreadableFile =>
  new UnreadableFile('limit_exceeded', [{ line, rule: `csv.${limit}` }], { limit, most })

/**
 * csv-parse without its stream's read side: rows are taken while a chunk is written, because only then does `info.bytes` tell where the row
 * ends. Its own count of lines takes a CRLF within quotes for two, so lines are counted in the bytes.
 */
const parserOf = (csvParse: CsvParse, format: CsvFormat) => {
  const parser = new csvParse.Parser({
    delimiter: format.delimiter ?? ',',
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    // Strictness is judged row by row from the bytes: the parser itself could only give up at the first stray quote.
    relax_quotes: true,
    relax_column_count: true,
  })
  let held: Buffer = Buffer.alloc(0)
  /** Where `held` begins in the file, and how much of it has been taken. */
  let heldFrom = 0
  let at = 0
  let line = 1
  let rows: WrittenRow[] = []

  const hold = (chunk: Buffer): void => {
    held = at === held.length ? chunk : Buffer.concat([held.subarray(at), chunk])
    heldFrom += at
    at = 0
  }
  const skipEmptyLines = (): void => {
    for (;;) {
      const length = held[at] === LF ? 1 : held[at] === CR && held[at + 1] === LF ? 2 : 0
      if (length === 0) return
      at += length
      line += 1
    }
  }
  const take = (fields: readonly string[]): void => {
    skipEmptyLines()
    const end = parser.info.bytes - heldFrom
    const bytes = held.toString('latin1', at, end)
    rows.push({ line, fields, bytes })
    at = end
    line += lineEndsIn(bytes)
  }
  const taken = (): readonly WrittenRow[] => {
    const batch = rows
    rows = []
    return batch
  }

  const push = parser.push.bind(parser)
  parser.push = (fields: readonly string[] | null): boolean => {
    if (fields === null) return push(null)
    take(fields)
    return true
  }
  // Failures come through the callbacks below; without a listener they would end the process as well.
  parser.on('error', () => undefined)

  const step = (run: (done: (error?: Error | null) => void) => void): Promise<readonly WrittenRow[]> =>
    new Promise((resolve, reject) => {
      run((error) => {
        if (!error) return resolve(taken())
        skipEmptyLines()
        reject(new UnreadableFile('unreadable_file', [{ line, rule: 'csv.malformed' }]))
      })
    })

  return {
    write: (chunk: Buffer) => {
      hold(chunk)
      return step((done) => parser.write(chunk, done))
    },
    end: () => step((done) => parser.end(done)),
    held: () => held.length - at,
    nextLine: () => line,
    destroy: () => parser.destroy(),
  }
}

const LF = 10
const CR = 13

const lineEndsIn = (bytes: string): number => {
  let count = 0
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) count += 1
  return count
}
