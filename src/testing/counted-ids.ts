import type { Ids } from '../core/ports/ids.js'

/**
 * Ids that count instead of being drawn: the same run gives the same ids. Each has the shape of the real one. Two instances over one store
 * need two `series`.
 *
 * @example countedIds().random() // '00000000-0000-4000-8000-000000000001'
 */
export const countedIds = (series = 0): Ids => {
  const next = { random: 1, ordered: 1, number: 1 }
  return {
    random: () => `${hex(series, 8)}-0000-4000-8000-${hex(next.random++, 12)}`,
    ordered: () => `${hex(series, 8)}-0000-7000-8000-${hex(next.ordered++, 12)}`,
    number: () => `${digits(series, 4)}-${digits(next.number++, 8).replace(/^.{4}/, '$&-')}`,
  }
}

const hex = (count: number, length: number): string => count.toString(16).padStart(length, '0')

// The digits and consonants of real order numbers.
const alphabet = '23456789BCDFGHJKLMNPQRSTVWXZ'

const digits = (count: number, length: number): string => {
  let text = ''
  for (let rest = count; text.length < length; rest = Math.floor(rest / alphabet.length)) {
    text = alphabet.charAt(rest % alphabet.length) + text
  }
  return text
}
