import { describe, expect, it } from 'vitest'
import { invoiceFromRecord } from '../../../src/adapters/documents/from-record.js'
import type { IssuedHeader } from '../../../src/adapters/documents/issued-document.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { confirmed, newKey, openShop, shipped, stock, type Shop } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** An order of 1,000.00 at 19% and 100.00 at 7%: 1,297.00 with tax. */
const open = async () => {
  const shop = openShop()
  await stock(shop.oms, 'DESK', 100, '100.00')
  await stock(shop.oms, 'BOOK', 100, '10.00')
  const order = await confirmed(shop.oms, [
    { sku: 'DESK', quantity: 10, tax: vat('19') },
    { sku: 'BOOK', quantity: 10, tax: vat('7') },
  ] as never)
  return { ...shop, order }
}

const deposit = (oms: Shop['oms'], order: string, percent: string) =>
  oms.orThrow.invoices.billDeposit({ order, deposit: { percent } }, newKey())

const paidDeposit = async (oms: Shop['oms'], order: string, percent: string) => {
  const { invoice, total } = await deposit(oms, order, percent)
  const { payment } = await oms.orThrow.payments.record(
    { amount: total, method: 'bank', invoices: [{ invoice }] },
    newKey(),
  )
  return { invoice, total, payment }
}

const half = [
  { line: 'L1', quantity: 5 },
  { line: 'L2', quantity: 5 },
]

const balancesOf = async (oms: Shop['oms']) => {
  const { balances } = await oms.orThrow.ledger.trialBalance({})
  return Object.fromEntries(
    (balances[0]?.accounts ?? []).map(({ account, balance }) => [account, balance.amount]),
  )
}

const last = async (oms: Shop['oms'], order: string): Promise<string> => {
  const numbers = (await oms.orThrow.invoices.list({ order })).items
  return numbers.toSorted((one, other) => (one.number < other.number ? 1 : -1))[0]?.id ?? ''
}

/** Two books at 9.99 with 7% of tax, to be paid in coins of 0.05. */
const inCoins = async () => {
  const shop = openShop(undefined, { totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } } })
  const { oms } = shop
  await stock(oms, 'BOOK', 100, '9.99')
  const place = (more: object) => confirmed(oms, [{ sku: 'BOOK', quantity: 2, tax: vat('7') }] as never, more)
  const wanted = (order: string, deposit: object) =>
    oms.invoices.billDeposit({ order, deposit: deposit as never }, newKey())
  return { ...shop, place, wanted }
}

describe('invoices.billDeposit', () => {
  it('F101 claims a share of the price with its tax under each rate, due at once, and bills no units', async () => {
    const { oms, stored, order } = await open()
    const claim = await deposit(oms, order, '30')
    expect(claim).toMatchObject({ order, invoiceNumber: 'INV-000001', total: eur('389.10') })
    expect(await oms.orThrow.invoices.get({ invoice: claim.invoice })).toMatchObject({
      kind: 'deposit',
      status: 'issued',
      open: eur('389.10'),
      dueOn: '2026-03-01',
      lines: [
        { line: 'deposit-1', name: 'Deposit', quantity: 1, net: eur('300.00'), tax: vat('19') },
        { line: 'deposit-2', name: 'Deposit', quantity: 1, net: eur('30.00'), tax: vat('7') },
      ],
      totals: { net: eur('330.00'), tax: eur('59.10'), gross: eur('389.10') },
    })
    expect(await stored(orderKind, order)).toMatchObject({
      invoiced: eur('0.00'),
      invoices: 1,
      depositInvoices: [{ invoice: claim.invoice, number: 'INV-000001', amount: eur('389.10') }],
      lines: [{ invoiced: 0 }, { invoiced: 0 }],
    })
  })

  it('F101 is deducted by the invoices that follow, number, date, net and tax, until it is used up', async () => {
    const { oms, stored, order } = await open()
    const { invoice: id } = await oms.orThrow.invoices.billDeposit(
      { order, deposit: { amount: eur('1000.00') } },
      newKey(),
    )
    const first = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order, half)).invoice })
    expect(first).toMatchObject({
      total: eur('648.50'),
      deducted: [{ invoice: id, number: 'INV-000001', issuedOn: '2026-03-01', amount: eur('648.50') }],
      open: eur('0.00'),
      status: 'settled',
    })
    const last = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order, half)).invoice })
    expect(last).toMatchObject({
      total: eur('648.50'),
      deducted: [{ invoice: id, amount: eur('351.50'), net: eur('298.11'), tax: eur('53.39') }],
      open: eur('297.00'),
    })
    expect(last.deducted?.[0]?.taxes.map(({ base, tax }) => [base.amount, tax.amount])).toEqual([
      ['271.01', '51.49'],
      ['27.10', '1.90'],
    ])
    expect((await stored(orderKind, order)).depositInvoices).toMatchObject([{ amount: eur('0.00') }])
  })

  it('MO8 is no revenue before it is deducted; its tax is owed at once and not a second time', async () => {
    const { oms, order } = await open()
    await deposit(oms, order, '50')
    expect(await balancesOf(oms)).toEqual({
      receivables: '648.50',
      deposits: '-550.00',
      output_tax: '-98.50',
    })
    await shipped(oms, order)
    expect(await balancesOf(oms)).toEqual({
      receivables: '1297.00',
      deposits: '0.00',
      output_tax: '-197.00',
      revenue: '-1100.00',
    })
  })

  it('is paid like any invoice, and its payment counts for the order', async () => {
    const { oms, order } = await open()
    await paidDeposit(oms, order, '100')
    expect((await oms.orThrow.orders.get({ order })).paymentStatus).toBe('paid')
    const final = await shipped(oms, order)
    expect(await oms.orThrow.invoices.get({ invoice: final.invoice })).toMatchObject({
      status: 'settled',
      open: eur('0.00'),
    })
  })

  it('refuses more than the order comes to, deposits and invoices together', async () => {
    const { oms, order } = await open()
    await deposit(oms, order, '60')
    expect(await oms.invoices.billDeposit({ order, deposit: { percent: '50' } }, newKey())).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: eur('648.50'), limit: eur('518.80') } },
    })
    await shipped(oms, order, half)
    expect(
      await oms.invoices.billDeposit({ order, deposit: { amount: eur('518.81') } }, newKey()),
    ).toMatchObject({ error: { code: 'quantity_exceeded', details: { limit: eur('518.80') } } })
    await oms.orThrow.invoices.billDeposit({ order, deposit: { amount: eur('518.80') } }, newKey())
    expect(
      await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order, half)).invoice }),
    ).toMatchObject({
      open: eur('0.00'),
    })
  })

  it('refuses a share of nothing, another currency, a draft, and an order that is canceled', async () => {
    const { oms, order } = await open()
    const refused = async (deposit: object, of = order) =>
      (await oms.invoices.billDeposit({ order: of, deposit } as never, newKey())) as never as {
        error: { code: string }
      }
    expect((await refused({ percent: '0' })).error.code).toBe('quantity_exceeded')
    expect((await refused({ amount: { amount: '1.00', currency: 'USD' } })).error.code).toBe(
      'currency_mismatch',
    )
    expect((await refused({ percent: '10', amount: eur('1.00') })).error.code).toBe('validation_failed')
    expect((await refused({ percent: '10' }, 'none')).error.code).toBe('unknown_order')
    const lines = [{ sku: 'DESK', quantity: 1 }]
    const draft = await oms.orThrow.orders.capture({ channel: 'web', currency: 'EUR', lines }, newKey())
    expect((await refused({ percent: '10' }, draft.order)).error.code).toBe('invalid_state')
    await oms.orThrow.orders.cancel({ order, reason: 'regret' }, newKey())
    expect((await refused({ percent: '10' })).error.code).toBe('invalid_state')
  })

  it('F101 is credited to exactly nothing where the order is canceled, which is refused before', async () => {
    const { oms, order } = await open()
    const { invoice } = await deposit(oms, order, '33.3')
    expect(await oms.orders.cancel({ order, reason: 'regret' }, newKey())).toMatchObject({
      error: { code: 'quantity_exceeded', details: { deposits: [{ invoice, amount: eur('431.90') }] } },
    })
    await deposit(oms, order, '66.7')
    expect((await oms.orThrow.explain({ kind: 'order', id: order })).allowed).not.toContain('orders.cancel')
    await oms.orThrow.invoices.credit({ invoice: await last(oms, order), reason: 'a mistake' }, newKey())
    expect((await oms.orThrow.explain({ kind: 'order', id: order })).allowed).toContain('orders.cancel')
    const note = await oms.orThrow.invoices.credit({ invoice, reason: 'order canceled' }, newKey())
    expect(await oms.orThrow.invoices.creditNote({ creditNote: note.creditNote })).toMatchObject({
      kind: 'deposit',
      total: eur('431.90'),
    })
    await oms.orThrow.orders.cancel({ order, reason: 'regret' }, newKey())
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      status: 'settled',
      open: eur('0.00'),
    })
    expect(await balancesOf(oms)).toEqual({ receivables: '0.00', deposits: '0.00', output_tax: '0.00' })
  })

  it('cancels a part of the order as long as the deposit has room in what stays', async () => {
    const { oms, order } = await open()
    await deposit(oms, order, '50')
    await oms.orThrow.orders.cancel({ order, lines: half, reason: 'regret' }, newKey())
    expect(
      await oms.orders.cancel({ order, lines: [{ line: 'L2', quantity: 1 }], reason: 'regret' }, newKey()),
    ).toMatchObject({ error: { code: 'quantity_exceeded' } })
    expect(await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order)).invoice })).toMatchObject({
      open: eur('0.00'),
    })
  })

  it('cancels units of one line as long as the deposit has room in it and the others', async () => {
    const { oms, order } = await open()
    const { invoice } = await deposit(oms, order, '50')
    const cancel = (line: string, quantity: number) =>
      oms.orders.cancel({ order, lines: [{ line, quantity }], reason: 'regret' }, newKey())
    expect(await cancel('L2', 1)).toMatchObject({ ok: true })
    expect(await cancel('L1', 6)).toMatchObject({
      error: { code: 'quantity_exceeded', details: { deposits: [{ invoice }] } },
    })
    expect(await cancel('L1', 5)).toMatchObject({ ok: true })
  })

  it('F101 is deducted by one invoice until that has no room, and the next deposit by the next', async () => {
    const { oms, order } = await open()
    const [first, second] = [await deposit(oms, order, '10'), await deposit(oms, order, '10')]
    const part = await oms.orThrow.invoices.get({
      invoice: (await shipped(oms, order, [{ line: 'L1', quantity: 1 }])).invoice,
    })
    // A desk is 119.00, all of it under the tax of desks; of the first deposit 119.00 are under that.
    expect(part.deducted?.map(({ invoice, amount }) => [invoice, amount])).toEqual([
      [first.invoice, eur('119.00')],
    ])
    const rest = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order)).invoice })
    expect(rest.deducted?.map(({ invoice, amount }) => [invoice, amount])).toEqual([
      [first.invoice, eur('10.70')],
      [second.invoice, eur('129.70')],
    ])
  })

  it('MO6 is credited no more than stands of it: what was deducted is credited on the invoice that deducted it', async () => {
    const { oms, order } = await open()
    const { invoice } = await deposit(oms, order, '80')
    await shipped(oms, order, half)
    const corrections = [{ line: 'deposit-1', amount: eur('300.01') }]
    expect(await oms.invoices.credit({ invoice, corrections, reason: 'too much' }, newKey())).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { invoice, limit: eur('389.10') } },
    })
    const note = await oms.orThrow.invoices.credit({ invoice, reason: 'too much' }, newKey())
    expect(note.total).toEqual(eur('389.10'))
    expect(await oms.invoices.credit({ invoice, reason: 'again' }, newKey())).toMatchObject({
      error: { code: 'credit_exceeds_invoice' },
    })
    const last = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order, half)).invoice })
    expect(last).not.toHaveProperty('deducted')
    expect(last.open).toEqual(eur('648.50'))
  })

  it('PY2 gives the deposit back when the goods come back: the payment on it is refunded', async () => {
    const { oms, order } = await open()
    const claim = await paidDeposit(oms, order, '40')
    const { invoice } = await shipped(oms, order)
    await oms.orThrow.invoices.credit({ invoice, lines: half, reason: 'returned' }, newKey())
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('129.70') })
    await oms.orThrow.invoices.credit({ invoice, lines: half, reason: 'returned' }, newKey())
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      open: eur('0.00'),
      returned: eur('518.80'),
    })
    expect(await oms.orThrow.invoices.get({ invoice: claim.invoice })).toMatchObject({
      open: eur('-518.80'),
    })
    await oms.orThrow.payments.refund(
      { payment: claim.payment, amount: claim.total, reason: 'returned' },
      newKey(),
    )
    expect(await balancesOf(oms)).toEqual({
      money: '0.00',
      receivables: '0.00',
      deposits: '0.00',
      unapplied_payments: '0.00',
      output_tax: '0.00',
      revenue: '0.00',
    })
  })

  it('no longer asks for a deposit that was never paid when the goods come back', async () => {
    const { oms, order } = await open()
    const claim = await deposit(oms, order, '40')
    const { invoice } = await shipped(oms, order)
    await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    expect(await oms.orThrow.invoices.get({ invoice: claim.invoice })).toMatchObject({
      status: 'settled',
      open: eur('0.00'),
    })
    expect((await balancesOf(oms))['receivables']).toBe('0.00')
  })

  it('is voided as long as nothing of it is deducted, and an invoice that deducts it gives it back', async () => {
    const { oms, order } = await open()
    const claim = await deposit(oms, order, '40')
    const { invoice } = await shipped(oms, order, half)
    expect(await oms.invoices.void({ invoice: claim.invoice, reason: 'a mistake' })).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'later_invoices' } },
    })
    await oms.orThrow.invoices.void({ invoice, reason: 'a mistake' })
    await oms.orThrow.invoices.void({ invoice: claim.invoice, reason: 'a mistake' })
    const billed = await oms.orThrow.invoices.bill({ order })
    expect(await oms.orThrow.invoices.get({ invoice: billed.invoice ?? '' })).toMatchObject({
      open: eur('648.50'),
    })
    await shipped(oms, order)
    expect(await balancesOf(oms)).toEqual({
      receivables: '1297.00',
      deposits: '0.00',
      output_tax: '-197.00',
      revenue: '-1100.00',
    })
  })

  it('keeps an order open as long as a deposit stands, and closes it with the last fact', async () => {
    const { oms, order } = await open()
    await paidDeposit(oms, order, '100')
    const { shipment } = await shipped(oms, order)
    await oms.orThrow.shipments.deliver({ shipment })
    expect((await oms.orThrow.orders.get({ order })).status).toBe('closed')
  })

  it('takes what was paid for the order in advance', async () => {
    const { oms, order } = await open()
    await oms.orThrow.payments.record({ amount: eur('100.00'), method: 'bank', order }, newKey())
    const { invoice } = await deposit(oms, order, '40')
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      paid: eur('100.00'),
      open: eur('418.80'),
    })
  })

  it('F130 says of a deposit from what it was shared, and of an invoice what it deducts', async () => {
    const { oms, order } = await open()
    const claim = await deposit(oms, order, '30')
    const claimed = await oms.orThrow.invoices.trace({ invoice: claim.invoice })
    expect(claimed.trace).toMatchObject({
      amount: '389.10',
      from: [
        { amount: '330.00', from: [{ amount: '300.00' }, { amount: '30.00' }] },
        { amount: '59.10', from: [{ amount: '57.00' }, { amount: '2.10' }] },
      ],
    })
    const { invoice } = await shipped(oms, order)
    const { text } = await oms.orThrow.invoices.trace({ invoice })
    expect(text).toContain('amount due less deposits 907.90 = 1297.00, less what deposit invoices claimed')
    expect(text).toContain(
      'less deposit invoice INV-000001 of 2026-03-01 389.10 = net and tax that it claimed',
    )
    expect(text).toContain('net 300.00 = what is left of the deposit, no more than is billed')
  })

  it('EN 16931 is written as a document of its own code, and as what is paid before on the final invoice', async () => {
    const { oms, order } = await open()
    const claim = await deposit(oms, order, '30')
    const { invoice } = await shipped(oms, order)
    const header = { specification: 'urn:cen.eu:en16931:2017' } as IssuedHeader
    expect(
      invoiceFromRecord(await oms.orThrow.invoices.get({ invoice: claim.invoice }), header),
    ).toMatchObject({ typeCode: '386', totals: { due: '389.10' } })
    expect(invoiceFromRecord(await oms.orThrow.invoices.get({ invoice }), header)).toMatchObject({
      typeCode: '380',
      precedingInvoices: [{ number: 'INV-000001', issuedOn: '2026-03-01' }],
      totals: { prepaid: '389.10', due: '907.90' },
    })
  })

  it('is nothing where coins have none for it, and all of a price that coins round up', async () => {
    const { oms, place, wanted } = await inCoins()
    const order = await place({ depositOn: { order: { amount: eur('0.02') } } })
    expect((await oms.orThrow.invoices.list({ order })).items).toEqual([])
    // Two books with 7% are 21.38, for which 21.40 are paid.
    expect(await wanted(order, { percent: '100' })).toMatchObject({ value: { total: eur('21.40') } })
  })

  it('claims no less than nothing where credited deposits were rounded down and others up', async () => {
    const { oms, place, wanted } = await inCoins()
    const order = await place({})
    const claimed = []
    for (const amount of ['0.06', '0.02', '0.06', '0.04']) {
      const answer = await wanted(order, { amount: eur(amount) })
      if (!answer.ok) throw new Error(answer.error.code)
      claimed.push(answer.value.invoice)
    }
    const [first = '', , third = ''] = claimed
    for (const invoice of [first, third])
      await oms.orThrow.invoices.credit({ invoice, reason: 'mistaken' }, newKey())
    expect(await wanted(order, { amount: eur('0.01') })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: eur('0.00') } },
    })
  })

  it('MO3 claims nothing where its share comes to nothing, whatever a credited deposit has left to coins', async () => {
    const { oms, place, wanted } = await inCoins()
    const order = await place({})
    const [first] = [
      await wanted(order, { amount: eur('0.08') }),
      await wanted(order, { amount: eur('0.09') }),
    ]
    if (!first?.ok) throw new Error('it was refused')
    await oms.orThrow.invoices.credit({ invoice: first.value.invoice, reason: 'mistaken' }, newKey())
    expect(await wanted(order, { percent: '0.01' })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: eur('0.00') } },
    })
  })

  it('rounds what is billed in parts to coins as if there were no debit note', async () => {
    const { oms, place } = await inCoins()
    const order = await place({})
    const one = [{ line: 'L1', quantity: 1 }]
    const { invoice, total } = await shipped(oms, order, one)
    const corrections = [{ line: 'L1', amount: eur('1.01') }]
    await oms.orThrow.invoices.debit({ invoice, corrections, reason: 'too cheap' }, newKey())
    await oms.orThrow.invoices.billDeposit({ order, deposit: { amount: eur('5.00') } }, newKey())
    const rest = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order, one)).invoice })
    expect([total, rest.total, rest.deducted?.[0]?.amount]).toEqual([eur('10.70'), eur('10.70'), eur('5.00')])
  })

  it('is a plain amount where nothing is taxed', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'DESK', quantity: 3 }])
    const claim = await deposit(oms, order, '33.3333')
    expect(claim.total).toEqual(eur('100.00'))
    const { invoice } = await shipped(oms, order)
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      total: eur('300.00'),
      open: eur('200.00'),
      deducted: [{ net: eur('100.00'), tax: eur('0.00') }],
    })
  })
})
