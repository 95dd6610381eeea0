import * as fc from 'fast-check'
import { postgresStorage } from 'orderwright/postgres'
import { fixedClock } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { moveArbitrary, openTrade, playInTurn } from '../../support/random-trade.js'
import { checkEnvelopes, checkHistories, checkStock, everythingIn } from '../../support/trade-checks.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
const movesArbitrary = fc.array(moveArbitrary, { minLength: 1, maxLength: 30, size: 'max' })

describe('any sequence of commands', () => {
  it('EV5 comes to the same bytes in PostgreSQL as in memory', async () => {
    const pool = await database.pool()
    await fc.assert(
      fc.asyncProperty(movesArbitrary, async (moves) => {
        await database.empty()
        const clock = fixedClock()
        const inMemory = await openTrade()
        const stored = await openTrade(undefined, clock, postgresStorage(pool, { clock }))
        await playInTurn(inMemory, moves, async (move, expected, key) => {
          clock.advance(move.seconds * 1_000)
          expect(await stored.play(move, key)).toEqual(expected)
        })
        expect(await everythingIn(stored.storage)).toBe(await everythingIn(inMemory.storage))
      }),
      { numRuns: 8 },
    )
  })

  it('EV1 EV7 EV11 ST2 hold when commands arrive at once over several connections', async () => {
    const pools = [await database.pool(), await database.pool({ pipeline: true })]
    await fc.assert(
      fc.asyncProperty(
        fc.array(movesArbitrary, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 1 }),
        async (bursts, which) => {
          await database.empty()
          const clock = fixedClock()
          const [pool] = pools.slice(which)
          if (pool === undefined) throw new Error('there are two pools')
          const trade = await openTrade(undefined, clock, postgresStorage(pool, { clock }))
          for (const [turn, burst] of bursts.entries()) {
            const answers = burst.map((move, place) => trade.play(move, `turn-${turn}-${place}`))
            for (const answer of await Promise.all(answers)) {
              expect(answer.ok ? 'ok' : answer.error.code).not.toMatch(/unknown$/)
            }
            await checkStock(trade.storage)
          }
          await checkHistories(trade.storage)
          checkEnvelopes(trade.storage.events)
        },
      ),
      { numRuns: 8 },
    )
  })
})
