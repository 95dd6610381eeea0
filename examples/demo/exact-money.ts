/** Amounts of the demo's own checks, as whole cents: exact at any size, and added without the library whose sums they check. */
export type Cents = bigint

/** `"19.99"` is 1999. Reads amounts with two decimals, as the library answers them. */
export const centsOf = (amount: string): Cents => {
  const parts = /^(-?)(\d+)\.(\d{2})$/.exec(amount)
  if (parts === null) throw new RangeError(`an amount has two decimals, not ${JSON.stringify(amount)}`)
  const size = BigInt(`${parts[2] ?? ''}${parts[3] ?? ''}`)
  return parts[1] === '-' ? -size : size
}

/** 229720107 is `2,297,201.07`. */
export const writeCents = (cents: Cents): string => {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  const whole = text.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0n ? '-' : ''}${whole}.${text.slice(-2)}`
}

/** A plain decimal with its thousands apart: `2,297,200.8603`. */
export const withCommas = (amount: string): string => {
  const [whole = '', fraction] = amount.split('.')
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
}

/** 229720107 is `2297201.07`, the form the library takes. */
export const amountOf = (cents: Cents): string => writeCents(cents).replaceAll(',', '')
