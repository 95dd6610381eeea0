import { ISO_4217, type CurrencyEntry } from './iso-4217.js'

/** An ISO 4217 alphabetic code in which amounts can be stated, e.g. `EUR`. */
export type CurrencyCode = string & { readonly __brand: 'CurrencyCode' }

/** Thrown where a code reaches the core that the currency table does not hold. */
export class UnknownCurrency extends Error {
  readonly code = 'currency_unknown'
  override readonly name = 'UnknownCurrency'
}

// Gold, special drawing rights, XXX and XTS have no minor unit in ISO 4217: an amount in them has no precision to check.
const byCode: ReadonlyMap<string, CurrencyEntry & { readonly digits: number }> = new Map(
  ISO_4217.flatMap((entry) =>
    entry.digits === undefined ? [] : [[entry.code, { ...entry, digits: entry.digits }]],
  ),
)

/** True for every currency with a minor unit, retired ones included: old documents must stay readable. */
export const isCurrencyCode = (text: string): text is CurrencyCode => byCode.has(text)

/** The same check as a conversion. Throws `currency_unknown`. */
export const currencyCode = (text: string): CurrencyCode => {
  if (!isCurrencyCode(text)) throw new UnknownCurrency('the currency table does not hold this code')
  return text
}

/** Decimal places of the minor unit by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. Throws `currency_unknown`. */
export const currencyDigits = (code: CurrencyCode): number => {
  const entry = byCode.get(code)
  if (entry === undefined) throw new UnknownCurrency('the currency table does not hold this code')
  return entry.digits
}

/** Whether the currency was in use on a date (`YYYY-MM-DD`); the caller names the date, the core has no clock. */
export const isCurrencyInUse = (code: CurrencyCode, date: string): boolean => {
  const entry = byCode.get(code)
  if (entry === undefined) return false
  const { validFrom = date, validTo = date } = entry
  return validFrom <= date && date <= validTo
}
