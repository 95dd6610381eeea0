import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piece } from '../../src/core/catalog/quantity.js'
import { dueDates } from '../../src/core/invoicing/due-dates.js'
import { creditUnits } from '../../src/core/invoicing/credit-units.js'
import { decideInvoice } from '../../src/core/invoicing/invoice-decider.js'
import type { Invoice, InvoiceContent } from '../../src/core/invoicing/invoice.js'
import {
  differencesOf,
  discountFor,
  openAmount,
  openParts,
} from '../../src/core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import type { DueRule } from '../../src/core/pricing/payment-terms.js'
import type { CreditNoteId, LineId, PaymentId } from '../../src/core/ids/ids.js'
import { currencyCode } from '../../src/core/money/currency.js'
import {
  add,
  compare,
  fromMinor,
  isPositive,
  minimum,
  subtract,
  sumOf,
  toMinor,
  zero,
  type Money,
} from '../../src/core/money/money.js'
import { exactInterest } from '../../src/core/money/simple-interest.js'
import { plusDays, type LocalDate } from '../../src/core/time/local-date.js'

const cases = { numRuns: 10_000 }

const currency = fc.constantFrom(currencyCode('JPY'), currencyCode('EUR'), currencyCode('KWD'))
const day = fc.integer({ min: 0, max: 4_000 }).map((days) => plusDays('2024-01-01' as LocalDate, days))
const rule: fc.Arbitrary<DueRule> = fc.oneof(
  fc.record({ rule: fc.constantFrom('days', 'end_of_month'), days: fc.integer({ min: 0, max: 400 }) }),
  fc.record({
    rule: fc.constant('day_of_month' as const),
    months: fc.integer({ min: 1, max: 24 }),
    day: fc.integer({ min: 1, max: 31 }),
  }),
)
const instalment = fc.record({ share: fc.integer({ min: 1, max: 1_000 }), due: rule })

describe('instalments', () => {
  it('MO4 F102 add up to the amount exactly, in the order of their days, none before the day of issue', () => {
    fc.assert(
      fc.property(
        fc.array(instalment, { minLength: 2, maxLength: 12 }),
        day,
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        currency,
        (instalments, issuedOn, minor, code) => {
          const amount = fromMinor(minor, code)
          const { parts } = dueDates({ instalments }, issuedOn, amount)
          expect(parts).toHaveLength(instalments.length)
          expect(
            sumOf(
              parts.map((part) => part.amount),
              code,
            ),
          ).toEqual(amount)
          const days = parts.map(({ dueOn }) => dueOn)
          expect(days).toEqual(days.toSorted())
          strictEqual((days[0] ?? '') >= issuedOn, true)
        },
      ),
      cases,
    )
  })
})

/** What may happen to an invoice after it is issued, in sizes that are cut to what is possible. */
const step = fc.oneof(
  fc.record({
    what: fc.constant('pay' as const),
    percent: fc.integer({ min: 1, max: 100 }),
    after: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({ what: fc.constant('take back' as const), percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ what: fc.constant('credit' as const), units: fc.integer({ min: 1, max: 4 }) }),
)

const issuedOn = '2026-03-01' as LocalDate

describe('an invoice after it is issued', () => {
  it('MO7 paid + open = total - credited - what was let go; settled exactly when nothing is open; parts add up to what is open', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999 }),
        fc.constantFrom('0.5', '2', '33.33'),
        fc.array(instalment, { minLength: 2, maxLength: 4 }),
        fc.boolean(),
        fc.array(step, { maxLength: 10 }),
        (cents, percent, instalments, early, steps) => {
          let invoice = issued(
            cents,
            early ? { due: { rule: 'days', days: 30 }, discount: { percent, days: 10 } } : { instalments },
          )
          for (const next of steps) {
            const after = apply(invoice, next)
            if (after === undefined) continue
            invoice = after
            const open = openAmount(invoice)
            expect(add(add(invoice.paid, open), differencesOf(invoice))).toEqual(
              subtract(invoice.total, invoice.credited),
            )
            strictEqual(invoice.status, isPositive(open) ? 'issued' : 'settled')
            expect(
              sumOf(
                openParts(invoice).map((part) => part.amount),
                eur,
              ),
            ).toEqual(isPositive(open) ? open : zero(eur))
            const { paidLate: _late, ...inTime } = invoice
            expect(compare(differencesOf(invoice), discountFor(inTime, issuedOn))).toBeLessThanOrEqual(0)
          }
        },
      ),
      cases,
    )
  })
})

const eur = currencyCode('EUR')

const issued = (cents: number, terms: Parameters<typeof dueDates>[0]): Invoice => {
  const net = fromMinor(BigInt(cents), eur)
  const { parts, discount } = dueDates(terms, issuedOn, net)
  const content = {
    id: 'I',
    number: 'INV-1',
    order: 'O',
    orderNumber: 'N',
    currency: eur,
    lines: [{ line: 'L1', sku: 'NAIL', name: 'Nail', unit: piece, quantity: 7, unitPrice: net, net }],
    total: net,
    issuedOn,
    dueOn: parts.at(-1)?.dueOn,
    ...(parts.length > 1 && { instalments: parts }),
    ...(discount !== undefined && { discount }),
  }
  return invoiceKind.evolve(undefined, {
    type: 'InvoiceIssued',
    invoice: content as unknown as InvoiceContent,
  })
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** The invoice after a step; nothing where there is nothing left to pay, to take back or to credit. */
const apply = (invoice: Invoice, next: Step): Invoice | undefined => {
  const payment = 'P' as PaymentId
  const part = (amount: Money, percent: number) => {
    const share = fromMinor((toMinor(amount) * BigInt(percent) + 99n) / 100n, eur)
    return isPositive(share) ? minimum(share, amount) : undefined
  }
  const decided = (() => {
    switch (next.what) {
      case 'pay': {
        const amount = part(openAmount(invoice), next.percent)
        const receivedOn = plusDays(issuedOn, next.after)
        return amount && decideInvoice(invoice, { type: 'PayInvoice', payment, amount, receivedOn })
      }
      case 'take back': {
        const amount = part(invoice.paid, next.percent)
        return amount && decideInvoice(invoice, { type: 'TakeBackPayment', payment, amount })
      }
      case 'credit': {
        const left = 7 - (invoice.creditedLines[0]?.quantity ?? 0)
        if (left === 0) return undefined
        const quantity = Math.min(left, next.units)
        const credit = creditUnits(invoice, [{ line: 'L1' as LineId, quantity }])
        if (!credit.ok) throw new Error(credit.error.code)
        const creditNote = 'C' as CreditNoteId
        return decideInvoice(invoice, { type: 'CreditInvoice', creditNote, credit: credit.value })
      }
    }
  })()
  if (decided === undefined) return undefined
  if (!decided.ok) throw new Error(decided.error.code)
  return decided.value.reduce<Invoice>((state, event) => invoiceKind.evolve(state, event), invoice)
}

describe('interest', () => {
  it('is additive over adjacent periods as long as it is not rounded', () => {
    const days = fc.integer({ min: 0, max: 4_000 })
    const rates = fc.record({
      percent: fc.constantFrom('9', '0.12', '8.875'),
      basis: fc.constantFrom('act/365', 'act/360'),
    })
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        days,
        days,
        rates,
        currency,
        (minor, first, second, rate, code) => {
          const principal = fromMinor(minor, code)
          const owed = (count: number) => exactInterest([{ principal, days: count }], rate)
          const whole = owed(first + second)
          strictEqual(owed(first).numerator + owed(second).numerator, whole.numerator)
          strictEqual(owed(first).denominator, whole.denominator)
        },
      ),
      cases,
    )
  })
})

describe('the dunning ladder', () => {
  const levels = fc
    .uniqueArray(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 })
    .map((days) =>
      days
        .toSorted((a, b) => a - b)
        .map((daysOverdue) => ({ daysOverdue, topic: 'payment_reminder' as const })),
    )

  it('takes each level once, in order, none before its day, whatever the order of the sweeps', () => {
    fc.assert(
      fc.property(levels, fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 40 }), (ladder, sweeps) => {
        let invoice = issued(10_000, { due: { rule: 'days', days: 30 } })
        const remind = (after: number): boolean => {
          const decided = decideInvoice(invoice, {
            type: 'RemindInvoice',
            ladder,
            on: plusDays(invoice.dueOn, after),
          })
          if (decided.ok)
            invoice = decided.value.reduce<Invoice>(
              (state, event) => invoiceKind.evolve(state, event),
              invoice,
            )
          else strictEqual(decided.error.code, 'reminder_not_due')
          return decided.ok
        }
        for (const after of sweeps) remind(after)
        const taken = invoice.reminders ?? []
        expect(taken.map(({ level }) => level)).toEqual(taken.map((_one, index) => index + 1))
        for (const [index, { daysOverdue }] of taken.entries()) {
          expect(daysOverdue).toBeGreaterThanOrEqual(ladder[index]?.daysOverdue ?? 0)
          expect(daysOverdue).toBeGreaterThan(taken[index - 1]?.daysOverdue ?? 0)
        }
        // Late sweeps take what is left, one a time, and then nothing.
        for (let level = taken.length; level < ladder.length; level += 1)
          strictEqual(remind(1_000 + 100 * level), true)
        strictEqual(remind(9_000), false)
        expect(invoice.reminders).toHaveLength(ladder.length)
      }),
      cases,
    )
  })
})
