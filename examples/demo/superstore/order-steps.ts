import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { centsOf } from '../exact-money.js'
import { inFlight } from '../in-flight.js'
import type { Shortage } from '../report/report-data.js'
import { contentOf, usd, type Journey } from './journey.js'
import { placeOrders } from './place-orders.js'

/** Enough for full commits, few enough that a slow one keeps nobody waiting long. */
const atOnce = 128

/** The steps of an order. Each takes all its orders in the order of their dates, so numbers and stock follow the calendar. */
export interface OrderSteps {
  /** From capture to packed goods; answers where stock had run out. */
  readonly take: (journeys: readonly Journey[]) => Promise<readonly Shortage[]>
  /** Hands over to the carrier, which bills in the same commit. */
  readonly ship: (journeys: readonly Journey[]) => Promise<void>
  readonly deliver: (journeys: readonly Journey[]) => Promise<void>
}

export const orderSteps = (staff: Staff, tally: CommandTally): OrderSteps => {
  const { sales, warehouse, accounts } = staff
  const keyOf = (step: string, { order }: Journey) => ({ idempotencyKey: `${step}:${order.orderId}` })

  const capture = async (journey: Journey): Promise<void> => {
    const answer = await sales.orders.capture(contentOf(journey), keyOf('capture', journey))
    const { order, total } = tally.value(answer, `capture of ${journey.order.orderId}`)
    journey.id = order
    journey.total = centsOf(total.amount)
  }
  /** Customers on prepayment pay all of it with the order, by card or wallet. */
  const prepay = async (journey: Journey): Promise<void> => {
    const { order, made, id, total } = journey
    const { method, terms } = made.payment
    if (terms !== 'prepaid' || total === 0n) return
    const reference = `${method.toUpperCase()}-${order.orderId}`
    const payment = { amount: usd(total), method, receivedOn: order.orderedOn, order: id, reference }
    tally.value(
      await accounts.payments.record(payment, keyOf('prepay', journey)),
      `payment for ${order.orderId}`,
    )
  }
  const confirm = async (journey: Journey): Promise<void> => {
    const answer = await sales.orders.confirm({ order: journey.id }, keyOf('confirm', journey))
    tally.value(answer, `confirmation of ${journey.order.orderId}`)
  }
  const pack = async (journey: Journey): Promise<void> => {
    const { orderId } = journey.order
    const planned = await warehouse.fulfillments.plan({ order: journey.id }, keyOf('plan', journey))
    const work = {
      fulfillment: tally.value(planned, `work on ${orderId}`).fulfillments[0]?.fulfillment ?? '',
    }
    tally.value(await warehouse.fulfillments.pick(work, keyOf('pick', journey)), `picking of ${orderId}`)
    const packed = await warehouse.fulfillments.pack(work, keyOf('pack', journey))
    journey.shipment = tally.value(packed, `packing of ${orderId}`).shipment
  }
  const ship = async (journey: Journey): Promise<void> => {
    const { order, made, shipment } = journey
    const { carrier, tracking } = made
    const handover = { shipment, carrier, tracking, shippedOn: order.shippedOn }
    const answer = await warehouse.shipments.ship(handover, keyOf('ship', journey))
    journey.invoiceNumber = tally.value(answer, `shipment of ${order.orderId}`).invoiceNumber ?? ''
  }
  const deliver = async (journey: Journey): Promise<void> => {
    const { order, made, shipment } = journey
    const arrival = { shipment, deliveredOn: made.deliveredOn }
    const answer = await warehouse.shipments.deliver(arrival, keyOf('deliver', journey))
    tally.value(answer, `delivery of ${order.orderId}`)
  }

  return {
    take: async (journeys) => {
      await inFlight(atOnce, journeys, capture)
      await inFlight(atOnce, journeys, prepay)
      const shortages = await placeOrders(journeys, atOnce, staff, tally)
      await inFlight(atOnce, journeys, confirm)
      await inFlight(atOnce, journeys, pack)
      return shortages
    },
    ship: (journeys) => inFlight(atOnce, journeys, ship),
    deliver: (journeys) => inFlight(atOnce, journeys, deliver),
  }
}
