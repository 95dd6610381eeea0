import { resolveSettings, type SettingsInput } from '../../src/app/settings.js'
import { productKind } from '../../src/core/catalog/product.js'
import { billDeposit } from '../../src/core/flows/bill-deposit.js'
import { billOpenOrder } from '../../src/core/flows/bill-order.js'
import { billTogether } from '../../src/core/flows/bill-together.js'
import { billUnits } from '../../src/core/flows/bill-units.js'
import { cancelOrder } from '../../src/core/flows/cancel-order.js'
import { captureOrder } from '../../src/core/flows/capture-order.js'
import { confirmOrder } from '../../src/core/flows/confirm-order.js'
import { debitInvoice } from '../../src/core/flows/debit-invoice.js'
import { creditInvoice } from '../../src/core/flows/issue-credit-note.js'
import type { PlacedOrder } from '../../src/core/flows/order-receipt.js'
import { placeOrder } from '../../src/core/flows/place-order.js'
import { recordWithholding } from '../../src/core/flows/record-withholding.js'
import { recordPayment } from '../../src/core/flows/record-payment.js'
import { voidInvoice } from '../../src/core/flows/void-invoice.js'
import { undoWriteOff, writeOff } from '../../src/core/flows/write-off.js'
import type { InvoiceId, OrderId } from '../../src/core/ids/ids.js'
import { creditNoteKind, type CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import { fromMinor, isPositive, type Money } from '../../src/core/money/money.js'
import { orderKind, type Order } from '../../src/core/orders/order.js'
import { partyKind } from '../../src/core/parties/party.js'
import { workOn, type Facts, type Plan, type Versioned } from '../../src/core/plan.js'
import type { Refusal } from '../../src/core/refusal.js'
import type { Result } from '../../src/core/result.js'
import { dateOf, type LocalDate } from '../../src/core/time/local-date.js'
import { planContexts } from './plan-contexts.js'
import { steps } from './taxed-orders.js'
import type { Instant } from '../../src/core/time/instant.js'

type Wanted = { readonly line: string; readonly quantity: number | string }

/** Orders, invoices and credit notes by their real plans, without a shell and a store: fast enough for ten thousand cases. */
export const openBooks = (input: SettingsInput = {}) => {
  const { settings } = resolveSettings(input, [])
  const records = new Map<string, Versioned<unknown>>()
  const facts: Facts = { find: ({ kind, id }) => records.get(`${kind} ${id}`) }
  const now = '2026-03-01T09:00:00.000Z' as Instant
  const { context, draw } = planContexts(settings, now)
  const commit = <Value>({ value, changes }: Plan<Value>): Value => {
    for (const { key, before, state, events } of changes) {
      records.set(`${key.kind} ${key.id}`, { state, version: before + Math.max(1, events.length) })
    }
    return value
  }
  const read = <State>(kind: string, id: string): State => records.get(`${kind} ${id}`)?.state as State
  const product = (sku: string, digits: number): void => {
    const state = { sku, name: sku, unit: { code: 'C62', digits }, stocked: false, status: 'active' }
    records.set(`${productKind.name} ${sku}`, { state, version: 1 })
  }

  const bill = (
    order: OrderId,
    lines: readonly { readonly line: never; readonly quantity: number }[],
  ): Invoice => {
    const work = workOn(facts)
    const invoice = `invoice-${draw()}` as InvoiceId
    const state = work.find(orderKind, order)?.state as Order
    const billed = billUnits(work, settings, state, { invoice, lines, on: dateOf(now) })
    if (!billed.ok) throw new Error(billed.error.code)
    commit(work.finish({ kind: invoiceKind.name, id: invoice }, undefined))
    return billed.value
  }

  const credit = (
    invoice: InvoiceId,
    what: {
      readonly order?: OrderId
      readonly lines?: readonly Wanted[]
      readonly corrections?: readonly object[]
    } = {},
  ): Result<CreditNote, Refusal> => {
    const parsed = creditInvoice.input.parse({ invoice, reason: 'returned', ...what })
    const planned = creditInvoice.plan(facts, parsed, context(), undefined)
    if (!planned.ok) return planned
    const { creditNote } = commit(planned.value)
    return { ok: true, value: read<CreditNote>(creditNoteKind.name, creditNote) }
  }

  return {
    product,
    customer: (id: string): void => {
      records.set(`${partyKind.name} ${id}`, { state: { id, status: 'active', addresses: [] }, version: 1 })
    },
    /** A confirmed order of which everything has left, unless it has not, and nothing is billed. */
    order: (content: unknown, has: 'left' | 'not left' = 'left'): Result<Order, Refusal> => {
      const planned = captureOrder.plan(facts, captureOrder.input.parse(content), context(), undefined)
      if (!planned.ok) return planned
      const { order: id } = commit(planned.value)
      const order = read<Order>(orderKind.name, id)
      const shipped = {
        ...order,
        status: 'confirmed',
        lines: order.lines.map((line) => ({ ...line, shipped: has === 'left' ? line.quantity : 0 })),
      }
      records.set(`${orderKind.name} ${id}`, { state: shipped, version: 1 })
      return { ok: true, value: shipped as Order }
    },
    place: (content: object): Result<PlacedOrder, Refusal> => {
      const planned = placeOrder.plan(facts, placeOrder.input.parse(content), context(), undefined)
      return planned.ok ? { ok: true, value: commit(planned.value) } : planned
    },
    /** Confirms a placed order, of which everything has left then. */
    confirm: (order: OrderId) => {
      const planned = confirmOrder.plan(facts, { order }, context(), undefined)
      if (!planned.ok) throw new Error(planned.error.code)
      const receipt = commit(planned.value)
      const { lines, ...confirmed } = read<Order>(orderKind.name, order)
      const left = lines.map((line) => ({ ...line, shipped: line.quantity }))
      records.set(`${orderKind.name} ${order}`, { state: { ...confirmed, lines: left }, version: 1 })
      return receipt
    },
    bill,
    /** All of an order, in invoices of some of its units each. */
    billInSteps: ({ id, lines }: Order, choose: (most: number) => number): readonly Invoice[] => {
      const billed: Invoice[] = []
      steps(lines, choose, (units) => {
        billed.push(
          bill(
            id,
            units.map(({ line, quantity }) => ({ line: line.id as never, quantity })),
          ),
        )
      })
      return billed
    },
    credit,
    /** By how much the price of a line can be corrected; a cent where by nothing, which is refused. */
    mostOff: ({ id, currency }: Pick<Invoice, 'id' | 'currency'>, line: unknown): Money => {
      const note = credit(id, { corrections: [{ line, amount: { amount: '999999999', currency } }] })
      const { limit } = (note.ok ? {} : note.error.details) as { readonly limit?: Money }
      if (limit === undefined) throw new Error('the price of a line has a limit')
      return isPositive(limit) ? limit : fromMinor(1n, currency)
    },
    deposit: (order: OrderId, deposit: object): Result<Invoice, Refusal> => {
      const parsed = billDeposit.input.parse({ order, deposit })
      const planned = billDeposit.plan(facts, parsed, context(), undefined)
      if (!planned.ok) return planned
      return { ok: true, value: read<Invoice>(invoiceKind.name, commit(planned.value).invoice) }
    },
    /** Bills the periods that are due on a day, whatever day it is: at most one invoice. */
    billPeriods: (order: OrderId, on: LocalDate): readonly Invoice[] => {
      const late = { ...context(), now: `${on}T09:00:00.000Z` as Instant }
      const parsed = billOpenOrder.input.parse({ order, issuedOn: on })
      const planned = billOpenOrder.plan(facts, parsed, late, undefined)
      if (!planned.ok) throw new Error(planned.error.code)
      const { invoice } = commit(planned.value)
      return invoice === undefined ? [] : [read<Invoice>(invoiceKind.name, invoice)]
    },
    /** Records a certificate of what is withheld. */
    certify: (invoice: InvoiceId, amount: Money): Result<unknown, Refusal> => {
      const parsed = recordWithholding.input.parse({ invoice, certificate: 'R 1', amount })
      const planned = recordWithholding.plan(facts, parsed, context(), undefined)
      if (!planned.ok) return planned
      return { ok: true, value: commit(planned.value) }
    },
    /** One invoice for what of these orders is not billed yet. */
    billTogether: (orders: readonly OrderId[]): Result<Invoice | undefined, Refusal> => {
      const planned = billTogether.plan(facts, billTogether.input.parse({ orders }), context(), undefined)
      if (!planned.ok) return planned
      const { invoice } = commit(planned.value)
      return { ok: true, value: invoice && read<Invoice>(invoiceKind.name, invoice) }
    },
    pay: (invoice: InvoiceId, amount: Money): Result<unknown, Refusal> => {
      const parsed = recordPayment.input.parse({ amount, method: 'bank', invoices: [{ invoice }] })
      const planned = recordPayment.plan(facts, parsed, context(), undefined)
      return planned.ok ? { ok: true, value: commit(planned.value) } : planned
    },
    /** Lets go of some of what is open; answers by which name it can be undone. */
    writeOff: (invoice: InvoiceId, amount: Money): Result<string, Refusal> => {
      const parsed = writeOff.input.parse({ invoice, kind: 'write_off', amount, reason: 'lost' })
      const planned = writeOff.plan(facts, parsed, context(), undefined)
      return planned.ok ? { ok: true, value: commit(planned.value).difference } : planned
    },
    undoWriteOff: (invoice: InvoiceId, difference: string): Result<unknown, Refusal> => {
      const parsed = undoWriteOff.input.parse({ invoice, difference, reason: 'found' })
      const planned = undoWriteOff.plan(facts, parsed, context(), undefined)
      return planned.ok ? { ok: true, value: commit(planned.value) } : planned
    },
    debit: (invoice: InvoiceId, what: object): Result<Invoice, Refusal> => {
      const parsed = debitInvoice.input.parse({ invoice, reason: 'too little', ...what })
      const planned = debitInvoice.plan(facts, parsed, context(), undefined)
      if (!planned.ok) return planned
      return { ok: true, value: read<Invoice>(invoiceKind.name, commit(planned.value).invoice) }
    },
    cancel: (
      order: OrderId,
      lines: readonly { readonly line: string; readonly quantity: number }[],
    ): Result<unknown, Refusal> => {
      const parsed = cancelOrder.input.parse({ order, lines, reason: 'regret' })
      const planned = cancelOrder.plan(facts, parsed, context(), undefined)
      return planned.ok ? { ok: true, value: commit(planned.value) } : planned
    },
    void: (invoice: InvoiceId): Result<unknown, Refusal> => {
      const parsed = voidInvoice.input.parse({ invoice, reason: 'a mistake' })
      const planned = voidInvoice.plan(facts, parsed, context(), undefined)
      if (!planned.ok) return planned
      return { ok: true, value: commit(planned.value) }
    },
    invoice: (id: InvoiceId) => read<Invoice>(invoiceKind.name, id),
    stored: (id: OrderId) => read<Order>(orderKind.name, id),
  }
}
