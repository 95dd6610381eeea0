import { negate } from '../money/money.js'
import type { TaxAmount } from '../totals/calculation.js'
import type { DepositPart } from '../totals/deposit.js'
import type { Trace, TracedAmount } from '../totals/trace-totals.js'
import type { Invoice } from './invoice.js'
import { dueAmount } from './invoice-amounts.js'

/** Why an amount of a deposit invoice is what it is: its share of what was left of the order under each tax treatment. */
export const traceDeposit = (invoice: Invoice, amount: TracedAmount): Trace => {
  const { totals, total, lines } = invoice
  if (totals === undefined) {
    return {
      name: 'deposit',
      amount: total.amount,
      rule: 'as it was asked for, nothing taxed',
      from: lines.map(({ name, net }) => ({ name, amount: net.amount, rule: 'the whole of it', from: [] })),
    }
  }
  return {
    name: `deposit, ${amount}`,
    amount: amount === 'due' ? total.amount : totals[amount].amount,
    rule: 'its shares under each tax treatment, in proportion to what was left to be claimed',
    from: totals.taxes.map(traceTax),
  }
}

/** What an invoice claims where it deducts deposits, from what it comes to. */
export const withoutDeposits = (invoice: Invoice, whole: Trace): Trace => ({
  name: 'amount due less deposits',
  amount: dueAmount(invoice).amount,
  rule: `${whole.amount}, less what deposit invoices claimed of it before`,
  from: [whole, ...(invoice.deducted ?? []).map(traceDeduction)],
})

const traceDeduction = ({ number, issuedOn, amount, net, tax, taxes }: DepositPart): Trace => ({
  name: `deposit invoice ${number} of ${issuedOn}`,
  amount: negate(amount).amount,
  rule: `net ${net.amount}, tax ${tax.amount}, no more than is billed under each tax treatment`,
  from: taxes.map(traceTax),
})

const traceTax = ({ treatment, base, tax }: TaxAmount): Trace => ({
  name: [treatment.category, ...treatment.components.map(({ name, percent }) => `${name} ${percent}%`)].join(
    ' ',
  ),
  amount: base.amount,
  rule: `net; its tax is ${tax.amount}`,
  from: [],
})
