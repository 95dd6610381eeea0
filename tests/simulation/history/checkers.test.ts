import { describe, expect, it } from 'vitest'
import {
  checkNumbering,
  type NumberedDocument,
} from '../../../src/testing/simulation/history/numbering-check.js'
import { screenHistory } from '../../../src/testing/simulation/history/screen-check.js'
import { findLegalOrder, hasLegalOrder } from '../../../src/testing/simulation/history/search-check.js'
import type { StockHistory, StockOperation } from '../../../src/testing/simulation/history/stock-history.js'
import { checkByVersions } from '../../../src/testing/simulation/history/witness-check.js'
import { isInOrder, plants } from '../../support/history-plants.js'
import { legalHistory } from '../../support/legal-history.js'

const seeds = Array.from({ length: 200 }, (_, place) => place + 1)

/** One error planted in each of the histories of 60 operations of 6 clients. */
const planted = (name: string): readonly StockHistory[] =>
  seeds.flatMap((seed) => plants[name]?.(legalHistory(seed, 60, 6)) ?? [])

describe('checkByVersions', () => {
  it('finds nothing wrong with what a server that is right has answered', () => {
    for (const seed of seeds) expect(checkByVersions(legalHistory(seed, 200, 8)), `seed ${seed}`).toEqual([])
  })

  it.each(Object.keys(plants))('finds %s in every history', (name) => {
    const histories = planted(name)
    expect(histories.filter((history) => checkByVersions(history).length === 0)).toEqual([])
    expect(histories.length).toBeGreaterThan(150)
  })

  it('finds nothing wrong in a hundred thousand operations of a server that is right', () => {
    expect(checkByVersions(legalHistory(7, 100_000, 16))).toEqual([])
  })
})

describe('what the small errors are to those who trust no version', () => {
  // The sums of a history tell only what no order explains: where several ask at the same time, or an answer is missing, many an error is none.
  const floors = [
    { name: 'two versions swapped', of: 200, search: 0, screen: 0, rest: 'no version is looked at' },
    { name: 'a release dropped', of: 200, search: 108, screen: 62, rest: 'nobody needed what came back' },
    { name: 'a movement dropped', of: 200, search: 0, screen: 0, rest: 'no ledger is looked at' },
    {
      name: 'a grant turned into a refusal',
      of: 200,
      search: 169,
      screen: 136,
      rest: 'others had it at that moment',
    },
    {
      name: 'a refusal turned into a grant',
      of: 193,
      search: 140,
      screen: 73,
      rest: 'others came later, or never',
    },
    {
      name: 'an answer moved before the question of what it knows',
      of: 200,
      search: 16,
      screen: 11,
      rest: 'it would have got the same answer then',
    },
    {
      name: 'a question moved behind the answer of what knows it',
      of: 200,
      search: 19,
      screen: 13,
      rest: 'it would have got the same answer then',
    },
    {
      name: 'a refusal at a version that never was',
      of: 193,
      search: 0,
      screen: 0,
      rest: 'no version is looked at',
    },
    {
      name: 'one unit more given than there was',
      of: 200,
      search: 163,
      screen: 120,
      rest: 'others came later, or never',
    },
    {
      name: 'one unit more given than there was, by the last grant',
      of: 200,
      search: 95,
      screen: 15,
      rest: 'others came later, or never',
    },
    {
      name: 'a refusal for want of one unit granted',
      of: 178,
      search: 136,
      screen: 84,
      rest: 'others came later, or never',
    },
    {
      name: 'an answer about one unit more',
      of: 200,
      search: 95,
      screen: 20,
      rest: 'the unit was there, or others came later',
    },
    {
      name: 'a refusal of the very last unit',
      of: 187,
      search: 56,
      screen: 32,
      rest: 'others had it at that moment',
    },
  ] as const

  it('stands here for each of them', () => {
    expect(floors.map(({ name }) => name)).toEqual(Object.keys(plants))
  })

  it.each(floors)(
    '$name: the search finds $search of $of, the screen $screen; of the rest, $rest',
    ({ name, of, search, screen }) => {
      const histories = planted(name)
      expect(histories).toHaveLength(of)
      const found = histories.map((history) => findLegalOrder(history))
      // What it misses is no miss: there is the order.
      const explained = histories.filter((history, place) => {
        const order = found[place]
        return typeof order === 'object' && isInOrder(history, order)
      })
      const broken = histories.filter((_history, place) => found[place] === 'none')
      expect(explained.length + broken.length).toBe(of)
      expect(broken.length).toBeGreaterThanOrEqual(search)
      const screened = histories.filter((history) => screenHistory(history).length > 0)
      expect(screened.filter((history) => !broken.includes(history))).toEqual([])
      expect(screened.length).toBeGreaterThanOrEqual(screen)
    },
  )

  it.each([
    'a grant turned into a refusal',
    'a refusal turned into a grant',
    'one unit more given than there was',
    'one unit more given than there was, by the last grant',
    'a refusal for want of one unit granted',
    'a refusal of the very last unit',
  ])('%s is found by both wherever nobody asks at the same time and all are answered', (name) => {
    const histories = seeds.flatMap((seed) => plants[name]?.(answered(legalHistory(seed, 60, 1))) ?? [])
    expect(histories.length).toBeGreaterThan(150)
    expect(histories.filter((history) => hasLegalOrder(history) !== false)).toEqual([])
    expect(histories.filter((history) => screenHistory(history).length === 0)).toEqual([])
  })
})

/** One client after the other, none of whom lost an answer. */
const answered = (history: StockHistory): StockHistory => ({
  ...history,
  operations: history.operations.map((operation) =>
    operation.outcome === 'unknown'
      ? { ...operation, outcome: 'done', answered: operation.invoked + 1 }
      : operation,
  ),
})

describe('hasLegalOrder', () => {
  it('finds an order for whatever a server that is right has answered', () => {
    for (const seed of seeds) {
      const history = legalHistory(seed, 60, 6)
      const order = findLegalOrder(history)
      expect(typeof order === 'object' && isInOrder(history, order), `seed ${seed}`).toBe(true)
    }
  })

  it('lets an operation without an answer have happened late or never', () => {
    const base = { invoked: 1, needsStock: true, source: 'a' }
    const taken: StockOperation = { ...base, change: -1, answered: Infinity, outcome: 'unknown' }
    const refused: StockOperation = { ...base, change: -1, invoked: 2, answered: 3, outcome: 'refused' }
    const given: StockOperation = { ...base, change: -1, invoked: 4, answered: 5, outcome: 'done' }
    const history = { available: 1, version: 0, movements: [] }
    expect(hasLegalOrder({ ...history, operations: [taken, refused] })).toBe(true)
    expect(hasLegalOrder({ ...history, operations: [taken, given] })).toBe(true)
    expect(hasLegalOrder({ ...history, operations: [taken, refused, given] })).toBe(false)
  })

  it('says that it gave up rather than that all is well', () => {
    const racing = Array.from({ length: 20 }, (_, place): StockOperation => ({
      source: `${place}`,
      invoked: 1,
      answered: 100,
      change: -1,
      outcome: place === 0 ? 'refused' : 'done',
      needsStock: true,
    }))
    const history = { available: 100, version: 0, movements: [], operations: racing }
    expect(hasLegalOrder(history, 50)).toBeUndefined()
  })
})

describe('screenHistory', () => {
  it('raises no alarm about a server that is right', () => {
    for (const seed of seeds) expect(screenHistory(legalHistory(seed, 300, 8)), `seed ${seed}`).toEqual([])
  })

  it('lets what begins at the moment at which another ends have come before it', () => {
    const wish = { needsStock: true, change: -1, source: 'a' }
    const refused: StockOperation = { ...wish, invoked: 1, answered: 3, outcome: 'refused' }
    const given: StockOperation = { ...wish, invoked: 3, answered: 5, outcome: 'done' }
    const history = { available: 1, version: 0, movements: [], operations: [refused, given] }
    expect(hasLegalOrder(history)).toBe(true)
    expect(screenHistory(history)).toEqual([])
    const restock: StockOperation = { ...given, needsStock: false, change: 1 }
    const waiting: StockOperation = { ...refused, outcome: 'done' }
    const restocked = { ...history, available: 0, operations: [restock, waiting] }
    expect(hasLegalOrder(restocked)).toBe(true)
    expect(screenHistory(restocked)).toEqual([])
  })
})

describe('checkNumbering', () => {
  const issued = Array.from({ length: 20 }, (_, place): NumberedDocument => ({
    number: place + 1,
    issuedOn: `2026-03-${String(1 + Math.floor(place / 2)).padStart(2, '0')}`,
    invoked: place * 10,
    answered: place * 10 + 25,
  }))
  const at = (place: number, change: Partial<NumberedDocument>) =>
    issued.map((document, other) => (other === place ? { ...document, ...change } : document))

  it('finds nothing wrong with numbers in the order of their issue', () => {
    expect(checkNumbering(issued)).toEqual([])
    expect(checkNumbering(issued.toReversed())).toEqual([])
  })

  it.each([
    ['NR2', 'a number that is missing', issued.filter(({ number }) => number !== 9)],
    ['NR1', 'a number given twice', at(9, { number: 9 })],
    ['NR3', 'a date before the last one', at(9, { issuedOn: '2026-02-28' })],
    ['NR3', 'a number answered before a smaller one was asked for', at(9, { invoked: 1, answered: 2 })],
    ['NR2', 'a series that does not begin with 1', issued.slice(1)],
  ])('%s finds %s', (rule, _name, documents) => {
    expect(checkNumbering(documents).join()).toContain(rule)
  })
})
