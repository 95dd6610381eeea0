/** Decimal arithmetic for the readers of the demo's data, written apart from the library's own so that the two can be held against each other. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** `"-2.50"` is -250 with scale 2. Undefined for anything but a plain decimal. */
export const parse = (text: string): Decimal | undefined => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text) ?? []
  return whole === '' ? undefined : { digits: BigInt(sign + whole + fraction), scale: fraction.length }
}

/** Without zeros at the end of its decimals. */
export const print = ({ digits, scale }: Decimal): string => {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = text.slice(text.length - scale).replace(/0+$/, '')
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

export const add = (left: Decimal, right: Decimal): Decimal => {
  const scale = Math.max(left.scale, right.scale)
  return { digits: rescale(left, scale) + rescale(right, scale), scale }
}

export const negate = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale })

export const multiply = (left: Decimal, right: Decimal): Decimal => ({
  digits: left.digits * right.digits,
  scale: left.scale + right.scale,
})

/** Rounded once to `scale` decimals, halves away from zero. */
export const roundHalfUp = (value: Decimal, scale: number): Decimal => {
  if (value.scale <= scale) return { digits: rescale(value, scale), scale }
  const unit = 10n ** BigInt(value.scale - scale)
  const size = value.digits < 0n ? -value.digits : value.digits
  const rounded = (size * 2n + unit) / (unit * 2n)
  return { digits: value.digits < 0n ? -rounded : rounded, scale }
}

/** The quotient where it has at most `mostDecimals`, else undefined: nothing is rounded. */
export const divideExactly = (value: Decimal, count: number, mostDecimals: number): Decimal | undefined => {
  const scale = Math.max(value.scale, mostDecimals)
  const digits = rescale(value, scale)
  const divisor = BigInt(count)
  return divisor === 0n || digits % divisor !== 0n ? undefined : { digits: digits / divisor, scale }
}

export const zero: Decimal = { digits: 0n, scale: 0 }

const rescale = ({ digits, scale }: Decimal, wanted: number): bigint => digits * 10n ** BigInt(wanted - scale)
