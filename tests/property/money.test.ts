import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, allocateBy, allocateMoney, allocationPolicies } from '../../src/core/money/allocate.js'
import { currencyCode, currencyDigits, type CurrencyCode } from '../../src/core/money/currency.js'
import {
  compareDecimal,
  formatDecimal,
  normalizeDecimal,
  parseDecimal,
} from '../../src/core/money/decimal-string.js'
import { PreciseDecimal } from '../../src/core/money/decimal.js'
import { ISO_4217 } from '../../src/core/money/iso-4217.js'
import { moneySchema, unitPriceSchema } from '../../src/core/money/money-schema.js'
import {
  add,
  compare,
  equals,
  fromMinor,
  minimum,
  negate,
  subtract,
  sumOf,
  toMinor,
  zero,
  type Money,
} from '../../src/core/money/money.js'
import { divideRounded, type RoundingMode } from '../../src/core/money/rounding.js'
import { extendPrice } from '../../src/core/money/unit-price.js'

const currencyArb = fc.constantFrom(
  ...ISO_4217.filter((entry) => entry.digits !== undefined).map((entry) => currencyCode(entry.code)),
)
const limit = 10n ** 15n
const minorArb = fc.bigInt({ min: -limit, max: limit })
const moneyArb = fc.tuple(minorArb, currencyArb).map(([minor, currency]) => fromMinor(minor, currency))
const twoCurrenciesArb = fc
  .tuple(minorArb, minorArb, fc.uniqueArray(currencyArb, { minLength: 2, maxLength: 2 }))
  .map(([a, b, [first, second]]): readonly [Money, Money] => [
    fromMinor(a, first as CurrencyCode),
    fromMinor(b, second as CurrencyCode),
  ])
// Small weights make ties and zeros common; large ones show that nothing passes through a float.
const weightArb = fc.oneof(fc.bigInt({ min: 0n, max: 4n }), fc.bigInt({ min: 0n, max: 10n ** 24n }))
const weightsArb = fc
  .tuple(fc.array(weightArb, { maxLength: 12 }), fc.bigInt({ min: 1n, max: 9n }), fc.nat())
  .map(([weights, sure, at]) => weights.toSpliced(at % (weights.length + 1), 0, sure))
const modeArb = fc.constantFrom<RoundingMode>(
  'half_up',
  'half_even',
  'half_down',
  'up',
  'down',
  'ceiling',
  'floor',
)
const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((total, number) => total + number, 0n)
const absolute = (number: bigint): bigint => (number < 0n ? -number : number)

const cases = { numRuns: 10_000 }

describe('amounts', () => {
  it('MO1 turns every amount into minor units and back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(minorArb, fc.bigInt()), currencyArb, (minor, currency) => {
        const money = fromMinor(minor, currency)
        strictEqual(toMinor(money), minor)
        expect(fromMinor(toMinor(money), currency)).toEqual(money)
      }),
      cases,
    )
  })

  it('MO1 adds as integers do', () => {
    fc.assert(
      fc.property(minorArb, minorArb, currencyArb, (x, y, currency) => {
        const [a, b] = [fromMinor(x, currency), fromMinor(y, currency)]
        strictEqual(toMinor(add(a, b)), x + y)
        expect(add(a, b)).toEqual(add(b, a))
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(add(a, negate(a))).toEqual(zero(currency))
        expect(sumOf([a, b, a], currency)).toEqual(fromMinor(x + y + x, currency))
        strictEqual(compare(a, b), x === y ? 0 : x < y ? -1 : 1)
        expect(minimum(a, b)).toEqual(x <= y ? a : b)
      }),
      cases,
    )
  })

  it('MO2 throws from every operation over two currencies', () => {
    fc.assert(
      fc.property(twoCurrenciesArb, ([a, b]) => {
        const mismatch = expect.objectContaining({ code: 'currency_mismatch' }) as Error
        for (const operation of [add, subtract, compare, equals, minimum]) {
          expect(() => operation(a, b)).toThrow(mismatch)
        }
        expect(() => sumOf([a, b], a.currency)).toThrow(mismatch)
      }),
      cases,
    )
  })
})

describe('allocation', () => {
  it('MO4 splits without losing a cent, each share within one of its exact share', () => {
    fc.assert(
      fc.property(minorArb, weightsArb, (total, weights) => {
        const shares = allocate(total, weights)
        const whole = sum(weights)
        strictEqual(sum(shares), total)
        for (const [index, weight] of weights.entries()) {
          const share = shares[index] ?? 0n
          strictEqual(absolute(share * whole - total * weight) < whole, true)
          if (weight === 0n) strictEqual(share, 0n)
        }
      }),
      cases,
    )
  })

  it('MO4 gives equal weights shares that differ by one at most, the first never the smaller', () => {
    fc.assert(
      fc.property(minorArb.map(absolute), weightsArb, (total, weights) => {
        const shares = allocate(total, weights)
        for (const weight of new Set(weights)) {
          const same = shares.filter((_, index) => weights[index] === weight)
          expect(same).toEqual(same.toSorted((a, b) => (a === b ? 0 : a > b ? -1 : 1)))
          strictEqual((same[0] ?? 0n) - (same.at(-1) ?? 0n) <= 1n, true)
        }
      }),
      cases,
    )
  })

  it('MO4 loses no cent by any policy, and gives more than its exact share, rounded up, only to whom the rest goes', () => {
    fc.assert(
      fc.property(
        minorArb.map(absolute),
        weightsArb,
        fc.constantFrom(...allocationPolicies),
        (total, weights, policy) => {
          const shares = allocateBy(policy, total, weights)
          strictEqual(sum(shares), total)
          expect(allocateBy(policy, -total, weights)).toEqual(shares.map((share) => -share))
          if (policy !== 'first' && policy !== 'last') return
          const weighted = weights.flatMap((weight, index) => (weight > 0n ? [index] : []))
          const getsTheRest = policy === 'first' ? weighted[0] : weighted.at(-1)
          for (const [index, weight] of weights.entries()) {
            const exact = (total * weight) / sum(weights)
            if (index === getsTheRest) strictEqual((shares[index] ?? 0n) >= exact, true)
            else strictEqual(shares[index], exact)
          }
        },
      ),
      cases,
    )
  })

  it('MO4 mirrors a negative total share by share and ignores a common factor of the weights', () => {
    fc.assert(
      fc.property(minorArb, weightsArb, fc.bigInt({ min: 1n, max: 1000n }), (total, weights, factor) => {
        const shares = allocate(total, weights)
        expect(allocate(-total, weights)).toEqual(shares.map((share) => -share))
        expect(
          allocate(
            total,
            weights.map((weight) => weight * factor),
          ),
        ).toEqual(shares)
      }),
      cases,
    )
  })

  it('MO4 splits an amount of any currency into amounts that add up to it', () => {
    fc.assert(
      fc.property(moneyArb, weightsArb, (total, weights) => {
        expect(sumOf(allocateMoney(total, weights), total.currency)).toEqual(total)
      }),
      cases,
    )
  })
})

describe('rounding', () => {
  const oracle: Record<RoundingMode, 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8> = {
    half_up: PreciseDecimal.ROUND_HALF_UP,
    half_even: PreciseDecimal.ROUND_HALF_EVEN,
    half_down: PreciseDecimal.ROUND_HALF_DOWN,
    up: PreciseDecimal.ROUND_UP,
    down: PreciseDecimal.ROUND_DOWN,
    ceiling: PreciseDecimal.ROUND_CEIL,
    floor: PreciseDecimal.ROUND_FLOOR,
  }

  it('MO5 divides as decimal.js does in every mode', () => {
    const denominatorArb = fc.oneof(
      fc.constantFrom(2n, 4n, 10n, 100n, -2n, -1000n),
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
    )
    fc.assert(
      fc.property(minorArb, denominatorArb, modeArb, (numerator, denominator, mode) => {
        const exact = new PreciseDecimal(numerator.toString()).div(denominator.toString())
        strictEqual(
          divideRounded(numerator, denominator, mode),
          BigInt(exact.toDecimalPlaces(0, oracle[mode]).toFixed(0)),
        )
      }),
      cases,
    )
  })

  it('MO5 extends a price as one division of the exact product', () => {
    const quantityArb = fc.record({
      baseUnits: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      digits: fc.nat({ max: 6 }),
    })
    const priceArb = fc.tuple(
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.nat({ max: 8 }),
      fc.integer({ min: 1, max: 1000 }),
    )
    fc.assert(
      fc.property(
        priceArb,
        quantityArb,
        currencyArb,
        modeArb,
        ([digits, scale, per], quantity, currency, mode) => {
          const price = { amount: formatDecimal(digits, scale), currency, per }
          const factor = 10n ** BigInt(currencyDigits(currency))
          const divisor = BigInt(per) * 10n ** BigInt(scale + quantity.digits)
          strictEqual(
            toMinor(extendPrice(price, quantity, mode)),
            divideRounded(digits * quantity.baseUnits * factor, divisor, mode),
          )
        },
      ),
      cases,
    )
  })
})

describe('what a host writes', () => {
  const writtenArb = fc
    .tuple(minorArb, currencyArb, fc.nat({ max: 4 }))
    .map(([minor, currency, cut]) => ({ minor, currency, scale: Math.min(cut, currencyDigits(currency)) }))

  it('MO10 normalizes every amount that fits the currency, and once is enough', () => {
    fc.assert(
      fc.property(writtenArb, ({ minor, currency, scale }) => {
        const unit = 10n ** BigInt(currencyDigits(currency) - scale)
        const written = formatDecimal(minor / unit, scale)
        const money = moneySchema.parse({ amount: written, currency })
        expect(money).toEqual(fromMinor((minor / unit) * unit, currency))
        expect(moneySchema.parse(money)).toEqual(money)
      }),
      cases,
    )
  })

  it('MO10 refuses an amount with more decimals than the currency, never rounding it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
        currencyArb,
        fc.integer({ min: 1, max: 9 }),
        (digits, currency, more) => {
          const amount = formatDecimal(digits, currencyDigits(currency) + more)
          const result = moneySchema.safeParse({ amount, currency })
          expect(result.error?.issues.map((issue) => issue.message)).toEqual(['money.precision'])
        },
      ),
      cases,
    )
  })

  // At most 10^11, so that four digits of a minor unit (CLF, UYW) stay within the largest amount.
  it('MO10 keeps the value of a unit price, in one text per value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 11n }),
        fc.nat({ max: 8 }),
        currencyArb,
        (digits, scale, currency) => {
          const amount = formatDecimal(digits, scale)
          const price = unitPriceSchema.parse({ amount, currency })
          strictEqual(compareDecimal(price.amount, amount), 0)
          expect(unitPriceSchema.parse({ amount: normalizeDecimal(amount), currency })).toEqual(price)
          expect(unitPriceSchema.parse(price)).toEqual(price)
        },
      ),
      cases,
    )
  })

  it('MO1 parses what it formats, digit for digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 8 }), (digits, scale) => {
        expect(parseDecimal(formatDecimal(digits, scale))).toEqual({ digits, scale })
      }),
      cases,
    )
  })

  it('reads arbitrary text as a plain decimal or not at all', () => {
    const textArb = fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '.', 'e', ' ', '+', '１') })
    fc.assert(
      fc.property(textArb, (text) => {
        const plain = text.length <= 40 && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)
        strictEqual(parseDecimal(text) !== undefined, plain)
      }),
      cases,
    )
  })
})
