import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toMinor } from '../../src/core/money/money.js'
import { openBooks } from '../support/books.js'
import { contentArb, decimal, expectSameAmounts, sum, totalsArb } from '../support/taxed-orders.js'
import { treatmentArb } from '../support/totals-arbitrary.js'

const cases = { numRuns: 10_000 }

const open = (totals: object = {}) => {
  const books = openBooks({ totals })
  books.product('NAIL', 0)
  return books
}

describe('partial invoices of prices with tax', () => {
  it('MO3 MO6 cost the customer what price times quantity says, to the cent, whatever units they bill, and give that back', () => {
    const lineArb = fc.record({
      price: fc.integer({ min: 1, max: 99_999 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      tax: treatmentArb,
    })
    let [parts, notes] = [0, 0]
    fc.assert(
      fc.property(
        fc.array(lineArb, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('per_category', 'per_line'),
        fc.infiniteStream(fc.nat()),
        (lines, profile, choices) => {
          const choose = (most: number): number => (choices.next().value ?? 0) % (most + 1)
          const books = open({ profile })
          const order = books.order({
            channel: 'web',
            currency: 'EUR',
            prices: 'gross',
            lines: lines.map(({ price, quantity, tax }) => ({
              sku: 'NAIL',
              quantity,
              unitPrice: { amount: decimal(price, 2), currency: 'EUR' },
              tax,
            })),
          })
          if (!order.ok) throw new Error(order.error.code)
          const id = order.value.id as never
          for (let step = 4; step >= 0; step -= 1) {
            const wanted = books.stored(id).lines.map((line) => ({
              line: line.id as never,
              quantity: step === 0 ? line.quantity - line.invoiced : choose(line.quantity - line.invoiced),
            }))
            const billed = wanted.filter(({ quantity }) => quantity > 0)
            if (billed.length === 0) continue
            const invoice = books.bill(id, billed)
            const told = (units: readonly { readonly quantity: number }[]): bigint =>
              BigInt(lines.reduce((all, { price }, at) => all + price * (units[at]?.quantity ?? 0), 0))
            strictEqual(toMinor(invoice.total), told(wanted))
            parts += 1
            const some = wanted.map(({ line, quantity }) => ({ line, quantity: choose(quantity) }))
            const back = some.filter(({ quantity }) => quantity > 0)
            if (back.length === 0) continue
            const note = books.credit(invoice.id, { lines: back })
            if (!note.ok) throw new Error(note.error.code)
            strictEqual(toMinor(note.value.total), told(some))
            notes += 1
          }
        },
      ),
      cases,
    )
    expect(Math.min(parts, notes)).toBeGreaterThan(cases.numRuns)
  })

  it('MO3 OQ4 print lines, discounts, charges and taxes that add up to their totals, and all of them to the order', () => {
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const choose = (most: number): number => (choices.next().value ?? 0) % (most + 1)
        const books = open(totals)
        const order = books.order({ ...content, prices: 'gross' })
        if (!order.ok || order.value.totals === undefined) return
        const id = order.value.id as never
        const printed = []
        for (let step = 3; step >= 0; step -= 1) {
          const wanted = books.stored(id).lines.flatMap((line) => {
            const left = line.quantity - line.invoiced
            const quantity = step === 0 ? left : choose(left)
            return quantity === 0 ? [] : [{ line: line.id as never, quantity }]
          })
          if (wanted.length === 0) continue
          const { lines, totals: own, total } = books.bill(id, wanted)
          if (own === undefined) throw new Error('an invoice of a calculated order has totals')
          const net = sum(lines.map((line) => line.net)) - toMinor(own.discounts) + toMinor(own.charges)
          strictEqual(net, toMinor(own.net))
          strictEqual(net + sum(own.taxes.map(({ tax }) => tax)), toMinor(own.gross))
          strictEqual(toMinor(own.gross) + toMinor(own.rounding), toMinor(total))
          strictEqual(sum(own.taxes.map(({ base }) => base)), net)
          printed.push(own)
        }
        expectSameAmounts(printed, order.value.totals)
      }),
      cases,
    )
  })
})
