import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { openAmount } from '../../src/core/invoicing/invoice-amounts.js'
import type { CreditNote } from '../../src/core/invoicing/credit-note.js'
import { toMinor } from '../../src/core/money/money.js'
import { owedFor } from '../../src/core/orders/order-status.js'
import { taxesOnNet } from '../../src/core/totals/tax-amounts.js'
import { readTreatment } from '../../src/core/tax/tax-treatment.js'
import { openBooks } from '../support/books.js'
import { contentArb, decimal, digitsOf, expectSameAmounts, sum, totalsArb } from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }
type Content = typeof contentArb extends fc.Arbitrary<infer One> ? One : never
type Choose = (most: number) => number

/** An order in parts, each with an invoice. */
const billed = (content: Content, totals: object, choose: Choose) => {
  const books = openBooks({ totals })
  books.product('NAIL', 0)
  const order = books.order(content)
  if (!order.ok || order.value.totals === undefined) return undefined
  const { id } = order.value
  const invoices: Invoice[] = []
  const bill = (quantityOf: (left: number) => number) => {
    const lines = books.stored(id).lines.flatMap((line) => {
      const quantity = quantityOf(line.quantity - line.invoiced)
      return quantity === 0 ? [] : [{ line: line.id as never, quantity }]
    })
    if (lines.length > 0) invoices.push(books.bill(id, lines))
  }
  bill(choose)
  bill((left) => left)
  return { books, order: order.value, invoices }
}

const wantedDebit = ({ lines }: Invoice, { currency }: Content, choose: Choose) => {
  const some = lines.filter(() => choose(2) > 0)
  const chosen = some.length > 0 ? some : lines.slice(0, 1)
  return choose(1) === 0
    ? { lines: chosen.map(({ line }) => ({ line, quantity: 1 + choose(8) })) }
    : {
        corrections: chosen.map(({ line }) => ({
          line,
          amount: { amount: decimal(1 + choose(9_999), digitsOf[currency]), currency },
        })),
      }
}

describe('debit notes', () => {
  it('MO3 MO6 MO7 invoices + debit notes − credits add up per line and rate, in any order, and credit notes of all leave nothing', () => {
    let debits = 0
    let credits = 0
    let rounded = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const choose: Choose = (most) => (choices.next().value ?? 0) % (most + 1)
        const opened = billed(content, totals, choose)
        if (opened === undefined) return
        const { books, order, invoices } = opened
        const claims = [...invoices]
        const notes: CreditNote[] = []
        const credit = (invoice: Invoice, what: object = {}) => {
          const note = books.credit(invoice.id, what)
          if (note.ok) notes.push(note.value)
          else strictEqual(note.error.code, 'credit_exceeds_invoice')
        }
        for (let step = 0; step < 5; step += 1) {
          if (choose(1) === 0) {
            const of = invoices[choose(invoices.length - 1)] as Invoice
            const debited = books.debit(of.id, wantedDebit(of, content, choose))
            if (!debited.ok) throw new Error(debited.error.code)
            claims.push(debited.value)
            debits += 1
            continue
          }
          const of = claims[choose(claims.length - 1)] as Invoice
          const { line, quantity } = of.lines[choose(of.lines.length - 1)] as Invoice['lines'][number]
          credit(of, { lines: [{ line, quantity: 1 + choose(quantity - 1) }] })
        }
        const total = (): bigint =>
          sum(claims.map((each) => each.total)) - sum(notes.map((each) => each.total))
        const stored = books.stored(order.id)
        strictEqual(toMinor(stored.invoiced) - toMinor(stored.credited), total())
        strictEqual(toMinor(owedFor(stored)), total())
        expect(stored.lines.map(({ invoiced }) => invoiced)).toEqual(
          stored.lines.map(({ quantity }) => quantity),
        )
        for (const { id, lines, totals: amounts, calculation } of claims.slice(invoices.length)) {
          if (amounts === undefined || calculation === undefined) throw new Error('it was calculated')
          strictEqual(toMinor(amounts.lineNet), sum(lines.map(({ net }) => net)))
          strictEqual(toMinor(books.invoice(id).total), sum([amounts.net, amounts.tax, amounts.rounding]))
          if (toMinor(amounts.rounding) !== 0n) rounded += 1
          if (calculation.prices !== 'net' || calculation.profile !== 'per_category') continue
          for (const { treatment, base, amounts: levied } of amounts.taxes) {
            expect(levied.map(toMinor)).toEqual(
              taxesOnNet(toMinor(base), readTreatment(treatment).rates, calculation.rounding),
            )
          }
        }
        for (const claim of claims) credit(claim)
        credits += notes.length
        for (const claim of claims) {
          const own = notes.filter(({ invoice }) => invoice === claim.id)
          const mine = own.flatMap((note) => note.totals ?? [])
          if (claim.totals !== undefined) expectSameAmounts(mine, claim.totals)
          for (const { line, net } of claim.lines) {
            const given = own.flatMap(({ lines }) => lines.filter((each) => each.line === line))
            strictEqual(sum(given.map((each) => each.net)), toMinor(net))
          }
          strictEqual(toMinor(openAmount(books.invoice(claim.id))), 0n)
        }
        strictEqual(total(), 0n)
        expect(books.stored(order.id).credited).toEqual(books.stored(order.id).invoiced)
      }),
      cases,
    )
    expect(debits).toBeGreaterThan(15_000)
    expect(credits).toBeGreaterThan(20_000)
    expect(rounded).toBeGreaterThan(300)
  }, 180_000)

  it('units of a line cost what the billed ones do: as many again claim as much, with tax where their prices contain it', () => {
    fc.assert(
      fc.property(contentArb, totalsArb, (content, totals) => {
        const opened = billed(content, totals, () => 0)
        const [invoice] = opened?.invoices ?? []
        if (opened === undefined || invoice?.totals === undefined) return
        const wanted = invoice.lines.map(({ line, quantity }) => ({ line, quantity }))
        const debited = opened.books.debit(invoice.id, { lines: wanted })
        if (!debited.ok) throw new Error(debited.error.code)
        if (content.prices === 'gross') {
          strictEqual(sum([debited.value.totals?.gross]), sum(invoice.lines.map(({ gross }) => gross)))
        } else {
          debited.value.lines.forEach((line, at) => {
            const { net, shares = [] } = invoice.lines[at] as Invoice['lines'][number]
            strictEqual(toMinor(line.net), sum([net, ...shares]))
          })
        }
      }),
      cases,
    )
  }, 180_000)
})
