import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { fixedClock } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { backInStockKind, type BackInStockRequest } from '../../src/core/inventory/back-in-stock.js'
import { stockKind, stockLevelId, type StockLevel } from '../../src/core/inventory/stock-level.js'
import { onTheWay, transferKind, type Transfer } from '../../src/core/inventory/transfer.js'
import { expectedReceiptKind, type ExpectedReceipt } from '../../src/core/replenishment/expected-receipt.js'
import { moveArbitrary, openTrade, playInTurn, type Move, type Trade } from '../support/random-trade.js'
import { openSqliteFile } from '../support/stores-under-test.js'
import { statesOf } from '../support/trade-checks.js'

/** What moves stock and its rules, more often than in a usual trade; every other command now and then. */
const purchasing: readonly Move['command'][] = [
  'place',
  'cancel',
  'receive',
  'receiveExpected',
  'expect',
  'changeExpected',
  'cancelExpected',
  'configureReorder',
  'stopReorder',
  'adjust',
  'hold',
  'releaseHold',
  'notifyWhenBack',
  'tellBackInStock',
]

const movesArbitrary = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: moveArbitrary },
    {
      weight: 3,
      arbitrary: fc
        .tuple(moveArbitrary, fc.constantFrom(...purchasing))
        .map(([move, command]) => ({ ...move, command })),
    },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
)

const levelsOf = async (trade: Trade): Promise<readonly StockLevel[]> =>
  statesOf<StockLevel>(trade.storage, stockKind.name)

const nameOf = (level: StockLevel): string => stockLevelId(level.location, level.sku)

/** Told by the figures alone: which levels are at their point. */
const atPoint = ({ reorder, onHand, quarantined, reserved, shorted = 0, incoming }: StockLevel): boolean =>
  reorder !== undefined && onHand - quarantined - reserved - shorted + incoming <= reorder.point

const checkAlerts = async (trade: Trade, moves: readonly Move[]): Promise<void> => {
  const low = new Set((await levelsOf(trade)).filter(atPoint).map(nameOf))
  await playInTurn(trade, moves, async (move) => {
    const { messages } = trade.storage.takeWrites()
    const crossed: string[] = []
    for (const level of await levelsOf(trade)) {
      const name = nameOf(level)
      if (atPoint(level) && !low.has(name)) crossed.push(name)
      if (atPoint(level)) low.add(name)
      else low.delete(name)
      if (level.reorder !== undefined)
        expect(level.reorder.due, `${name} after ${move.command}`).toBe(atPoint(level))
    }
    const told = messages.filter(({ topic }) => topic === 'restock_due').map(({ about }) => about.id)
    expect(told.toSorted(), `told by ${move.command}`).toEqual(crossed.toSorted())
  })
}

describe('the restock alert', () => {
  it('F45 M39 M122 is told exactly once per crossing, in the commit that crosses, whatever is traded', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        await checkAlerts(await openTrade(), moves)
      }),
      { numRuns: 40 },
    )
  })

  it('F45 is told the same out of SQLite', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const clock = fixedClock()
        const opened = await openSqliteFile('libsql', clock)()
        try {
          await checkAlerts(await openTrade(undefined, clock, opened.storage), moves)
        } finally {
          await opened.close?.()
        }
      }),
      { numRuns: 5 },
    )
  })
})

describe('what is incoming', () => {
  it('F32 ST8 is what is outstanding of goods on order and transfers under way, whatever is traded', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves)
        const coming = new Map<string, number>()
        const add = (level: string, quantity: number): void => {
          coming.set(level, (coming.get(level) ?? 0) + quantity)
        }
        for (const receipt of await statesOf<ExpectedReceipt>(trade.storage, expectedReceiptKind.name)) {
          const open = receipt.status === 'expected' || receipt.status === 'partly_received'
          if (open) add(stockLevelId(receipt.location, receipt.sku), receipt.quantity - receipt.received)
        }
        for (const transfer of await statesOf<Transfer>(trade.storage, transferKind.name)) {
          if (transfer.status !== 'shipped' && transfer.status !== 'partially_received') continue
          for (const line of transfer.lines) add(stockLevelId(transfer.to, line.sku), onTheWay(line))
        }
        for (const level of await levelsOf(trade)) {
          strictEqual(level.incoming, coming.get(nameOf(level)) ?? 0, nameOf(level))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('goods that are back', () => {
  it('F46 are told once to each who asked, and only when something is free', async () => {
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves, async () => {
          const { events, messages } = trade.storage.takeWrites()
          const told = events.filter(({ type }) => type === 'BackInStockTold').map(({ key }) => key.id)
          const sent = messages.filter(({ topic }) => topic === 'back_in_stock')
          expect(sent.map(({ about }) => about.id).toSorted()).toEqual(told.toSorted())
          const levels = new Map((await levelsOf(trade)).map((level) => [nameOf(level), level]))
          for (const { data } of sent) {
            const level = levels.get(`${String(data['location'])}/${String(data['sku'])}`)
            expect(level !== undefined && level.onHand - level.quarantined - level.reserved).toBeGreaterThan(
              0,
            )
          }
        })
        const requests = await statesOf<BackInStockRequest>(trade.storage, backInStockKind.name)
        const { events, messages } = trade.storage
        const asked = events.filter(({ type }) => type === 'BackInStockAwaited').length
        const waiting = requests.filter(({ status }) => status === 'waiting').length
        expect(messages.filter(({ topic }) => topic === 'back_in_stock')).toHaveLength(asked - waiting)
      }),
      { numRuns: 40 },
    )
  })
})
