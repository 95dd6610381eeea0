import { Decimal } from 'decimal.js'
import { documentDiscount, plainLines, rates, type Amounts } from './invoice.js'

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN })

/** The same arithmetic with decimal.js. */
export const totalsByDecimal = (): (() => Amounts) => {
  const percents = rates.map((rate) => new Exact(rate).dividedBy(100))
  const whole = new Exact(documentDiscount).dividedBy(100)
  const cent = new Exact('0.01')

  return () => {
    const lines = plainLines.map(({ price, quantity, discount, rate }) => ({
      price: new Exact(price),
      quantity,
      discount: discount === undefined ? undefined : new Exact(discount).dividedBy(100),
      rate,
    }))
    const amounts = lines.map(({ price, quantity, discount }) => {
      const extended = price.times(quantity).toDecimalPlaces(2)
      return discount === undefined ? extended : extended.minus(extended.times(discount).toDecimalPlaces(2))
    })
    const sum = amounts.reduce((total, amount) => total.plus(amount), new Exact(0))
    const reduction = sum.times(whole).toDecimalPlaces(2)
    const shares = amounts.map((amount) => {
      const exact = reduction.times(amount).dividedBy(sum)
      const share = exact.toDecimalPlaces(2, Decimal.ROUND_DOWN)
      return { share, remainder: exact.minus(share) }
    })
    const given = shares.reduce((total, { share }) => total.plus(share), new Exact(0))
    const odd = reduction.minus(given).dividedBy(cent).toNumber()
    const order = [...shares.keys()].sort(
      (a, b) => (shares[b]?.remainder ?? cent).comparedTo(shares[a]?.remainder ?? cent) || a - b,
    )
    const extra = new Set(order.slice(0, odd))
    const bases = percents.map(() => new Exact(0))
    lines.forEach(({ rate }, index) => {
      const share = shares[index]?.share ?? cent
      const less = extra.has(index) ? share.plus(cent) : share
      bases[rate] = (bases[rate] ?? cent).plus(amounts[index] ?? cent).minus(less)
    })
    const tax = percents.reduce(
      (total, percent, index) => total.plus((bases[index] ?? cent).times(percent).toDecimalPlaces(2)),
      new Exact(0),
    )
    const net = sum.minus(reduction)
    return { net: cents(net), tax: cents(tax), gross: cents(net.plus(tax)) }
  }
}

const cents = (amount: Decimal): bigint => BigInt(amount.times(100).toFixed(0))
