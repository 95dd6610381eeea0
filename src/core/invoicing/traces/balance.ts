import type { CreditNoteId, InvoiceId, PaymentId } from '../../ids/ids.js'
import { isZero, subtract, toMinor, type Money } from '../../money/money.js'
import { again, less, plus, type Term, type TraceComposer } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { Difference } from '../difference.js'
import type { Invoice } from '../invoice.js'
import { dueAmount, payableAmount } from '../invoice-amounts.js'
import { withheldOf } from '../withheld.js'
import { traceClaim, tracePayable } from './claim.js'
import type { DocumentTraces } from './document.js'

/** What moved an amount after a document was issued, or an order placed: a payment, a credit note, another invoice. */
export interface Movement {
  /** What people call it: `payment 2026-0007`, `credit note CN-3`. */
  readonly name: string
  readonly amount: Money
  /** It makes the amount less. */
  readonly takenBack?: true
  readonly words: string
  readonly by:
    { readonly payment: PaymentId } | { readonly creditNote: CreditNoteId } | { readonly invoice: InvoiceId }
}

/** What was paid and credited on an invoice, and what of its deduction was given back, oldest first. */
export interface InvoiceMovements {
  readonly paid: readonly Movement[]
  readonly credited: readonly Movement[]
  readonly returned: readonly Movement[]
}

const balances = [
  'paid',
  'credited',
  'returned',
  'open',
  'payable',
  'payableWhenIssued',
  'differences',
] as const

type BalancePath = readonly [(typeof balances)[number], ...string[]]

/** Whether a path is that of an amount which moves after the invoice was issued. */
export const isOfBalance = (path: readonly string[]): path is BalancePath =>
  balances.some((balance) => balance === path[0])

/** The sum of what moved an amount, each a leaf that names the document or the payment. */
export const traceMovements = (
  name: string,
  movements: readonly Movement[],
  composer: TraceComposer,
  rule: string,
): Trace =>
  movements.length === 0
    ? composer.given(name, 0n, 'nothing yet')
    : composer.sum(
        name,
        movements.map((movement) => termOf(movement, composer)),
        rule,
      )

const termOf = ({ name, amount, words, takenBack, by }: Movement, composer: TraceComposer): Term => {
  const leaf: Trace = {
    ...composer.given(name, toMinor(amount), words),
    arithmetic: { by: 'given', ...documentOf(by) },
  }
  return takenBack === true ? less(leaf) : plus(leaf)
}

const documentOf = (by: Movement['by']): object => ('invoice' in by ? { document: by } : by)

/**
 * Why what is paid, credited, open and still to be paid of an invoice is what it is, as `invoices.get` says it today; `payableWhenIssued` is what was to be paid of it when
 * it was issued. Undefined where no amount stands under the path.
 */
export const traceBalance = (
  invoice: Invoice,
  traces: DocumentTraces,
  moved: InvoiceMovements,
  [field, ...rest]: BalancePath,
): Trace | undefined => {
  const { composer } = traces
  if (field === 'differences') return traceDifferenceAt(invoice, composer, rest)
  if (rest.length > 0) return undefined
  switch (field) {
    case 'paid':
      return traceMovements('paid', moved.paid, composer, 'what was paid of it until today')
    case 'credited':
      return traceMovements(
        'credited',
        moved.credited,
        composer,
        'what credit notes took back of it until today',
      )
    case 'returned':
      return invoice.returned && traceReturned(moved, composer)
    case 'open':
      return traceOpen(invoice, traces, moved)
    case 'payable':
      return traceStillPayable(invoice, traces, moved)
    case 'payableWhenIssued':
      return tracePayable(invoice, traces)
  }
}

const traceReturned = ({ returned }: InvoiceMovements, composer: TraceComposer): Trace =>
  traceMovements(
    'deposits given back',
    returned,
    composer,
    'what is no longer deducted since invoices were credited',
  )

const traceDifferenceAt = (
  { differences = [] }: Invoice,
  composer: TraceComposer,
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  const difference = differences[Number(place)]
  if (difference === undefined || field !== 'amount' || rest.length > 0) return undefined
  return traceDifference(difference, composer)
}

const traceDifference = ({ kind, amount, on }: Difference, composer: TraceComposer): Trace =>
  composer.given(kind.replaceAll('_', ' '), toMinor(amount), `booked on ${on}: no longer asked for`)

const traceOpen = (invoice: Invoice, traces: DocumentTraces, moved: InvoiceMovements): Trace => {
  const { composer } = traces
  const { voided, differences = [], kind, paid, credited } = invoice
  if (voided !== undefined) return composer.given('open', 0n, `voided on ${voided.on}: nothing is asked for`)
  const returned = invoice.returned === undefined ? [] : [traceReturned(moved, composer)]
  const terms = [
    plus(traceIssuedClaim(invoice, traces)),
    ...returned.map(kind === 'deposit' ? less : plus),
    ...(isZero(credited)
      ? []
      : [less(traceMovements('credited', moved.credited, composer, 'by credit notes'))]),
    ...(isZero(paid) ? [] : [less(traceMovements('paid', moved.paid, composer, 'by payments'))]),
    ...differences.map((difference) => less(traceDifference(difference, composer))),
  ]
  return composer.sum(
    'open',
    terms,
    'as of today: what it claims, less what is credited, paid and no longer asked for',
  )
}

/** What it claimed when it was issued: as it stands there, also where the rules of today would come to something else. */
const traceIssuedClaim = (invoice: Invoice, traces: DocumentTraces): Trace => {
  const { composer } = traces
  const { returned: _returned, ...issued } = invoice
  const claim = traceClaim(invoice, traces)
  return composer.kept(claim, toMinor(dueAmount(issued)))
}

const traceStillPayable = (invoice: Invoice, traces: DocumentTraces, moved: InvoiceMovements): Trace => {
  const { composer } = traces
  const issued = tracePayable(invoice, traces)
  if (isAsIssued(invoice, moved) && issued.amount === payableAmount(invoice).amount) return issued
  const open = traceOpen(invoice, traces, moved)
  const { withholdings, withheldClaimed } = invoice
  if (withholdings === undefined || withheldClaimed === true) {
    const rule = withheldClaimed === true ? 'what was to be withheld is claimed' : 'nothing is withheld'
    return composer.sum('still to be paid', [plus(open)], `as of today: what is open of it; ${rule}`)
  }
  const withheld = composer.limited(
    'still to be withheld',
    'least',
    [traceUncertified(invoice, traces), again(open)],
    'what has no certificate yet, and never more than is open',
  )
  return composer.sum(
    'still to be paid',
    [plus(open), less(withheld)],
    `as of today: what is open of it, less what is still to be withheld`,
  )
}

const isAsIssued = (
  { voided, differences = [], withheldClaimed }: Invoice,
  { paid, credited, returned }: InvoiceMovements,
): boolean =>
  voided === undefined &&
  withheldClaimed === undefined &&
  [differences, paid, credited, returned].every(({ length }) => length === 0)

/** What was to be withheld when it was issued, less what is not any more since then, and less the certificates that are there. */
const traceUncertified = (invoice: Invoice, traces: DocumentTraces): Trace => {
  const { composer } = traces
  const { withholdings = [], deducted = [], differences = [], currency } = invoice
  const issued = composer.sum(
    'withheld when issued',
    [
      ...withholdings.map((_, place) => plus(traces.withheld(place).amount())),
      ...deducted.flatMap((part, at) =>
        (part.withholdings ?? []).map((_, place) => less(traces.deduction(at).withheld(place).amount())),
      ),
    ],
    'less what is withheld of the deposits that it deducts',
  )
  const since = subtract({ amount: issued.amount, currency }, withheldOf(invoice))
  return composer.sum(
    'without a certificate',
    [
      plus(issued),
      ...(isZero(since)
        ? []
        : [
            less(
              composer.given(
                'no longer withheld',
                toMinor(since),
                'of what was credited and given back since',
              ),
            ),
          ]),
      ...differences
        .filter(({ kind }) => kind === 'withholding')
        .map((certificate) => less(traceDifference(certificate, composer))),
    ],
    'what is to be withheld, less the certificates',
  )
}
