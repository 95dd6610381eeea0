import { z } from 'zod'
import { piece } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import type { InvoiceId, LineId, Sku } from '../ids/ids.js'
import type { Invoice, InvoiceLine } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { takeNumber } from '../invoicing/number-series.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { subtract } from '../money/money.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { wantedAmounts } from '../orders/deposit-amounts.js'
import { depositNameSchema, wantedDepositSchema } from '../orders/deposit-input.js'
import { decideOrder } from '../orders/order-decider.js'
import { mayBillDeposit } from '../orders/order-billing-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import { withheldOfDeposit } from '../orders/withheld-deposits.js'
import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import type { LocalDate } from '../time/local-date.js'
import { amountsOfTaxes } from '../totals/amounts-of-taxes.js'
import type { DocumentAmounts } from '../totals/calculation.js'
import type { DepositAmounts } from '../totals/deposit.js'
import { applyDeposits, numberedBy, withinInvoiceLimit } from './bill-units.js'
import { orderToBill, orderToBillKeys, orderToBillShape } from './order-to-bill.js'

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
    name: depositNameSchema,
  }),
  idempotencyKey: 'required',
  touches: orderToBillKeys,
  plan: (facts, input, context) => {
    const wanted = orderToBill(facts, input, context)
    if (!wanted.ok) return wanted
    const { work, order, on } = wanted.value
    const allowed = mayBillDeposit(order)
    if (!allowed.ok) return allowed
    const amounts = wantedAmounts(order, input.deposit)
    if (!amounts.ok) return amounts
    const invoice = context.ids.of('invoice') as InvoiceId
    const billed = issueDeposit(work, context.settings, order, {
      invoice,
      amounts: amounts.value,
      name: input.name,
      on,
    })
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

interface ClaimedDeposit {
  readonly invoice: InvoiceId
  readonly amounts: DepositAmounts
  readonly name?: string | undefined
  readonly on: LocalDate
}

/** The deposit invoice in the commit of whatever asks for it. */
export const issueDeposit = (
  work: Work,
  settings: Settings,
  order: Order,
  { invoice: id, amounts, name = 'Deposit', on }: ClaimedDeposit,
): Result<Invoice, Refusal> => {
  const limited = withinInvoiceLimit(settings, order)
  if (!limited.ok) return limited
  const withholdings = withheldOfDeposit(order, amounts)
  const withheld = withholdings !== undefined && { withholdings }
  const numbered = numberedBy(order, on)
  const taken = takeNumber(work, settings, numbered, { kind: invoiceKind.name, id })
  if (!taken.ok) return taken
  const { number, issuedOn } = taken.value
  const decided = decideOrder(order, {
    type: 'BillDeposit',
    deposit: { invoice: id, number, issuedOn, ...amounts, ...withheld },
  })
  const billed = work.append(orderKind, order.id, granted(decided, 'what nobody claims yet can be claimed'))
  const { amount, net } = amounts
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
        ...(order.purchaseOrder !== undefined && { purchaseOrder: order.purchaseOrder }),
        ...(order.customer !== undefined && { customer: order.customer }),
        ...(order.legalEntity !== undefined && { legalEntity: order.legalEntity }),
        currency: order.currency,
        lines: depositLines(amounts, name, calculation !== undefined),
        ...(calculation !== undefined && {
          calculation: { ...calculation, prices: 'net' as const },
          totals: documentAmounts(amounts),
          ...(taxPlace !== undefined && { taxPlace }),
          ...(taxedBy !== undefined && { taxedBy }),
        }),
        total: calculation === undefined ? net : amount,
        ...withheld,
        issuedOn,
        dueOn: issuedOn,
      },
    },
  ])
  keepOpenInvoices(work, invoice)
  sendAboutOrder(work, settings, billed, 'invoice_issued', { invoice: id, number })
  return ok(applyDeposits(work, settings, billed, invoice))
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

/** Rounded to coins, where deposits are. */
const documentAmounts = ({ amount, taxes }: DepositAmounts): DocumentAmounts => {
  const amounts = amountsOfTaxes(taxes, amount.currency)
  return { ...amounts, rounding: subtract(amount, amounts.gross) }
}
