import { toMinor, type Money } from '../../core/money/money.js'
import type { AgreedWithholding } from '../../core/parties/agreed-withholding.js'
import type { Withholding } from '../../core/totals/withholdings.js'
import type { DocumentAmounts } from '../../core/totals/calculation.js'
import { isStanding, sumOf, unlessEqual, type Claim, type Documents } from './documents.js'

/**
 * What the buyer keeps back (decision 43), added up from the documents: of all that is billed of an order it is its percentage, rounded once; of what was credited of an
 * invoice its share; and certificates never come to more than is left of it. Answers what does not agree.
 */
export const checkWithholdings = ({ orders, claims }: Documents): readonly string[] => {
  const byOrder = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (!isStanding(claim.invoice)) continue
    const known = byOrder.get(claim.order)
    if (known === undefined) byOrder.set(claim.order, [claim])
    else known.push(claim)
  }
  return [
    ...orders.flatMap(({ id, withholdings = [] }) => {
      const own = byOrder.get(id) ?? []
      return [
        ...checkBilled(
          `order ${id}`,
          withholdings,
          own.filter(({ invoice }) => invoice.kind === undefined),
        ),
        ...own
          .filter(({ invoice }) => invoice.kind === 'debit')
          .flatMap((debit) => checkBilled(`debit note ${debit.invoice.number}`, withholdings, [debit])),
      ]
    }),
    ...claims.flatMap(checkCredited),
    ...checkCertificates(claims),
  ]
}

const checkBilled = (
  name: string,
  agreed: readonly AgreedWithholding[],
  claims: readonly Claim[],
): readonly string[] => {
  const withheld = claims.flatMap(({ withholdings }) => withholdings)
  return [
    ...agreed.flatMap((one) => {
      const own = withheld.filter(isSame(one))
      const base = claims.reduce((sum, claim) => sum + baseOf(claim, one), 0n)
      const [whole = '0', fraction = ''] = one.percent.split('.')
      const due = halfUp(base * BigInt(whole + fraction), 100n * 10n ** BigInt(fraction.length))
      return [
        ...unlessEqual(sumOf(own.map((each) => each.base)), base, `MO3 base of ${one.name} of ${name}`),
        ...unlessEqual(sumOf(own.map(({ amount }) => amount)), due, `MO3 ${one.name} of ${name}`),
      ]
    }),
    ...(withheld.every((one) => agreed.some(isSame(one)))
      ? []
      : [`MO3 something is withheld of ${name} that nobody agreed`]),
  ]
}

const checkCredited = ({ invoice, withholdings, notes }: Claim): readonly string[] =>
  withholdings.flatMap((one) => {
    const credited = notes.flatMap((note) => note.withholdings ?? []).filter(isSame(one))
    const base = notes.reduce((sum, note) => sum + baseOf(note, one), 0n)
    const due = halfUp(toMinor(one.amount) * base, toMinor(one.base))
    return unlessEqual(
      sumOf(credited.map(({ amount }) => amount)),
      due,
      `MO6 ${one.name} credited of invoice ${invoice.number}`,
    )
  })

/** A certificate settles what is withheld, and nothing else. */
const checkCertificates = (claims: readonly Claim[]): readonly string[] =>
  [...new Set(claims.map(({ invoice }) => invoice))].flatMap((invoice) => {
    const certified = (invoice.differences ?? []).filter(({ kind }) => kind === 'withholding')
    if (certified.length === 0) return []
    const left = withheldLeft(claims.filter((claim) => claim.invoice === invoice))
    const recorded = sumOf(certified.map(({ amount }) => amount))
    return recorded <= left
      ? []
      : [`MO7 certificates of ${recorded} for invoice ${invoice.number}, of which ${left} is withheld`]
  })

/** What is withheld of what an invoice claims after its credit notes. */
export const withheldLeft = (claims: readonly Claim[]): bigint =>
  claims.reduce(
    (sum, { withholdings, notes }) =>
      sum + amountsOf(withholdings) - amountsOf(notes.flatMap((note) => note.withholdings ?? [])),
    0n,
  )

const amountsOf = (withholdings: readonly Withholding[]): bigint =>
  sumOf(withholdings.map(({ amount }) => amount))

const isSame =
  ({ name, percent, on }: AgreedWithholding) =>
  (other: AgreedWithholding): boolean =>
    other.name === name && other.percent === percent && other.on === on

/** Where nothing is taxed, all of a document is without tax. */
const baseOf = (
  { total, totals }: { readonly total: Money; readonly totals?: DocumentAmounts },
  { on }: AgreedWithholding,
): bigint => {
  if (totals === undefined) return on === 'net' ? toMinor(total) : 0n
  return toMinor(totals[on])
}

const halfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor)
