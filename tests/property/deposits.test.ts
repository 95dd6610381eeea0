import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvoiceId } from '../../src/core/ids/ids.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { deductedOf } from '../../src/core/invoicing/invoice-amounts.js'
import { toMinor, zero, type Money } from '../../src/core/money/money.js'
import { percentOf } from '../../src/core/money/percent.js'
import { treatmentKey } from '../../src/core/tax/tax-treatment.js'
import type { TaxAmount } from '../../src/core/totals/calculation.js'
import { openBooks } from '../support/books.js'
import { contentArb, decimal, digitsOf, totalsArb } from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }

interface Claimed {
  readonly amount: Money
  readonly taxes: readonly TaxAmount[]
}

/** What documents claim together: the amount with tax, and net and each tax under each treatment. */
const claimsOf = (added: readonly Claimed[], taken: readonly Claimed[]): Readonly<Record<string, bigint>> => {
  const claims: Record<string, bigint> = {}
  const count = (name: string, money: Money, sign: bigint) => {
    claims[name] = (claims[name] ?? 0n) + sign * toMinor(money)
  }
  const countAll = (documents: readonly Claimed[], sign: bigint) => {
    for (const { amount, taxes } of documents) {
      count('amount', amount, sign)
      for (const { treatment, base, amounts } of taxes) {
        const key = treatmentKey(treatment)
        count(`${key} net`, base, sign)
        amounts.forEach((each, at) => {
          count(`${key} tax ${at}`, each, sign)
        })
      }
    }
  }
  countAll(added, 1n)
  countAll(taken, -1n)
  return Object.fromEntries(Object.entries(claims).filter(([, amount]) => amount !== 0n))
}

const claimOf = ({ total, totals }: Pick<Invoice, 'total' | 'totals'>): Claimed => ({
  amount: total,
  taxes: totals?.taxes ?? [],
})

type Books = ReturnType<typeof openBooks>
type Content = typeof contentArb extends fc.Arbitrary<infer One> ? One : never

const opened = (content: Content, totals: object, has: 'left' | 'not left') => {
  const books = openBooks({ totals })
  books.product('NAIL', 0)
  return { books, order: books.order(content, has) }
}

const wantedDeposit = (choose: (most: number) => number, { currency }: Content) =>
  choose(1) === 0
    ? { percent: decimal(choose(1_000), 1) }
    : { amount: { amount: decimal(1 + choose(50_000), digitsOf[currency]), currency } }

const billSome = (books: Books, id: never, choose: (left: number) => number): Invoice | undefined => {
  const wanted = books.stored(id).lines.flatMap((line) => {
    const quantity = choose(line.quantity - line.invoiced)
    return quantity === 0 ? [] : [{ line: line.id as never, quantity }]
  })
  return wanted.length === 0 ? undefined : books.bill(id, wanted)
}

describe('deposit invoices', () => {
  it('F101 MO3 OQ4 deposits, partial and final invoices add up to the order, tax by tax, in any order and any partition', () => {
    let deposits = 0
    let deductions = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const choose = (most: number): number => (choices.next().value ?? 0) % (most + 1)
        const { books, order } = opened(content, totals, 'left')
        if (!order.ok || order.value.totals === undefined) return
        const id = order.value.id as never
        const added: Claimed[] = []
        const taken: Claimed[] = []
        const issued: InvoiceId[] = []
        const take = (invoice: Invoice | undefined) => {
          if (invoice === undefined) return
          added.push(claimOf(invoice))
          taken.push(...(invoice.deducted ?? []))
          deductions += invoice.deducted?.length ?? 0
          const due = toMinor(invoice.total) - toMinor(deductedOf(invoice.deducted ?? [], invoice.currency))
          if (toMinor(invoice.total) >= 0n) strictEqual(due >= 0n, true)
        }
        for (let step = 0; step < 5; step += 1) {
          const what = choose(4)
          if (what <= 1) {
            const deposit = books.deposit(id, wantedDeposit(choose, content))
            if (!deposit.ok) {
              strictEqual(deposit.error.code, 'quantity_exceeded')
              continue
            }
            deposits += 1
            issued.push(deposit.value.id)
            added.push(claimOf(deposit.value))
          } else if (what === 4 && issued.length > 0) {
            const note = books.credit(issued[choose(issued.length - 1)] as InvoiceId)
            if (note.ok) taken.push(claimOf(note.value))
            else strictEqual(note.error.code, 'credit_exceeds_invoice')
          } else take(billSome(books, id, choose))
        }
        take(billSome(books, id, (left) => left))
        expect(claimsOf(added, taken)).toEqual(claimsOf([claimOf(order.value)], []))
        expect(books.stored(id).invoiced).toEqual(order.value.total)
        for (const { amount, net, tax } of books.stored(id).depositInvoices ?? []) {
          expect([amount, net, tax].map(toMinor)).toEqual([0n, 0n, 0n])
        }
      }),
      cases,
    )
    expect(deposits).toBeGreaterThan(8_000)
    expect(deductions).toBeGreaterThan(8_000)
  }, 180_000)

  it('F101 MO3 OQ4 deposits that are claimed with placement and confirmation and all that is billed after them add up to the order, tax by tax, in any partition', () => {
    let deposits = 0
    let deductions = 0
    const shareArb = fc.integer({ min: 1, max: 500 }).map((tenths) => ({ percent: decimal(tenths, 1) }))
    const depositOnArb = fc.record({ order: shareArb, confirmation: shareArb }, { requiredKeys: [] })
    const anyChoices = fc.infiniteStream(fc.nat())
    fc.assert(
      fc.property(contentArb, totalsArb, depositOnArb, anyChoices, (content, totals, depositOn, choices) => {
        const choose = (most: number): number => (choices.next().value ?? 0) % (most + 1)
        const { books, order } = opened(content, totals, 'not left')
        const placed = books.place({ ...content, depositOn })
        strictEqual(placed.ok, order.ok)
        if (!placed.ok || !order.ok || order.value.totals === undefined) return
        const { order: id, deposit: first } = placed.value
        const { deposit: second } = books.confirm(id)
        const issued = [first, second].flatMap((deposit) =>
          deposit === undefined ? [] : [books.invoice(deposit.invoice)],
        )
        const hasCoins = content.currency === 'EUR' && totals.cashRounding.EUR !== undefined
        if (!hasCoins && depositOn.order !== undefined) {
          const share = percentOf(toMinor(order.value.total), depositOn.order.percent, 'half_up')
          strictEqual(toMinor(first?.total ?? zero(order.value.currency)), share)
        }
        const added: Claimed[] = issued.map(claimOf)
        const taken: Claimed[] = []
        deposits += issued.length
        for (let step = choose(3); step >= 0; step -= 1) {
          const invoice = billSome(books, id as never, step === 0 ? (left) => left : choose)
          if (invoice === undefined) continue
          added.push(claimOf(invoice))
          taken.push(...(invoice.deducted ?? []))
          deductions += invoice.deducted?.length ?? 0
        }
        expect(claimsOf(added, taken)).toEqual(claimsOf([claimOf(order.value)], []))
        for (const { amount, net, tax } of books.stored(id).depositInvoices ?? []) {
          expect([amount, net, tax].map(toMinor)).toEqual([0n, 0n, 0n])
        }
      }),
      cases,
    )
    expect(deposits).toBeGreaterThan(8_000)
    expect(deductions).toBeGreaterThan(8_000)
  }, 180_000)

  it('F101 OQ4 an order is canceled after the credit of its deposits, and then nothing of them is left', () => {
    let canceled = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const choose = (most: number): number => (choices.next().value ?? 0) % (most + 1)
        const { books, order } = opened(content, totals, 'not left')
        if (!order.ok) return
        const id = order.value.id as never
        const issued: Invoice[] = []
        for (let step = choose(2); step >= 0; step -= 1) {
          const deposit = books.deposit(id, wantedDeposit(choose, content))
          if (deposit.ok) issued.push(deposit.value)
        }
        const all = order.value.lines.map((line) => ({ line: line.id, quantity: line.quantity }))
        for (const deposit of issued) {
          expect(books.cancel(id, all)).toMatchObject({ error: { code: 'quantity_exceeded' } })
          const note = books.credit(deposit.id)
          if (!note.ok) throw new Error(note.error.code)
          expect(claimsOf([claimOf(deposit)], [claimOf(note.value)])).toEqual({})
          expect(books.invoice(deposit.id)).toMatchObject({ status: 'settled', credited: deposit.total })
        }
        expect(books.cancel(id, all)).toMatchObject({ ok: true })
        expect(books.stored(id)).toMatchObject({ status: 'canceled' })
        for (const { amount, net, tax } of books.stored(id).depositInvoices ?? []) {
          expect([amount, net, tax].map(toMinor)).toEqual([0n, 0n, 0n])
        }
        canceled += issued.length
      }),
      cases,
    )
    expect(canceled).toBeGreaterThan(5_000)
  }, 180_000)
})
