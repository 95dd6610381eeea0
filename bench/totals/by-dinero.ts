import {
  add,
  allocate,
  dinero,
  halfEven,
  multiply,
  subtract,
  toSnapshot,
  transformScale,
  type Dinero,
} from 'dinero.js'
import { EUR } from 'dinero.js/currencies'
import { documentDiscount, plainLines, rates, type Amounts } from './invoice.js'

/** The same arithmetic with dinero.js 2 on numbers, which are large enough for this invoice; its own `allocate` shares the discount. */
export const totalsByDinero = (): (() => Amounts) => {
  const lines = plainLines.map(({ price, quantity, discount, rate }) => ({
    price: dinero({ amount: Number(price.replace('.', '')), currency: EUR, scale: 4 }),
    quantity,
    discount: discount === undefined ? undefined : { amount: Number(discount.replace('.', '')), scale: 3 },
    rate,
  }))
  const percents = rates.map((rate) => ({ amount: Number(rate), scale: 2 }))
  const whole = { amount: Number(documentDiscount.replace('.', '')), scale: 3 }
  const round = (amount: Money): Money => transformScale(amount, 2, halfEven)
  const zero = dinero({ amount: 0, currency: EUR })

  return () => {
    const amounts = lines.map(({ price, quantity, discount }) => {
      const extended = round(multiply(price, quantity))
      return discount === undefined ? extended : subtract(extended, round(multiply(extended, discount)))
    })
    const sum = amounts.reduce((total, amount) => add(total, amount), zero)
    const reduction = round(multiply(sum, whole))
    const shares = allocate(
      reduction,
      amounts.map((amount) => toSnapshot(amount).amount),
    )
    const bases = percents.map(() => zero)
    lines.forEach(({ rate }, index) => {
      const left = subtract(amounts[index] ?? zero, shares[index] ?? zero)
      bases[rate] = add(bases[rate] ?? zero, left)
    })
    const tax = percents.reduce(
      (total, percent, index) => add(total, round(multiply(bases[index] ?? zero, percent))),
      zero,
    )
    const net = subtract(sum, reduction)
    return { net: cents(net), tax: cents(tax), gross: cents(add(net, tax)) }
  }
}

type Money = Dinero<number, 'EUR'>

const cents = (amount: Money): bigint => BigInt(toSnapshot(amount).amount)
