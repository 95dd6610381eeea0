import { divideRounded, type RoundingMode } from '../money/rounding.js'
import type { ReadRate, ReadTreatment } from '../tax/tax-treatment.js'
import { settleShares } from './settle-shares.js'

/** Taxes on an amount without tax, each rounded: one that is compound is levied on the amount with those before it. */
export const taxesOnNet = (net: bigint, rates: readonly ReadRate[], mode: RoundingMode): bigint[] => {
  const taxes: bigint[] = []
  let taxed = net
  for (const { numerator, denominator, compound } of rates) {
    const tax = divideRounded((compound ? taxed : net) * numerator, denominator, mode)
    taxes.push(tax)
    taxed += tax
  }
  return taxes
}

/**
 * Taxes contained in an amount with tax. What is left is the net amount, rounded once; its difference to the whole is shared among the taxes
 * in proportion to what each levies, so that net and taxes always add up to what the customer was told.
 */
export const taxesInGross = (gross: bigint, rates: readonly ReadRate[], mode: RoundingMode): bigint[] => {
  const [only, ...more] = rates
  if (only === undefined) return []
  if (more.length === 0) {
    const { numerator, denominator } = only
    return [gross - divideRounded(gross * denominator, denominator + numerator, mode)]
  }
  const { parts, whole } = effectiveRates(rates)
  const levied = levyOf({ parts })
  const net = divideRounded(gross * whole, whole + levied, mode)
  return levied === 0n ? parts.map(() => 0n) : settleShares(gross - net, parts, levied)
}

/** What is left without tax, of so much with it. */
export const withAndWithout = (
  rates: readonly ReadRate[],
): { readonly without: bigint; readonly whole: bigint } => {
  const { parts, whole } = effectiveRates(rates)
  return { without: whole, whole: whole + levyOf({ parts }) }
}

/** What each tax levies on one unit of net amount, over one common denominator. */
export const effectiveRates = (
  rates: readonly ReadRate[],
): { readonly parts: bigint[]; readonly whole: bigint } => {
  let whole = 1n
  let parts: bigint[] = []
  for (const { numerator, denominator, compound } of rates) {
    const before = parts.reduce((sum, part) => sum + part, 0n)
    const base = compound ? whole + before : whole
    parts = [...parts.map((part) => part * denominator), base * numerator]
    whole *= denominator
  }
  return { parts, whole }
}

/** Treatments in an order that depends on nothing but them: the one that levies more comes first, of equal ones that of the smaller key. */
export const compareLevies = (one: ReadTreatment, other: ReadTreatment): number => {
  const [mine, theirs] = [effectiveRates(one.rates), effectiveRates(other.rates)]
  const difference = levyOf(theirs) * mine.whole - levyOf(mine) * theirs.whole
  if (difference !== 0n) return difference > 0n ? 1 : -1
  return one.key === other.key ? 0 : one.key < other.key ? -1 : 1
}

const levyOf = ({ parts }: { readonly parts: readonly bigint[] }): bigint =>
  parts.reduce((sum, part) => sum + part, 0n)
