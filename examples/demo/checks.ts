import type { OrderManagementFor } from 'orderwright'
import { writeCents, type Cents } from './exact-money.js'
import type { InvoicesRead } from './figures/read-invoices.js'
import type { PaymentsRead } from './figures/read-payments.js'
import { grouped } from './progress.js'
import type { Check } from './report/report-data.js'

/** Two amounts that have to be equal. */
export const sameAmount = (name: string, left: Cents, right: Cents): Check => ({
  name,
  holds: left === right,
  found: `${writeCents(left)} ${left === right ? '=' : '≠'} ${writeCents(right)}`,
})

/** Two counts that have to be equal. */
export const sameCount = (name: string, left: number, right: number): Check => ({
  name,
  holds: left === right,
  found: `${grouped(left)} ${left === right ? '=' : '≠'} ${grouped(right)}`,
})

/** Something that must not occur. */
export const noneOf = (name: string, wrong: readonly string[], outOf: string): Check => ({
  name,
  holds: wrong.length === 0,
  found: wrong.length === 0 ? outOf : `${grouped(wrong.length)} are wrong: ${wrong.slice(0, 3).join('; ')}`,
})

/** Every invoice has its number, none is missing or given twice, and none is dated before the one ahead of it. */
export const numbersWithoutGap = (invoices: InvoicesRead): Check => {
  const inOrder = [...invoices.numbered].sort((left, right) => (left.number < right.number ? -1 : 1))
  const wrong = inOrder.flatMap(({ number, issuedOn }, index) => {
    const expected = `INV-${String(index + 1).padStart(6, '0')}`
    const before = inOrder[index - 1]?.issuedOn ?? ''
    return number === expected && issuedOn >= before
      ? []
      : [`${number} of ${issuedOn} instead of ${expected}`]
  })
  const last = inOrder.at(-1)?.number ?? 'none'
  return noneOf('Invoice numbers have no gap and follow the calendar', wrong, `INV-000001 to ${last}`)
}

/** Money in documents and money received are the same money, seen from both sides. */
export const paymentsAgree = (invoices: InvoicesRead, payments: PaymentsRead): readonly Check[] => [
  sameAmount(
    'Paid and open amounts are what was invoiced less what was credited',
    invoices.paid + invoices.open,
    invoices.total - invoices.credited,
  ),
  sameAmount(
    'What payments were applied to invoices, the invoices count as paid',
    payments.applied,
    invoices.paid,
  ),
  sameAmount(
    'Every cent received is applied, left over or paid back',
    payments.applied + payments.unapplied + payments.refunded,
    payments.received,
  ),
]

/** Counts by SKU that have to be equal. */
export const sameBySku = (
  name: string,
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
): Check => {
  const skus = new Set([...left.keys(), ...right.keys()])
  const wrong = [...skus].filter((sku) => (left.get(sku) ?? 0) !== (right.get(sku) ?? 0))
  const units = [...left.values()].reduce((sum, count) => sum + count, 0)
  return noneOf(
    name,
    wrong.map((sku) => `${sku} has ${left.get(sku) ?? 0} and should have ${right.get(sku) ?? 0}`),
    `${grouped(units)} units of ${grouped(skus.size)} products`,
  )
}

/** Reads the history of the first records of each kind, checks every hash, and folds the events to the stored record. */
export const historiesVerify = async (
  books: OrderManagementFor,
  kinds: readonly string[],
  sample: number,
): Promise<Check> => {
  const wrong: string[] = []
  const counts = { records: 0, events: 0 }
  for (const kind of kinds) {
    const report = await books.orThrow.verifyAudit({ kind, limit: sample })
    counts.records += report.records
    counts.events += report.events
    wrong.push(...report.findings.map(({ id, what }) => `${kind} ${id}: ${what}`))
  }
  return noneOf(
    'The histories of a sample verify: every hash, and every record is what its events add up to',
    wrong,
    `${grouped(counts.records)} records with ${grouped(counts.events)} events`,
  )
}
