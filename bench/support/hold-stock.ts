import { holdStock } from '../../src/core/flows/hold-stock.js'
import { runAll } from './callers.js'
import type { WorkLoad } from './work-load.js'

/** Holds of `lines` SKUs out of `of`, one unit each; with 1 of 1 every caller wants the same row. `waited` is told how long each answer took. */
export const holdStockOf = (lines: number, of: number, waited?: (milliseconds: number) => void): WorkLoad => {
  const skus = Array.from({ length: of }, (_, index) => `SKU-${String(index).padStart(4, '0')}`)
  const holdInput = (index: number) => ({
    owner: `cart-${index}`,
    seconds: 600,
    // Steps that share no factor with 20: five different SKUs, and every choice of them comes up.
    lines: Array.from({ length: lines }, (_, line) => ({
      sku: skus[(index * 7 + line * 3) % of] ?? '',
      quantity: 1,
    })),
  })
  return {
    stockUp: async (oms) => {
      for (const sku of skus) {
        await oms.orThrow.catalog.define({ sku, name: `Product ${sku}` })
        await oms.orThrow.inventory.receive(
          { sku, quantity: 100_000_000 },
          { idempotencyKey: `stock ${sku}` },
        )
      }
    },
    run: (oms, first, count, callers) =>
      runAll(first, count, callers, async (index) => {
        const sent = performance.now()
        const answer = await oms.inventory.hold(holdInput(index), { idempotencyKey: `hold ${index}` })
        if (!answer.ok) throw new Error(`hold ${index} was refused: ${answer.error.code}`)
        waited?.(performance.now() - sent)
      }),
    parse: (index) => holdStock.input.safeParse(holdInput(index)),
  }
}
