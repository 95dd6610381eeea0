import { inflateSync } from 'node:zlib'

const headerLength = 44
const entryLength = 20

/**
 * The font within a WOFF 1.0 file, with its tables unpacked (W3C WOFF File Format 1.0); other fonts as they are. pdfkit reads WOFF too, but unpacks a
 * table anew for each glyph: a page in a Japanese font takes it ten seconds.
 */
export const unpackWoff = (bytes: Uint8Array): Buffer => {
  const woff = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (woff.length < headerLength || woff.toString('latin1', 0, 4) !== 'wOFF') return woff
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = headerLength + index * entryLength
    const [offset, packed, length] = [
      woff.readUInt32BE(at + 4),
      woff.readUInt32BE(at + 8),
      woff.readUInt32BE(at + 12),
    ]
    const content = woff.subarray(offset, offset + packed)
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      content: packed < length ? inflateSync(content, { maxOutputLength: length }) : content,
    }
  })
  return joinTables(woff.readUInt32BE(4), tables)
}

interface FontTable {
  readonly tag: Uint8Array
  readonly checksum: number
  readonly content: Uint8Array
}

const joinTables = (flavor: number, tables: readonly FontTable[]): Buffer => {
  const selector = Math.floor(Math.log2(Math.max(tables.length, 1)))
  const range = 16 * 2 ** selector
  const directory = Buffer.alloc(12 + tables.length * 16)
  directory.writeUInt32BE(flavor, 0)
  directory.writeUInt16BE(tables.length, 4)
  directory.writeUInt16BE(range, 6)
  directory.writeUInt16BE(selector, 8)
  directory.writeUInt16BE(tables.length * 16 - range, 10)
  const parts: Uint8Array[] = [directory]
  let offset = directory.length
  tables.forEach(({ tag, checksum, content }, index) => {
    const at = 12 + index * 16
    directory.set(tag, at)
    directory.writeUInt32BE(checksum, at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(content.length, at + 12)
    const padding = (4 - (content.length % 4)) % 4
    parts.push(content, Buffer.alloc(padding))
    offset += content.length + padding
  })
  return Buffer.concat(parts)
}
