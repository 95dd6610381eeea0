import { strictEqual } from 'node:assert/strict'
import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedClock } from 'orderwright/testing'
import type { Answer } from '../../src/app/answer.js'
import { canonicalJson } from '../../src/core/canonical-json.js'
import { singleTenant } from '../../src/core/ids/ids.js'
import { availableOf, stockKind, type StockLevel } from '../../src/core/inventory/stock-level.js'
import type { Shortage } from '../../src/core/inventory/reserve-stock.js'
import type { RecordedEvent, Storage, StoredRecord } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'
import { unsureStorage } from '../../src/testing/unsure-storage.js'
import { moveArbitrary, openTrade, playInTurn, skus, type Move, type Trade } from '../support/random-trade.js'
import { openSqliteFile } from '../support/stores-under-test.js'
import {
  checkEnvelopes,
  checkHistories,
  checkStock,
  everythingIn,
  firstBroken,
  historyOf,
  statesOf,
} from '../support/trade-checks.js'

const movesArbitrary = fc.array(moveArbitrary, { minLength: 1, maxLength: 30, size: 'max' })
const runs = { numRuns: 25 }

const codeOf = (answer: Answer<unknown>): string => (answer.ok ? 'ok' : answer.error.code)

describe('any sequence of commands', () => {
  it('EV1 EV7 EV10 leaves records that their events fold to, numbered, chained and attributed', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves)
        await checkHistories(trade.storage)
        checkEnvelopes(trade.storage.events)
      }),
      runs,
    )
  })

  it('ST2 ST3 ST4 keeps reserved equal to what orders and holds were promised', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves, () => checkStock(trade.storage))
        for (const level of await statesOf<StockLevel>(trade.storage, stockKind.name)) {
          const { sku, location } = level
          const shown = await trade.oms.orThrow.inventory.level({ sku, location })
          strictEqual(shown.available, availableOf(level), 'ST4')
        }
      }),
      runs,
    )
  })

  it('ST6 ST7 reserves all of an order or none, and refuses exactly what is missing', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const trade = await openTrade()
        let before = await availability(trade)
        await playInTurn(trade, moves, async (move, answer) => {
          const after = await availability(trade)
          if (move.command === 'place') checkPlacing(move, answer, before, after)
          before = after
        })
      }),
      runs,
    )
  })

  it('ID5 leaves nothing of a refused command but its answer', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves, (_move, answer) => {
          const { records, events, messages } = trade.storage.takeWrites()
          if (answer.ok) return
          expect(records.map(({ key }) => key.kind)).toEqual(decided(answer) ? ['idempotency'] : [])
          expect([events, messages]).toEqual([[], []])
        })
      }),
      runs,
    )
  })

  it('ID1 ID3 answers a repeat with the first answer and another input under the key with a refusal, changing nothing', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, moveArbitrary, async (moves, other) => {
        const trade = await openTrade()
        for (const [turn, move] of moves.entries()) {
          trade.clock.advance(move.seconds * 1_000)
          const asked = trade.ready(move)
          const first = await asked.send(`turn-${turn}`)
          const before = await everythingIn(trade.storage)
          expect(await asked.send(`turn-${turn}`)).toEqual({ ...first, replayed: decided(first) })
          if (!decided(first)) continue
          const reusing = trade.ready({ ...other, command: move.command })
          const reused = await reusing.send(`turn-${turn}`)
          const same = canonicalJson(reusing.input) === canonicalJson(asked.input)
          strictEqual(codeOf(reused), same ? codeOf(first) : 'idempotency_key_reused')
          strictEqual(await everythingIn(trade.storage), before)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('ID9 ID10 comes to the same end whatever the store makes of its commits', async () => {
    const disturbances = fc.array(fc.constantFrom(...everyDisturbance), { maxLength: 60, size: 'max' })
    await fc.assert(
      fc.asyncProperty(movesArbitrary, disturbances, async (moves, list) => {
        const calm = await openTrade()
        const rough = await openTrade((storage) => disturbed(storage, list))
        await playInTurn(calm, moves, async (move, expected, key) => {
          rough.clock.advance(move.seconds * 1_000)
          const answer = await rough.play(move, key)
          expect({ ...answer, replayed: false }).toEqual(expected)
        })
        strictEqual(await everythingIn(rough.storage), await everythingIn(calm.storage))
      }),
      runs,
    )
  })

  it('EV5 comes to the same bytes in SQLite as in memory', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const clock = fixedClock()
        const opened = await openSqliteFile('libsql', clock)()
        const inMemory = await openTrade()
        const onDisk = await openTrade(undefined, clock, opened.storage)
        try {
          await playInTurn(inMemory, moves, async (move, expected, key) => {
            clock.advance(move.seconds * 1_000)
            expect(await onDisk.play(move, key)).toEqual(expected)
          })
          strictEqual(await everythingIn(onDisk.storage), await everythingIn(inMemory.storage))
        } finally {
          await opened.close?.()
        }
      }),
      { numRuns: 5 },
    )
  })

  it('EV7 EV11 ST2 hold as well when commands arrive at once and are decided in one batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(movesArbitrary, { maxLength: 4 }), async (bursts) => {
        const trade = await openTrade()
        for (const [turn, burst] of bursts.entries()) {
          const answers = burst.map((move, place) => trade.play(move, `turn-${turn}-${place}`))
          for (const answer of await Promise.all(answers)) expect(codeOf(answer)).not.toMatch(/unknown$/)
          await checkStock(trade.storage)
        }
        await checkHistories(trade.storage)
        checkEnvelopes(trade.storage.events)
      }),
      { numRuns: 15 },
    )
  })

  it('reaches every command with success, so that the properties above mean something', async () => {
    const reached = new Map<string, Set<string>>()
    for (const moves of fc.sample(fc.array(moveArbitrary, { minLength: 60, maxLength: 60 }), {
      numRuns: 160,
      seed: 7,
    })) {
      const trade = await openTrade()
      await playInTurn(trade, moves, ({ command }, answer) => {
        reached.set(command, (reached.get(command) ?? new Set()).add(codeOf(answer)))
      })
    }
    const never = [...reached].filter(([, codes]) => !codes.has('ok')).map(([command]) => command)
    expect(never).toEqual([])
    expect(reached.get('place')).toContain('out_of_stock')
  })
})

describe('the chain of events', () => {
  it('EV11 breaks at the right place when any event is changed, removed, repeated or swapped', async () => {
    const histories = await someHistories()
    const tampering = fc.record({
      history: fc.constantFrom(...histories),
      at: fc.nat({ max: 50 }),
      how: fc.constantFrom('body', 'hash', 'remove', 'repeat', 'swap'),
    })
    fc.assert(
      fc.property(tampering, ({ history: { events, record }, at, how }) => {
        const place = at % (how === 'swap' ? events.length - 1 : events.length)
        expect(firstBroken(events, record)).toBeUndefined()
        strictEqual(
          firstBroken(tampered(events, place, how), record),
          how === 'repeat' ? place + 2 : place + 1,
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('EV11 shows a tail that was cut only by the head, which is kept apart from the events', async () => {
    for (const { events, record } of await someHistories()) {
      const cut = events.slice(0, -1)
      expect(firstBroken(cut, record)).toBe(events.length)
      const last = cut.at(-1)
      expect(firstBroken(cut, { version: cut.length, chain: last?.hash ?? '' })).toBeUndefined()
    }
  })
})

describe('canonical JSON', () => {
  it('ID6 is that of RFC 8785, as the package canonicalize writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', depthSize: 'medium' }), (value) => {
        strictEqual(canonicalJson(value), canonicalize(value))
      }),
      { numRuns: 500 },
    )
  })

  it('ID6 does not depend on the order of keys, and reads back as what was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        strictEqual(canonicalJson(reversed), canonicalJson(value))
        strictEqual(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value))
      }),
    )
  })
})

const decided = (answer: Answer<unknown>): boolean =>
  answer.ok || !['validation_failed', 'version_conflict', 'changed_meanwhile'].includes(answer.error.code)

const availability = async (trade: Trade): Promise<ReadonlyMap<string, number>> => {
  const levels = await statesOf<StockLevel>(trade.storage, stockKind.name)
  return new Map(
    levels.filter(({ location }) => location === 'main').map((level) => [level.sku, availableOf(level)]),
  )
}

const demandOf = (move: Move, sku: string): number =>
  move.lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)

const checkPlacing = (
  move: Move,
  answer: Answer<unknown>,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): void => {
  const missing = skus.filter((sku) => demandOf(move, sku) > Math.max(0, before.get(sku) ?? 0))
  if (answer.ok) {
    expect(missing).toEqual([])
    for (const sku of skus) expect(after.get(sku)).toBe((before.get(sku) ?? 0) - demandOf(move, sku))
    return
  }
  expect(after).toEqual(before)
  if (answer.error.code !== 'out_of_stock') return
  const shortages = answer.error.details['shortages'] as readonly Shortage[]
  expect(shortages.map(({ sku }) => sku as string).toSorted()).toEqual(missing)
  for (const { sku, wanted, available } of shortages) {
    expect([wanted, available]).toEqual([demandOf(move, sku), Math.max(0, before.get(sku) ?? 0)])
  }
}

const everyDisturbance = ['none', 'committed', 'not committed', 'decided twice'] as const

/** A store whose answers get lost before and after the commit, and that decides again on the same records. */
const disturbed = (storage: Storage, disturbances: readonly (typeof everyDisturbance)[number][]): Storage => {
  const left = [...disturbances]
  return {
    ...passThrough(storage),
    update: (tenant, keys, decide) => {
      const disturbance = left.shift() ?? 'none'
      if (disturbance === 'none') return storage.update(tenant, keys, decide)
      if (disturbance !== 'decided twice')
        return unsureStorage(storage, [disturbance]).update(tenant, keys, decide)
      return storage.update(tenant, keys, (records, now) => {
        decide(records, now)
        return decide(records, now)
      })
    },
  }
}

interface History {
  readonly record: StoredRecord
  readonly events: readonly RecordedEvent[]
}

/** Histories of two events and more, from a few random trades. */
const someHistories = async (): Promise<readonly History[]> => {
  const histories: History[] = []
  for (const moves of fc.sample(fc.array(moveArbitrary, { minLength: 40, maxLength: 40 }), {
    numRuns: 3,
    seed: 11,
  })) {
    const trade = await openTrade()
    await playInTurn(trade, moves)
    const { storage } = trade
    for (const record of await storage.read(singleTenant, storage.keys())) {
      const events = await historyOf(storage, record)
      if (events.length > 1) histories.push({ record, events })
    }
  }
  return histories
}

const tampered = (
  events: readonly RecordedEvent[],
  place: number,
  how: 'body' | 'hash' | 'remove' | 'repeat' | 'swap',
): readonly RecordedEvent[] => {
  const [event, next] = events.slice(place)
  if (event === undefined) throw new Error('there is no such event')
  switch (how) {
    case 'body':
      return events.with(place, { ...event, body: event.body.replace(/ada|bob/, 'eve') })
    case 'hash':
      return events.with(place, {
        ...event,
        hash: event.hash.replace(/./, (digit) => (digit === '0' ? '1' : '0')),
      })
    case 'remove':
      return events.toSpliced(place, 1)
    case 'repeat':
      return events.toSpliced(place, 0, event)
    case 'swap':
      return next === undefined ? events : events.toSpliced(place, 2, next, event)
  }
}
