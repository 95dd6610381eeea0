import type { Invoice } from '../../core/invoicing/invoice.js'
import { numberSeriesKind, type NumberIssued } from '../../core/invoicing/number-series.js'
import { openInvoicesKind, type OpenInvoices } from '../../core/invoicing/open-invoices.js'
import { toMinor, type Money } from '../../core/money/money.js'
import type { Order } from '../../core/orders/order.js'
import { paymentKind, type Payment } from '../../core/payments/payment.js'
import { treatmentKey } from '../../core/tax/tax-treatment.js'
import type { DocumentAmounts, TaxAmount } from '../../core/totals/calculation.js'
import { isStanding, sumOf, totalOf, unlessEqual, type Claim, type Documents } from './documents.js'
import { eventsOf, type Shadow } from './shadow.js'
import { withheldLeft } from './withholding-checks.js'

/**
 * What documents claim together: their taxes, what deposits claimed and later invoices deduct, what was withdrawn, and what customers owe. Added up from the
 * documents themselves, with nothing of the engine's own arithmetic. Answers what does not agree.
 */
export const checkDocuments = (shadow: Shadow, documents: Documents): readonly string[] => [
  ...documents.orders.flatMap((order) => checkAmounts(`order ${order.id}`, order)),
  ...documents.invoices.flatMap((invoice) => checkAmounts(`invoice ${invoice.number}`, invoice)),
  ...documents.notes.flatMap((note) => checkAmounts(`credit note ${note.number}`, note)),
  ...documents.orders.flatMap((order) => [...checkRates(order), ...checkSums(order, documents)]),
  ...documents.claims.flatMap((claim) =>
    claim.invoice.kind === 'deposit' ? checkDeposit(claim.invoice, documents) : checkCredits(claim),
  ),
  ...documents.invoices.flatMap(checkParts),
  ...checkOpen(shadow, documents),
  ...checkNumbers(shadow, documents),
  ...checkExchanges(shadow),
]

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

/** M89, MO6, MO7: what an order counts is what its documents say, those that were voided left out; billed whole they come to the order, tax by tax. */
const checkSums = (order: Order, { claims, notes }: Documents): readonly string[] => {
  const own = claims.filter((claim) => claim.order === order.id && isStanding(claim.invoice))
  const ofKind = (kind: Invoice['kind']) => own.filter(({ invoice }) => invoice.kind === kind)
  const billed = ofKind(undefined)
  const credited = notes.filter((note) => note.order === order.id && note.kind !== 'deposit')
  const debited = totalOf(ofKind('debit'))
  const sum = (amountOf: (claim: Claim) => bigint): bigint =>
    own.reduce((amount, claim) => amount + amountOf(claim), 0n)
  const returnedBy = (kind: Invoice['kind']): bigint =>
    sumOf(ofKind(kind).map(({ invoice }) => invoice.returned))
  const isWhole = order.lines.every(({ quantity, invoiced }) => invoiced === quantity)
  return [
    ...unlessEqual(toMinor(order.invoiced), totalOf(billed) + debited, `OQ4 billed of order ${order.id}`),
    ...unlessEqual(sumOf([order.debited]), debited, `OQ4 debited of order ${order.id}`),
    ...unlessEqual(toMinor(order.credited), totalOf(credited), `MO6 credited of order ${order.id}`),
    ...unlessEqual(
      toMinor(order.paid),
      sum(({ paid }) => paid),
      `MO7 paid of order ${order.id}`,
    ),
    ...unlessEqual(
      sumOf([order.forgone]),
      sum(({ forgone }) => forgone),
      `MO7 let go of order ${order.id}`,
    ),
    ...unlessEqual(
      returnedBy(undefined),
      returnedBy('deposit'),
      `F101 deposits owed back of order ${order.id}`,
    ),
    ...(isWhole ? unlessEqual(toMinor(order.total), totalOf(billed), `M89 all of order ${order.id}`) : []),
    ...(isWhole && !sameTaxes(taxesOf([order]), taxesOf(billed)) ? [`M89 taxes of order ${order.id}`] : []),
  ]
}

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

/** A consolidated invoice is its parts, and nothing else: lines, total and taxes (decision 44). */
const checkParts = ({ number, lines, total, totals, parts }: Invoice): readonly string[] => {
  if (parts === undefined) return []
  const names = parts.flatMap((part) => Array.from({ length: part.lines }, () => part.order))
  const taxed = parts.flatMap((part) => part.totals ?? [])
  const untaxed = totalOf(parts.filter((part) => part.totals === undefined))
  return [
    ...unlessEqual(toMinor(total), totalOf(parts), `M89 parts of invoice ${number}`),
    ...(names.join() === lines.map(({ order }) => order).join() ? [] : [`M89 lines of invoice ${number}`]),
    ...(totals === undefined
      ? []
      : [
          ...unlessEqual(
            toMinor(totals.tax),
            sumOf(taxed.map(({ tax }) => tax)),
            `M89 taxes of invoice ${number}`,
          ),
          ...unlessEqual(
            toMinor(totals.net),
            sumOf(taxed.map(({ net }) => net)) + untaxed,
            `M89 net of invoice ${number}`,
          ),
        ]),
  ]
}

/** MO6: an invoice is credited up to what it billed, under each tax treatment. */
const checkCredits = (claim: Claim): readonly string[] => {
  const { invoice, notes } = claim
  const billed = taxesOf([claim])
  const broken = [...taxesOf(notes)].flatMap(([key, amount]) =>
    amount > (billed.get(key) ?? 0n) ? [`MO6 ${amount} credited of ${key} on invoice ${invoice.number}`] : [],
  )
  return invoice.status === 'voided' && notes.length > 0
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

/** What of it is to be paid, and not to be withheld: what nobody has a certificate for, and nobody has asked for after all, is kept back of what is open. */
const payableOf = (invoice: Invoice, claims: readonly Claim[]): bigint => {
  const open = openOf(invoice)
  if (invoice.withholdings === undefined || invoice.withheldClaimed === true) return open
  const certified = (invoice.differences ?? []).filter(({ kind }) => kind === 'withholding')
  const left =
    withheldLeft(claims.filter((claim) => claim.invoice === invoice)) -
    sumOf(certified.map(({ amount }) => amount))
  const keptBack = left < open ? left : open
  return keptBack > 0n ? open - keptBack : open
}

/** MO7: a customer owes what is to be paid of the invoices that stand, and an invoice is settled when nothing of it is open. */
const checkOpen = (shadow: Shadow, { invoices, claims }: Documents): readonly string[] => {
  const broken: string[] = []
  const owed = new Map<string, string[]>()
  for (const invoice of invoices) {
    const open = openOf(invoice)
    if (isStanding(invoice) && (invoice.status === 'settled') !== open <= 0n)
      broken.push(`MO7 ${open} is open of invoice ${invoice.number}, which is ${invoice.status}`)
    const payable = payableOf(invoice, claims)
    if (invoice.customer === undefined || payable <= 0n) continue
    const texts = owed.get(invoice.customer) ?? []
    owed.set(invoice.customer, [...texts, `${invoice.id} ${payable}`])
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
