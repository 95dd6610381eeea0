import { expect, it } from 'vitest'
import { runModel } from './inventory/model-run.js'

// Long work on a busy machine.
const patience = 120_000

it(
  'does with stock, lots, kits, holds, orders, work, transfers and counts what plain maps and sums would do',
  { timeout: patience },
  async () => {
    const { differences, outcomes } = await runModel(42, 3_000)
    expect(differences).toEqual([])
    for (const outcome of [
      'hold ok',
      'hold out_of_stock',
      'placeHeld ok',
      'expireHold ok',
      'ship ok',
      'adjust stock_below_reserved',
      'quarantine unknown_lot',
      'receiveTransfer ok',
      'submitCount ok',
      'approveCount ok',
      'approveCount counter_cannot_approve',
    ])
      expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(0)
  },
)
