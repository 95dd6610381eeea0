import { describe, expect, it } from 'vitest'
import { freshKey, openDesk } from '../../support/desk.js'

const day = 86_400_000

const openWithSalve = async (minimumDaysAtShipping = 0) => {
  const desk = openDesk()
  const { orThrow } = desk.clerk
  await orThrow.catalog.define({
    sku: 'salve',
    name: 'Salve',
    tracking: 'lot',
    shelfLife: { minimumDaysAtShipping },
  })
  const lots = [
    { lot: 'A', quantity: 3, expiresOn: '2026-03-20' },
    { lot: 'B', quantity: 4, expiresOn: '2026-06-01' },
  ]
  await orThrow.inventory.receive({ sku: 'salve', quantity: 7, lots }, freshKey())
  return desk
}

const availableIn = async ({ clerk }: ReturnType<typeof openDesk>) =>
  (await clerk.orThrow.inventory.level({ sku: 'salve' })).available

describe('sweeping goods that expire', () => {
  it('F37 takes them out of what is available on the day after their last, and says at how many levels', async () => {
    const desk = await openWithSalve()
    desk.clock.set('2026-03-20T12:00:00.000Z')
    expect(await desk.oms.sweep()).not.toHaveProperty('expiredAt')
    expect(await availableIn(desk)).toBe(7)
    desk.clock.set('2026-03-21T00:00:00.000Z')
    const reports = await Promise.all([desk.oms.sweep(), desk.oms.sweep()])
    expect(reports.map(({ expiredAt = 0 }) => expiredAt).toSorted()).toEqual([0, 1])
    expect(await availableIn(desk)).toBe(4)
    expect(await desk.oms.sweep()).not.toHaveProperty('expiredAt')
  })

  it('takes those out that are too old to be shipped, and knows when another shelf life is asked for', async () => {
    const desk = await openWithSalve(10)
    desk.clock.advance(9 * day)
    await desk.oms.sweep()
    expect(await availableIn(desk)).toBe(7)
    desk.clock.advance(day)
    const shelfLife = { minimumDaysAtShipping: 0 }
    await desk.clerk.orThrow.catalog.define({ sku: 'salve', name: 'Salve', shelfLife })
    await desk.oms.sweep()
    expect(await availableIn(desk)).toBe(7)
    const before = await desk.clerk.orThrow.inventory.lots({ sku: 'salve' })
    const { version } = await desk.clerk.inventory.lots({ sku: 'salve' }).then((answer) => ({
      version: answer.ok ? answer.version : 0,
    }))
    await desk.oms.sweep()
    expect(await desk.clerk.inventory.lots({ sku: 'salve' })).toMatchObject({ version, value: before })
    desk.clock.set('2026-03-21T00:00:00.000Z')
    expect(await desk.oms.sweep()).toMatchObject({ expiredAt: 1 })
    expect(await availableIn(desk)).toBe(4)
  })

  it('rejects when the policy forbids the sweeper its command', async () => {
    const desk = openDesk({
      policy: ({ action }) =>
        action === 'inventory.quarantineExpired' ? { allow: false, reason: 'not you' } : { allow: true },
    })
    const { orThrow } = desk.clerk
    await orThrow.catalog.define({ sku: 'salve', name: 'Salve', tracking: 'lot' })
    const lots = [{ lot: 'A', quantity: 3, expiresOn: '2026-03-20' }]
    await orThrow.inventory.receive({ sku: 'salve', quantity: 3, lots }, freshKey())
    desk.clock.advance(30 * day)
    await expect(desk.oms.sweep()).rejects.toMatchObject({ code: 'forbidden' })
  })
})
