import { canonicalJson } from '../canonical-json.js'
import { present } from '../invariant.js'
import { isPositive } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { OrderLine } from './order-line.js'
import type { Order } from './order.js'
import { standingDeposits } from './unclaimed.js'

/** Whether orders may be billed with one invoice: what a document has one of is the same for all of them. */
export const mayShareInvoice = ([first, ...others]: readonly [Order, ...Order[]]): Result<void, Refusal> => {
  let { calculation } = first
  for (const order of [first, ...others]) {
    const because = standsAlone(order) ?? whatDiffers(first, order)
    if (because !== undefined) return refuse('invalid_state', { order: order.id, because })
    if (!fits(calculation, order.calculation)) {
      return refuse('invalid_state', { order: order.id, because: 'calculation' })
    }
    calculation ??= order.calculation
  }
  return ok(undefined)
}

/** Why an order is billed by itself: it is nobody's in particular, or has a deposit that its own invoice deducts or is paid with. */
export const standsAlone = (order: Order): 'customer' | 'deposits' | undefined => {
  if (order.customer === undefined) return 'customer'
  const hasPaid = order.deposits.some(({ unapplied }) => isPositive(unapplied))
  return hasPaid || standingDeposits(order).length > 0 ? 'deposits' : undefined
}

/** What is the same for orders that share an invoice, besides how they are calculated. */
export const sharedOf = (order: Order): string => canonicalJson(Object.values(shared).map((of) => of(order)))

/** An order without taxes, discounts and charges is the sum of its lines, however others are calculated. */
export const fits = (one: Order['calculation'], other: Order['calculation']): boolean =>
  one === undefined || other === undefined || canonicalJson(one) === canonicalJson(other)

const whatDiffers = (one: Order, other: Order): string | undefined =>
  Object.entries(shared).find(([, of]) => canonicalJson(of(one)) !== canonicalJson(of(other)))?.[0]

const shared = {
  customer: ({ customer }: Order) => present(customer, 'who shares an invoice is known'),
  currency: ({ currency }: Order) => currency,
  legalEntity: ({ legalEntity }: Order) => legalEntity ?? null,
  terms: ({ payment: { terms, agreed } }: Order) => [terms, agreed ?? null],
  // EN 16931 BR-O-11: what is outside the scope of tax stands on no document with anything else.
  scope: ({ lines }: Order) => (lines.every(isOutsideTax) ? 'outside' : 'taxed'),
} as const

const isOutsideTax = ({ tax }: OrderLine): boolean => tax === undefined || tax.category === 'O'
