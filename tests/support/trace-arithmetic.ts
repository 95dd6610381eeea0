import type { Trace } from '../../src/core/totals/traces/trace.js'

/** A number as a fraction, the denominator above zero: the arithmetic of traces once more, by other code than theirs. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

const read = (text: string): Fraction => {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text)
  if (fraction !== null) return { over: BigInt(fraction[1] ?? ''), under: BigInt(fraction[2] ?? '') }
  const decimal = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (decimal === null) throw new Error(`${text} is no number`)
  const [, sign = '', whole = '', decimals = ''] = decimal
  return { over: BigInt(`${sign}${whole}${decimals}`), under: 10n ** BigInt(decimals.length) }
}

const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
})
const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under })
const minus = (a: Fraction): Fraction => ({ over: -a.over, under: a.under })
const inverse = ({ over, under }: Fraction): Fraction =>
  over < 0n ? { over: -under, under: -over } : { over: under, under: over }
const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.over * b.under - b.over * a.under
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}
const isSame = (a: Fraction, b: Fraction): boolean => compare(a, b) === 0
const size = (a: Fraction): Fraction => (a.over < 0n ? minus(a) : a)
const floor = ({ over, under }: Fraction): bigint => (over - (((over % under) + under) % under)) / under
const whole = (units: bigint): Fraction => ({ over: units, under: 1n })
const half: Fraction = { over: 1n, under: 2n }

/** The neighbors of the number and how far it lies between them decide; so no rounding of the code under test is asked. */
const rounded = (exact: Fraction, mode: string): bigint => {
  const low = floor(exact)
  const rest = plus(exact, whole(-low))
  if (rest.over === 0n) return low
  const [outward, inward] = exact.over < 0n ? [low, low + 1n] : [low + 1n, low]
  const side = compare(rest, half)
  const nearest = side < 0 ? low : low + 1n
  switch (mode) {
    case 'up':
      return outward
    case 'down':
      return inward
    case 'ceiling':
      return low + 1n
    case 'floor':
      return low
    case 'half_up':
      return side === 0 ? outward : nearest
    case 'half_down':
      return side === 0 ? inward : nearest
    case 'half_even':
      return side === 0 ? (low % 2n === 0n ? low : low + 1n) : nearest
    default:
      throw new Error(`nobody rounds ${mode}`)
  }
}

/** The smallest unit that an amount is written with. */
const unitOf = (amount: string): Fraction => ({
  over: 1n,
  under: 10n ** BigInt(amount.split('.')[1]?.length ?? 0),
})

const sum = (numbers: readonly Fraction[]): Fraction => numbers.reduce(plus, whole(0n))

type Spread = Extract<Trace['arithmetic'], { readonly by: 'spread' }>

/** What is wrong with how an amount was shared out; nothing where it is right. */
const spreadFault = (
  { policy, shares, of, whole: allWeights }: Spread,
  sumOfShares: Fraction,
  unit: Fraction,
): string | undefined => {
  const weights = shares.map(({ weight }) => read(weight))
  const isEqual = policy === 'equal'
  const counted = isEqual ? weights.map((weight) => whole(weight.over > 0n ? 1n : 0n)) : weights
  const all = allWeights === undefined ? sum(counted) : read(allWeights)
  const total = of === undefined ? sumOfShares : read(of)
  const amounts = shares.map(({ amount }) => read(amount))
  if (!isSame(sum(amounts), sumOfShares)) return 'the shares do not add up'
  if (all.over === 0n) {
    return amounts.some((one) => isSame(one, sumOfShares)) ? undefined : 'nobody has all of it'
  }
  const exact = counted.map((weight) => times(times(total, weight), inverse(all)))
  for (const [at, { unrounded }] of shares.entries()) {
    if (!isSame(read(unrounded), exact[at] ?? whole(0n))) return `share ${at + 1} is not exactly ${unrounded}`
  }
  // Seen from the sign of the total, each share is rounded down or one unit above that.
  const turned = total.over < 0n ? minus : (one: Fraction) => one
  const inUnits = exact.map((one) => times(turned(one), inverse(unit)))
  const remainders = inUnits.map((one) => plus(one, whole(-floor(one))))
  const extra = amounts.map((one, at) => {
    const units = times(turned(one), inverse(unit))
    return plus(units, whole(-floor(inUnits[at] ?? whole(0n))))
  })
  if (policy === 'first' || policy === 'last') {
    const at =
      policy === 'first'
        ? weights.findIndex(({ over }) => over > 0n)
        : weights.findLastIndex(({ over }) => over > 0n)
    const isWrong = extra.some((one, place) => place !== at && one.over !== 0n)
    return isWrong ? `a unit did not go to the ${policy}` : undefined
  }
  for (const [at, one] of extra.entries()) {
    if (!isSame(one, whole(0n)) && !isSame(one, whole(1n))) return `share ${at + 1} is more than a unit off`
    if (one.over === 0n) continue
    for (const [other, more] of extra.entries()) {
      if (more.over !== 0n) continue
      const isOwed = compare(remainders[other] ?? half, remainders[at] ?? half) > 0
      if (isOwed) return `a unit went to share ${at + 1}, not to ${other + 1}`
    }
  }
  const isTold = shares.every(({ gotUnit }, at) => gotUnit === (extra[at]?.over !== 0n))
  return isTold ? undefined : 'it says wrongly who got a unit'
}

const nodeFault = ({ amount, rule, arithmetic, from }: Trace): string | undefined => {
  const own = read(amount)
  const amounts = from.map((part) => read(part.amount))
  switch (arithmetic.by) {
    case 'given':
      return from.length === 0 && !rule.includes('by the rules of today')
        ? undefined
        : 'it is given, and computed otherwise'
    case 'sum': {
      const signed = amounts.map((one, at) =>
        arithmetic.subtracted?.includes(at) === true ? minus(one) : one,
      )
      return isSame(sum(signed), own) ? undefined : 'its parts do not add up to it'
    }
    case 'share': {
      const { of, times: factor, over, unrounded, rounding, step } = arithmetic
      const inputs = [of, factor, over]
      const differs = from.findIndex((part, at) => !isSame(read(part.amount), read(inputs[at] ?? '0')))
      if (differs >= 0) return `its input ${differs + 1} is not what it is from`
      const exact = times(times(read(of), read(factor)), inverse(read(over)))
      if (!isSame(exact, read(unrounded))) return `it is not exactly ${unrounded}`
      const unit = step === undefined ? unitOf(amount) : read(step)
      const units = rounded(times(exact, inverse(unit)), rounding)
      return isSame(times(whole(units), unit), own) ? undefined : `${unrounded} is not rounded to it`
    }
    case 'spread': {
      if (arithmetic.shares[arithmetic.place]?.amount !== amount) return 'it is not the share it says'
      return spreadFault(arithmetic, amounts[0] ?? whole(0n), unitOf(amount))
    }
    case 'least': {
      const isMixed = amounts.some(({ over }) => over > 0n) && amounts.some(({ over }) => over < 0n)
      const least = amounts.reduce((a, b) => (compare(size(a), size(b)) <= 0 ? a : b))
      return isSame(isMixed ? whole(0n) : least, own) ? undefined : 'it is not the least'
    }
    case 'greatest': {
      const greatest = amounts.reduce((a, b) => (compare(a, b) >= 0 ? a : b))
      return isSame(greatest, own) ? undefined : 'it is not the greatest'
    }
  }
}

/** Everything in a trace that does not compute. What was computed before and is part of another trace again is not computed twice. */
export const traceFaults = (trace: Trace, known = new WeakSet<Trace>()): readonly string[] => {
  if (known.has(trace)) return []
  known.add(trace)
  const fault = nodeFault(trace)
  const own = fault === undefined ? [] : [`${trace.name} ${trace.amount} (${trace.rule}): ${fault}`]
  return [...own, ...trace.from.flatMap((part) => traceFaults(part, known))]
}

/** Units that were moved between shares: a way out for several discounts on one line or document, never for one. */
export const movedUnits = ({ name, from }: Trace): number =>
  from.reduce((units, part) => units + movedUnits(part), name === 'moved' ? 1 : 0)

/** The paths of all amounts of a document, whatever its shape: each object with an amount and a currency. */
export const amountPaths = (value: unknown, path: readonly string[] = []): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  if ('amount' in value && 'currency' in value) return [path.join('.')]
  return Object.entries(value).flatMap(([field, inner]) => amountPaths(inner, [...path, field]))
}
