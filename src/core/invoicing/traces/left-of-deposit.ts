import type { InvoiceId } from '../../ids/ids.js'
import { toMinor, type Money } from '../../money/money.js'
import { less, plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { DepositPart } from '../../totals/deposit.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { Invoice } from '../invoice.js'

/** What an invoice deducted of a deposit. */
export interface DeductedBy {
  readonly invoice: InvoiceId
  readonly part: DepositPart
}

/** An amount of a deposit invoice, by its path there. */
interface ClaimedAmount {
  readonly name: string
  readonly claimed: Money
  readonly path: string
  readonly credited: Money | undefined
  readonly deductedOf: (part: DepositPart) => Money | undefined
}

/** Why so much is left of it: what it claimed, less what later invoices had deducted of it and earlier credit notes given back. */
export const traceLeftOfDeposit = (
  { given, sum, minorOf }: TraceComposer,
  { id, number }: Invoice,
  deducted: readonly DeductedBy[],
  { name, claimed, path, credited, deductedOf }: ClaimedAmount,
): Trace => {
  const whole = given(`${name} of deposit invoice ${number}`, toMinor(claimed), 'as it was claimed', {
    invoice: id,
    amount: path,
  })
  const taken = [
    ...deducted.map(({ invoice, part }) =>
      given('deducted', minor(deductedOf(part)), 'by a later invoice', { invoice, amount: 'deducted' }),
    ),
    given('credited before', minor(credited), 'by earlier credit notes'),
  ].filter((one) => minorOf(one) !== 0n)
  return sum(name, [plus(whole), ...taken.map(less)], 'what was claimed, less what was deducted of it')
}

const minor = (money: Money | undefined): bigint => (money === undefined ? 0n : toMinor(money))
