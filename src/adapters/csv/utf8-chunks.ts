import { UnreadableFile } from '../../core/ports/statement-reader.js'
import type { CsvEncoding } from './csv-format.js'

/** Text, or something that hands it over in pieces: a Node stream (of bytes or of text), or any asynchronous iterable of them. */
export type TextSource = string | AsyncIterable<string | Uint8Array>

const longestChunk = 64 * 1024

/**
 * The text as UTF-8 in chunks of bounded size, without its byte order mark. What is no text in that encoding becomes U+FFFD, which marks
 * the row it stands in. Throws `unreadable_file` for an archive (rule `file.archive`): none is ever unpacked.
 */
export async function* utf8Chunks(source: TextSource, encoding: CsvEncoding): AsyncGenerator<Buffer> {
  let begun = false
  for await (const text of wholeCharacters(decoded(source, encoding))) {
    if (!begun && isArchive(text))
      throw new UnreadableFile('unreadable_file', [{ line: 1, rule: 'file.archive' }])
    yield Buffer.from(!begun && text.startsWith('\uFEFF') ? text.slice(1) : text)
    begun = true
  }
}

/** ZIP and gzip by their first bytes. */
const isArchive = (text: string): boolean => text.startsWith('PK\u0003\u0004') || text.startsWith('\u001f')

async function* decoded(source: TextSource, encoding: CsvEncoding): AsyncGenerator<string> {
  const decode = decoderOf(encoding)
  for await (const piece of typeof source === 'string' ? [source] : source) {
    for (let at = 0; at < piece.length; at += longestChunk) {
      yield typeof piece === 'string'
        ? piece.slice(at, at + longestChunk)
        : decode(piece.subarray(at, at + longestChunk))
    }
  }
  yield decode()
}

/** A character outside the basic plane is two units of a string; a cut between them moves in front of both. */
async function* wholeCharacters(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let half = ''
  for await (const next of texts) {
    const text = half + next
    half = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : ''
    const whole = half === '' ? text : text.slice(0, -1)
    if (whole !== '') yield whole
  }
  if (half !== '') yield half
}

const decoderOf = (encoding: CsvEncoding): ((bytes?: Uint8Array) => string) => {
  if (encoding === 'windows-1252') return (bytes) => (bytes === undefined ? '' : windows1252(bytes))
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return (bytes) => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }))
}

// Some releases of Node.js decode windows-1252 as ISO 8859-1, which has no euro sign.
const from80to9f = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => from80to9f.charAt(character.charCodeAt(0) - 0x80))
