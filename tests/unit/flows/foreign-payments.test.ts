import type { Answer } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { bill, eur, openBank, register } from '../../support/bank.js'
import { confirmed, newKey, shipped, stock, type Shop } from '../../support/shop.js'

const quoted = { from: 'USD', to: 'EUR', rate: '0.92', source: 'ECB', at: '2026-02-27T16:00:00+01:00' }
const dollars = (amount: string) => ({ amount, currency: 'USD' })

/** A customer of ours who owes 92.00 EUR. */
const opened = async (owed = '92.00') => {
  const { oms } = openBank()
  await register(oms, 'C-1')
  const { invoice } = await bill(oms, owed, 'C-1')
  return { oms, invoice }
}

const balancesOf = async (oms: Shop['oms']) => {
  const { balances } = await oms.orThrow.ledger.trialBalance({})
  expect(balances.every(({ balanced }) => balanced)).toBe(true)
  return balances.map(({ currency, accounts }) => [
    currency,
    Object.fromEntries(accounts.map(({ account, balance }) => [account, balance.amount])),
  ])
}

const record = (oms: Shop['oms'], input: object): Promise<Answer<{ readonly payment: string }>> =>
  oms.payments.record({ method: 'bank_transfer', ...input } as never, newKey())

const recorded = async (oms: Shop['oms'], input: object): Promise<string> => {
  const answer = await record(oms, input)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value.payment
}

describe('a payment in another currency', () => {
  it('F129 pays an invoice with what it is worth at the rate, and keeps rate, source and time', async () => {
    const { oms, invoice } = await opened()
    const payment = await recorded(oms, {
      amount: dollars('100.00'),
      exchange: quoted,
      invoices: [{ invoice }],
    })
    expect(await oms.orThrow.payments.get({ payment })).toMatchObject({
      amount: eur('92.00'),
      unapplied: eur('0.00'),
      applied: [{ invoice, amount: eur('92.00') }],
      exchange: {
        from: 'USD',
        to: 'EUR',
        rate: '0.92',
        source: 'ECB',
        at: '2026-02-27T15:00:00.000Z',
        paid: dollars('100.00'),
        worth: eur('92.00'),
      },
    })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ status: 'settled' })
    expect(await balancesOf(oms)).toEqual([
      ['EUR', { money: '92.00', receivables: '0.00', unapplied_payments: '0.00', revenue: '-92.00' }],
    ])
  })

  it('F129 books a loss where it counts for more than it was worth', async () => {
    const { oms, invoice } = await opened('93.00')
    const payment = await recorded(oms, {
      amount: dollars('100.00'),
      exchange: { ...quoted, countsAs: eur('93.00') },
      invoices: [{ invoice }],
    })
    const { exchange } = await oms.orThrow.payments.get({ payment })
    expect(exchange).toMatchObject({ worth: eur('92.00'), difference: eur('-1.00') })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ status: 'settled' })
    expect((await balancesOf(oms))[0]?.[1]).toMatchObject({
      money: '92.00',
      receivables: '0.00',
      exchange_losses: '1.00',
    })
  })

  it('F129 books a gain where it was worth more, and shows the rate on the entry', async () => {
    const { oms } = await opened()
    await recorded(oms, { amount: dollars('100.00'), exchange: { ...quoted, countsAs: eur('91.50') } })
    const { items } = await oms.orThrow.ledger.journal({ documents: 'payment' })
    expect(items).toMatchObject([
      {
        what: 'PaymentReceived',
        currency: 'EUR',
        exchange: { paid: dollars('100.00'), rate: '0.92', source: 'ECB' },
        postings: [
          { account: 'money', side: 'debit', amount: eur('92.00') },
          { account: 'unapplied_payments', side: 'credit', amount: eur('91.50') },
          { account: 'exchange_gains', side: 'credit', amount: eur('0.50') },
        ],
      },
    ])
  })

  it('is a deposit of its order like any other', async () => {
    const { oms } = openBank()
    await stock(oms, 'MUG', 10, '92.00')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
    const payment = await recorded(oms, { amount: dollars('50.00'), exchange: quoted, order })
    expect(await oms.orThrow.orders.get({ order })).toMatchObject({
      deposits: [{ payment, unapplied: eur('46.00') }],
    })
    const { invoice } = await shipped(oms, order, [{ line: 'L1', quantity: 1 }])
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ paid: eur('46.00') })
  })

  it('MO2 does not pay an invoice of a third currency', async () => {
    const { oms, invoice } = await opened()
    const exchange = { ...quoted, to: 'CHF' }
    expect(await record(oms, { amount: dollars('100.00'), exchange, invoices: [{ invoice }] })).toMatchObject(
      { ok: false, error: { code: 'currency_mismatch', details: { expected: 'CHF', got: 'EUR' } } },
    )
  })

  it('refuses to count far beside its worth, as where the rate is the other way round', async () => {
    const { oms } = await opened()
    const exchange = { ...quoted, rate: '1.086956521739', countsAs: eur('92.00') }
    expect(await record(oms, { amount: dollars('100.00'), exchange })).toMatchObject({
      ok: false,
      error: {
        code: 'exchange_out_of_range',
        status: 422,
        details: { worth: eur('108.70'), countsAs: eur('92.00'), most: eur('10.87') },
      },
    })
  })

  it.each([
    ['zero', { rate: '0' }, 'rate.positive', 'exchange.rate'],
    ['below zero', { rate: '-0.92' }, 'rate.positive', 'exchange.rate'],
    ['a number', { rate: 0.92 }, 'rate.type', 'exchange.rate'],
    ['with an exponent', { rate: '9e-1' }, 'rate.format', 'exchange.rate'],
    ['of 13 decimals', { rate: '0.9200000000001' }, 'rate.precision', 'exchange.rate'],
    ['above a billion', { rate: '1000000001' }, 'rate.max', 'exchange.rate'],
    ['that makes nothing of the money', { rate: '0.00001' }, 'exchange.worthless', 'exchange.rate'],
    ['the other way round', { from: 'EUR', to: 'USD' }, 'exchange.direction', 'exchange.from'],
    [
      'into another currency than it counts in',
      { countsAs: dollars('92.00') },
      'exchange.direction',
      'exchange.countsAs',
    ],
    ['into the same currency', { to: 'USD' }, 'exchange.sameCurrency', 'exchange.to'],
    ['of a currency that does not exist', { to: 'XXZ' }, 'currency.unknown', 'exchange.to'],
    ['quoted next week', { at: '2026-03-08T09:00:00Z' }, 'date.future', 'exchange.at'],
    ['quoted at no moment', { at: '2026-02-27' }, 'time.format', 'exchange.at'],
    ['of no source', { source: '' }, 'exchange.source', 'exchange.source'],
    ['with a field too much', { fee: '1.00' }, 'unknownField', 'exchange.fee'],
  ])('refuses a rate %s', async (_what, wrong, rule, at) => {
    const { oms } = openBank()
    const answer = await record(oms, { amount: dollars('100.00'), exchange: { ...quoted, ...wrong } })
    const issues = answer.ok ? [] : ((answer.error.issues ?? answer.error.details['issues']) as object[])
    expect(answer).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
    expect(issues).toMatchObject([{ rule, path: at.split('.') }])
  })

  it('refuses a rate that would make too much of the money', async () => {
    const { oms } = openBank()
    const exchange = { ...quoted, rate: '1000000000' }
    expect(await record(oms, { amount: dollars('9000000000.00'), exchange })).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ rule: 'money.max', path: ['exchange', 'rate'] }] },
    })
  })
})

describe('a payment that came in another currency without a rate', () => {
  const waiting = async (more: object = {}) => {
    const { oms, invoice } = await opened()
    const payment = await recorded(oms, { amount: dollars('100.00'), ...more })
    const apply = (exchange: object = quoted) =>
      oms.payments.apply({ payment, invoices: [{ invoice }], exchange } as never, newKey())
    return { oms, invoice, payment, apply }
  }

  it('F129 MO11 is exchanged whole at the rate given when it is applied, and leaves the one currency for the other', async () => {
    const { oms, invoice, payment, apply } = await waiting()
    expect(await balancesOf(oms)).toContainEqual(['USD', { money: '100.00', unapplied_payments: '-100.00' }])
    expect(await apply({ ...quoted, rate: '0.95' })).toMatchObject({ value: { unapplied: eur('3.00') } })
    expect(await oms.orThrow.payments.get({ payment })).toMatchObject({
      amount: eur('95.00'),
      unapplied: eur('3.00'),
      refunded: eur('0.00'),
      applied: [{ invoice, amount: eur('92.00') }],
      exchange: { paid: dollars('100.00'), worth: eur('95.00'), rate: '0.95', source: 'ECB' },
    })
    expect(await balancesOf(oms)).toEqual([
      ['EUR', { money: '95.00', receivables: '0.00', unapplied_payments: '-3.00', revenue: '-92.00' }],
      ['USD', { money: '0.00', unapplied_payments: '0.00' }],
    ])
    await oms.orThrow.payments.refund({ payment, amount: eur('3.00'), reason: 'too much' }, newKey())
    expect(
      await oms.payments.refund({ payment, amount: dollars('1.00'), reason: 'x' }, newKey()),
    ).toMatchObject({
      error: { code: 'currency_mismatch' },
    })
  })

  it('F129 books what it counts for beside its worth, with the rate on the entry', async () => {
    const { oms, apply } = await waiting()
    expect(await apply({ ...quoted, rate: '0.91', countsAs: eur('92.00') })).toMatchObject({ ok: true })
    const { items } = await oms.orThrow.ledger.journal({ documents: 'payment' })
    expect(items.map(({ what, currency, exchange }) => [what, currency, exchange?.rate])).toEqual([
      ['PaymentReceived', 'USD', undefined],
      ['PaymentGivenForExchange', 'USD', undefined],
      ['PaymentExchanged', 'EUR', '0.91'],
      ['PaymentApplied', 'EUR', undefined],
    ])
    expect(items[2]?.postings).toEqual([
      { account: 'money', side: 'debit', amount: eur('91.00') },
      { account: 'unapplied_payments', side: 'credit', amount: eur('92.00') },
      { account: 'exchange_losses', side: 'debit', amount: eur('1.00') },
    ])
  })

  it.each([
    [
      'of the other direction',
      { from: 'EUR', to: 'USD' },
      { rule: 'exchange.direction', path: ['exchange', 'from'] },
    ],
    ['into its own currency', { to: 'USD' }, { rule: 'exchange.sameCurrency', path: ['exchange', 'to'] }],
    [
      'that makes nothing of it',
      { rate: '0.00001' },
      { rule: 'exchange.worthless', path: ['exchange', 'rate'] },
    ],
    ['quoted next week', { at: '2026-03-08T09:00:00Z' }, { rule: 'date.future', path: ['exchange', 'at'] }],
  ])('refuses a rate %s', async (_what, wrong, issue) => {
    const { apply } = await waiting()
    expect(await apply({ ...quoted, ...wrong })).toMatchObject({
      error: { code: 'validation_failed', issues: [issue] },
    })
  })

  it('refuses a rate into a third currency, and to count far beside its worth, and changes nothing then', async () => {
    const { oms, payment, apply } = await waiting()
    expect(await apply({ ...quoted, to: 'CHF' })).toMatchObject({
      error: { code: 'currency_mismatch', details: { expected: 'CHF', got: 'EUR' } },
    })
    expect(await apply({ ...quoted, countsAs: eur('120.00') })).toMatchObject({
      error: { code: 'exchange_out_of_range' },
    })
    expect(await oms.orThrow.payments.get({ payment })).toMatchObject({ unapplied: dollars('100.00') })
    expect(
      await oms.payments.apply(
        { payment: 'none', invoices: [{ invoice: 'none' }], exchange: quoted },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'unknown_payment' } })
  })

  it('is not exchanged once some of it was used or went back, a second time, or while it is the deposit of an order', async () => {
    const refusal = { error: { code: 'invalid_state', details: { because: 'in_use' } } }
    const refunded = await waiting()
    await refunded.oms.orThrow.payments.refund(
      { payment: refunded.payment, amount: dollars('1.00'), reason: 'too much' },
      newKey(),
    )
    expect(await refunded.apply()).toMatchObject(refusal)

    const used = await waiting()
    const { invoice } = await bill(used.oms, '40.00', 'C-1', 'USD')
    await used.oms.orThrow.payments.apply({ payment: used.payment, invoices: [{ invoice }] }, newKey())
    expect(await used.apply()).toMatchObject(refusal)

    const { oms, invoice: owed } = await opened()
    const payment = await recorded(oms, { amount: dollars('100.00'), exchange: { ...quoted, to: 'CHF' } })
    const again = { ...quoted, from: 'CHF' }
    expect(
      await oms.payments.apply({ payment, invoices: [{ invoice: owed }], exchange: again }, newKey()),
    ).toMatchObject(refusal)

    await stock(oms, 'MUG', 10, '92.00')
    const { order } = await oms.orThrow.orders.capture(
      {
        channel: 'web',
        currency: 'USD',
        lines: [{ sku: 'MUG', quantity: 1, unitPrice: dollars('100.00') }],
      },
      newKey(),
    )
    const deposit = await recorded(oms, { amount: dollars('50.00'), order })
    expect(
      await oms.payments.apply(
        { payment: deposit, invoices: [{ invoice: owed }], exchange: quoted },
        newKey(),
      ),
    ).toMatchObject(refusal)
  })
})
