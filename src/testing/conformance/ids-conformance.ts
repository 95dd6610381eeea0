import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ids } from '../../core/ports/ids.js'
import type { PortCase } from './port-case.js'

/** Opens a source of ids as one process would. Called twice it stands for two processes. */
export type OpenIds = () => Ids | Promise<Ids>

const draws = 4_000
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const alphabet = '23456789BCDFGHJKLMNPQRSTVWXZ'

/**
 * The promises of `Ids`.
 *
 * @example
 * for (const { name, run } of idsConformance) test(name, () => run(() => myIds()))
 */
export const idsConformance: readonly PortCase<OpenIds>[] = [
  {
    name: 'draws outward ids as UUIDv4, none twice, whoever draws',
    why: 'Two orders under one id are one order.',
    run: async (open) => {
      const drawn = await drawnByTwo(open, (ids) => ids.random())
      for (const id of drawn) ok(uuid4.test(id), `${id} is a UUIDv4`)
      strictEqual(new Set(drawn).size, drawn.length, 'no id was drawn twice')
    },
  },
  {
    name: 'draws each of the 122 free bits of an outward id by chance',
    why: 'Whoever holds the link to one order must not be able to guess the next.',
    run: async (open) => {
      const ids = await open()
      const drawn = Array.from({ length: draws }, () => bitsOf(ids.random()))
      const places = Array.from({ length: 128 }, (_, place) => place).filter((place) => !isFixed(place))
      strictEqual(places.length, 122)
      // Eight standard deviations: a fair source leaves them once in 10^13 runs.
      const far = 8 * Math.sqrt(draws / 4)
      for (const place of places) {
        const count = drawn.filter((bits) => bits.charAt(place) === '1').length
        ok(Math.abs(count - draws / 2) < far, `bit ${place} was set ${count} times in ${draws} draws`)
      }
    },
  },
  {
    name: 'draws ids of events and messages as UUIDv7, each above the one before, none twice, whoever draws',
    why: 'Events of one moment would change places, and two messages under one id are sent as one.',
    run: async (open) => {
      const [one, other] = [await open(), await open()]
      const ours = Array.from({ length: draws }, () => one.ordered())
      for (const id of ours) ok(uuid7.test(id), `${id} is a UUIDv7`)
      deepStrictEqual(ours.toSorted(), ours, 'they are in order')
      const all = [...ours, ...Array.from({ length: draws }, () => other.ordered())]
      strictEqual(new Set(all).size, all.length, 'no id was drawn twice')
    },
  },
  {
    name: 'begins the id of an event with its time',
    why: 'Ids of several processes sort by time, which keeps the index of the events short at its end.',
    run: async (open) => {
      const ids = await open()
      const first = timeOf(ids.ordered())
      await pause(50)
      const span = timeOf(ids.ordered()) - first
      ok(span >= 40 && span < 10_000, `50 milliseconds apart, ${span} by their ids`)
    },
  },
  {
    name: 'draws numbers for people: twelve signs that cannot be misread, any of them in any place, none twice',
    why: 'A number is read out over the telephone, and one that counts tells competitors how much is sold.',
    run: async (open) => {
      const drawn = await drawnByTwo(open, (ids) => ids.number())
      const signs = drawn.map((number) => number.replaceAll('-', ''))
      for (const number of signs) ok(/^[2-9B-DF-HJ-NP-TV-XZ]{12}$/.test(number), `${number} can be misread`)
      strictEqual(new Set(signs).size, signs.length, 'no number was drawn twice')
      for (let place = 0; place < 12; place += 1) {
        const seen = new Set(signs.map((number) => number.charAt(place)))
        strictEqual(seen.size, alphabet.length, `signs seen in place ${place + 1}`)
      }
    },
  },
]

const drawnByTwo = async (open: OpenIds, draw: (ids: Ids) => string): Promise<readonly string[]> => {
  const sources = [await open(), await open()]
  return sources.flatMap((ids) => Array.from({ length: draws }, () => draw(ids)))
}

const bitsOf = (id: string): string =>
  BigInt(`0x${id.replaceAll('-', '')}`)
    .toString(2)
    .padStart(128, '0')

/** The version and the variant of a UUID (RFC 9562). */
const isFixed = (place: number): boolean => (place >= 48 && place < 52) || place === 64 || place === 65

const timeOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
