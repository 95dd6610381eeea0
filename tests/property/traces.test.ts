import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { printedAt } from '../../src/core/invoicing/printed-amount.js'
import { traceBilled } from '../../src/core/invoicing/trace-billed.js'
import { traceCredit } from '../../src/core/invoicing/trace-credit.js'
import { traceAt, type DocumentTraces } from '../../src/core/invoicing/trace-document.js'
import { printTrace, type Trace } from '../../src/core/totals/trace.js'
import { openBooks } from '../support/books.js'
import { chooser, contentArb, steps, totalsArb } from '../support/taxed-orders.js'
import { amountPaths, traceFaults } from '../support/trace-arithmetic.js'

const cases = { numRuns: 1_000 }

const issued = ({ paid: _p, credited: _c, creditedLines: _l, creditedTotals: _t, ...document }: Invoice) =>
  document

/** Each amount of a document has a trace that comes to it, and computes. */
const expectTraced = (document: object, traces: DocumentTraces): number => {
  const paths = amountPaths(document)
  const known = new WeakSet<Trace>()
  for (const path of paths) {
    const trace = traceAt(document as Invoice, traces, path.split('.'))
    if (trace === undefined) throw new Error(`${path} has no trace`)
    const printed = printedAt(document, path.split('.'))
    const faults = traceFaults(trace, known)
    if (trace.amount !== printed || faults.length > 0) {
      throw new Error(`${path} is ${printed}\n${printTrace(trace)}\n${faults.join('\n')}`)
    }
  }
  return paths.length
}

describe('the trace of each amount of a document', () => {
  it('F130 comes to what is printed, and computes, for invoices of parts of an order', () => {
    let amounts = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const books = openBooks({ totals })
        books.product('NAIL', 0)
        const order = books.order(content)
        if (!order.ok) return
        const { id, lines } = order.value
        steps(lines, chooser(choices), (units) => {
          const before = books.stored(id)
          const wanted = units.map(({ line, quantity }) => ({ line: line.id as never, quantity }))
          const invoice = books.bill(id, wanted)
          amounts += expectTraced(issued(invoice), traceBilled(invoice, before))
        })
      }),
      cases,
    )
    expect(amounts).toBeGreaterThan(10 * cases.numRuns)
  })

  it('F130 comes to what is printed, and computes, for credit notes of parts of an invoice', () => {
    let amounts = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const books = openBooks({ totals })
        books.product('NAIL', 0)
        const order = books.order(content)
        if (!order.ok) return
        const { id, lines } = order.value
        const all = lines.map(({ id: line, quantity }) => ({ line: line as never, quantity }))
        const invoice = books.bill(id, all)
        steps(invoice.lines, chooser(choices), (units) => {
          const before = books.invoice(invoice.id)
          const note = books.credit(invoice.id, {
            lines: units.map(({ line, quantity }) => ({ line: line.line, quantity })),
          })
          if (!note.ok) throw new Error(note.error.code)
          const facts = { invoice: before, lines: [], deducted: [] }
          amounts += expectTraced(note.value satisfies CreditNote, traceCredit(note.value, facts))
        })
      }),
      cases,
    )
    expect(amounts).toBeGreaterThan(10 * cases.numRuns)
  })
})
