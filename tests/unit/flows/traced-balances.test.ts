import { describe, expect, it } from 'vitest'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import type { Money } from '../../../src/core/money/money.js'
import { eur, importOne, openBank } from '../../support/bank.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'
import { traceLines } from '../../support/trace-lines.js'
import { traceFaults } from '../../support/trace-arithmetic.js'

type Oms = OrderManagementFor

const irpf = { name: 'IRPF', percent: '15', on: 'net' } as const
const iva = { name: 'IVA', percent: '66.67', on: 'tax' } as const

/** Four desks at 100.00 and VAT, of which an invoice bills all. */
const sell = async (oms: Oms, more: object = {}) => {
  await stock(oms, 'DESK', 100, '100.00')
  const order = await confirmed(oms, [{ sku: 'DESK', quantity: 4, tax: vat('19') }] as never, more)
  return { ...(await shipped(oms, order)), order }
}

const pay = async (oms: Oms, invoice: string, amount: string, reference?: string) =>
  (
    await oms.orThrow.payments.record(
      {
        amount: eur(amount),
        method: 'bank',
        receivedOn: '2026-03-01',
        invoices: [{ invoice }],
        ...(reference !== undefined && { reference }),
      },
      newKey(),
    )
  ).payment

const balances = ['paid', 'credited', 'open', 'payable'] as const

/** The trace of each balance, which says what the invoice says and computes. */
const traced = async (oms: Oms, invoice: string) => {
  const view = await oms.orThrow.invoices.get({ invoice })
  const texts: Partial<Record<string, readonly string[]>> = {}
  for (const amount of [...balances, ...(view.returned === undefined ? [] : (['returned'] as const))]) {
    const { trace, text } = await oms.orThrow.invoices.trace({ invoice, amount })
    expect([amount, trace.amount, traceFaults(trace)], text).toEqual([amount, view[amount]?.amount, []])
    texts[amount] = text.split('\n')
  }
  return texts
}

describe('the trace of what is open of an invoice', () => {
  it('F130 takes off each payment and each credit note by its number', async () => {
    const { oms } = openShop()
    const { invoice, invoiceNumber } = await sell(oms)
    const first = await pay(oms, invoice, '100.00', 'TX-1')
    const second = await pay(oms, invoice, '50.00')
    const note = await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
    const written = await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', amount: eur('0.50'), reason: 'rounding' },
      newKey(),
    )
    expect(written).toBeDefined()
    const { open, paid, credited, payable } = await traced(oms, invoice)
    expect(open?.filter((line) => !line.startsWith('    ') || line.includes('payment'))).toEqual([
      'open 206.50 = as of today: what it claims, less what is credited, paid and no longer asked for',
      '  amount due 476.00 = total with tax [BR-CO-16]',
      '  less credited 119.00 = by credit notes',
      '  less paid 150.00 = by payments',
      `    payment ${first} 100.00 = received on 2026-03-01 by bank, reference TX-1`,
      `    payment ${second} 50.00 = received on 2026-03-01 by bank`,
      '  less write off 0.50 = booked on 2026-03-01: no longer asked for',
    ])
    expect(credited).toEqual([
      'credited 119.00 = what credit notes took back of it until today',
      `  credit note ${note.number} 119.00 = issued on 2026-03-01`,
    ])
    expect(paid?.[0]).toBe('paid 150.00 = what was paid of it until today')
    expect(payable?.slice(0, 2)).toEqual([
      'still to be paid 206.50 = as of today: what is open of it; nothing is withheld',
      `  ${open?.[0]}`,
    ])
    const data = (await oms.orThrow.invoices.trace({ invoice, amount: 'paid' })).trace
    expect(data.from.map(({ arithmetic }) => arithmetic)).toEqual([
      { by: 'given', payment: first },
      { by: 'given', payment: second },
    ])
    const issued = await oms.orThrow.invoices.trace({ invoice, amount: 'payableWhenIssued' })
    expect(issued.trace).toMatchObject({ name: 'amount to be paid', amount: '476.00' })
    expect((await oms.orThrow.invoices.trace({ invoice, amount: 'differences.0.amount' })).trace.amount).toBe(
      '0.50',
    )
    expect(invoiceNumber).toBe('INV-000001')
  })

  it('F130 takes off nothing as long as nothing has come: what is to be paid is what was when it was issued', async () => {
    const { oms } = openShop()
    const { invoice } = await sell(oms, { withholdings: [irpf] })
    const { paid, credited, payable } = await traced(oms, invoice)
    expect([paid, credited]).toEqual([['paid 0.00 = nothing yet'], ['credited 0.00 = nothing yet']])
    expect(payable).toEqual(
      (await oms.orThrow.invoices.trace({ invoice, amount: 'payableWhenIssued' })).text.split('\n'),
    )
  })

  it('F130 says what of it is still to be withheld, less certificates and what was credited', async () => {
    const { oms } = openShop()
    const { invoice } = await sell(oms, { withholdings: [irpf] })
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
    await oms.orThrow.invoices.recordWithholding(
      { invoice, certificate: '2026/1', amount: eur('20.00') },
      newKey(),
    )
    const { payable } = await traced(oms, invoice)
    expect(
      payable?.filter((line) => /to be|withh|a certificate/.test(line)).map((line) => line.trim()),
    ).toEqual([
      'still to be paid 312.00 = as of today: what is open of it, less what is still to be withheld',
      'less withholding 20.00 = booked on 2026-03-01: no longer asked for',
      'less still to be withheld 25.00 = what has no certificate yet, and never more than is open',
      'without a certificate 25.00 = what is to be withheld, less the certificates',
      'withheld when issued 60.00 = less what is withheld of the deposits that it deducts',
      'withheld, IRPF 15% 60.00 = 15% of 400.00',
      'less no longer withheld 15.00 = of what was credited and given back since',
      'less withholding 20.00 = booked on 2026-03-01: no longer asked for',
    ])
    await oms.orThrow.invoices.claimWithheld({ invoice, reason: 'no certificate' })
    expect((await traced(oms, invoice)).payable?.[0]).toBe(
      'still to be paid 337.00 = as of today: what is open of it; what was to be withheld is claimed',
    )
  })

  it('F130 says of what is still to be withheld how much the deposits that it deducts have withheld', async () => {
    const { oms } = openShop()
    await stock(oms, 'DESK', 100, '100.00')
    const stillWithheld = async (
      withholding: object,
      deposit: { readonly percent: string } | { readonly amount: Money },
    ) => {
      const order = await confirmed(oms, [{ sku: 'DESK', quantity: 4, tax: vat('19') }] as never, {
        withholdings: [withholding],
      })
      const { invoiceNumber } = await oms.orThrow.invoices.billDeposit({ order, deposit }, newKey())
      const { invoice } = await shipped(oms, order)
      await pay(oms, invoice, '100.00')
      const { payable = [] } = await traced(oms, invoice)
      const from = payable.findIndex((line) => line.startsWith('  less still to be withheld'))
      const lines = traceLines(payable.slice(from).join('\n'), 4)
      return lines.map((line) => line.replace(invoiceNumber, 'INV'))
    }
    expect(await stillWithheld(irpf, { percent: '30' })).toEqual([
      '  less still to be withheld 42.00 = what has no certificate yet, and never more than is open',
      '    without a certificate 42.00 = what is to be withheld, less the certificates',
      '      withheld when issued 42.00 = less what is withheld of the deposits that it deducts',
      '        withheld, IRPF 15% 60.00 = of what it claims, and with what it deducts',
      '        less withheld with deposit invoice INV 18.00 = 18.00 for 120.00 of 120.00',
      '    open 233.20 = as it is',
    ])
    // A cent has no tax of which anything could be withheld.
    expect(await stillWithheld(iva, { amount: eur('0.01') })).toEqual([
      '  less still to be withheld 50.67 = what has no certificate yet, and never more than is open',
      '    without a certificate 50.67 = what is to be withheld, less the certificates',
      '      withheld when issued 50.67 = less what is withheld of the deposits that it deducts',
      '        withheld, IVA 66.67% 50.67 = 50.67 so far, less 0.00 before',
      '    open 375.99 = as it is',
    ])
  })

  it('F130 takes a write-off for no certificate: as much as before is still to be withheld', async () => {
    const { oms } = openShop()
    const { invoice } = await sell(oms, { withholdings: [irpf] })
    await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', amount: eur('6.00'), reason: 'goodwill' },
      newKey(),
    )
    const { payable = [] } = await traced(oms, invoice)
    expect(traceLines(payable.join('\n'), 2)).toEqual([
      'still to be paid 410.00 = as of today: what is open of it, less what is still to be withheld',
      '  open 470.00 = as of today: what it claims, less what is credited, paid and no longer asked for',
      '    amount due 476.00 = total with tax [BR-CO-16]',
      '    less write off 6.00 = booked on 2026-03-01: no longer asked for',
      '  less still to be withheld 60.00 = what has no certificate yet, and never more than is open',
      '    without a certificate 60.00 = what is to be withheld, less the certificates',
      '    open 470.00 = as it is',
    ])
  })

  it('F130 refuses what is not the amount of a write-off, or of one that was never booked', async () => {
    const { oms } = openShop()
    const { invoice } = await sell(oms)
    await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', amount: eur('6.00'), reason: 'goodwill' },
      newKey(),
    )
    const trace = (amount: string) => oms.invoices.trace({ invoice, amount })
    expect(await trace('differences.0.amount')).toMatchObject({ value: { trace: { amount: '6.00' } } })
    for (const path of [
      'differences.1.amount',
      'differences.0.kind',
      'differences.0.amount.0',
      'differences',
    ])
      expect(await trace(path), path).toMatchObject({
        error: { code: 'validation_failed', issues: [{ path: ['amount'], rule: 'amount.path' }] },
      })
  })

  it('F130 is nothing of an invoice that was voided', async () => {
    const { oms } = openShop()
    const { invoice } = await sell(oms)
    await oms.orThrow.invoices.void({ invoice, reason: 'wrong customer' })
    expect((await traced(oms, invoice)).open).toEqual([
      'open 0.00 = voided on 2026-03-01: nothing is asked for',
    ])
  })

  it('F130 says which credits gave a deposit back, on the invoice and on the deposit invoice', async () => {
    const { oms } = openShop()
    await stock(oms, 'DESK', 100, '100.00')
    const order = await confirmed(oms, [{ sku: 'DESK', quantity: 4, tax: vat('19') }] as never)
    const deposit = await oms.orThrow.invoices.billDeposit({ order, deposit: { percent: '40' } }, newKey())
    await pay(oms, deposit.invoice, deposit.total.amount)
    const { invoice } = await shipped(oms, order)
    await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    expect(
      (await traced(oms, invoice)).open?.filter((line) => /deposits|invoice INV/.test(line)),
    ).toContainEqual('  deposits given back 190.40 = what is no longer deducted since invoices were credited')
    expect((await traced(oms, deposit.invoice)).open).toContainEqual(
      '  less deposits given back 190.40 = what is no longer deducted since invoices were credited',
    )
  })

  it('F130 takes a payment back with the entry of the bank that was matched wrongly', async () => {
    const bank = openBank()
    const { invoice } = await sell(bank.oms)
    const entry = await importOne(bank, { amount: '476.00', remittanceText: 'desks' })
    await bank.oms.orThrow.reconciliation.match({ entry, invoices: [{ invoice }] })
    await bank.oms.orThrow.reconciliation.unmatch({ entry, reason: 'another customer' })
    expect((await traced(bank.oms, invoice)).paid).toEqual([
      'paid 0.00 = what was paid of it until today',
      expect.stringMatching(/^ {2}payment \S+ 476\.00 = received on/),
      expect.stringMatching(/^ {2}less payment \S+ 476\.00 = taken back: received on/),
    ])
  })
})

describe('the trace of what is to be paid of a document that no payment settles', () => {
  it('F130 takes off what is withheld of a proforma, and of a credit note what the invoice withheld of that', async () => {
    const { oms } = openShop()
    const { invoice, order } = await sell(oms, { withholdings: [irpf] })
    const { creditNote } = await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
    const payable = async (document: object) =>
      traceLines((await oms.orThrow.invoices.trace({ ...document, amount: 'payable' })).text, 1)
    expect(await payable({ proforma: order })).toEqual([
      'amount to be paid 416.00 = 476.00, less what is withheld',
      '  amount due 476.00 = total with tax [BR-CO-16]',
      '  less withheld, IRPF 15% 60.00 = 15% of 400.00',
    ])
    expect(await payable({ creditNote })).toEqual([
      'amount to be paid 104.00 = 119.00, less what is withheld',
      '  amount credited 119.00 = total with tax [BR-CO-16]',
      '  less withheld, IRPF 15% 15.00 = 60.00 for 100.00 of 400.00',
    ])
  })
})

describe('the trace of the balances of an order', () => {
  it('F130 names the invoices, credit notes and payments that moved them', async () => {
    const { oms } = openShop()
    await stock(oms, 'DESK', 100, '100.00')
    const order = await confirmed(oms, [{ sku: 'DESK', quantity: 4, tax: vat('19') }] as never)
    const [first, second, third] = [
      await shipped(oms, order, [{ line: 'L1', quantity: 1 }]),
      await shipped(oms, order, [{ line: 'L1', quantity: 2 }]),
      await shipped(oms, order, [{ line: 'L1', quantity: 1 }]),
    ]
    await oms.orThrow.invoices.void({ invoice: third.invoice, reason: 'wrong address' })
    const debit = await oms.orThrow.invoices.debit(
      {
        invoice: first.invoice,
        corrections: [{ line: 'L1', amount: eur('1.00') }],
        reason: 'price',
      },
      newKey(),
    )
    const payment = await pay(oms, first.invoice, '119.00')
    const note = await oms.orThrow.invoices.credit(
      { invoice: second.invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
    await oms.orThrow.invoices.writeOff(
      { invoice: second.invoice, kind: 'write_off', amount: eur('9.00'), reason: 'lost' },
      newKey(),
    )
    const view = await oms.orThrow.orders.get({ order })
    const textOf = async (amount: 'invoiced' | 'credited' | 'paid' | 'debited' | 'forgone') => {
      const { trace, text } = await oms.orThrow.orders.trace({ order, amount })
      expect([trace.amount, traceFaults(trace)]).toEqual([view[amount]?.amount, []])
      return text.split('\n').map((line) => line.trim())
    }
    expect(await textOf('invoiced')).toEqual([
      `invoiced ${view.invoiced.amount} = the sum of what moved it until today`,
      'invoice INV-000001 119.00 = issued on 2026-03-01',
      'invoice INV-000002 238.00 = issued on 2026-03-01',
      'invoice INV-000003 119.00 = issued on 2026-03-01',
      'less invoice INV-000003 119.00 = taken back: issued on 2026-03-01',
      `invoice INV-000004 ${debit.total.amount} = issued on 2026-03-01`,
    ])
    expect((await textOf('debited')).slice(1)).toEqual([
      `invoice INV-000004 ${debit.total.amount} = issued on 2026-03-01`,
    ])
    expect((await textOf('paid')).slice(1)).toEqual([
      `payment ${payment} 119.00 = received on 2026-03-01 by bank`,
    ])
    expect((await textOf('credited')).slice(1)).toEqual([
      `credit note ${note.number} 119.00 = issued on 2026-03-01`,
    ])
    expect((await textOf('forgone')).slice(1)).toEqual(['invoice INV-000002 9.00 = issued on 2026-03-01'])
  })

  it('refuses a balance that the order does not have', async () => {
    const { oms } = openShop()
    const { order } = await sell(oms)
    expect(await oms.orders.trace({ order, amount: 'forgone' })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ rule: 'amount.path' }] },
    })
  })
})
