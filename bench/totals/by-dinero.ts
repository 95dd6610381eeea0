import {
  add,
  allocate,
  dinero as dineroOfNumbers,
  halfEven,
  multiply,
  subtract,
  toSnapshot,
  transformScale,
  type Dinero,
} from 'dinero.js'
import { dinero as dineroOfBigints } from 'dinero.js/bigint'
import { EUR as eurosInBigint } from 'dinero.js/bigint/currencies'
import { EUR as eurosInNumbers } from 'dinero.js/currencies'
import { documentDiscount, plainLines, rates, type Amounts } from './invoice.js'

/** dinero.js as it comes, counting in numbers: exact up to 2^53, which is enough for this invoice. */
export const totalsByDinero = (): (() => Amounts) =>
  totalsIn((amount, scale) => dineroOfNumbers({ amount, currency: eurosInNumbers, scale }), Number)

/** dinero.js counting in bigints, for money of any size, as ours does. */
export const totalsByDineroBigint = (): (() => Amounts) =>
  totalsIn((amount, scale) => dineroOfBigints({ amount, currency: eurosInBigint, scale }), BigInt)

/** The same arithmetic with dinero.js 2; its own `allocate` shares the discount. */
const totalsIn = <Amount extends number | bigint>(
  moneyOf: (amount: Amount, scale: Amount) => Dinero<Amount, string>,
  count: (digits: string) => Amount,
): (() => Amounts) => {
  const two = count('2')
  const percents = rates.map((rate) => ({ amount: count(rate), scale: two }))
  const whole = { amount: count(documentDiscount.replace('.', '')), scale: count('3') }
  const round = (amount: Dinero<Amount, string>) => transformScale(amount, two, halfEven)
  const zero = moneyOf(count('0'), two)

  return () => {
    const lines = plainLines.map(({ price, quantity, discount, rate }) => ({
      price: moneyOf(count(price.replace('.', '')), count('4')),
      quantity: count(String(quantity)),
      discount:
        discount === undefined ? undefined : { amount: count(discount.replace('.', '')), scale: count('3') },
      rate,
    }))
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

const cents = <Amount extends number | bigint>(amount: Dinero<Amount, string>): bigint =>
  BigInt(toSnapshot(amount).amount)
