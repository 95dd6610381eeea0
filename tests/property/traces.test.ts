import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { CreditedLine, Invoice } from '../../src/core/invoicing/invoice.js'
import { printedAt } from '../../src/core/invoicing/printed-amount.js'
import { traceAt } from '../../src/core/invoicing/traces/at.js'
import { traceBilled } from '../../src/core/invoicing/traces/billed.js'
import { traceCredit } from '../../src/core/invoicing/traces/credit.js'
import { traceDebit } from '../../src/core/invoicing/traces/debit.js'
import { traceDeposit } from '../../src/core/invoicing/traces/deposit.js'
import type { DeductedBy } from '../../src/core/invoicing/traces/left-of-deposit.js'
import type { DocumentTraces } from '../../src/core/invoicing/traces/document.js'
import { printTrace, type Trace } from '../../src/core/totals/traces/trace.js'
import { openBooks } from '../support/books.js'
import { chooser, contentArb, decimal, digitsOf, steps, totalsArb } from '../support/taxed-orders.js'
import { amountPaths, movedUnits, traceFaults } from '../support/trace-arithmetic.js'

const withholdings = [
  { name: 'IRPF', percent: '15', on: 'net' },
  { name: 'IVA', percent: '66.67', on: 'tax' },
]

const cases = { numRuns: 1_000 }
const fewer = { numRuns: 300 }

const smallest = (currency: keyof typeof digitsOf, units: number): string =>
  decimal(units, digitsOf[currency])

const issued = ({
  paid: _p,
  credited: _c,
  creditedLines: _l,
  creditedTotals: _t,
  creditedWithholdings: _w,
  ...document
}: Invoice) => document

type IssuedInvoice = ReturnType<typeof issued>

const hasSeveral = ({ adjustments = [], lines }: IssuedInvoice | CreditNote): boolean =>
  adjustments.length > 1 || lines.some((line) => (line.adjustments?.length ?? 0) > 1)

/** Each amount of a document has a trace that comes to it, and computes. */
const expectTraced = (document: CreditNote | IssuedInvoice, traces: DocumentTraces): number => {
  const paths = amountPaths(document)
  const known = new WeakSet<Trace>()
  for (const path of paths) {
    const trace = traceAt(document, traces, path.split('.'))
    if (trace === undefined) throw new Error(`${path} has no trace`)
    const printed = printedAt(document, path.split('.'))
    const faults = traceFaults(trace, known)
    const isMoved = movedUnits(trace) > 0 && !hasSeveral(document)
    if (trace.amount !== printed || faults.length > 0 || isMoved) {
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

  it('F130 comes to what is printed, and computes, for deposits, what deducts them, and their credits', () => {
    let amounts = 0
    fc.assert(
      fc.property(
        contentArb,
        totalsArb,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 2 }),
        fc.infiniteStream(fc.nat()),
        (content, totals, percents, choices) => {
          const books = openBooks({ totals })
          books.product('NAIL', 0)
          const order = books.order({ ...content, withholdings })
          if (!order.ok) return
          const { id, lines } = order.value
          for (const percent of percents) {
            const before = books.stored(id)
            const deposit = books.deposit(id, { percent: String(percent) })
            if (deposit.ok)
              amounts += expectTraced(issued(deposit.value), traceDeposit(deposit.value, before))
          }
          const deductions = new Map<string, DeductedBy[]>()
          const choose = chooser(choices)
          steps(lines, choose, (units) => {
            const before = books.stored(id)
            const wanted = units.map(({ line, quantity }) => ({ line: line.id as never, quantity }))
            const invoice = books.bill(id, wanted)
            for (const part of invoice.deducted ?? []) {
              const by = { invoice: invoice.id, part }
              deductions.set(part.invoice, [...(deductions.get(part.invoice) ?? []), by])
            }
            amounts += expectTraced(issued(invoice), traceBilled(invoice, before))
            const [deposit] = before.depositInvoices ?? []
            if (deposit === undefined || choose(3) > 0) return
            const credited = books.invoice(deposit.invoice)
            const note = books.credit(deposit.invoice)
            if (!note.ok) return
            const facts = { invoice: credited, lines: [], deducted: deductions.get(deposit.invoice) ?? [] }
            amounts += expectTraced(note.value, traceCredit(note.value, facts))
          })
        },
      ),
      fewer,
    )
    expect(amounts).toBeGreaterThan(10 * fewer.numRuns)
  })

  it('F130 comes to what is printed, and computes, for debit notes, price corrections and what is withheld', () => {
    let amounts = 0
    fc.assert(
      fc.property(contentArb, totalsArb, fc.infiniteStream(fc.nat()), (content, totals, choices) => {
        const books = openBooks({ totals })
        books.product('NAIL', 0)
        const order = books.order({ ...content, withholdings })
        if (!order.ok) return
        const { id, lines } = order.value
        const choose = chooser(choices)
        steps(lines, choose, (units) => {
          const before = books.stored(id)
          const wanted = units.map(({ line, quantity }) => ({ line: line.id as never, quantity }))
          const invoice = books.bill(id, wanted)
          amounts += expectTraced(issued(invoice), traceBilled(invoice, before))
          const corrections = invoice.lines.map(({ line }) => ({
            line,
            amount: { amount: smallest(content.currency, 1 + choose(20)), currency: content.currency },
          }))
          for (const what of [{ corrections }, { lines: [{ line: corrections[0]?.line, quantity: 2 }] }]) {
            const debit = books.debit(invoice.id, what)
            if (debit.ok) amounts += expectTraced(issued(debit.value), traceDebit(debit.value, invoice))
          }
          const most = () => ({
            corrections: corrections.map(({ line }) => ({ line, amount: books.mostOff(invoice, line) })),
          })
          const prices = [
            () => ({ corrections: corrections.toReversed() }),
            () => ({ corrections }),
            most,
            () => ({}),
          ] as const
          for (const asks of prices) {
            const what: { readonly corrections?: typeof corrections } = asks()
            const credited = books.invoice(invoice.id)
            const note = books.credit(invoice.id, what)
            if (!note.ok) continue
            const asked = (what.corrections ?? []).map(({ line }) => line)
            const own = asked.map((line) => note.value.lines.find((one) => one.line === line) as CreditedLine)
            const facts = { invoice: credited, lines: own, deducted: [] }
            amounts += expectTraced(note.value, traceCredit(note.value, facts))
          }
        })
      }),
      fewer,
    )
    expect(amounts).toBeGreaterThan(10 * fewer.numRuns)
  })
})
