import { describe, expect, it } from 'vitest'
import {
  correctionOf,
  stockDifferences,
  type DocumentClaims,
  type StockAuditFacts,
} from '../../../src/core/inventory/stock-differences.js'
import { emptyLedger } from '../../../src/core/inventory/stock-ledger.js'
import type { StockLevel } from '../../../src/core/inventory/stock-level.js'

const level = {
  sku: 'A',
  location: 'main',
  onHand: 5,
  reserved: 3,
  quarantined: 0,
  safetyStock: 0,
  backorderAllowance: 0,
  incoming: 0,
} as unknown as StockLevel
const order = (id: string) => ({ kind: 'order', id })
const claims = (id: string, promised: number, joins?: string): DocumentClaims => ({
  source: order(id),
  version: 1,
  promised,
  incoming: 0,
  ...(joins !== undefined && { joins: order(joins) }),
})
const promised = (list: Readonly<Record<string, number>>) =>
  new Map(Object.entries(list).map(([id, quantity]) => [`order ${id}`, { source: order(id), quantity }]))
const facts = (more: Partial<StockAuditFacts>): StockAuditFacts => ({
  level,
  version: 1,
  ledger: { ...emptyLedger, version: 1, level, promised: promised({ one: 3 }) },
  documents: [claims('one', 3)],
  queued: 0,
  unsettled: [],
  ...more,
})

describe('an audit of a level', () => {
  it('F44 finds nothing where ledger and documents agree, nor where there is no ledger yet', () => {
    expect(stockDifferences(facts({}))).toEqual([])
    expect(stockDifferences(facts({ ledger: emptyLedger, documents: [claims('one', 9)] }))).toEqual([])
  })

  it('F44 names who says something else than was promised, unless it moved meanwhile', () => {
    const other = { documents: [claims('one', 2)] }
    expect(stockDifferences(facts(other))).toEqual([
      { what: 'promised', documents: [order('one')], ledger: 3, says: 2 },
    ])
    expect(stockDifferences(facts({ ...other, unsettled: [order('one')] }))).toEqual([])
  })

  it('F44 takes documents that name each other for one account', () => {
    const ledger = { ...emptyLedger, version: 1, level, promised: promised({ one: 4, two: -1 }) }
    const documents = [claims('one', 1, 'two'), claims('two', 2, 'one')]
    expect(stockDifferences(facts({ ledger, documents }))).toEqual([])
  })

  it('F44 counts who waits, and puts it right', () => {
    const differences = stockDifferences(facts({ queued: 2 }))
    expect(differences).toEqual([{ what: 'waiting', ledger: 0, says: 2 }])
    expect(correctionOf(level, differences)).toMatchObject({
      figures: { onHand: 5, reserved: 3, backordered: 2 },
      promised: [],
      expected: [],
    })
  })

  it('F44 corrects a promise on the account of the first document that has it', () => {
    const differences = stockDifferences(facts({ documents: [claims('one', 7)] }))
    expect(correctionOf(level, differences)).toMatchObject({
      figures: { reserved: 5, shorted: 2 },
      promised: [{ source: order('one'), quantity: 4 }],
      withoutGoods: 2,
    })
  })
})
