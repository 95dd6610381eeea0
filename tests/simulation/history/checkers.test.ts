import { describe, expect, it } from 'vitest'
import {
  checkNumbering,
  type NumberedDocument,
} from '../../../src/testing/simulation/history/numbering-check.js'
import { screenHistory } from '../../../src/testing/simulation/history/screen-check.js'
import { hasLegalOrder } from '../../../src/testing/simulation/history/search-check.js'
import type { StockHistory, StockOperation } from '../../../src/testing/simulation/history/stock-history.js'
import { checkByVersions } from '../../../src/testing/simulation/history/witness-check.js'
import { legalHistory } from '../../support/legal-history.js'

type Plant = (history: StockHistory) => StockHistory | undefined

const isDone = ({ outcome }: StockOperation): boolean => outcome === 'done'

const changed = (
  history: StockHistory,
  operation: StockOperation,
  change: Partial<StockOperation>,
): StockHistory => ({
  ...history,
  operations: history.operations.map((other) => (other === operation ? { ...other, ...change } : other)),
})

const middle = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(items.length / 2)]

/** The ledger agrees with what is planted, so that the sums alone must tell. */
const granting = (history: StockHistory, more: number): StockHistory | undefined => {
  let available = history.available
  for (const operation of history.operations.toSorted(
    (left, right) => (left.version ?? 0) - (right.version ?? 0),
  )) {
    if (operation.outcome === 'refused') continue
    if (operation.needsStock && isDone(operation)) {
      const change = -(available + more)
      return {
        ...changed(history, operation, { change }),
        movements: history.movements.map((movement) =>
          movement.version === operation.version ? { ...movement, change } : movement,
        ),
      }
    }
    available += operation.change
  }
  return undefined
}

const plants: Readonly<Record<string, Plant>> = {
  'two versions swapped': (history) => {
    const [one, other] = history.operations.filter(isDone)
    if (one?.version === undefined || other?.version === undefined) return undefined
    return changed(changed(history, one, { version: other.version }), other, { version: one.version })
  },
  'a release dropped': (history) => {
    const release = middle(history.operations.filter((one) => isDone(one) && one.change > 0))
    return release && { ...history, operations: history.operations.filter((one) => one !== release) }
  },
  'a movement dropped': (history) => {
    const movement = middle(history.movements)
    return movement && { ...history, movements: history.movements.filter((one) => one !== movement) }
  },
  'a grant turned into a refusal': (history) => {
    const grant = middle(history.operations.filter((one) => isDone(one) && one.needsStock))
    return grant && changed(history, grant, { outcome: 'refused' })
  },
  'a refusal turned into a grant': (history) => {
    const refusal = middle(history.operations.filter(({ outcome }) => outcome === 'refused'))
    return refusal && changed(history, refusal, { outcome: 'done' })
  },
  'an answer moved before a decision that it knows': (history) => {
    const known = history.operations
      .filter(isDone)
      .toSorted((left, right) => (left.version ?? 0) - (right.version ?? 0))
    const [first, second] = known
    if (first === undefined || second === undefined) return undefined
    return changed(history, second, { invoked: first.invoked - 2, answered: first.invoked - 1 })
  },
  'a refusal at a version that never was': (history) => {
    const refusal = middle(history.operations.filter(({ outcome }) => outcome === 'refused'))
    return refusal && changed(history, refusal, { version: history.version + history.movements.length + 1 })
  },
  'one unit more given than there was': (history) => granting(history, 1),
  'an answer about another quantity': (history) => {
    const grant = middle(history.operations.filter((one) => isDone(one) && one.needsStock))
    return grant && changed(history, grant, { change: grant.change - 1 })
  },
  'a refusal of what was there': (history) => {
    const refusal = middle(history.operations.filter(({ outcome }) => outcome === 'refused'))
    return refusal && changed(history, refusal, { change: 0 })
  },
}

const seeds = Array.from({ length: 200 }, (_, place) => place + 1)

describe('checkByVersions', () => {
  it('finds nothing wrong with what a server that is right has answered', () => {
    for (const seed of seeds) expect(checkByVersions(legalHistory(seed, 200, 8)), `seed ${seed}`).toEqual([])
  })

  it.each(Object.entries(plants))('finds %s in every history', (_name, plant) => {
    let planted = 0
    for (const seed of seeds) {
      const wrong = plant(legalHistory(seed, 60, 6))
      if (wrong === undefined) continue
      planted += 1
      expect(checkByVersions(wrong).length, `seed ${seed}`).toBeGreaterThan(0)
    }
    expect(planted).toBeGreaterThan(150)
  })

  it('finds nothing wrong in a hundred thousand operations of a server that is right', () => {
    expect(checkByVersions(legalHistory(7, 100_000, 16))).toEqual([])
  })
})

describe('hasLegalOrder', () => {
  it('finds an order for whatever a server that is right has answered', () => {
    for (const seed of seeds) expect(hasLegalOrder(legalHistory(seed, 60, 6)), `seed ${seed}`).toBe(true)
  })

  it('sees through an oversell and a false refusal without a look at any version', () => {
    let missed = 0
    for (const seed of seeds) {
      const history = legalHistory(seed, 60, 6)
      const wrong = granting(history, 40)
      if (wrong !== undefined && hasLegalOrder(wrong) !== false) missed += 1
      const refusal = middle(history.operations.filter(({ outcome }) => outcome === 'refused'))
      if (refusal !== undefined && hasLegalOrder(changed(history, refusal, { change: 0 })) !== false)
        missed += 1
    }
    expect(missed).toBe(0)
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

  it('finds what no order could explain', () => {
    for (const seed of seeds) {
      const wrong = granting(legalHistory(seed, 60, 6), 60)
      if (wrong !== undefined) expect(screenHistory(wrong).join(), `seed ${seed}`).toContain('ST5')
    }
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
