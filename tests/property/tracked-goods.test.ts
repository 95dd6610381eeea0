import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { moveArbitrary, openTrade, playInTurn, type Move } from '../support/random-trade.js'
import { checkTracked } from '../support/tracked-checks.js'

/** Three moves of four are about goods that are told apart. */
const trackedMoves = [
  'receiveLots',
  'adjustLots',
  'quarantineLots',
  'sellLots',
  'scrapLots',
  'shelfLife',
  'quarantineExpired',
  'receiveSerials',
  'adjustSerial',
  'quarantineSerial',
  'planTrackedTransfer',
  'shipTransfer',
  'shipSerial',
  'receiveTransfer',
  'openTrackedCount',
  'recordTracked',
  'submitCount',
  'approveCount',
  'placeTracked',
  'confirm',
  'plan',
  'planNamed',
  'pack',
  'packSerial',
  'ship',
  'cancel',
] as const

const move: fc.Arbitrary<Move> = fc
  .tuple(moveArbitrary, fc.option(fc.constantFrom(...trackedMoves), { freq: 4, nil: undefined }))
  .map(([any, command]) => (command === undefined ? any : { ...any, command }))

const moves = fc.array(move, { minLength: 1, maxLength: 50, size: 'max' })

describe('any trade in goods that are told apart', () => {
  it('ST14 keeps lots equal to their level, and no piece or unit of a lot in two live allocations', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (list) => {
        const trade = await openTrade()
        await playInTurn(trade, list, () => checkTracked(trade.storage))
      }),
      { numRuns: 30 },
    )
  })

  it('ST14 holds as well when commands race and are decided in one batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { minLength: 1, maxLength: 4 }), async (bursts) => {
        const trade = await openTrade()
        for (const [turn, burst] of bursts.entries()) {
          await Promise.all(burst.map((one, place) => trade.play(one, `turn-${turn}-${place}`)))
          await checkTracked(trade.storage)
        }
      }),
      { numRuns: 20 },
    )
  })
})
