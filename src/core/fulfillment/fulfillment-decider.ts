import type { ShipmentId } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { fulfillmentLifecycle, type FulfillmentStep } from '../../state-machines/fulfillment.machine.js'
import type { Fulfillment, FulfillmentEvent } from './fulfillment.js'

export type FulfillmentCommand =
  | { readonly type: 'StartPicking' }
  | { readonly type: 'PackGoods'; readonly shipment: ShipmentId }
  | { readonly type: 'HandOverGoods' }
  | { readonly type: 'CancelFulfillment'; readonly reason: string }

export const decideFulfillment = (
  fulfillment: Fulfillment,
  command: FulfillmentCommand,
): Result<readonly FulfillmentEvent[], Refusal> => {
  switch (command.type) {
    case 'StartPicking':
      return step(fulfillment, 'start_picking', { type: 'PickingStarted' })
    case 'PackGoods':
      return step(fulfillment, 'pack', { type: 'GoodsPacked', shipment: command.shipment })
    case 'HandOverGoods':
      return step(fulfillment, 'hand_over', { type: 'GoodsHandedOver' })
    case 'CancelFulfillment':
      return step(fulfillment, 'cancel', { type: 'FulfillmentCanceled', reason: command.reason })
  }
}

const step = (
  fulfillment: Fulfillment,
  wanted: FulfillmentStep,
  event: FulfillmentEvent,
): Result<readonly FulfillmentEvent[], Refusal> =>
  fulfillmentLifecycle.allows(fulfillment.status, wanted)
    ? ok([event])
    : refuse('invalid_state', {
        status: fulfillment.status,
        allowed: fulfillmentLifecycle.allowed(fulfillment.status),
      })
