import { invariant } from '../invariant.js'

/** How a vendor sells: at least so many base units, in multiples of so many. */
export interface OrderRules {
  readonly minimum?: number | undefined
  readonly multiple?: number | undefined
}

/** The smallest quantity that is enough and that the vendor sells; zero stays zero: what is not needed is not ordered. */
export const orderable = (wanted: number, { minimum = 1, multiple = 1 }: OrderRules): number =>
  wanted <= 0 ? 0 : Math.ceil(Math.max(wanted, minimum) / multiple) * multiple

/** What is ordered when a level has fallen to its reorder point: always so many, or as many as fill it up. */
export type OrderPolicy =
  | { readonly kind: 'fixed'; readonly point: number; readonly orderQuantity: number }
  | { readonly kind: 'up_to'; readonly point: number; readonly upTo: number }

/**
 * What to order at an inventory position, in base units: nothing above the reorder point. A fixed quantity is ordered as often as it takes to rise
 * above the point: the policies (s, nQ) and (s, S) of the literature (M38: never more than the policy says, but for the vendor's own
 * minimum and multiple).
 */
export const quantityToOrder = (position: number, policy: OrderPolicy, rules: OrderRules = {}): number => {
  if (position > policy.point) return 0
  if (policy.kind === 'up_to') return orderable(policy.upTo - position, rules)
  const lot = orderable(policy.orderQuantity, rules)
  const quantity = (Math.floor((policy.point - position) / lot) + 1) * lot
  invariant(position + quantity > policy.point, 'M41 an order rises above its point')
  return quantity
}
