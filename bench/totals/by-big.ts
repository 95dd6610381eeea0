import Big from 'big.js'
import { documentDiscount, plainLines, rates, type Amounts } from './invoice.js'

/** The same arithmetic with big.js. */
export const totalsByBig = (): (() => Amounts) => {
  const Exact = Big()
  Exact.DP = 40
  Exact.RM = Big.roundHalfEven
  const round = (amount: Big): Big => amount.round(2, Big.roundHalfEven)
  const percents = rates.map((rate) => new Exact(rate).div(100))
  const whole = new Exact(documentDiscount).div(100)
  const cent = new Exact('0.01')
  const zero = new Exact(0)

  return () => {
    const lines = plainLines.map(({ price, quantity, discount, rate }) => ({
      price: new Exact(price),
      quantity,
      discount: discount === undefined ? undefined : new Exact(discount).div(100),
      rate,
    }))
    const amounts = lines.map(({ price, quantity, discount }) => {
      const extended = round(price.times(quantity))
      return discount === undefined ? extended : extended.minus(round(extended.times(discount)))
    })
    const sum = amounts.reduce((total, amount) => total.plus(amount), zero)
    const reduction = round(sum.times(whole))
    const shares = amounts.map((amount) => {
      const exact = reduction.times(amount).div(sum)
      const share = exact.round(2, Big.roundDown)
      return { share, remainder: exact.minus(share) }
    })
    const given = shares.reduce((total, { share }) => total.plus(share), zero)
    const odd = reduction.minus(given).div(cent).toNumber()
    const order = [...shares.keys()].sort(
      (a, b) => (shares[b]?.remainder ?? zero).cmp(shares[a]?.remainder ?? zero) || a - b,
    )
    const extra = new Set(order.slice(0, odd))
    const bases = percents.map(() => zero)
    lines.forEach(({ rate }, index) => {
      const share = shares[index]?.share ?? zero
      const less = extra.has(index) ? share.plus(cent) : share
      bases[rate] = (bases[rate] ?? zero).plus(amounts[index] ?? zero).minus(less)
    })
    const tax = percents.reduce(
      (total, percent, index) => total.plus(round((bases[index] ?? zero).times(percent))),
      zero,
    )
    const net = sum.minus(reduction)
    return { net: cents(net), tax: cents(tax), gross: cents(net.plus(tax)) }
  }
}

const cents = (amount: Big): bigint => BigInt(amount.times(100).toFixed(0))
