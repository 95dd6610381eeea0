/**
 * Arrays in PostgreSQL's binary form, which node-postgres sends as it is given: nothing is quoted here and nothing is parsed there. A batch
 * has thousands of values, most of them JSON full of quotes. (`array_recv` in src/backend/utils/adt/arrayfuncs.c reads this.)
 */
const headerBytes = 20
const textType = 25
const bigintType = 20

/**
 * Where texts are encoded before they are copied out at their length. Memory outside of V8's heap makes it collect the heap sooner: with a buffer for each
 * array that is large enough for anything, collections took a third of the processor time of holding one SKU.
 */
const scratch = Buffer.allocUnsafeSlow(1 << 20)

export const textArray = (values: readonly (string | null)[]): Buffer => {
  let most = headerBytes
  // No UTF-16 unit needs more than three bytes of UTF-8.
  for (const value of values) most += 4 + 3 * (value?.length ?? 0)
  const buffer = most <= scratch.length ? scratch : Buffer.allocUnsafe(most)
  let end = writeHeader(buffer, textType, values.length)
  for (const value of values) {
    const length = value === null ? -1 : buffer.write(value, end + 4, 'utf8')
    buffer.writeInt32BE(length, end)
    end += 4 + Math.max(0, length)
  }
  const written = buffer.subarray(0, end)
  return buffer === scratch ? Buffer.from(written) : written
}

/** Of safe integers. */
export const bigintArray = (values: readonly number[]): Buffer => {
  const buffer = Buffer.allocUnsafe(headerBytes + 12 * values.length)
  let end = writeHeader(buffer, bigintType, values.length)
  for (const value of values) {
    const high = Math.floor(value / 0x1_0000_0000)
    buffer.writeInt32BE(8, end)
    buffer.writeInt32BE(high, end + 4)
    buffer.writeUInt32BE(value - high * 0x1_0000_0000, end + 8)
    end += 12
  }
  return buffer.subarray(0, end)
}

const writeHeader = (buffer: Buffer, type: number, length: number): number => {
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0)
  buffer.writeInt32BE(1, 4)
  buffer.writeInt32BE(type, 8)
  if (length === 0) return 12
  buffer.writeInt32BE(length, 12)
  buffer.writeInt32BE(1, 16)
  return headerBytes
}
