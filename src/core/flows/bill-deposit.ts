import { z } from 'zod'
import { piece } from '../catalog/quantity.js'
import { defineCommand, type PlanContext } from '../command.js'
import type { InvoiceId, LineId, Sku } from '../ids/ids.js'
import { invoiceKind, type Invoice, type InvoiceLine } from '../invoicing/invoice.js'
import { takeNumber } from '../invoicing/number-series.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { percentSchema } from '../money/money-schema.js'
import { fromMinor, isPositive, subtract, toMinor, zero } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { mayBillDeposit } from '../orders/order-billing-decider.js'
import { remainingTotal } from '../orders/order-status.js'
import { orderKind, type Order } from '../orders/order.js'
import { claimable, dueOfNext, unclaimedOf } from '../orders/unclaimed.js'
import { positiveMoneySchema } from '../payments/payment-input.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { lineSchema } from '../text/text-schema.js'
import type { LocalDate } from '../time/local-date.js'
import type { DocumentAmounts } from '../totals/calculation.js'
import { amountsOf, shareOfTaxes, type DepositAmounts } from '../totals/deposit.js'
import { applyDeposits, numberedBy, withinInvoiceLimit } from './bill-units.js'
import { orderToBill, orderToBillKeys, orderToBillShape } from './order-to-bill.js'

/** How much is claimed in advance: a share of what the order comes to, in percent with tax, or an amount with tax. */
export const wantedDepositSchema = z.union([
  z.strictObject({ percent: percentSchema }),
  z.strictObject({ amount: positiveMoneySchema }),
])

export type WantedDeposit = z.output<typeof wantedDepositSchema>

/**
 * Issues a deposit invoice (a down payment; UNTDID 1001 code 386): a claim on part of an order's price before anything is delivered, with the tax of that
 * part under each tax treatment, due at once. The invoices that follow deduct it, net and tax, until it is used up, so deposits and invoices add up to
 * the order to the cent (F101). Refused as `quantity_exceeded` where they would claim more than the order comes to.
 */
export const billDeposit = defineCommand({
  name: 'invoices.billDeposit',
  input: z.strictObject({
    ...orderToBillShape,
    deposit: wantedDepositSchema,
    /** What its lines say; `Deposit` when left out. */
    name: lineSchema(200).optional(),
  }),
  idempotencyKey: 'required',
  touches: orderToBillKeys,
  plan: (facts, input, context) => {
    const wanted = orderToBill(facts, input, context)
    if (!wanted.ok) return wanted
    const { work, order, on } = wanted.value
    const billed = issueDeposit(work, context, order, { ...input, on })
    if (!billed.ok) return billed
    const { id, number, total } = billed.value
    return ok(
      work.finish(
        { kind: invoiceKind.name, id },
        { order: order.id, invoice: id, invoiceNumber: number, total },
      ),
    )
  },
})

interface WantedInvoice {
  readonly deposit: WantedDeposit
  readonly name?: string | undefined
  readonly on: LocalDate
}

/** The deposit invoice in the commit of whatever asks for it. */
export const issueDeposit = (
  work: Work,
  { ids, settings }: PlanContext,
  order: Order,
  { deposit, name = 'Deposit', on }: WantedInvoice,
): Result<Invoice, Refusal> => {
  const allowed = mayBillDeposit(order)
  if (!allowed.ok) return allowed
  const limited = withinInvoiceLimit(settings, order)
  if (!limited.ok) return limited
  const claimed = claimedAmounts(order, deposit)
  if (!claimed.ok) return claimed
  const id = ids.of('invoice') as InvoiceId
  const numbered = numberedBy(order, on)
  const taken = takeNumber(work, settings, numbered, { kind: invoiceKind.name, id })
  if (!taken.ok) return taken
  const { number, issuedOn } = taken.value
  const decided = decideOrder(order, {
    type: 'BillDeposit',
    deposit: { invoice: id, number, issuedOn, ...claimed.value },
  })
  const billed = work.append(orderKind, order.id, granted(decided, 'what nobody claims yet can be claimed'))
  const { amount, net } = claimed.value
  const { calculation, taxPlace, taxedBy } = order
  const invoice = work.append(invoiceKind, id, [
    {
      type: 'InvoiceIssued',
      invoice: {
        id,
        kind: 'deposit',
        number,
        order: order.id,
        orderNumber: order.number,
        ...(order.customer !== undefined && { customer: order.customer }),
        ...(order.legalEntity !== undefined && { legalEntity: order.legalEntity }),
        currency: order.currency,
        lines: depositLines(claimed.value, name, calculation !== undefined),
        ...(calculation !== undefined && {
          calculation: { ...calculation, prices: 'net' as const },
          totals: documentAmounts(claimed.value),
          ...(taxPlace !== undefined && { taxPlace }),
          ...(taxedBy !== undefined && { taxedBy }),
        }),
        total: calculation === undefined ? net : amount,
        issuedOn,
        dueOn: issuedOn,
      },
    },
  ])
  keepOpenInvoices(work, invoice)
  sendAboutOrder(work, settings, billed, 'invoice_issued', { invoice: id, number })
  return ok(applyDeposits(work, settings, billed, invoice))
}

const claimedAmounts = (order: Order, wanted: WantedDeposit): Result<DepositAmounts, Refusal> => {
  const { currency } = order
  if ('amount' in wanted && wanted.amount.currency !== currency) {
    return refuse('currency_mismatch', { expected: currency, got: wanted.amount.currency })
  }
  const limit = claimable(order)
  const gross = 'amount' in wanted ? toMinor(wanted.amount) : shareOf(order, wanted.percent)
  if (gross > toMinor(limit))
    return refuse('quantity_exceeded', { wanted: fromMinor(gross, currency), limit })
  const amounts = amountsOf(shareOfTaxes(gross, unclaimedOf(order).taxes), currency)
  const amount = fromMinor(dueOfNext(order, gross), currency)
  return isPositive(amount)
    ? ok({ ...amounts, amount })
    : refuse('quantity_exceeded', { wanted: amount, limit })
}

/** Of all that is not canceled, rounded once, half up; all of it is no more than can be claimed where coins round it up. */
const shareOf = (order: Order, percent: string): bigint => {
  const whole = toMinor(remainingTotal(order))
  const { gross, due } = unclaimedOf(order)
  const share = percentOf(whole, percent, 'half_up')
  return share === whole && whole === due && gross < due ? gross : share
}

const depositLines = ({ taxes }: DepositAmounts, name: string, isTaxed: boolean): readonly InvoiceLine[] =>
  taxes.map(({ treatment, base }, at) => ({
    line: `deposit-${at + 1}` as LineId,
    sku: 'DEPOSIT' as Sku,
    name,
    unit: piece,
    quantity: 1,
    unitPrice: base,
    net: base,
    ...(isTaxed && { tax: treatment }),
  }))

const documentAmounts = ({ amount, net, tax, taxes }: DepositAmounts): DocumentAmounts => {
  const nothing = zero(net.currency)
  const gross = fromMinor(toMinor(net) + toMinor(tax), net.currency)
  return {
    lineNet: net,
    discounts: nothing,
    charges: nothing,
    net,
    tax,
    gross,
    rounding: subtract(amount, gross),
    adjustments: [],
    taxes,
  }
}
