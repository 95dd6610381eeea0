import { createOrderManagement, trustHost } from 'orderwright'
import { fixedClock } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { findMatchHints } from '../../../src/core/flows/match-hints.js'
import { matchFacts } from '../../../src/core/flows/match-facts.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { bankEntryKind, type BankEntry } from '../../../src/core/reconciliation/bank-entry.js'
import { bill, eur, importOne, openBank, register, statement, type Bank } from '../../support/bank.js'
import { leavingOut } from '../../support/leaving-out.js'
import { confirmed, newKey, stock } from '../../support/shop.js'
import { resolveSettings } from '../../../src/app/settings.js'

const { settings } = resolveSettings({}, [])

const entryOf = async (bank: Bank, amount: string): Promise<string> => {
  await bank.oms.orThrow.reconciliation.importStatement(
    statement([{ amount, remittanceText: `for ${amount}` }]),
  )
  const found = (await bank.all(bankEntryKind)).find((entry) => entry.amount.amount === amount)
  return found?.id ?? ''
}

describe('a bank entry that is matched by hand with an order', () => {
  it('RC5 needs one that exists and still takes money', async () => {
    const bank = openBank()
    await stock(bank.oms, 'MUG', 10, '10.00')
    const entry = await entryOf(bank, '10.00')
    const match = (order: string) => bank.oms.reconciliation.match({ entry, order })
    expect(await match('none')).toMatchObject({
      error: { code: 'unknown_order', details: { order: 'none' } },
    })
    const order = await confirmed(bank.oms, [{ sku: 'MUG', quantity: 1 }])
    await bank.oms.orThrow.orders.cancel({ order, reason: 'changed-mind' }, newKey())
    expect(await match(order)).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'canceled' } },
    })
    expect(await bank.stored(bankEntryKind, entry)).toMatchObject({ status: 'unmatched' })
  })

  it('RC5 is unmatched again also when an invoice took all of it: nothing was left as a deposit', async () => {
    const bank = openBank()
    const { order, invoice } = await bill(bank.oms, '10.00')
    const entry = await entryOf(bank, '10.00')
    await bank.oms.orThrow.reconciliation.match({ entry, order, invoices: [{ invoice }] })
    expect(await bank.oms.orThrow.invoices.get({ invoice })).toMatchObject({ status: 'settled' })
    await bank.oms.orThrow.reconciliation.unmatch({ entry, reason: 'mistaken' })
    expect(await bank.oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('10.00') })
    expect((await bank.stored(orderKind, order)).deposits).toEqual([])
  })
})

describe('a bank entry that was not there to be read', () => {
  it('M94 is not set aside as one that names no invoice: it is to be matched again, and then is', async () => {
    const bank = openBank()
    const { invoice, invoiceNumber } = await bill(bank.oms, '10.00')
    const entry = await importOne(bank, { amount: '10.00', remittanceText: `pays ${invoiceNumber}` })
    const blind = createOrderManagement({
      policy: trustHost,
      clock: fixedClock(),
      storage: leavingOut(bank.storage, bankEntryKind.name),
    }).as({ actor: { kind: 'user', id: 'ada' } })
    expect(await blind.reconciliation.match({ entry })).toMatchObject({
      error: { code: 'changed_meanwhile', details: { entry } },
    })
    expect(await bank.stored(bankEntryKind, entry)).toMatchObject({ status: 'unmatched' })
    expect(await bank.oms.orThrow.reconciliation.match({ entry })).toMatchObject({
      status: 'matched',
      applied: [{ invoice }],
    })
  })
})

describe('what an entry points at', () => {
  const entry = { remittanceText: 'INV-000001', amount: eur('10.00') } as BankEntry

  it('is no invoice whose number two of them share', async () => {
    const hinted = (ids: readonly string[]) =>
      findMatchHints(entry, {
        settings,
        read: () => Promise.resolve(undefined),
        find: () => Promise.resolve(ids.map((id) => ({ kind: invoiceKind.name, id }))),
      })
    expect(await hinted(['I-1'])).toEqual({ invoices: ['I-1'] })
    expect(await hinted(['I-1', 'I-2'])).toEqual({ invoices: [] })
    expect(await hinted([])).toEqual({ invoices: [] })
  })

  it('is no invoice that proves to have another number when it is locked', async () => {
    const bank = openBank()
    await register(bank.oms, 'C-1')
    const { invoice } = await bill(bank.oms, '10.00', 'C-1')
    const state = await bank.stored(invoiceKind, invoice)
    const named = (numbers: string) =>
      matchFacts(
        { ...entry, remittanceText: numbers },
        { invoices: [state.id, 'gone' as typeof state.id] },
        { get: (_kind, id) => (id === state.id ? state : undefined) as never },
        settings,
      ).named.map(({ id }) => id)
    expect(named('INV-000001')).toEqual([invoice])
    expect(named('INV-000002')).toEqual([])
  })
})
