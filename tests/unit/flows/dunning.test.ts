import { describe, expect, it } from 'vitest'
import type { SettingsInput } from 'orderwright'
import { ladderProblem, type DunningLadder } from '../../../src/core/invoicing/dunning.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { shipped } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const dunning: DunningLadder = [
  { daysOverdue: 1, topic: 'payment_reminder' },
  {
    daysOverdue: 11,
    topic: 'payment_demand',
    fee: { EUR: '5' },
    interest: { percent: '9', basis: 'act/365' },
  },
  {
    daysOverdue: 31,
    topic: 'final_notice',
    interest: { percent: '9', basis: 'act/365' },
    action: 'refuse_orders',
  },
]

/** 80 mugs at 12.50, invoiced on 2026-03-01 and due on 2026-03-31. */
const open = async (settings: SettingsInput = { dunning }) => {
  const desk = openDesk({ settings })
  const { clerk, clock } = desk
  const oms = clerk.orThrow
  await stockMugs(clerk, 1_000)
  await oms.parties.register({ id: 'C-1', roles: ['customer'], email: 'lin@example.org' }, freshKey())
  const order = await orderMugs(clerk, 80, { customer: 'C-1' })
  await oms.orders.confirm({ order })
  const { invoice } = await shipped(clerk, order)
  const at = (date: string) => {
    clock.set(`${date}T12:00:00.000Z`)
  }
  const run = async (date: string) => {
    at(date)
    return (await oms.invoices.remindOverdue()).reminded
  }
  return { ...desk, management: desk.oms, oms, invoice, order, at, run }
}

describe('dunning', () => {
  it('F103 F159 climbs the ladder day by day, each level once, with its message to the customer', async () => {
    const { management, clerk, email, invoice, run } = await open()
    expect(await run('2026-03-31')).toEqual({})
    expect(await run('2026-04-01')).toEqual({ 1: 1 })
    expect(await run('2026-04-01')).toEqual({})
    expect(await run('2026-04-10')).toEqual({})
    expect(await run('2026-04-11')).toEqual({ 2: 1 })
    expect(await run('2026-05-01')).toEqual({ 3: 1 })
    expect(await run('2027-01-01')).toEqual({})
    expect(await clerk.invoices.remind({ invoice })).toMatchObject({
      error: { code: 'reminder_not_due', status: 409 },
    })
    await management.relay()
    const sent = email.delivered.filter(
      ({ topic }) => topic !== 'invoice_issued' && !topic.startsWith('order_'),
    )
    expect(
      sent.map(({ topic, recipient, content }) => [
        topic,
        recipient.email,
        content['invoiceNumber'],
        content['level'],
      ]),
    ).toEqual([
      ['payment_reminder', 'lin@example.org', 'INV-000001', 1],
      ['payment_demand', 'lin@example.org', 'INV-000001', 2],
      ['final_notice', 'lin@example.org', 'INV-000001', 3],
    ])
  })

  it('claims fee and interest: simple, no day twice, rounded once, with its derivation', async () => {
    const { oms, invoice, run } = await open()
    await run('2026-04-01')
    await run('2026-04-11')
    await oms.payments.record({ amount: eur('500.00'), method: 'cash', invoices: [{ invoice }] }, freshKey())
    await run('2026-05-01')
    const { reminders } = await oms.invoices.get({ invoice })
    expect(reminders?.[0]).not.toHaveProperty('interest')
    expect(reminders?.[1]).toMatchObject({
      level: 2,
      daysOverdue: 11,
      overdue: eur('1000.00'),
      fee: eur('5.00'),
      interest: {
        percent: '9',
        basis: 'act/365',
        amount: eur('2.71'),
        parts: [{ principal: eur('1000.00'), from: '2026-03-31', until: '2026-04-11', days: 11 }],
      },
    })
    expect(reminders?.[2]?.interest).toMatchObject({
      amount: eur('2.47'),
      parts: [{ principal: eur('500.00'), from: '2026-04-11', until: '2026-05-01', days: 20 }],
    })
    expect(reminders?.[2]).not.toHaveProperty('fee')
    expect(await oms.invoices.get({ invoice })).toMatchObject({ open: eur('500.00') })
  })

  it('takes no level twice when many sweep at once, and leaves the days of the ladder between two after a long silence', async () => {
    const { oms, invoice, run, at } = await open()
    at('2026-08-01')
    const reports = await Promise.all(Array.from({ length: 5 }, () => oms.invoices.remindOverdue()))
    expect(reports.reduce((sum, { reminded }) => sum + (reminded[1] ?? 0), 0)).toBe(1)
    expect(await run('2026-08-10')).toEqual({})
    expect(await run('2026-08-11')).toEqual({ 2: 1 })
    expect(await run('2026-08-30')).toEqual({})
    expect(await run('2026-08-31')).toEqual({ 3: 1 })
    expect((await oms.invoices.get({ invoice })).reminders?.map(({ level }) => level)).toEqual([1, 2, 3])
  })

  it('asks for nothing that is paid, and for nothing without a ladder', async () => {
    const { oms, invoice, run } = await open()
    await oms.payments.record({ amount: eur('1000.00'), method: 'cash', invoices: [{ invoice }] }, freshKey())
    expect(await run('2026-06-01')).toEqual({})
    expect(await (await open({})).run('2026-06-01')).toEqual({})
  })

  it('stops new orders of the customer at the level that says so, until somebody allows them', async () => {
    const { clerk, oms, run } = await open()
    for (const date of ['2026-04-01', '2026-04-11', '2026-05-01']) await run(date)
    const lines = [{ sku: 'MUG', quantity: 1 }]
    const place = () =>
      clerk.orders.place({ channel: 'web', customer: 'C-1', currency: 'EUR', lines }, freshKey())
    expect(await place()).toMatchObject({
      error: { code: 'customer_stopped', status: 409, details: { reason: 'reminder 3 of INV-000001' } },
    })
    await oms.parties.allowOrders({ party: 'C-1', reason: 'has promised to pay' })
    expect(await place()).toMatchObject({ ok: true })
    await oms.parties.stopOrders({ party: 'C-1', orders: 'hold', reason: 'pays late' })
    const placed = await place()
    const order = placed.ok ? placed.value.order : ''
    expect(await oms.orders.get({ order })).toMatchObject({ holds: [{ reason: 'customer_stopped' }] })
    expect(await clerk.orders.confirm({ order })).toMatchObject({ error: { code: 'order_on_hold' } })
  })

  it('M30 M124 lists who owes what for how long, and what was never sent', async () => {
    const { oms, invoice, run, at } = await open()
    expect((await oms.invoices.watchList({})).items).toEqual([])
    await run('2026-04-01')
    at('2026-05-05')
    expect((await oms.invoices.watchList({})).items).toEqual([
      {
        customer: 'C-1',
        watched: false,
        aging: [
          {
            currency: 'EUR',
            notDue: eur('0.00'),
            days1to30: eur('0.00'),
            days31to60: eur('1000.00'),
            days61to90: eur('0.00'),
            over90: eur('0.00'),
            overdue: eur('1000.00'),
          },
        ],
        invoices: [
          {
            invoice,
            number: 'INV-000001',
            dueOn: '2026-03-31',
            daysOverdue: 35,
            open: eur('1000.00'),
            level: 1,
          },
        ],
      },
    ])
    const unsent = async () => (await oms.invoices.list({ sending: 'unsent' })).items.map(({ id }) => id)
    expect(await unsent()).toEqual([invoice])
    await oms.invoices.recordSent({ invoice, channel: 'post', on: '2026-03-02' })
    expect(await unsent()).toEqual([])
  })

  it('is explained: the day of the next level', async () => {
    const { oms, invoice } = await open()
    const { blocked } = await oms.explain({ kind: 'invoice', id: invoice })
    expect(blocked.find(({ command }) => command === 'invoices.remind')?.because).toEqual([
      {
        code: 'reminder_not_due',
        details: { next: '2026-04-01', level: 1 },
        unblockedBy: ['the day 2026-04-01'],
      },
    ])
  })

  const level = { daysOverdue: 1, topic: 'payment_reminder' } as const
  it.each([
    ['no days', [{ ...level, daysOverdue: 0 }]],
    ['half a day', [{ ...level, daysOverdue: 1.5 }]],
    ['two levels of one day', [level, level]],
    ['an unknown topic', [{ ...level, topic: 'shout' }]],
    ['an unknown action', [{ ...level, action: 'jail' }]],
    ['a fee finer than its currency', [{ ...level, fee: { EUR: '1.005' } }]],
    ['a fee below zero', [{ ...level, fee: { EUR: '-1' } }]],
    ['interest as a number', [{ ...level, interest: { percent: 9, basis: 'act/365' } }]],
    ['an unknown basis', [{ ...level, interest: { percent: '9', basis: '30/360' } }]],
  ])('refuses a ladder with %s', (_name, ladder) => {
    expect(ladderProblem(ladder as never)).toMatch(/^level \d /)
  })
})
