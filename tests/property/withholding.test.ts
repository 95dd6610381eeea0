import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { openAmount, payableAmount, uncertifiedAmount } from '../../src/core/invoicing/invoice-amounts.js'
import { withheldOf } from '../../src/core/invoicing/withheld.js'
import { toMinor } from '../../src/core/money/money.js'
import { percentOf } from '../../src/core/money/percent.js'
import type { Withholding } from '../../src/core/totals/withholdings.js'
import { openBooks } from '../support/books.js'
import { chooser, contentArb, decimal, steps, sum, totalsArb } from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }

/** Up to two taxes on the net amount and one on the tax, of up to half of it. */
const withholdingsArb = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 2 }),
    fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  )
  .map(([onNet, onTax]) => [
    ...onNet.map((percent, at) => ({ name: `net ${at}`, percent: decimal(percent, 2), on: 'net' as const })),
    ...(onTax === undefined ? [] : [{ name: 'tax', percent: decimal(onTax, 2), on: 'tax' as const }]),
  ])

const named = (withholdings: readonly Withholding[], name: string) =>
  withholdings.filter((withholding) => withholding.name === name)

/** Whether deposits have claimed all that it bills. */
const isDeducted = ({ total, totals, deducted = [] }: Invoice): boolean =>
  toMinor(totals?.gross ?? total) === sum(deducted.flatMap(({ net, tax }) => [net, tax]))

const withheldOfAll = (documents: readonly Pick<Invoice, 'withholdings'>[]): readonly Withholding[] =>
  documents.flatMap(({ withholdings = [] }) => withholdings)

describe('what customers withhold', () => {
  it('adds up over any partition into invoices to what is withheld of the order, tax by tax', () => {
    let invoices = 0
    fc.assert(
      fc.property(
        contentArb,
        totalsArb,
        withholdingsArb,
        fc.infiniteStream(fc.nat()),
        (content, totals, withholdings, choices) => {
          const books = openBooks({ totals })
          books.product('NAIL', 0)
          const order = books.order({ ...content, withholdings })
          if (!order.ok || order.value.totals === undefined) return
          const billed = books.billInSteps(order.value, chooser(choices))
          invoices += billed.length
          const all = withheldOfAll(billed)
          for (const { name, percent, on } of withholdings) {
            const whole = toMinor(order.value.totals[on])
            strictEqual(sum(named(all, name).map(({ base }) => base)), whole)
            strictEqual(
              sum(named(all, name).map(({ amount }) => amount)),
              percentOf(whole, percent, totals.rounding),
            )
          }
        },
      ),
      cases,
    )
    expect(invoices).toBeGreaterThan(cases.numRuns)
  })

  it('F101 adds up over deposits, invoices that deduct them and deposits that are credited, and is given back with the goods', () => {
    let deducted = 0
    fc.assert(
      fc.property(
        contentArb,
        totalsArb,
        withholdingsArb,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 2 }),
        fc.infiniteStream(fc.nat()),
        (content, totals, withholdings, percents, choices) => {
          const books = openBooks({ totals })
          books.product('NAIL', 0)
          const order = books.order({ ...content, withholdings })
          if (!order.ok || order.value.totals === undefined) return
          const choose = chooser(choices)
          const { id, lines } = order.value
          const deposits = percents.flatMap((percent) => {
            const deposit = books.deposit(id, { percent: String(percent) })
            return deposit.ok ? [deposit.value] : []
          })
          const notes: CreditNote[] = []
          const invoices: Invoice[] = []
          steps(lines, choose, (units) => {
            const wanted = units.map(({ line, quantity }) => ({ line: line.id as never, quantity }))
            const invoice = books.bill(id, wanted)
            invoices.push(invoice)
            deducted += invoice.deducted === undefined ? 0 : 1
            if (isDeducted(invoice)) expect(toMinor(withheldOf(invoice))).toBe(0n)
            const [first] = deposits
            if (first === undefined || choose(5) > 0) return
            const note = books.credit(first.id)
            if (note.ok) notes.push(note.value)
          })
          const taken = withheldOfAll(invoices.flatMap((invoice) => invoice.deducted ?? []))
          const claimed = withheldOfAll([...deposits, ...invoices])
          const given = withheldOfAll(notes)
          for (const { name, percent, on } of withholdings) {
            const amounts = (of: readonly Withholding[]) => sum(named(of, name).map(({ amount }) => amount))
            const whole = percentOf(toMinor(order.value.totals[on]), percent, totals.rounding)
            expect(amounts(claimed) - amounts(taken) - amounts(given)).toBe(whole)
          }
          for (const invoice of invoices) expect(books.credit(invoice.id).ok).toBe(true)
          const left = [...deposits, ...invoices].map((one) => toMinor(withheldOf(books.invoice(one.id))))
          expect(left.reduce((all, one) => all + one, 0n)).toBe(0n)
        },
      ),
      cases,
    )
    expect(deducted).toBeGreaterThan(cases.numRuns / 2)
  })

  it('MO6 is credited in any partition and order to the last cent, and no certificate counts for more than is left', () => {
    let certified = 0
    fc.assert(
      fc.property(
        contentArb,
        totalsArb,
        withholdingsArb,
        fc.infiniteStream(fc.nat()),
        (content, totals, withholdings, choices) => {
          const books = openBooks({ totals })
          books.product('NAIL', 0)
          const order = books.order({ ...content, withholdings })
          if (!order.ok) return
          const choose = chooser(choices)
          const wanted = order.value.lines.flatMap(({ id, quantity }, at) => {
            const units = at === 0 ? 1 + choose(quantity - 1) : choose(quantity)
            return units === 0 ? [] : [{ line: id as never, quantity: units }]
          })
          const invoice = books.bill(order.value.id, wanted)
          const most = uncertifiedAmount(invoice)
          strictEqual(toMinor(payableAmount(invoice)) + toMinor(most), toMinor(invoice.total))
          if (toMinor(most) > 0n && choose(1) === 0) {
            strictEqual(books.certify(invoice.id, most).ok, true)
            certified += 1
          }
          const notes: CreditNote[] = []
          steps(invoice.lines, choose, (units) => {
            const lines = units.map(({ line, quantity }) => ({ line: line.line, quantity }))
            const note = books.credit(invoice.id, { lines })
            if (!note.ok) throw new Error(JSON.stringify(note.error))
            notes.push(note.value)
            const after = books.invoice(invoice.id)
            strictEqual(certificatesOf(after) <= positive(toMinor(withheldOf(after))), true)
            strictEqual(after.status === 'settled', toMinor(openAmount(after)) <= 0n)
          })
          const credited = withheldOfAll(notes)
          for (const { name, base, amount } of invoice.withholdings ?? []) {
            strictEqual(sum(named(credited, name).map((one) => one.base)), toMinor(base))
            strictEqual(sum(named(credited, name).map((one) => one.amount)), toMinor(amount))
          }
          const after = books.invoice(invoice.id)
          strictEqual(toMinor(withheldOf(after)), 0n)
          strictEqual(certificatesOf(after), 0n)
          strictEqual(toMinor(openAmount(after)), 0n)
        },
      ),
      cases,
    )
    expect(certified).toBeGreaterThan(cases.numRuns / 4)
  })
})

const certificatesOf = ({ differences = [] }: Invoice): bigint =>
  sum(differences.filter(({ kind }) => kind === 'withholding').map(({ amount }) => amount))

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n)
