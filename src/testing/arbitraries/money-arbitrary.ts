import * as fc from 'fast-check'
import { currencyCode, currencyDigits, type CurrencyCode } from '../../core/money/currency.js'
import { trimDecimal } from '../../core/money/decimal-string.js'
import { ISO_4217 } from '../../core/money/iso-4217.js'
import { fromMinor, type Money } from '../../core/money/money.js'
import { UNIT_PRICE_DECIMALS, type UnitPrice } from '../../core/money/unit-price.js'

const currencies = ISO_4217.flatMap((entry) => (entry.digits === undefined ? [] : [currencyCode(entry.code)]))

/** Every ISO 4217 currency with a minor unit, of 0 to 4 digits; euros first, so that failures shrink to euros. */
export const currencyArbitrary = (): fc.Arbitrary<CurrencyCode> =>
  fc.constantFrom(currencyCode('EUR'), ...currencies)

export interface MoneyRange {
  readonly currency?: CurrencyCode
  /** In minor units; the largest amounts accepted from outside, 10^15 either way, by default. */
  readonly least?: bigint
  readonly most?: bigint
}

const largest = 10n ** 15n

/** Amounts in their stored form: exactly the digits of their currency, no negative zero. */
export const moneyArbitrary = ({
  currency,
  least = -largest,
  most = largest,
}: MoneyRange = {}): fc.Arbitrary<Money> =>
  fc
    .tuple(fc.bigInt({ min: least, max: most }), ofCurrency(currency))
    .map(([minor, code]) => fromMinor(minor, code))

export interface UnitPriceRange {
  readonly currency?: CurrencyCode
  /** Whole units of the currency; 1,000,000 by default. */
  readonly most?: bigint
}

/** Prices of zero or more with up to eight decimals, some of them for several units at once, in their stored form. */
export const unitPriceArbitrary = ({
  currency,
  most = 1_000_000n,
}: UnitPriceRange = {}): fc.Arbitrary<UnitPrice> =>
  fc
    .tuple(
      fc.bigInt({ min: 0n, max: most }),
      fc.integer({ min: 0, max: UNIT_PRICE_DECIMALS }),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(UNIT_PRICE_DECIMALS) - 1n }),
      ofCurrency(currency),
      fc.option(fc.constantFrom(10, 12, 100, 1_000), { nil: undefined, freq: 5 }),
    )
    .map(([whole, scale, fraction, code, per]) => {
      const unit = 10n ** BigInt(scale)
      const digits = whole === most ? whole * unit : whole * unit + (fraction % unit)
      const amount = trimDecimal({ digits, scale }, currencyDigits(code))
      return { amount, currency: code, ...(per !== undefined && { per }) }
    })

const ofCurrency = (currency: CurrencyCode | undefined): fc.Arbitrary<CurrencyCode> =>
  currency === undefined ? currencyArbitrary() : fc.constant(currency)
