import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { singleTenant } from '../../src/core/ids/ids.js'
import {
  backorderQueueKind,
  type BackorderQueue,
  type WaitingPromise,
} from '../../src/core/inventory/backorder-queue.js'
import { stockKind } from '../../src/core/inventory/stock-level.js'
import { checkHistories, checkStock, eventOf } from '../support/trade-checks.js'
import { moveArbitrary, openTrade, skus, type Move, type Trade } from '../support/random-trade.js'

// Where much more is promised than there is: every level may be oversold by a few units, goods are lost and come back.
const commands: readonly Move['command'][] = [
  'place',
  'placeShort',
  'placeKits',
  'placeHeld',
  'placeAhead',
  'receiveAhead',
  'hold',
  'releaseHold',
  'expireHold',
  'cancel',
  'cancel',
  'confirm',
  'plan',
  'pack',
  'ship',
  'receive',
  'receive',
  'adjust',
  'adjust',
  'adjust',
  'adjust',
  'closePreorder',
  'openPreorder',
]

const busy: fc.Arbitrary<Move> = fc
  .tuple(moveArbitrary, fc.constantFrom(...commands))
  .map(([move, command]) => ({ ...move, command }))

const openShortTrade = async (): Promise<Trade> => {
  const trade = await openTrade()
  for (const sku of skus) {
    await trade.oms.orThrow.inventory.configure({
      sku,
      backorderAllowance: sku === 'mug' || sku === 'lamp' ? 0 : 15,
    })
    await trade.oms.orThrow.inventory.adjust(
      { sku, quantity: -4, reason: 'counted', shortage: 'backorder' },
      { idempotencyKey: `few ${sku}` },
    )
  }
  return trade
}

const queuesIn = async ({ storage }: Trade): Promise<ReadonlyMap<string, readonly WaitingPromise[]>> => {
  const keys = storage.idsOf(backorderQueueKind.name).map((id) => ({ kind: backorderQueueKind.name, id }))
  const records = await storage.read(singleTenant, keys)
  return new Map(records.map(({ key, state }) => [key.id, (state as BackorderQueue).promises]))
}

const nameOf = ({ source, line, since }: WaitingPromise): string => `${source.id} ${line} ${since}`

/** Those who still wait although somebody behind them was given goods. */
const overtaken = (
  before: readonly WaitingPromise[],
  after: readonly WaitingPromise[],
  filled: ReadonlySet<string>,
): readonly string[] => {
  const left = new Map(after.map((promise) => [nameOf(promise), promise.quantity]))
  const served = before.findLastIndex(
    (promise) => filled.has(promise.source.id) && (left.get(nameOf(promise)) ?? 0) < promise.quantity,
  )
  return before
    .slice(0, Math.max(0, served))
    .map(nameOf)
    .filter((name) => left.has(name))
}

describe('promises beyond the goods', () => {
  it('OQ1 ST2 ST9 keeps goods, promises and queues in agreement after every command', async () => {
    const reached = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(busy, { minLength: 20, maxLength: 45 }), async (moves) => {
        const trade = await openShortTrade()
        for (const [turn, move] of moves.entries()) {
          trade.clock.advance(move.seconds * 1_000)
          await trade.play(move, `turn ${turn}`)
          await checkStock(trade.storage)
        }
        await checkHistories(trade.storage)
        for (const { type } of trade.storage.events) {
          reached.set(type, (reached.get(type) ?? 0) + 1)
        }
      }),
      { numRuns: 25 },
    )
    const common = ['OrderBackorderFilled', 'OrderBackordered', 'StockBackordered', 'BackorderFilled']
    expect(common.filter((type) => !reached.has(type))).toEqual([])
  })

  it('F57 lets nobody overtake: whoever gets goods was first in line', async () => {
    let fills = 0
    await fc.assert(
      fc.asyncProperty(fc.array(busy, { minLength: 20, maxLength: 45 }), async (moves) => {
        const trade = await openShortTrade()
        for (const [turn, move] of moves.entries()) {
          const before = await queuesIn(trade)
          const recorded = trade.storage.events.length
          await trade.play(move, `turn ${turn}`)
          const after = await queuesIn(trade)
          for (const [level, promises] of before) {
            const filled = new Set(
              trade.storage.events
                .slice(recorded)
                .filter((event) => event.key.kind === stockKind.name && event.key.id === level)
                .filter((event) => event.type === 'BackorderFilled')
                .map(
                  (event) =>
                    (eventOf(event) as unknown as { readonly source: { readonly id: string } }).source.id,
                ),
            )
            fills += filled.size
            expect(
              overtaken(promises, after.get(level) ?? [], filled),
              `${move.command} at ${level}`,
            ).toEqual([])
          }
        }
      }),
      { numRuns: 50 },
    )
    expect(fills).toBeGreaterThan(20)
  })
})
