import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { differencesOf, openAmount } from '../../src/core/invoicing/invoice-amounts.js'
import { partOf } from '../../src/core/invoicing/invoice-parts.js'
import { fromMinor, toMinor } from '../../src/core/money/money.js'
import type { Order } from '../../src/core/orders/order.js'
import { owedFor } from '../../src/core/orders/order-status.js'
import { openBooks } from '../support/books.js'
import {
  chooser,
  contentIn,
  currencyArb,
  expectSameAmounts,
  fields,
  sum,
  totalsArb,
} from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }

type Choose = (most: number) => number

const customer = 'C-1'

/** Two or three orders of a customer in one currency and one way of calculating, some of which an invoice of their own bills in part. */
const shop = fc.record({
  contents: currencyArb.chain((currency) =>
    fc
      .array(contentIn(currency, 2), { minLength: 2, maxLength: 3, size: 'xsmall' })
      .map(([first, ...others]) => [first, ...others.map((other) => ({ ...other, prices: first?.prices }))]),
  ),
  totals: totalsArb,
  choices: fc.infiniteStream(fc.nat()),
})

const open = (contents: readonly unknown[], totals: object, choose: Choose) => {
  const books = openBooks({ totals })
  books.product('NAIL', 0)
  books.customer(customer)
  const alone: Invoice[] = []
  const orders = contents.flatMap((content): readonly Order[] => {
    const order = books.order({ ...(content as object), customer })
    if (!order.ok || order.value.totals === undefined) return []
    const some = order.value.lines.flatMap(({ id, quantity }) => {
      const part = choose(quantity)
      return part === 0 ? [] : [{ line: id as never, quantity: part }]
    })
    if (some.length > 0 && choose(2) === 0) alone.push(books.bill(order.value.id, some))
    return [order.value]
  })
  return { books, orders, alone }
}

describe('consolidated invoices', () => {
  it('OQ4 MO3 with the invoices of single orders add up to each order, line by line and tax by tax, and to what is printed', () => {
    let consolidated = 0
    let refused = 0
    fc.assert(
      fc.property(shop, ({ contents, totals, choices }) => {
        const choose = chooser(choices)
        const { books, orders, alone } = open(contents, totals, choose)
        if (orders.length === 0) return
        const billed = books.billTogether(orders.map(({ id }) => id))
        if (!billed.ok) {
          expect(['rounding', 'scope']).toContain(billed.error.details['because'])
          refused += 1
          return
        }
        const invoice = billed.value
        if (invoice?.parts === undefined) return
        consolidated += 1
        const parts = invoice.parts.map(({ order }) => partOf(invoice, order) as Invoice)
        for (const { id, totals: whole, total } of orders) {
          const own = [...alone, ...parts].filter(({ order }) => order === id)
          expectSameAmounts(
            own.flatMap((part) => part.totals ?? []),
            whole as NonNullable<typeof whole>,
          )
          strictEqual(sum(own.map((part) => part.total)), toMinor(total))
          expect(books.stored(id).invoiced).toEqual(total)
        }
        const { totals: whole, lines, total } = invoice
        if (whole === undefined) throw new Error('it was calculated')
        for (const field of fields) {
          strictEqual(sum(parts.map((part) => part.totals?.[field])), toMinor(whole[field]))
        }
        strictEqual(sum(lines.map(({ net }) => net)), toMinor(whole.lineNet))
        const ofKind = (kind: 'discount' | 'charge') =>
          sum(
            whole.adjustments
              .filter(({ index }) => invoice.adjustments?.[index]?.kind === kind)
              .map(({ amount }) => amount),
          )
        expect([ofKind('discount'), ofKind('charge')]).toEqual([
          -toMinor(whole.discounts),
          toMinor(whole.charges),
        ])
        strictEqual(sum(whole.taxes.map(({ base }) => base)), toMinor(whole.net))
        strictEqual(sum(whole.taxes.map(({ tax }) => tax)), toMinor(whole.tax))
        strictEqual(sum([whole.net, whole.tax, whole.rounding]), toMinor(total))
      }),
      cases,
    )
    expect(consolidated).toBeGreaterThan(3_000)
    expect(refused).toBeGreaterThan(80)
  }, 240_000)

  it('MO6 MO7 what is paid, let go and credited of one is told to its orders to the cent, in any order, and credit notes of all leave nothing', () => {
    const steps = { paid: 0, credited: 0, forgone: 0, undone: 0 }
    fc.assert(
      fc.property(shop, ({ contents, totals, choices }) => {
        const choose = chooser(choices)
        const { books, orders } = open(contents, totals, () => 0)
        if (orders.length === 0) return
        const billed = books.billTogether(orders.map(({ id }) => id))
        if (!billed.ok || billed.value?.parts === undefined) return
        const { id, currency } = billed.value
        const some = (most: bigint) => fromMinor(1n + (BigInt(choose(1_000_000)) % most), currency)
        const notes: CreditNote[] = []
        const credit = (order: Order, what: object = {}) => {
          const note = books.credit(id, { order: order.id, ...what })
          if (note.ok) notes.push(note.value)
          else strictEqual(note.error.code, 'credit_exceeds_invoice')
        }
        const expectTold = () => {
          const invoice = books.invoice(id)
          const now = orders.map((order) => books.stored(order.id))
          strictEqual(sum(now.map(({ paid }) => paid)), toMinor(invoice.paid))
          strictEqual(sum(now.map(({ credited }) => credited)), toMinor(invoice.credited))
          strictEqual(sum(now.map(({ forgone }) => forgone)), toMinor(differencesOf(invoice)))
          const owed = now.map((order) => toMinor(owedFor(order)) - toMinor(order.paid))
          strictEqual(
            owed.reduce((left, each) => left + each, 0n),
            toMinor(openAmount(invoice)),
          )
          // Only the last can be paid too much, and what is open is never set off against it.
          for (const each of owed.slice(0, -1)) strictEqual(each >= 0n, true)
          if (invoice.status === 'settled') for (const each of owed) strictEqual(each <= 0n, true)
        }
        let written: string | undefined
        for (let step = 0; step < 4; step += 1) {
          const left = toMinor(openAmount(books.invoice(id)))
          const order = orders[choose(orders.length - 1)] as Order
          switch (choose(3)) {
            case 0:
              if (left > 0n && books.pay(id, some(left)).ok) steps.paid += 1
              break
            case 1: {
              const { id: line, quantity } = order.lines[
                choose(order.lines.length - 1)
              ] as Order['lines'][number]
              credit(order, { lines: [{ line, quantity: 1 + choose(quantity - 1) }] })
              break
            }
            case 2: {
              const forgone = left > 0n ? books.writeOff(id, some(left)) : undefined
              if (forgone?.ok === true) [written, steps.forgone] = [forgone.value, steps.forgone + 1]
              break
            }
            default:
              if (written !== undefined && books.undoWriteOff(id, written).ok) steps.undone += 1
              written = undefined
          }
          expectTold()
        }
        for (const order of orders) credit(order)
        steps.credited += notes.length
        expectTold()
        const after = books.invoice(id)
        expect(after.credited).toEqual(after.total)
        for (const order of orders) {
          const own = notes.filter((note) => note.order === order.id)
          expectSameAmounts(
            own.flatMap((note) => note.totals ?? []),
            partOf(after, order.id)?.totals ?? (order.totals as NonNullable<Order['totals']>),
          )
          expect(books.stored(order.id).credited).toEqual(order.total)
        }
      }),
      cases,
    )
    expect(steps.paid).toBeGreaterThan(2_000)
    expect(steps.credited).toBeGreaterThan(10_000)
    expect(steps.forgone).toBeGreaterThan(300)
    expect(steps.undone).toBeGreaterThan(300)
  }, 240_000)
})
