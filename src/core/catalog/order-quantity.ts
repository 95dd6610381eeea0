import type { Sku } from '../ids/ids.js'

/** Which quantities of a SKU may be ordered (F18), in base units, each compared with the sum over all lines of the SKU. */
export interface OrderQuantity {
  readonly minimum?: number
  readonly maximum?: number
  /** The size of a pack: only multiples of it are sold. */
  readonly step?: number
}

export type OrderQuantityRule = 'quantity.step' | 'quantity.orderMinimum' | 'quantity.orderMaximum'

/** Whether there is any quantity that keeps all three. */
export const isPossible = ({ minimum = 1, maximum, step = 1 }: OrderQuantity): boolean =>
  maximum === undefined || Math.ceil(minimum / step) * step <= maximum

/** The first line of a SKU whose quantity may not be ordered, and the rule it breaks. */
export const brokenOrderQuantity = <Line extends { readonly sku: Sku; readonly quantity: number }>(
  lines: readonly Line[],
  allowedOf: (sku: Sku) => OrderQuantity | undefined,
): { readonly line: Line; readonly rule: OrderQuantityRule } | undefined => {
  const sums = new Map<Sku, number>()
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  for (const line of lines) {
    const rule = brokenRule(allowedOf(line.sku), sums.get(line.sku) as number)
    if (rule !== undefined) return { line, rule }
  }
  return undefined
}

const brokenRule = (allowed: OrderQuantity | undefined, sum: number): OrderQuantityRule | undefined => {
  if (allowed === undefined) return undefined
  const { minimum = 0, maximum = sum, step = 1 } = allowed
  if (sum % step !== 0) return 'quantity.step'
  if (sum < minimum) return 'quantity.orderMinimum'
  return sum > maximum ? 'quantity.orderMaximum' : undefined
}
