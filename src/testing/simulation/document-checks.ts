import { creditNoteKind, type CreditNote } from '../../core/invoicing/credit-note.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { numberSeriesKind, type NumberIssued } from '../../core/invoicing/number-series.js'
import { openInvoicesKind, type OpenInvoices } from '../../core/invoicing/open-invoices.js'
import { toMinor, type Money } from '../../core/money/money.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { paymentKind, type Payment } from '../../core/payments/payment.js'
import { treatmentKey } from '../../core/tax/tax-treatment.js'
import type { DocumentAmounts, TaxAmount } from '../../core/totals/calculation.js'
import { eventsOf, type Shadow } from './shadow.js'

/**
 * What documents claim together: their taxes, what deposits claimed and later invoices deduct, what was withdrawn, and what customers owe. Added up from the
 * documents themselves, with nothing of the engine's own arithmetic. Answers what does not agree.
 */
export const checkDocuments = (shadow: Shadow): readonly string[] => {
  const documents = documentsOf(shadow)
  return [
    ...documents.orders.flatMap((order) => checkAmounts(`order ${order.id}`, order)),
    ...documents.invoices.flatMap((invoice) => checkAmounts(`invoice ${invoice.number}`, invoice)),
    ...documents.notes.flatMap((note) => checkAmounts(`credit note ${note.number}`, note)),
    ...documents.orders.flatMap((order) => [...checkRates(order), ...checkSums(order, documents)]),
    ...documents.invoices.flatMap((invoice) =>
      invoice.kind === 'deposit' ? checkDeposit(invoice, documents) : checkCredits(invoice, documents),
    ),
    ...checkOpen(shadow, documents),
    ...checkNumbers(shadow, documents),
    ...checkExchanges(shadow),
  ]
}

interface Documents {
  readonly orders: readonly Order[]
  readonly invoices: readonly Invoice[]
  readonly notes: readonly CreditNote[]
}

const documentsOf = ({ records }: Shadow): Documents => ({
  orders: [...records.ofKind(orderKind.name)].map(({ state }) => state as Order),
  invoices: [...records.ofKind(invoiceKind.name)].map(({ state }) => state as Invoice),
  notes: [...records.ofKind(creditNoteKind.name)].map(({ state }) => state as CreditNote),
})

const sumOf = (amounts: readonly (Money | undefined)[]): bigint =>
  amounts.reduce((sum, amount) => sum + (amount === undefined ? 0n : toMinor(amount)), 0n)

const unlessEqual = (left: bigint, right: bigint, text: string): readonly string[] =>
  left === right ? [] : [`${text}: ${left} and ${right}`]

interface Calculated {
  readonly total: Money
  readonly totals?: DocumentAmounts
}

/** MO3: what stands on a document adds up. */
const checkAmounts = (name: string, { total, totals }: Calculated): readonly string[] => {
  if (totals === undefined) return []
  const { lineNet, discounts, charges, net, tax, gross, rounding, taxes } = totals
  return [
    ...unlessEqual(toMinor(net), sumOf([lineNet, charges]) - toMinor(discounts), `MO3 net of ${name}`),
    ...unlessEqual(toMinor(gross), sumOf([net, tax]), `MO3 gross of ${name}`),
    ...unlessEqual(toMinor(total), sumOf([gross, rounding]), `MO3 total of ${name}`),
    ...unlessEqual(toMinor(net), sumOf(taxes.map(({ base }) => base)), `MO3 taxed amounts of ${name}`),
    ...unlessEqual(toMinor(tax), sumOf(taxes.flatMap(({ amounts }) => amounts)), `MO3 taxes of ${name}`),
  ]
}

/** MO5: each tax of an order is its rate of what it is levied on, rounded once; where prices contain it, to the cent that is left between the two. */
const checkRates = ({ id, calculation, totals }: Order): readonly string[] => {
  const most = calculation?.prices === 'gross' ? 200_000n : 100_000n
  return (totals?.taxes ?? []).flatMap(({ treatment, base, amounts }) =>
    treatment.components.flatMap(({ name, percent }, place) => {
      const exact = toMinor(base) * thousandths(percent)
      const amount = sumOf([amounts[place]]) * 100_000n
      const off = amount > exact ? amount - exact : exact - amount
      return off * 2n <= most
        ? []
        : [`MO5 ${name} of order ${id} is ${amount / 100_000n} of ${toMinor(base)}`]
    }),
  )
}

const thousandths = (percent: string): bigint => {
  const [whole = '0', fraction = ''] = percent.split('.')
  return BigInt(whole + fraction.padEnd(3, '0'))
}

const isStanding = ({ status }: Invoice): boolean => status !== 'voided'

/** M89, MO6, MO7: what an order counts is what its documents say, those that were voided left out; billed whole they come to the order, tax by tax. */
const checkSums = (order: Order, { invoices, notes }: Documents): readonly string[] => {
  const own = invoices.filter((invoice) => invoice.order === order.id && isStanding(invoice))
  const billed = own.filter(({ kind }) => kind === undefined)
  const claimed = own.filter(({ kind }) => kind !== 'deposit')
  const credited = notes.filter((note) => note.order === order.id && note.kind !== 'deposit')
  const debited = own.filter(({ kind }) => kind === 'debit')
  const returnedBy = (kind: Invoice['kind']): bigint =>
    sumOf(own.filter((invoice) => invoice.kind === kind).map(({ returned }) => returned))
  const isWhole = order.lines.every(({ quantity, invoiced }) => invoiced === quantity)
  return [
    ...unlessEqual(toMinor(order.invoiced), totalOf(claimed), `OQ4 billed of order ${order.id}`),
    ...unlessEqual(sumOf([order.debited]), totalOf(debited), `OQ4 debited of order ${order.id}`),
    ...unlessEqual(toMinor(order.credited), totalOf(credited), `MO6 credited of order ${order.id}`),
    ...unlessEqual(toMinor(order.paid), sumOf(own.map(({ paid }) => paid)), `MO7 paid of order ${order.id}`),
    ...unlessEqual(
      returnedBy(undefined),
      returnedBy('deposit'),
      `F101 deposits owed back of order ${order.id}`,
    ),
    ...(isWhole ? unlessEqual(toMinor(order.total), totalOf(billed), `M89 all of order ${order.id}`) : []),
    ...(isWhole && !sameTaxes(taxesOf([order]), taxesOf(billed)) ? [`M89 taxes of order ${order.id}`] : []),
  ]
}

const totalOf = (documents: readonly { readonly total: Money }[]): bigint =>
  sumOf(documents.map(({ total }) => total))

/** Net and tax by treatment. */
const taxesOf = (documents: readonly { readonly totals?: DocumentAmounts }[]): ReadonlyMap<string, bigint> =>
  addedTaxes(documents.flatMap(({ totals }) => totals?.taxes ?? []))

const addedTaxes = (taxes: readonly TaxAmount[]): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>()
  for (const { treatment, base, tax } of taxes) {
    const key = treatmentKey(treatment)
    sums.set(`${key} net`, (sums.get(`${key} net`) ?? 0n) + toMinor(base))
    sums.set(`${key} tax`, (sums.get(`${key} tax`) ?? 0n) + toMinor(tax))
  }
  return sums
}

const sameTaxes = (left: ReadonlyMap<string, bigint>, right: ReadonlyMap<string, bigint>): boolean =>
  [...new Set([...left.keys(), ...right.keys()])].every(
    (key) => (left.get(key) ?? 0n) === (right.get(key) ?? 0n),
  )

/** MO6: an invoice is credited up to what it billed, under each tax treatment. */
const checkCredits = (invoice: Invoice, { notes }: Documents): readonly string[] => {
  const billed = taxesOf([invoice])
  const own = notes.filter((note) => note.invoice === invoice.id)
  const broken = [...taxesOf(own)].flatMap(([key, amount]) =>
    amount > (billed.get(key) ?? 0n) ? [`MO6 ${amount} credited of ${key} on invoice ${invoice.number}`] : [],
  )
  return invoice.status === 'voided' && own.length > 0
    ? [...broken, `MO6 invoice ${invoice.number} was voided and credited`]
    : broken
}

/** F101: what a deposit claimed is deducted, credited or still stands: once, to the cent, net and tax alike. */
const checkDeposit = (deposit: Invoice, { orders, invoices, notes }: Documents): readonly string[] => {
  const { id, number, total, totals } = deposit
  const stands = orders.find(({ id: order }) => order === deposit.order)?.depositInvoices
  const standing = stands?.filter(({ invoice }) => invoice === id) ?? []
  const deducting = invoices.filter(isStanding).flatMap(({ deducted = [] }) => deducted)
  const deducted = deducting.filter(({ invoice }) => invoice === id)
  const credited = notes.filter(({ invoice }) => invoice === id)
  const claimed = isStanding(deposit) ? toMinor(total) : 0n
  const accounted = sumOf([...standing, ...deducted].map(({ amount }) => amount)) + totalOf(credited)
  const owedBack = sumOf([deposit.returned])
  const broken = [
    ...unlessEqual(claimed, accounted, `F101 claimed and accounted for of deposit ${number}`),
    ...(owedBack <= sumOf(deducted.map(({ amount }) => amount))
      ? []
      : [`F101 owed back of deposit ${number}: ${owedBack}`]),
  ]
  if (totals === undefined || !isStanding(deposit)) return broken
  const parts = addedTaxes([
    ...[...standing, ...deducted].flatMap(({ taxes }) => taxes),
    ...credited.flatMap((note) => note.totals?.taxes ?? []),
  ])
  return sameTaxes(taxesOf([deposit]), parts) ? broken : [...broken, `F101 taxes of deposit ${number}`]
}

/** MO7: what is open of an invoice, written down once more on purpose. */
const openOf = (invoice: Invoice): bigint => {
  if (!isStanding(invoice)) return 0n
  const { total, deducted = [], returned, credited, paid, differences = [], kind } = invoice
  const back = sumOf([returned])
  const claimed = toMinor(total) - sumOf(deducted.map(({ amount }) => amount))
  const due = kind === 'deposit' ? claimed - back : claimed + back
  return due - sumOf([credited, paid, ...differences.map(({ amount }) => amount)])
}

/** MO7: a customer owes what is open of the invoices that stand, and an invoice is settled when nothing is. */
const checkOpen = (shadow: Shadow, { invoices }: Documents): readonly string[] => {
  const broken: string[] = []
  const owed = new Map<string, string[]>()
  for (const invoice of invoices) {
    const open = openOf(invoice)
    if (isStanding(invoice) && (invoice.status === 'settled') !== open <= 0n)
      broken.push(`MO7 ${open} is open of invoice ${invoice.number}, which is ${invoice.status}`)
    if (invoice.customer === undefined || open <= 0n) continue
    const texts = owed.get(invoice.customer) ?? []
    owed.set(invoice.customer, [...texts, `${invoice.id} ${open}`])
  }
  for (const { key, state } of shadow.records.ofKind(openInvoicesKind.name)) {
    const listed = (state as OpenInvoices).invoices.map(({ invoice, open }) => `${invoice} ${toMinor(open)}`)
    const due = owed.get(key.id) ?? []
    if (listed.toSorted().join() !== due.toSorted().join())
      broken.push(`MO7 customer ${key.id} owes ${listed.join()}, and the invoices say ${due.join()}`)
    owed.delete(key.id)
  }
  for (const [customer, due] of owed)
    broken.push(`MO7 customer ${customer} owes ${due.join()}, and nobody knows`)
  return broken
}

/** NR4: every number stands on its document, those of voided ones too, and no document is without. */
const checkNumbers = ({ records }: Shadow, { invoices, notes }: Documents): readonly string[] => {
  const broken: string[] = []
  let numbered = 0
  for (const series of records.ofKind(numberSeriesKind.name)) {
    for (const { written, document } of eventsOf<NumberIssued>(series)) {
      numbered += 1
      const found = records.get(document)?.state as { readonly number: string } | undefined
      if (found?.number !== written)
        broken.push(`NR4 number ${written} was issued, and stands on ${found?.number ?? 'nothing'}`)
    }
  }
  const count = invoices.length + notes.length
  return numbered === count ? broken : [...broken, `NR4 ${count} documents have ${numbered} numbers`]
}

/** MO11: what came in was worth what its rate says, and what it counts for and the difference add up to that. */
const checkExchanges = ({ records }: Shadow): readonly string[] =>
  [...records.ofKind(paymentKind.name)].flatMap(({ state }) => {
    const { id, amount, exchange } = state as Payment
    if (exchange === undefined) return []
    const { paid, worth, rate, difference } = exchange
    const [whole = '0', fraction = ''] = rate.split('.')
    const denominator = 10n ** BigInt(fraction.length)
    const due = (2n * toMinor(paid) * BigInt(whole + fraction) + denominator) / (2n * denominator)
    return [
      ...unlessEqual(toMinor(worth), due, `MO11 worth of payment ${id}`),
      ...unlessEqual(
        due,
        sumOf([amount, difference]),
        `MO11 what payment ${id} counts for, and its difference`,
      ),
    ]
  })
