import { expect, it } from 'vitest'
import { runPromises } from './promises/promises-run.js'

// Long work on a busy machine.
const patience = 120_000

it(
  'OQ1 ST7 ST9 ST13 F36 F57 goods go first come, first served, whatever is sold, ordered ahead, canceled, held, lost, found, packed and shipped',
  { timeout: patience },
  async () => {
    const { differences, outcomes } = await runPromises(7, 2_000)
    expect(differences).toEqual([])
    for (const outcome of [
      'place ok',
      'place out_of_stock',
      'orderHold ok',
      'lose ok',
      'lose stock_below_reserved',
      'openPreorder ok',
      'openPreorder invalid_state',
      'plan waiting_for_stock',
      'cancelWork ok',
      'ship ok',
    ])
      expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(0)
  },
)
