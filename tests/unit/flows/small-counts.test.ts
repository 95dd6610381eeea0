import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'
import { defineTracked, receiveSerials } from '../../support/tracked-shop.js'

describe('a count', () => {
  it('F42 within its tolerance is booked as counted, without anybody asked', async () => {
    const { clerk } = openDesk({ settings: { countTolerancePercent: '50' } })
    await stockMugs(clerk, 10)
    const { count } = await clerk.orThrow.counts.open({ skus: ['MUG'] }, freshKey())
    await clerk.orThrow.counts.record({ count, lines: [{ sku: 'MUG', counted: 9 }] })
    expect(await clerk.orThrow.counts.submit({ count })).toMatchObject({ status: 'booked' })
    const { items } = await clerk.orThrow.inventory.movements({ sku: 'MUG' })
    expect(items.at(-1)).toMatchObject({ what: 'StockAdjusted', reason: 'counted' })
    expect(await clerk.orThrow.inventory.level({ sku: 'MUG' })).toMatchObject({ onHand: 9 })
  })

  it('F37 F42 names no pieces of what has none, and no more pieces than one command takes', async () => {
    const { clerk } = openDesk({ settings: { limits: { serialsPerCommand: 2 } } })
    await stockMugs(clerk, 10)
    await defineTracked(clerk)
    await receiveSerials(clerk, 'radio', '1', '2')
    await receiveSerials(clerk, 'radio', '3')
    const { count } = await clerk.orThrow.counts.open({ skus: ['MUG', 'radio'] }, freshKey())
    const record = (line: object) => clerk.counts.record({ count, lines: [line] } as never)
    expect(await record({ sku: 'MUG', counted: 1, serials: ['1'] })).toMatchObject({
      error: { issues: [{ rule: 'tracking.none' }] },
    })
    expect(await record({ sku: 'radio', counted: 2, serials: ['1', '2'] })).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'serialsPerCommand', most: 2 } },
    })
  })
})
