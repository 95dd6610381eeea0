import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderManagementFor } from 'orderwright'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { confirmed, newKey, openShop, shipped, stock, type Shop } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as const

let shop: Shop
let oms: OrderManagementFor
let invoice: string
beforeEach(async () => {
  shop = openShop()
  oms = shop.oms
  await stock(oms, 'MUG', 10, '10.00')
  ;({ invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 2 }])))
})

const debit = (more: object) => oms.invoices.debit({ invoice, reason: 'too cheap', ...more }, newKey())
const corrected = (line: string, amount: string) => ({ corrections: [{ line, amount: eur(amount) }] })

describe('an invoice without taxes', () => {
  it('MO6 takes back of a price what it was too high by, for lines it has', async () => {
    const credit = (line: string, amount: string) =>
      oms.invoices.credit({ invoice, ...corrected(line, amount), reason: 'too dear' }, newKey())
    expect(await credit('L9', '1.00')).toMatchObject({
      error: { code: 'unknown_line', details: { line: 'L9' } },
    })
    expect(await credit('L1', '20.01')).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { line: 'L1', limit: eur('20.00') } },
    })
    expect(await credit('L1', '1.50')).toMatchObject({ value: { total: eur('1.50') } })
    expect(await shop.stored(invoiceKind, invoice)).toMatchObject({ credited: eur('1.50') })
  })

  it('MO3 claims what it left out, for lines it has, and says why by its lines alone', async () => {
    expect(await debit({ lines: [{ line: 'L9', quantity: 1 }] })).toMatchObject({
      error: { code: 'unknown_line', details: { line: 'L9' } },
    })
    const answer = await debit(corrected('L1', '3.00'))
    const debitNote = answer.ok ? (answer.value as { readonly invoice: string }).invoice : ''
    const { text } = await oms.orThrow.invoices.trace({ invoice: debitNote })
    expect(text.split('\n')).toEqual([
      'total 3.00 = sum of the lines, nothing taxed, discounted or charged',
      '  line 1 3.00 = by so much its price was too low',
    ])
  })

  it('keeps one debit note when another is voided', async () => {
    const first = await debit(corrected('L1', '1.00'))
    const second = await debit(corrected('L1', '2.00'))
    const idOf = (answer: typeof first) =>
      answer.ok ? (answer.value as { readonly invoice: string }).invoice : ''
    await oms.orThrow.invoices.void({ invoice: idOf(second), reason: 'wrong' })
    expect((await shop.stored(invoiceKind, invoice)).debitNotes).toMatchObject([{ invoice: idOf(first) }])
    await oms.orThrow.invoices.void({ invoice: idOf(first), reason: 'wrong' })
    expect(await shop.stored(invoiceKind, invoice)).not.toHaveProperty('debitNotes')
  })

  it('F101 says of a deposit on it that nothing is taxed', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 2 }])
    const deposit = await oms.orThrow.invoices.billDeposit({ order, deposit: { percent: '50' } }, newKey())
    const { text } = await oms.orThrow.invoices.trace({ invoice: deposit.invoice })
    expect(text.split('\n')).toEqual(['deposit with tax 10.00 = as it was asked for or agreed'])
  })
})
