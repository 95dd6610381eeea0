import type { OrderId } from '../ids/ids.js'
import { noEntries, type DerivedKind } from '../record-kind.js'

/** Who has taken a channel's order reference: the record that stops a second order with it, whatever its idempotency key (F17). */
export interface OrderReference {
  readonly order: OrderId
}

export const orderReferenceKind: DerivedKind<OrderReference> = {
  name: 'order_reference',
  derived: true,
  entries: noEntries,
}

export const orderReferenceId = (channel: string, reference: string): string => `${channel}/${reference}`
