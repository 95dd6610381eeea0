import { creditNoteKind, type CreditNote } from '../../core/invoicing/credit-note.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { toMinor, type Money } from '../../core/money/money.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import type { DocumentAmounts } from '../../core/totals/calculation.js'
import type { Withholding } from '../../core/totals/withholdings.js'
import type { Shadow } from './shadow.js'

export interface Documents {
  readonly orders: readonly Order[]
  readonly invoices: readonly Invoice[]
  readonly notes: readonly CreditNote[]
  readonly claims: readonly Claim[]
}

/** What a document claims of one order: an invoice of that order alone, or the part of a consolidated invoice that is of it. */
export interface Claim {
  readonly invoice: Invoice
  readonly order: string
  readonly total: Money
  readonly totals?: DocumentAmounts
  readonly withholdings: readonly Withholding[]
  /** Those about this order. */
  readonly notes: readonly CreditNote[]
  /** What of the money on the document, and of what was let go of it, is this order's. */
  readonly paid: bigint
  readonly forgone: bigint
}

export const documentsOf = ({ records }: Shadow): Documents => {
  const invoices = [...records.ofKind(invoiceKind.name)].map(({ state }) => state as Invoice)
  const notes = [...records.ofKind(creditNoteKind.name)].map(({ state }) => state as CreditNote)
  return {
    orders: [...records.ofKind(orderKind.name)].map(({ state }) => state as Order),
    invoices,
    notes,
    claims: invoices.flatMap((invoice) => claimsOf(invoice, notes)),
  }
}

/**
 * Money pays for a consolidated invoice as a whole. To its orders it counts one after the other, each up to what its part claims after its credit notes,
 * then what was let go counts, and what is more than all of them claim is the last one's (decision 44).
 */
const claimsOf = (invoice: Invoice, notes: readonly CreditNote[]): readonly Claim[] => {
  const own = notes.filter((note) => note.invoice === invoice.id)
  const { order, totals, total, withholdings = [], parts = [] } = invoice
  let paid = toMinor(invoice.paid)
  let forgone = sumOf((invoice.differences ?? []).map(({ amount }) => amount))
  if (order !== undefined)
    return [{ invoice, order, total, ...(totals && { totals }), withholdings, notes: own, paid, forgone }]
  return parts.map((part, at): Claim => {
    const ofPart = own.filter((note) => note.order === part.order)
    const isLast = at === parts.length - 1
    const claimed = toMinor(part.total) - totalOf(ofPart)
    const share = isLast || paid < claimed ? paid : claimed
    const open = claimed > share ? claimed - share : 0n
    const letGo = isLast || forgone < open ? forgone : open
    paid -= share
    forgone -= letGo
    return {
      invoice,
      order: part.order,
      total: part.total,
      ...(part.totals && { totals: part.totals }),
      withholdings: part.withholdings ?? [],
      notes: ofPart,
      paid: share,
      forgone: letGo,
    }
  })
}

export const isStanding = ({ status }: Invoice): boolean => status !== 'voided'

export const sumOf = (amounts: readonly (Money | undefined)[]): bigint =>
  amounts.reduce((sum, amount) => sum + (amount === undefined ? 0n : toMinor(amount)), 0n)

export const totalOf = (documents: readonly { readonly total: Money }[]): bigint =>
  sumOf(documents.map(({ total }) => total))

export const unlessEqual = (left: bigint, right: bigint, text: string): readonly string[] =>
  left === right ? [] : [`${text}: ${left} and ${right}`]
