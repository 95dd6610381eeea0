import type { OrderId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { SourcingDecision } from './sourcing-decision.js'

/** How an order's locations were chosen, with everything the choice rested on (F66). Its id is that of the order. */
export interface OrderSourcing {
  readonly order: OrderId
  readonly decision: SourcingDecision
}

export type OrderSourcingEvent = {
  readonly type: 'OrderSourced'
  readonly order: OrderId
  readonly decision: SourcingDecision
}

export const orderSourcingKind: RecordKind<OrderSourcing, OrderSourcingEvent> = {
  name: 'sourcing',
  evolve: (_known, { order, decision }) => ({ order, decision }),
  entries: (sourcing) => ({ rule: sourcing.decision.rule }),
}
