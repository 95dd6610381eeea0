import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { toMinor } from '../../src/core/money/money.js'
import { openBooks } from '../support/books.js'
import { contentArb, expectSameAmounts, sum, totalsArb } from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }

describe('voided invoices', () => {
  it('OQ4 MO3 whatever is billed, voided and billed again, the invoices that stand add up to the order, tax by tax (killbill #154)', () => {
    let voided = 0
    let refused = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const choose = (most: number): number => (choices.next().value ?? 0) % (most + 1)
        const books = openBooks({ totals })
        books.product('NAIL', 0)
        const order = books.order(content)
        if (!order.ok || order.value.totals === undefined) return
        const { id } = order.value
        let standing: Invoice[] = []
        let isInTurn = true
        const bill = (most: boolean) => {
          const wanted = books.stored(id).lines.flatMap((line) => {
            const left = line.quantity - line.invoiced
            const quantity = most ? left : choose(left)
            return quantity === 0 ? [] : [{ line: line.id as never, quantity }]
          })
          if (wanted.length > 0) standing.push(books.bill(id, wanted))
        }
        for (let step = 0; step < 6; step += 1) {
          if (choose(2) > 0 || standing.length === 0) {
            bill(false)
            continue
          }
          const at = choose(standing.length - 1)
          const invoice = standing[at] as Invoice
          const answer = books.void(invoice.id)
          if (answer.ok) voided += 1
          else refused += 1
          // An invoice of nothing is settled at once; any other that is the latest can be voided, unless one before it was out of its turn.
          const isLatest = at === standing.length - 1
          if (isLatest && isInTurn && toMinor(invoice.total) !== 0n) strictEqual(answer.ok, true)
          if (answer.ok && !isLatest) isInTurn = false
          if (answer.ok) standing = standing.filter((other) => other !== invoice)
          strictEqual(toMinor(books.stored(id).invoiced), sum(standing.map(({ total }) => total)))
        }
        bill(true)
        expectSameAmounts(
          standing.flatMap((invoice) => invoice.totals ?? []),
          order.value.totals,
        )
        expect(books.stored(id).invoiced).toEqual(order.value.total)
      }),
      cases,
    )
    expect(voided).toBeGreaterThan(7_000)
    expect(refused).toBeGreaterThan(1_000)
  }, 240_000)
})
