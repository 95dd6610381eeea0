import { expect, it } from 'vitest'
import { takenPerUnit } from '../../../src/core/orders/backorders.js'

it('ST13 a kit takes nothing of what it has no part of', () => {
  const kit = { components: [{ sku: 'CUP', quantity: 2 }] } as never
  expect([takenPerUnit(kit, 'CUP' as never), takenPerUnit(kit, 'MUG' as never)]).toEqual([2, 0])
})
