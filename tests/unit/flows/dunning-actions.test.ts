import { describe, expect, it } from 'vitest'
import type { DunningAction } from '../../../src/core/invoicing/dunning.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { shipped } from '../../support/shop.js'

/** Reminds of one invoice whose level says so, of a customer to whom something may have happened before, and answers how orders are taken then. */
const remindedOf = async (
  action: DunningAction,
  {
    before,
    customer = 'C-1',
  }: { readonly before?: 'hold' | 'refuse' | 'erased'; readonly customer?: string | undefined } = {},
) => {
  const { clerk, clock } = openDesk({
    settings: { dunning: [{ daysOverdue: 1, topic: 'final_notice', action }] },
  })
  const { parties, invoices } = clerk.orThrow
  await stockMugs(clerk)
  await parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())
  const order = await orderMugs(clerk, 2, customer === 'C-1' ? { customer } : {})
  await clerk.orThrow.orders.confirm({ order })
  const { invoice } = await shipped(clerk, order)
  if (before === 'erased') await parties.erase({ party: 'C-1' })
  else if (before !== undefined) await parties.stopOrders({ party: 'C-1', orders: before, reason: 'before' })
  clock.set('2026-04-01T12:00:00.000Z')
  expect(await invoices.remind({ invoice })).toMatchObject({ invoice, level: 1 })
  const party = await parties.get({ party: 'C-1' })
  return party.stop
}

const reminded = 'reminder 1 of INV-000001'

describe('what a level of the dunning ladder does besides reminding', () => {
  it('F103 holds or refuses the orders of the customer from then on, or only watches', async () => {
    expect(await remindedOf('hold_orders')).toEqual({ orders: 'hold', reason: reminded })
    expect(await remindedOf('refuse_orders')).toEqual({ orders: 'refuse', reason: reminded })
    expect(await remindedOf('watch')).toBeUndefined()
  })

  it('F103 is stricter than what was, never milder', async () => {
    expect(await remindedOf('refuse_orders', { before: 'hold' })).toEqual({
      orders: 'refuse',
      reason: reminded,
    })
    expect(await remindedOf('hold_orders', { before: 'hold' })).toEqual({ orders: 'hold', reason: 'before' })
    expect(await remindedOf('refuse_orders', { before: 'refuse' })).toEqual({
      orders: 'refuse',
      reason: 'before',
    })
    expect(await remindedOf('hold_orders', { before: 'refuse' })).toEqual({
      orders: 'refuse',
      reason: 'before',
    })
  })

  it('leaves alone who was erased, and who never was named', async () => {
    expect(await remindedOf('hold_orders', { before: 'erased' })).toBeUndefined()
    expect(await remindedOf('hold_orders', { customer: 'nobody' })).toBeUndefined()
  })
})
