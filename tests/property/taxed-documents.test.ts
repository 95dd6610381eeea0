import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { isNegative, toMinor } from '../../src/core/money/money.js'
import { treatmentKey } from '../../src/core/tax/tax-treatment.js'
import type { DocumentAmounts } from '../../src/core/totals/calculation.js'
import { openBooks } from '../support/books.js'
import {
  chooser,
  contentArb,
  decimal,
  digitsOf,
  expectSameAmounts,
  fields,
  steps,
  sum,
  totalsArb,
  underTax,
} from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }

const expectAddsUp = ({ totals, total, lines }: Pick<Invoice, 'totals' | 'total' | 'lines'>): void => {
  if (totals === undefined) throw new Error('the document has no totals')
  const amounts = Object.fromEntries(fields.map((field) => [field, toMinor(totals[field])])) as Record<
    (typeof fields)[number],
    bigint
  >
  expect(amounts.lineNet).toBe(sum(lines.map(({ net }) => net)))
  expect(amounts.net).toBe(amounts.lineNet - amounts.discounts + amounts.charges)
  expect(amounts.net).toBe(sum(totals.taxes.map(({ base }) => base)))
  expect(amounts.tax).toBe(sum(totals.taxes.map(({ tax }) => tax)))
  expect(toMinor(total)).toBe(amounts.net + amounts.tax + amounts.rounding)
}

describe('documents with taxes', () => {
  it('OQ4 MO3 M89 invoices in any partition add up to the order, tax by tax (odoo #102838, Sylius #4454)', () => {
    let invoices = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const books = openBooks({ totals })
        books.product('NAIL', 0)
        const order = books.order(content)
        if (!order.ok || order.value.totals === undefined) return
        const billed = books.billInSteps(order.value, chooser(choices))
        invoices += billed.length
        for (const invoice of billed) {
          expectAddsUp(invoice)
          strictEqual(
            invoice.totals?.taxes.some(({ base }) => isNegative(base)),
            false,
          )
        }
        expectSameAmounts(
          billed.flatMap((invoice) => invoice.totals ?? []),
          order.value.totals,
        )
        strictEqual(sum(billed.map(({ total }) => total)), toMinor(order.value.total))
        expect(books.stored(order.value.id).invoiced).toEqual(order.value.total)
      }),
      cases,
    )
    expect(invoices).toBeGreaterThan(cases.numRuns)
  })

  it('MO6 OQ5 credits in any partition and order leave zero, and never exceed a tax (PrestaShop #10815, lago #2643)', () => {
    let notes = 0
    fc.assert(
      fc.property(
        contentArb,
        totalsArb,
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        (content, totals, choices, corrects) => {
          const books = openBooks({ totals })
          books.product('NAIL', 0)
          const order = books.order(content)
          if (!order.ok) return
          const choose = chooser(choices)
          const wanted = order.value.lines.flatMap(({ id, quantity }, at) => {
            const units = at === 0 ? 1 + choose(quantity - 1) : choose(quantity)
            return units === 0 ? [] : [{ line: id as never, quantity: units }]
          })
          const invoice = books.bill(order.value.id, wanted)
          if (invoice.totals === undefined) throw new Error('an order with taxes has totals')
          const credits: DocumentAmounts[] = []
          steps(invoice.lines, choose, (units) => {
            if (corrects && choose(2) === 0) {
              const [first] = units
              const line = first?.line.line
              const amount =
                choose(2) === 0
                  ? books.mostOff(invoice, line)
                  : {
                      amount: decimal(1 + choose(20), digitsOf[content.currency]),
                      currency: content.currency,
                    }
              const note = books.credit(invoice.id, { corrections: [{ line, amount }] })
              if (note.ok) expectAddsUp(note.value)
              if (note.ok && note.value.totals !== undefined) credits.push(note.value.totals)
            }
            const note = books.credit(invoice.id, {
              lines: units.map(({ line, quantity }) => ({ line: line.line, quantity })),
            })
            if (!note.ok) throw new Error(JSON.stringify(note.error))
            notes += 1
            expectAddsUp(note.value)
            strictEqual(
              note.value.lines.some(({ net }) => isNegative(net)),
              false,
            )
            if (note.value.totals !== undefined) credits.push(note.value.totals)
            for (const { treatment, base, tax } of invoice.totals?.taxes ?? []) {
              const own = credits.map((one) => underTax(one, treatmentKey(treatment)))
              strictEqual(sum(own.map((one) => one?.base)) <= toMinor(base), true)
              strictEqual(sum(own.map((one) => one?.tax)) <= toMinor(tax), true)
            }
          })
          expectSameAmounts(credits, invoice.totals)
          const after = books.invoice(invoice.id)
          expect(after.credited).toEqual(invoice.total)
          expect(after.creditedLines).toEqual(
            invoice.lines.map(({ quantity, net, shares, gross }) => ({ quantity, net, shares, gross })),
          )
          expect(books.credit(invoice.id)).toMatchObject({ error: { code: 'credit_exceeds_invoice' } })
        },
      ),
      cases,
    )
    expect(notes).toBeGreaterThan(cases.numRuns)
  })
})
