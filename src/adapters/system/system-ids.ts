import { randomBytes, randomFillSync, randomUUID } from 'node:crypto'
import type { Ids } from '../../core/ports/ids.js'

/** Ids from the operating system's random source. */
export const systemIds = (): Ids => ({
  random: () => randomUUID(),
  ordered: orderedIds(Date.now),
  number: orderNumber,
})

/**
 * UUIDv7 (RFC 9562 §5.7 with the counter of §6.2, method 1): 48 bits of milliseconds, a 12-bit counter that starts low and grows within a
 * millisecond, 62 random bits. Ids of one process never go backwards, even when the clock does.
 */
export const orderedIds = (milliseconds: () => number): (() => string) => {
  let last = 0
  let counter = 0
  let prefix = ''
  return () => {
    const now = milliseconds()
    if (now > last) {
      last = now
      counter = 0
    } else if (counter === 0xfff) {
      last += 1
      counter = 0
    } else {
      counter += 1
    }
    if (counter === 0) {
      const time = last.toString(16).padStart(12, '0')
      prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`
    }
    return `${prefix}${counter.toString(16).padStart(3, '0')}-${randomTail()}`
  }
}

const hexadecimal = '0123456789abcdef'
let digits = ''
let usedDigits = 0

/** The last 62 bits of a UUID behind the two of its variant, cut from a stock of random digits: the outside is asked once for 128 ids. */
const randomTail = (): string => {
  if (usedDigits === digits.length) {
    digits = randomBytes(1_024).toString('hex')
    usedDigits = 0
  }
  const start = usedDigits
  usedDigits += 16
  const variant = hexadecimal.charAt(8 + (Number.parseInt(digits.charAt(start), 16) & 3))
  return `${variant}${digits.slice(start + 1, start + 4)}-${digits.slice(start + 4, start + 16)}`
}

const alphabet = '23456789BCDFGHJKLMNPQRSTVWXZ'
const pool = new Uint8Array(960)
let used = pool.length

/** Twelve of 28 characters, 57 random bits, in groups of four. A byte that would favor some characters is thrown away. */
const orderNumber = (): string => {
  let text = ''
  for (let drawn = 0; drawn < 12;) {
    const byte = nextByte()
    if (byte >= 252) continue
    text += `${drawn > 0 && drawn % 4 === 0 ? '-' : ''}${alphabet.charAt(byte % alphabet.length)}`
    drawn += 1
  }
  return text
}

const nextByte = (): number => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const byte = pool[used] ?? 0
  used += 1
  return byte
}
