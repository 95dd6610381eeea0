import { UnreadableDocument } from './unreadable-document.js'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1'

const names: ReadonlyMap<string, readonly Encoding[]> = new Map([
  ['utf-8', ['utf-8']],
  ['us-ascii', ['utf-8']],
  ['utf-16', ['utf-16le', 'utf-16be']],
  ['utf-16le', ['utf-16le']],
  ['utf-16be', ['utf-16be']],
  ['iso-8859-1', ['iso-8859-1']],
])

/**
 * Bytes as text: UTF-8, UTF-16 with a byte order mark, or ISO 8859-1 where the declaration says so. Throws `xml_encoding` where mark, declaration
 * and bytes contradict each other, and for any other encoding. Text that came as text is taken as it is, without its mark.
 */
export const decodeXml = (content: string | Uint8Array): string => {
  if (typeof content === 'string') {
    if (!content.isWellFormed()) throw refused('half a surrogate pair')
    return withoutMark(content)
  }
  const marked = markOf(content)
  const declared = declarationOf(content, marked)
  const allowed = declared === undefined ? undefined : names.get(declared)
  if (declared !== undefined && allowed === undefined) throw refused(`declared encoding ${declared}`)
  if (marked !== undefined && allowed?.includes(marked) === false) {
    throw refused(`declared ${declared}, but marked ${marked}`)
  }
  const encoding = marked ?? allowed?.[0] ?? 'utf-8'
  if (marked === undefined && encoding.startsWith('utf-16')) throw refused('UTF-16 without byte order mark')
  return withoutMark(decode(content, encoding))
}

const refused = (reason: string): UnreadableDocument => new UnreadableDocument('xml_encoding', reason)

const markOf = ([first, second, third]: Uint8Array): Encoding | undefined => {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return undefined
}

/** The name in the XML declaration, in lower case. It is ASCII in every encoding we take. */
const declarationOf = (content: Uint8Array, marked: Encoding | undefined): string | undefined => {
  const head = content.subarray(0, 512)
  const start = marked?.startsWith('utf-16') === true ? head.filter((byte) => byte !== 0) : head
  const text = Buffer.from(start)
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
  return /^<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(text)?.[1]?.toLowerCase()
}

const decode = (content: Uint8Array, encoding: Encoding): string => {
  if (encoding === 'iso-8859-1') {
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1')
  }
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content)
    // Bytes of the other byte order decode too, into nonsense; a second mark inside shows a file glued together.
    if (text.includes('\ufffe') || text.lastIndexOf('\ufeff') > 0) throw refused('byte order marks mixed')
    return text
  } catch (failure) {
    if (failure instanceof UnreadableDocument) throw failure
    throw refused(`bytes that are not ${encoding}`)
  }
}

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text)
