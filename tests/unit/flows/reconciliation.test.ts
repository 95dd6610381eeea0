import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { paymentKind } from '../../../src/core/payments/payment.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import { UnreadableFile, type StatementEntry } from '../../../src/core/ports/statement-reader.js'
import { bankEntryKind } from '../../../src/core/reconciliation/bank-entry.js'
import { statementKind } from '../../../src/core/reconciliation/statement.js'
import { bill, eur, openBank, register, statement, importOne } from '../../support/bank.js'
import { confirmed, newKey, stock } from '../../support/shop.js'

/** Imports one entry and answers its id. */
describe('reconciliation.importStatement', () => {
  it('takes every entry of a file in one commit', async () => {
    const bank = openBank()
    const answer = await bank.oms.orThrow.reconciliation.importStatement(
      statement(
        [
          { amount: '30.00', remittanceText: 'INV-000001', payerReference: 'C-1', bankReference: 'R/1' },
          { amount: '-3.50', remittanceText: 'fee' },
        ],
        { opening: '100.00', closing: '126.50' },
      ),
    )
    expect(answer).toMatchObject({ taken: 2, known: 0, refused: [] })
    expect(await bank.stored(statementKind, answer.statement)).toMatchObject({
      account: 'DE02120300000000202051',
      opening: eur('100.00'),
      closing: eur('126.50'),
      reference: '2026-03',
    })
    expect(await bank.all(bankEntryKind)).toMatchObject([
      { amount: eur('-3.50'), status: 'unmatched', line: 3 },
      { amount: eur('30.00'), status: 'unmatched', bankReference: 'R/1', payerReference: 'C-1', line: 2 },
    ])
  })

  it('RC1 refuses a file whose balances and entries do not add up, and takes nothing of it', async () => {
    const bank = openBank()
    const answer = await bank.oms.reconciliation.importStatement(
      statement([{ amount: '30.00' }], { opening: '100.00', closing: '130.01' }),
    )
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'statement_unbalanced',
        status: 422,
        details: { opening: eur('100.00'), entries: eur('30.00'), closing: eur('130.01') },
      },
    })
    expect(await bank.all(bankEntryKind)).toEqual([])
    expect(await bank.all(statementKind)).toEqual([])
  })

  it('RC1 refuses a balanced file of which a row cannot be read', async () => {
    const bank = openBank()
    const answer = await bank.oms.reconciliation.importStatement(
      statement([{ amount: '30.00' }, { amount: '5.001' }], { opening: '0.00', closing: '35.00' }),
    )
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'statement_unbalanced', details: { refused: [{ line: 3, rule: 'money.precision' }] } },
    })
  })

  it('RC3 row 119 takes the same file once, in whatever order its lines come', async () => {
    const bank = openBank()
    const entries = [
      { amount: '30.00', remittanceText: 'b' },
      { amount: '30.00', remittanceText: 'a' },
      { amount: '30.00', remittanceText: 'a' },
      { amount: '30.00', remittanceText: 'a', bankReference: 'R-1' },
      { amount: '30.01', remittanceText: 'a' },
      { amount: '30.00', remittanceText: 'a', bookedOn: '2026-03-03' as StatementEntry['bookedOn'] },
    ]
    const first = await bank.oms.orThrow.reconciliation.importStatement(statement(entries))
    expect(first).toMatchObject({ taken: 6, known: 0 })
    const again = await bank.oms.orThrow.reconciliation.importStatement(statement(entries.toReversed()))
    expect(again).toMatchObject({ taken: 0, known: 6 })
    const kept = await bank.all(bankEntryKind)
    expect(new Set(kept.map((entry) => entry.statement))).toEqual(new Set([first.statement]))
  })

  it('RC3 takes what is new in a file that overlaps another', async () => {
    const bank = openBank()
    const day = (bookedOn: string, amount: string) => ({ bookedOn, amount }) as Partial<StatementEntry>
    const monday = [day('2026-03-02', '10.00'), day('2026-03-02', '10.00')]
    const tuesday = [day('2026-03-03', '10.00')]
    const wednesday = [day('2026-03-04', '10.00')]
    const { importStatement } = bank.oms.orThrow.reconciliation
    await importStatement(statement([...monday, ...tuesday]))
    expect(await importStatement(statement([...tuesday, ...wednesday]))).toMatchObject({ taken: 1, known: 1 })
    expect(await bank.all(bankEntryKind)).toHaveLength(4)
  })

  it('RC3 adds an entry once when two imports of the same file race', async () => {
    const bank = openBank()
    const file = statement([{ amount: '30.00' }, { amount: '31.00' }])
    const answers = await Promise.all(
      [1, 2, 3].map(() => bank.oms.orThrow.reconciliation.importStatement(file)),
    )
    expect(answers.map(({ taken }) => taken).sort()).toEqual([0, 0, 2])
    expect(await bank.all(bankEntryKind)).toHaveLength(2)
  })

  it.each([
    ['another currency', { currency: 'USD' }, 'entry.currency'],
    ['no amount at all', { amount: '0.00' }, 'entry.amount'],
    ['an amount with a comma', { amount: '1,50' }, 'money.format'],
    ['a day that does not exist', { bookedOn: '2026-02-30' }, 'date.invalid'],
  ])('row 120 refuses a row with %s by its line and takes the others', async (_what, row, rule) => {
    const bank = openBank()
    const file = statement([{ amount: '30.00' }, row as Partial<StatementEntry>])
    expect(await bank.oms.orThrow.reconciliation.importStatement(file)).toMatchObject({
      taken: 1,
      refused: [{ line: 3, rule }],
    })
  })

  it('PY6 masks a card number in the text, the references and the account', async () => {
    const bank = openBank()
    const card = '4111111111111111'
    await bank.oms.orThrow.reconciliation.importStatement(
      statement([{ remittanceText: `paid by ${card}`, bankReference: card, payerReference: card }], {
        account: card,
        reference: card,
      }),
    )
    const written = JSON.stringify([await bank.all(bankEntryKind), await bank.all(statementKind)])
    expect(written).not.toContain(card)
    expect(written).toContain('paid by ****************')
  })

  it('refuses a format that nobody reads', async () => {
    const bank = openBank()
    expect(await bank.oms.reconciliation.importStatement({ format: 'mt940', content: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path: ['format'], rule: 'choice' }] },
    })
  })

  it('row 117 answers what makes a file unreadable, by line', async () => {
    const reader = {
      read: async () => {
        throw new UnreadableFile('unreadable_file', [{ line: 7, rule: 'csv.quote' }])
      },
    }
    const bank = openBank(memoryStorage, { broken: reader })
    expect(await bank.oms.reconciliation.importStatement({ format: 'broken', content: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'unreadable_file', status: 422, issues: [{ path: ['content', 7], rule: 'csv.quote' }] },
    })
  })

  it('takes a file of more than a common input and refuses one beyond its own limit', async () => {
    const bank = openBank()
    const big = statement([{ amount: '30.00' }], { padding: 'x'.repeat(300_000) })
    expect(await bank.oms.reconciliation.importStatement(big)).toMatchObject({ ok: true })
    expect(
      await bank.oms.reconciliation.importStatement({ format: 'json', content: 'x'.repeat(5_242_881) }),
    ).toMatchObject({
      ok: false,
      error: { code: 'limit_exceeded', status: 413, details: { limit: 'statementCharacters' } },
    })
  })

  it('refuses more entries than the limit before taking any', async () => {
    const storage = memoryStorage()
    const oms = createOrderManagement({
      storage,
      policy: trustHost,
      settings: { limits: { bankEntriesPerStatement: 2 } },
      statementReaders: { json: { read: async (content) => JSON.parse(content) } },
    }).as({ actor: { kind: 'user', id: 'ada' } })
    const file = statement([{ amount: '1.00' }, { amount: '2.00' }, { amount: '3.00' }])
    expect(await oms.reconciliation.importStatement(file)).toMatchObject({
      ok: false,
      error: { code: 'limit_exceeded', details: { limit: 'bankEntriesPerStatement', most: 2 } },
    })
  })
})

describe('reconciliation.match', () => {
  it('M93 makes a payment of the entry and applies it to the invoice it names', async () => {
    const bank = openBank()
    await register(bank.oms, 'C-1')
    const { invoice, order, invoiceNumber } = await bill(bank.oms, '30.00', 'C-1')
    const entry = await importOne(bank, {
      amount: '30.00',
      remittanceText: `your ${invoiceNumber.toLowerCase()}`,
    })
    const answer = await bank.oms.orThrow.reconciliation.match({ entry })
    expect(answer).toMatchObject({
      status: 'matched',
      rule: 'reference',
      applied: [{ invoice, amount: eur('30.00') }],
      unapplied: eur('0.00'),
    })
    expect(await bank.stored(paymentKind, answer.payment ?? '')).toMatchObject({
      amount: eur('30.00'),
      method: 'bank_transfer',
      receivedOn: '2026-03-02',
      bankEntry: entry,
      customer: 'C-1',
    })
    expect(await bank.stored(invoiceKind, invoice)).toMatchObject({ status: 'settled' })
    expect(await bank.stored(orderKind, order)).toMatchObject({ paid: eur('30.00') })
    expect(await bank.stored(openInvoicesKind, 'C-1')).toEqual({ invoices: [] })
    expect(await bank.stored(bankEntryKind, entry)).toMatchObject({
      status: 'matched',
      payment: answer.payment,
      match: { rule: 'reference', candidates: [{ verdict: 'chosen' }] },
    })
  })

  it('F133 pays several open invoices of the payer with one entry', async () => {
    const bank = openBank()
    await register(bank.oms, 'C-1')
    const bills = [await bill(bank.oms, '30.00', 'C-1'), await bill(bank.oms, '20.00', 'C-1')]
    await bill(bank.oms, '45.00', 'C-1')
    const entry = await importOne(bank, { amount: '50.00', payerReference: 'C-1' })
    expect(await bank.oms.orThrow.reconciliation.match({ entry })).toMatchObject({ rule: 'several_invoices' })
    for (const { invoice } of bills) expect((await bank.stored(invoiceKind, invoice)).status).toBe('settled')
  })

  it('leaves the rest of a short payment open', async () => {
    const bank = openBank()
    const { invoice, invoiceNumber } = await bill(bank.oms, '30.00')
    const entry = await importOne(bank, { amount: '25.00', remittanceText: invoiceNumber })
    expect(await bank.oms.orThrow.reconciliation.match({ entry })).toMatchObject({
      status: 'matched',
      reason: 'short_payment',
    })
    expect(await bank.stored(invoiceKind, invoice)).toMatchObject({ status: 'issued', paid: eur('25.00') })
  })

  it('M94 sets a second payment aside with the reason and touches no balance', async () => {
    const bank = openBank()
    const { invoice, invoiceNumber } = await bill(bank.oms, '30.00')
    const first = await importOne(bank, { amount: '30.00', remittanceText: invoiceNumber })
    await bank.oms.orThrow.reconciliation.match({ entry: first })
    const second = await importOne(bank, {
      amount: '30.00',
      remittanceText: `again ${invoiceNumber}`,
      bankReference: 'R-2',
    })
    const before = await bank.stored(invoiceKind, invoice)
    expect(await bank.oms.orThrow.reconciliation.match({ entry: second })).toMatchObject({
      status: 'needs_review',
      reason: 'duplicate_payment',
      applied: [],
    })
    expect(await bank.stored(invoiceKind, invoice)).toEqual(before)
    expect(await bank.all(paymentKind)).toHaveLength(1)
    expect(await bank.stored(bankEntryKind, second)).toMatchObject({
      review: {
        reason: 'duplicate_payment',
        candidates: [{ number: invoiceNumber, verdict: 'already_paid' }],
      },
    })
  })

  it('writes nothing when it is asked again and nothing has changed', async () => {
    const bank = openBank()
    const entry = await importOne(bank, { amount: '30.00', remittanceText: 'thanks' })
    const first = await bank.oms.reconciliation.match({ entry })
    expect(first).toMatchObject({ ok: true, version: 2 })
    await bank.oms.reconciliation.match({ entry })
    expect(await bank.oms.reconciliation.setAside({ entry, reason: 'asked' })).toMatchObject({ version: 3 })
  })

  it('matches an entry once when ten ask for it', async () => {
    const bank = openBank()
    const { invoice, invoiceNumber } = await bill(bank.oms, '30.00')
    const entry = await importOne(bank, { amount: '30.00', remittanceText: invoiceNumber })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => bank.oms.reconciliation.match({ entry })),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) {
      if (!answer.ok)
        expect(answer.error).toMatchObject({ code: 'invalid_state', details: { status: 'matched' } })
    }
    expect((await bank.stored(invoiceKind, invoice)).paid).toEqual(eur('30.00'))
  })

  it('lets a person name the invoices, and keeps on the payment what they do not take', async () => {
    const bank = openBank()
    const { invoice } = await bill(bank.oms, '30.00')
    const entry = await importOne(bank, { amount: '35.00', remittanceText: 'thanks' })
    await bank.oms.orThrow.reconciliation.match({ entry })
    const answer = await bank.oms.orThrow.reconciliation.match({ entry, invoices: [{ invoice }] })
    expect(answer).toMatchObject({
      status: 'matched',
      rule: 'manual',
      applied: [{ invoice, amount: eur('30.00') }],
      unapplied: eur('5.00'),
    })
  })

  it('MO7 lets no person apply more to an invoice than is open, nor set aside what is matched', async () => {
    const bank = openBank()
    const { invoice } = await bill(bank.oms, '30.00')
    const entry = await importOne(bank, { amount: '35.00', bankReference: 'B-77' })
    const match = (amount: string) =>
      bank.oms.reconciliation.match({ entry, invoices: [{ invoice, amount: eur(amount) }] })
    expect(await match('30.01')).toMatchObject({
      error: { code: 'allocation_exceeds_invoice', details: { invoice, open: eur('30.00') } },
    })
    expect(await bank.all(paymentKind)).toEqual([])
    expect(await match('30.00')).toMatchObject({ ok: true })
    expect(await bank.all(paymentKind)).toMatchObject([{ reference: 'B-77' }])
    expect(await bank.oms.reconciliation.setAside({ entry, reason: 'unclear' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'matched' } },
    })
  })

  it('M25 lets a person say which order it was paid in advance for', async () => {
    const bank = openBank()
    await stock(bank.oms, 'NAIL', 5, '10.00')
    const order = await confirmed(bank.oms, [{ sku: 'NAIL', quantity: 5 }], {
      payment: { method: 'bank_transfer', terms: 'prepaid' },
    })
    const entry = await importOne(bank, { amount: '50.00', remittanceText: 'in advance' })
    const { payment } = await bank.oms.orThrow.reconciliation.match({ entry, order })
    expect((await bank.stored(orderKind, order)).deposits).toEqual([{ payment, unapplied: eur('50.00') }])
    expect(await bank.oms.fulfillments.plan({ order })).toMatchObject({ ok: true })
    expect(await bank.oms.reconciliation.match({ entry: 'nowhere', order })).toMatchObject({
      ok: false,
      error: { code: 'unknown_bank_entry' },
    })
  })

  it('M25 RC5 takes the deposit away again with the match', async () => {
    const bank = openBank()
    await stock(bank.oms, 'NAIL', 5, '10.00')
    const order = await confirmed(bank.oms, [{ sku: 'NAIL', quantity: 5 }])
    const entry = await importOne(bank, { amount: '50.00' })
    await bank.oms.orThrow.reconciliation.match({ entry, order })
    await bank.oms.orThrow.reconciliation.unmatch({ entry, reason: 'bounced' })
    expect((await bank.stored(orderKind, order)).deposits).toMatchObject([{ unapplied: eur('0.00') }])
  })

  it('refuses to match money that went out by hand', async () => {
    const bank = openBank()
    const { invoice } = await bill(bank.oms, '30.00')
    const entry = await importOne(bank, { amount: '-30.00' })
    expect(await bank.oms.reconciliation.match({ entry, invoices: [{ invoice }] })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state', details: { reason: 'outgoing' } },
    })
  })

  it('RC6 finds nothing of another tenant', async () => {
    const storage = memoryStorage()
    const oms = createOrderManagement({
      storage,
      policy: trustHost,
      statementReaders: { json: { read: async (content) => JSON.parse(content) } },
    })
    const actor = { kind: 'user', id: 'ada' } as const
    const ours = oms.as({ tenant: 'ours', actor })
    const theirs = oms.as({ tenant: 'theirs', actor })
    await register(theirs, 'C-1')
    const { invoiceNumber } = await bill(theirs, '30.00', 'C-1')
    await ours.orThrow.reconciliation.importStatement(
      statement([{ amount: '30.00', remittanceText: invoiceNumber, payerReference: 'C-1' }]),
    )
    expect(await ours.orThrow.reconciliation.run()).toMatchObject({
      matched: {},
      setAside: { unknown_payer: 1 },
    })
    expect(await theirs.orThrow.reconciliation.run()).toMatchObject({ entries: 0 })
  })

  it('answers for an entry that does not exist', async () => {
    const { oms } = openBank()
    const unknown = { ok: false, error: { code: 'unknown_bank_entry' } }
    expect(await oms.reconciliation.match({ entry: 'nowhere' })).toMatchObject(unknown)
    expect(await oms.reconciliation.unmatch({ entry: 'nowhere', reason: 'x' })).toMatchObject(unknown)
    expect(await oms.reconciliation.setAside({ entry: 'nowhere', reason: 'x' })).toMatchObject(unknown)
  })
})

describe('reconciliation.unmatch', () => {
  it('RC5 F136 restores every balance, and both steps stay in the log', async () => {
    const bank = openBank()
    await register(bank.oms, 'C-1')
    const bills = [await bill(bank.oms, '30.00', 'C-1'), await bill(bank.oms, '20.00', 'C-1')]
    const entry = await importOne(bank, { amount: '50.00', payerReference: 'C-1' })
    const balances = async () => ({
      invoices: await Promise.all(bills.map(({ invoice }) => bank.stored(invoiceKind, invoice))),
      orders: await Promise.all(bills.map(({ order }) => bank.stored(orderKind, order))),
      open: (await bank.stored(openInvoicesKind, 'C-1')).invoices.toSorted((left, right) =>
        left.number < right.number ? -1 : 1,
      ),
      entry: await bank.stored(bankEntryKind, entry),
    })
    const before = await balances()
    const matched = await bank.oms.orThrow.reconciliation.match({ entry })
    expect(await balances()).not.toEqual(before)
    await bank.oms.orThrow.reconciliation.unmatch({ entry, reason: 'wrong customer' })
    expect(await balances()).toEqual(before)
    expect(await bank.stored(paymentKind, matched.payment ?? '')).toMatchObject({
      status: 'reversed',
      applied: [],
    })
    const types: string[] = []
    for await (const event of bank.storage.history('main' as never, { kind: 'bank_entry', id: entry })) {
      types.push(event.type)
    }
    expect(types).toEqual(['BankEntryImported', 'BankEntryMatched', 'BankEntryUnmatched'])
  })

  it('takes back what was applied since, too', async () => {
    const bank = openBank()
    const first = await bill(bank.oms, '30.00')
    const second = await bill(bank.oms, '50.00')
    const entry = await importOne(bank, { amount: '40.00' })
    const { payment = '' } = await bank.oms.orThrow.reconciliation.match({
      entry,
      invoices: [{ invoice: first.invoice }],
    })
    await bank.oms.orThrow.payments.apply({ payment, invoices: [{ invoice: second.invoice }] }, newKey())
    await bank.oms.orThrow.reconciliation.unmatch({ entry, reason: 'bounced' })
    expect((await bank.all(invoiceKind)).map(({ paid }) => paid)).toEqual([eur('0.00'), eur('0.00')])
  })

  it('PY5 refuses when part of the money was paid back since', async () => {
    const bank = openBank()
    const { invoice } = await bill(bank.oms, '30.00')
    const entry = await importOne(bank, { amount: '40.00' })
    const { payment = '' } = await bank.oms.orThrow.reconciliation.match({ entry, invoices: [{ invoice }] })
    await bank.oms.orThrow.payments.refund({ payment, amount: eur('10.00'), reason: 'too much' }, newKey())
    expect(await bank.oms.reconciliation.unmatch({ entry, reason: 'bounced' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state', details: { refunded: eur('10.00') } },
    })
    expect(await bank.stored(invoiceKind, invoice)).toMatchObject({ status: 'settled' })
  })

  it('refuses an entry that was never matched', async () => {
    const bank = openBank()
    const entry = await importOne(bank, {})
    expect(await bank.oms.reconciliation.unmatch({ entry, reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state', details: { status: 'unmatched' } },
    })
  })
})

describe('reconciliation.run', () => {
  it('M93 matches all that is unmatched and says what it could not match and why', async () => {
    const bank = openBank()
    await register(bank.oms, 'C-1', 'C-2')
    const named = await bill(bank.oms, '30.00', 'C-1')
    await bill(bank.oms, '20.00', 'C-1')
    const short = await bill(bank.oms, '70.00', 'C-2')
    const { statement: id } = await bank.oms.orThrow.reconciliation.importStatement(
      statement([
        { amount: '30.00', remittanceText: named.invoiceNumber },
        { amount: '20.00', payerReference: 'C-1' },
        { amount: '60.00', remittanceText: short.invoiceNumber },
        { amount: '-3.00', remittanceText: 'fee' },
        { amount: '5.00', remittanceText: 'hello' },
      ]),
    )
    const report = await bank.oms.orThrow.reconciliation.run({ statement: id })
    expect(report).toMatchObject({
      entries: 5,
      matched: { reference: 2, exact_amount: 1 },
      shortPayments: 1,
      setAside: { bank_fee: 1, no_reference: 1 },
      skipped: 0,
    })
    expect(report.needsReview).toMatchObject([
      { amount: eur('-3.00'), reason: 'bank_fee' },
      { amount: eur('5.00'), reason: 'no_reference' },
    ])
    expect(await bank.oms.orThrow.reconciliation.run()).toMatchObject({ entries: 0 })
  })

  it('looks only at the entries of the import it is asked about', async () => {
    const bank = openBank()
    const first = await bank.oms.orThrow.reconciliation.importStatement(statement([{ amount: '1.00' }]))
    await bank.oms.orThrow.reconciliation.importStatement(statement([{ amount: '2.00' }]))
    expect(await bank.oms.orThrow.reconciliation.run({ statement: first.statement })).toMatchObject({
      entries: 1,
    })
    expect(await bank.oms.orThrow.reconciliation.run()).toMatchObject({ entries: 1 })
    expect(await bank.oms.reconciliation.run({ statement: 'nowhere' })).toMatchObject({
      ok: false,
      error: { code: 'unknown_statement' },
    })
  })

  it('matches more than a page, each entry once', async () => {
    const bank = openBank()
    const entries = Array.from({ length: 450 }, (_, index) => ({ amount: `${index + 1}.00` }))
    await bank.oms.orThrow.reconciliation.importStatement(statement(entries))
    expect(await bank.oms.orThrow.reconciliation.run()).toMatchObject({
      entries: 450,
      setAside: { no_reference: 450 },
    })
  })

  it('stops at what the policy forbids', async () => {
    const storage = memoryStorage()
    const oms = createOrderManagement({
      storage,
      policy: ({ action }) =>
        action === 'reconciliation.match' ? { allow: false, reason: 'not here' } : { allow: true },
      statementReaders: { json: { read: async (content) => JSON.parse(content) } },
    }).as({ actor: { kind: 'user', id: 'ada' } })
    await oms.orThrow.reconciliation.importStatement(statement([{ amount: '1.00' }]))
    expect(await oms.reconciliation.run()).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await expect(oms.orThrow.reconciliation.run()).rejects.toMatchObject({ code: 'forbidden' })
  })
})
