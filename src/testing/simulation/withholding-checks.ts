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
  const voided = new Map<string, number>()
  for (const claim of claims) {
    if (!isStanding(claim.invoice)) {
      voided.set(claim.order, (voided.get(claim.order) ?? 0) + 1)
      continue
    }
    const known = byOrder.get(claim.order)
    if (known === undefined) byOrder.set(claim.order, [claim])
    else known.push(claim)
  }
  return [
    ...orders.flatMap(({ id, withholdings = [], withheld }) => {
      const own = byOrder.get(id) ?? []
      const billed = own.filter(({ invoice }) => invoice.kind === undefined)
      const deposits = own.filter(({ invoice }) => invoice.kind === 'deposit')
      return [
        ...(withheld === undefined
          ? checkBilled(`order ${id}`, withholdings, billed)
          : checkWithDeposits(`order ${id}`, withholdings, {
              billed,
              deposits,
              voided: voided.get(id) ?? 0,
            })),
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
      const due = percentOf(base, one)
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

/**
 * With deposits, of all that is billed or stands of them: each invoice withholds beside what was withheld of what it deducts. A deposit that was credited or voided may leave a unit to
 * the next claim.
 */
const checkWithDeposits = (
  name: string,
  agreed: readonly AgreedWithholding[],
  {
    billed,
    deposits,
    voided,
  }: { readonly billed: readonly Claim[]; readonly deposits: readonly Claim[]; readonly voided: number },
): readonly string[] => {
  const given = deposits.flatMap(({ notes }) => notes)
  const deducted = billed.flatMap(({ invoice }) => invoice.deducted ?? [])
  const ofAll = (
    documents: readonly { readonly withholdings?: readonly Withholding[] }[],
    one: AgreedWithholding,
  ) =>
    sumOf(
      documents.flatMap(({ withholdings = [] }) =>
        withholdings.filter(isSame(one)).map(({ amount }) => amount),
      ),
    )
  return agreed.flatMap((one) => {
    const withheld = ofAll([...billed, ...deposits], one) - ofAll([...deducted, ...given], one)
    const bases = (documents: readonly Pick<Claim, 'total' | 'totals'>[]): bigint =>
      documents.reduce((sum, document) => sum + baseOf(document, one), 0n)
    const base =
      bases([...billed, ...deposits]) - bases(given) - sumOf(deducted.map(({ [one.on]: amount }) => amount))
    const difference = withheld - percentOf(base, one)
    const most = BigInt(given.length + voided)
    return difference <= most && -difference <= most
      ? []
      : [`F101 ${one.name} of ${name}: ${withheld} with deposits, and ${percentOf(base, one)} is due`]
  })
}

const checkCredited = ({ invoice, withholdings, notes }: Claim): readonly string[] =>
  withholdings.flatMap((one) => {
    const credited = notes.flatMap((note) => note.withholdings ?? []).filter(isSame(one))
    // What a credit takes back of a deposit depends on what was deducted of it: the order adds up.
    if (invoice.kind === 'deposit') return []
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

/** What is withheld of what an invoice claims after its credit notes: what it deducts was withheld with its deposits. */
export const withheldLeft = (claims: readonly Claim[]): bigint =>
  claims.reduce((sum, { invoice, withholdings, notes }) => {
    const { kind, deducted = [], returnedWithheld } = invoice
    const back = sumOf([returnedWithheld])
    const less = [...deducted, ...notes].flatMap((one) => one.withholdings ?? [])
    return sum + amountsOf(withholdings) - amountsOf(less) + (kind === 'deposit' ? -back : back)
  }, 0n)

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

const percentOf = (base: bigint, { percent }: AgreedWithholding): bigint => {
  const [whole = '0', fraction = ''] = percent.split('.')
  return halfUp(base * BigInt(whole + fraction), 100n * 10n ** BigInt(fraction.length))
}

const halfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor)
