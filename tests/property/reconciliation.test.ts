import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lanesOf } from '../../src/app/lanes.js'
import type { InvoiceId } from '../../src/core/ids/ids.js'
import { openAmount } from '../../src/core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import type { OpenInvoice } from '../../src/core/invoicing/open-invoices.js'
import { openInvoicesKind } from '../../src/core/invoicing/open-invoices.js'
import { currencyCode } from '../../src/core/money/currency.js'
import {
  add,
  fromMinor,
  isNegative,
  subtract,
  sumOf,
  toMinor,
  type Money,
} from '../../src/core/money/money.js'
import { orderKind } from '../../src/core/orders/order.js'
import { paymentKind, unappliedAmount } from '../../src/core/payments/payment.js'
import type { StatementEntry } from '../../src/core/ports/statement-reader.js'
import { bankEntryKind } from '../../src/core/reconciliation/bank-entry.js'
import { uniqueSubset } from '../../src/core/reconciliation/invoice-subset.js'
import { matchEntry } from '../../src/core/reconciliation/match-entry.js'
import type { LocalDate } from '../../src/core/time/local-date.js'
import { bill, eur, openBank, register, statement, type Bank, type Bill } from '../support/bank.js'
import { newKey } from '../support/shop.js'

const EUR = currencyCode('EUR')
const cents = (minor: number): Money => fromMinor(BigInt(minor), EUR)
/** Few different amounts, so that ties, sums and remainders are common. */
const small = fc.integer({ min: 1, max: 12 }).map((tens) => tens * 500)

const openInvoices = fc
  .array(fc.tuple(small, fc.integer({ min: 1, max: 3 })), { maxLength: 12 })
  .map((drawn) =>
    drawn.map(([minor, month], index): OpenInvoice => ({
      invoice: `id ${index}` as InvoiceId,
      number: `INV-${String(index).padStart(6, '0')}`,
      open: cents(minor),
      dueOn: `2026-0${month}-01` as LocalDate,
    })),
  )

const shuffled = <Item>(items: readonly Item[], seed: readonly number[]): readonly Item[] =>
  items
    .map((item, index) => ({ item, place: seed[index % Math.max(1, seed.length)] ?? 0, index }))
    .sort((left, right) => left.place - right.place || right.index - left.index)
    .map(({ item }) => item)

const seeds = fc.array(fc.integer(), { minLength: 5, maxLength: 15 })

describe('the matcher', () => {
  it('RC4 gives the same answer in whatever order the facts come', () => {
    fc.assert(
      fc.property(openInvoices, small, seeds, (open, minor, seed) => {
        const decide = (invoices: readonly OpenInvoice[]) =>
          matchEntry({
            amount: cents(minor),
            remittanceText: '',
            numbers: [],
            named: [],
            payer: { reference: 'C-1', open: invoices },
          })
        expect(decide(shuffled(open, seed))).toEqual(decide(open))
      }),
    )
  })

  it('finds the one subset that a search through all of them finds, and no other', () => {
    fc.assert(
      fc.property(openInvoices, small, (open, minor) => {
        const items = open.slice(0, 10)
        const solutions: (readonly OpenInvoice[])[] = []
        for (let mask = 1; mask < 1 << items.length; mask += 1) {
          const chosen = items.filter((_item, index) => (mask & (1 << index)) !== 0)
          const sum = chosen.reduce((total, item) => total + toMinor(item.open), 0n)
          if (sum === BigInt(minor)) solutions.push(chosen)
        }
        const found = uniqueSubset(items, cents(minor))
        strictEqual(found.found, solutions.length === 0 ? 'none' : solutions.length === 1 ? 'one' : 'several')
        if (found.found === 'one') expect(found.items).toEqual(solutions[0])
      }),
    )
  })

  it('applies exactly the amount, and nothing beyond what is open', () => {
    fc.assert(
      fc.property(openInvoices, small, (open, minor) => {
        const decision = matchEntry({
          amount: cents(minor),
          remittanceText: '',
          numbers: [],
          named: [],
          payer: { reference: 'C-1', open },
        })
        if (decision.outcome === 'needs_review') return
        const applied = decision.applications.map(({ amount }) => amount)
        expect(sumOf(applied, EUR)).toEqual(cents(minor))
        for (const { invoice, amount } of decision.applications) {
          expect(open.find((item) => item.invoice === invoice)?.open).toEqual(amount)
        }
      }),
    )
  })

  it('puts things that share anything into one lane, in order, and each thing into one lane only', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(names, { maxLength: 20 }), (touched) => {
        const lanes = lanesOf(touched)
        expect(lanes.flat().toSorted((left, right) => left - right)).toEqual(touched.map((_, place) => place))
        for (const lane of lanes) expect(lane).toEqual(lane.toSorted((left, right) => left - right))
        const laneOf = (place: number) => lanes.findIndex((lane) => lane.includes(place))
        for (const [left, mine] of touched.entries()) {
          for (const [right, theirs] of touched.entries()) {
            if (mine.some((name) => theirs.includes(name))) strictEqual(laneOf(left), laneOf(right))
          }
        }
      }),
    )
  })
})

const customers = ['C-1', 'C-2', 'C-3']

/** Invoices of a few customers, and entries that name them, their customers, both or neither. */
const books = fc.record({
  bills: fc.array(fc.record({ minor: small, customer: fc.constantFrom(...customers, undefined) }), {
    minLength: 2,
    maxLength: 6,
  }),
  entries: fc.array(
    fc.record({
      minor: fc.oneof(
        { weight: 5, arbitrary: small },
        small.map((minor) => -minor),
      ),
      names: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
      payer: fc.constantFrom(...customers, undefined, 'C-9'),
      day: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
})

type Books = typeof books extends fc.Arbitrary<infer Drawn> ? Drawn : never

const openBooks = async ({ bills }: Books): Promise<Bank & { readonly bills: readonly Bill[] }> => {
  const bank = openBank()
  await register(bank.oms, ...customers)
  const issued: Bill[] = []
  for (const { minor, customer } of bills) issued.push(await bill(bank.oms, cents(minor).amount, customer))
  return { ...bank, bills: issued }
}

const entriesOf = ({ entries }: Books): readonly Partial<StatementEntry>[] =>
  entries.map(({ minor, names, payer, day }) => ({
    amount: cents(minor).amount,
    bookedOn: `2026-03-0${day}` as LocalDate,
    remittanceText: names.map((number) => `INV ${number}`).join(', '),
    ...(payer !== undefined && { payerReference: payer }),
  }))

/** What became of every entry and invoice, without the ids that are drawn. */
const outcomeOf = async (bank: Bank) => ({
  entries: (await bank.all(bankEntryKind)).map(({ id, status, match, review }) => ({
    id,
    status,
    rule: match?.rule,
    reason: review?.reason ?? match?.reason,
    applied: match?.applications.map(({ amount }) => amount),
  })),
  invoices: (await bank.all(invoiceKind))
    .map(({ number, paid, status }) => ({ number, paid, status }))
    .toSorted((left, right) => (left.number < right.number ? -1 : 1)),
})

const expectBalanced = async (bank: Bank): Promise<void> => {
  const payments = await bank.all(paymentKind)
  for (const payment of payments) {
    const applied = payment.applied.map(({ amount }) => amount)
    if (payment.status === 'reversed') expect(payment.applied).toEqual([])
    else {
      const parts = [...applied, unappliedAmount(payment), payment.refunded]
      expect(sumOf(parts, EUR)).toEqual(payment.amount)
    }
    expect(isNegative(unappliedAmount(payment))).toBe(false)
  }
  for (const invoice of await bank.all(invoiceKind)) {
    const applied = payments.flatMap((payment) =>
      payment.applied.filter((one) => one.invoice === invoice.id).map(({ amount }) => amount),
    )
    expect(sumOf(applied, EUR)).toEqual(invoice.paid)
    expect(add(invoice.paid, openAmount(invoice))).toEqual(subtract(invoice.total, invoice.credited))
    if (toMinor(invoice.credited) === 0n) expect(isNegative(openAmount(invoice))).toBe(false)
    const order = await bank.stored(orderKind, invoice.order ?? '')
    expect(order.paid).toEqual(invoice.paid)
  }
}

describe('reconciliation over the engine', () => {
  it('RC4 comes to the same end in whatever order the lines stand and however much is done at once', async () => {
    await fc.assert(
      fc.asyncProperty(books, seeds, async (drawn, seed) => {
        const together = await openBooks(drawn)
        await together.oms.orThrow.reconciliation.importStatement(statement(entriesOf(drawn)))
        await together.oms.orThrow.reconciliation.run()

        const oneByOne = await openBooks(drawn)
        await oneByOne.oms.orThrow.reconciliation.importStatement(statement(shuffled(entriesOf(drawn), seed)))
        const entries = (await oneByOne.all(bankEntryKind)).toSorted(
          (left, right) =>
            (left.bookedOn < right.bookedOn ? -1 : left.bookedOn > right.bookedOn ? 1 : 0) ||
            Number(toMinor(left.amount) - toMinor(right.amount)) ||
            (left.id < right.id ? -1 : 1),
        )
        for (const { id } of entries) await oneByOne.oms.orThrow.reconciliation.match({ entry: id })

        expect(await outcomeOf(together)).toEqual(await outcomeOf(oneByOne))
      }),
      { numRuns: 40 },
    )
  })

  it('RC2 MO7 has every cent in exactly one place after a run', async () => {
    await fc.assert(
      fc.asyncProperty(books, async (drawn) => {
        const bank = await openBooks(drawn)
        await bank.oms.orThrow.reconciliation.importStatement(statement(entriesOf(drawn)))
        const report = await bank.oms.orThrow.reconciliation.run()
        strictEqual(report.entries, drawn.entries.length)
        await expectBalanced(bank)
        const payments = new Map((await bank.all(paymentKind)).map((payment) => [payment.id, payment]))
        for (const entry of await bank.all(bankEntryKind)) {
          const payment = entry.payment === undefined ? undefined : payments.get(entry.payment)
          if (entry.status === 'matched') expect(payment?.amount).toEqual(entry.amount)
          else expect(entry).toMatchObject({ status: 'needs_review' })
          strictEqual(payment === undefined, entry.status !== 'matched')
        }
        for (const customer of customers) {
          const open = (await bank.all(invoiceKind)).filter(
            (invoice) => invoice.customer === customer && toMinor(openAmount(invoice)) > 0n,
          )
          const known = await bank.stored(openInvoicesKind, customer).catch(() => ({ invoices: [] }))
          expect(new Set(known.invoices.map(({ number }) => number))).toEqual(
            new Set(open.map(({ number }) => number)),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  it('RC5 undoing every match, in any order, restores all balances', async () => {
    await fc.assert(
      fc.asyncProperty(books, seeds, async (drawn, seed) => {
        const bank = await openBooks(drawn)
        await bank.oms.orThrow.reconciliation.importStatement(statement(entriesOf(drawn)))
        const before = { invoices: await bank.all(invoiceKind), orders: await bank.all(orderKind) }
        await bank.oms.orThrow.reconciliation.run()
        const matched = (await bank.all(bankEntryKind)).filter(({ status }) => status === 'matched')
        for (const { id } of shuffled(matched, seed)) {
          await bank.oms.orThrow.reconciliation.unmatch({ entry: id, reason: 'undo' })
        }
        expect({ invoices: await bank.all(invoiceKind), orders: await bank.all(orderKind) }).toEqual(before)
        await expectBalanced(bank)
      }),
      { numRuns: 30 },
    )
  })

  it('RC3 files that overlap by whole days bring each entry once', async () => {
    const day = fc.array(fc.tuple(small, fc.constantFrom('a', 'b', '')), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(day, { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 4 }),
        seeds,
        async (days, files, seed) => {
          const bank = openBank()
          const entries = days.map((drawn, index) =>
            drawn.map(([minor, remittanceText]): Partial<StatementEntry> => ({
              amount: cents(minor).amount,
              bookedOn: `2026-03-0${index + 1}` as LocalDate,
              remittanceText,
            })),
          )
          const covered = new Set<number>()
          for (const [one, other] of files) {
            const from = Math.min(one, other)
            const to = Math.max(one, other)
            for (let index = from; index <= to && index < days.length; index += 1) covered.add(index)
            const lines = shuffled(entries.slice(from, to + 1).flat(), seed)
            await bank.oms.orThrow.reconciliation.importStatement(statement(lines))
          }
          const expected = [...covered].flatMap((index) => entries[index] ?? [])
          const texts = (all: readonly Partial<StatementEntry>[]) =>
            all.map((entry) => `${entry.bookedOn} ${entry.amount} ${entry.remittanceText}`).sort()
          const kept = (await bank.all(bankEntryKind)).map((entry) => ({
            bookedOn: entry.bookedOn,
            amount: entry.amount.amount,
            remittanceText: entry.remittanceText,
          }))
          expect(texts(kept)).toEqual(texts(expected))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('RC1 takes a file exactly when its balances and entries add up', async () => {
    const signed = fc.integer({ min: -5_000, max: 5_000 }).map((minor) => (minor === 0 ? 1 : minor))
    await fc.assert(
      fc.asyncProperty(
        fc.array(signed, { maxLength: 8 }),
        fc.integer({ min: -9_999, max: 9_999 }),
        fc.constantFrom(0, 0, 1, -1, 100),
        async (amounts, opening, error) => {
          const bank = openBank()
          const sum = amounts.reduce((total, minor) => total + minor, 0)
          const answer = await bank.oms.reconciliation.importStatement(
            statement(
              amounts.map((minor) => ({ amount: cents(minor).amount })),
              { opening: cents(opening).amount, closing: cents(opening + sum + error).amount },
            ),
          )
          strictEqual(answer.ok ? 'taken' : answer.error.code, error === 0 ? 'taken' : 'statement_unbalanced')
          expect(await bank.all(bankEntryKind)).toHaveLength(error === 0 ? amounts.length : 0)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('payments', () => {
  const step = fc.record({
    kind: fc.constantFrom('record', 'apply', 'refund', 'credit'),
    minor: small,
    invoice: fc.nat(3),
    payment: fc.nat(3),
  })

  it('MO7 PY2 keep applied + left + paid back equal to what came in, whatever is asked of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const bank = openBank()
        const bills: Bill[] = []
        for (const amount of ['5.00', '10.00', '20.00', '40.00']) bills.push(await bill(bank.oms, amount))
        const payments: string[] = []
        for (const { kind, minor, invoice: place, payment: which } of steps) {
          const invoice = bills[place]?.invoice ?? ''
          const payment = payments[which]
          const amount = eur(cents(minor).amount)
          if (kind === 'record') {
            const invoices = place === 0 ? {} : { invoices: [{ invoice }] }
            const answer = await bank.oms.payments.record({ amount, method: 'cash', ...invoices }, newKey())
            if (answer.ok) payments.push(answer.value.payment)
          } else if (kind === 'credit') {
            await bank.oms.invoices.credit({ invoice, reason: 'returned' }, newKey())
          } else if (payment !== undefined) {
            if (kind === 'apply')
              await bank.oms.payments.apply({ payment, invoices: [{ invoice }] }, newKey())
            else await bank.oms.payments.refund({ payment, amount, reason: 'returned' }, newKey())
          }
          await expectBalanced(bank)
        }
      }),
      { numRuns: 40 },
    )
  })
})
