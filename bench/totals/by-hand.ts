import { documentDiscount, plainLines, rates, type Amounts } from './invoice.js'

const scaled = (text: string, digits: number): bigint => {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(digits, '0'))
}

const halfEven = (numerator: bigint, denominator: bigint): bigint => {
  const quotient = numerator / denominator
  const doubled = (numerator % denominator) * 2n
  if (doubled < denominator) return quotient
  return doubled > denominator || quotient % 2n === 1n ? quotient + 1n : quotient
}

/** The least a careful programmer would write on bigint for exactly this invoice: positive amounts, one currency, three flat rates, the
 * discount spread over the lines at once, which for this invoice comes to what spreading it over the rates first does. */
export const totalsByHand = (): (() => Amounts) => {
  const lines = plainLines.map(({ price, quantity, discount, rate }) => ({
    price: scaled(price, 4),
    quantity: BigInt(quantity),
    discount: discount === undefined ? 0n : scaled(discount, 1),
    rate,
  }))
  const percents = rates.map((rate) => BigInt(rate))
  const whole = scaled(documentDiscount, 1)

  return () => {
    const amounts: bigint[] = []
    let sum = 0n
    for (const { price, quantity, discount } of lines) {
      const extended = halfEven(price * quantity, 100n)
      const amount = extended - halfEven(extended * discount, 1_000n)
      amounts.push(amount)
      sum += amount
    }
    const reduction = halfEven(sum * whole, 1_000n)
    const shares: bigint[] = []
    const remainders: bigint[] = []
    let left = reduction
    for (const amount of amounts) {
      const exact = reduction * amount
      const share = exact / sum
      shares.push(share)
      remainders.push(exact % sum)
      left -= share
    }
    const order = [...remainders.keys()].sort((a, b) => {
      const difference = (remainders[b] ?? 0n) - (remainders[a] ?? 0n)
      return difference === 0n ? a - b : difference > 0n ? 1 : -1
    })
    for (const index of order.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n
    const bases = percents.map(() => 0n)
    lines.forEach(({ rate }, index) => {
      bases[rate] = (bases[rate] ?? 0n) + (amounts[index] ?? 0n) - (shares[index] ?? 0n)
    })
    const net = sum - reduction
    let tax = 0n
    percents.forEach((percent, index) => {
      tax += halfEven((bases[index] ?? 0n) * percent, 100n)
    })
    return { net, tax, gross: net + tax }
  }
}
