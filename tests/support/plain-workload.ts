import { raceWorkload } from '../../src/testing/simulation/race-workload.js'
import { shopWorkload } from '../../src/testing/simulation/shop-workload.js'
import type { Workload } from '../../src/testing/simulation/workload.js'

const further = [
  'orders.confirm',
  'orders.hold',
  'inventory.extendHold',
  'inventory.adjust',
  'inventory.configure',
  'fulfillments.plan',
  'fulfillments.pick',
  'fulfillments.pack',
  'fulfillments.cancel',
  'shipments.ship',
  'shipments.deliver',
  'shipments.reportLost',
  'shipments.reportFound',
  'invoices.credit',
  'payments.record',
  'payments.apply',
  'payments.refund',
]

/** A shop that does what every version can: sells from stock, ships, bills, credits, takes money and gives it back. */
export const plainWorkload: Workload = {
  ...raceWorkload,
  commands: {
    ...raceWorkload.commands,
    ...Object.fromEntries(further.map((name) => [name, shopWorkload.commands[name] ?? 1])),
  },
  open: async (oms, management, ground) => {
    await raceWorkload.open(oms, management, ground)
    const { inventory, orders, fulfillments, shipments, payments } = oms.orThrow
    for (const sku of raceWorkload.skus)
      await inventory.receive({ sku, quantity: 7 }, { idempotencyKey: `more of ${sku}` })
    for (const stage of ['placed', 'planned', 'packed', 'shipped'] as const) {
      for (const lines of [['mug'], ['mug', 'tray']].map((skus) =>
        skus.map((sku) => ({ sku, quantity: 1 })),
      )) {
        const { order } = await orders.place(
          { channel: 'store', currency: 'EUR', lines },
          { idempotencyKey: `${stage} with ${lines.length} lines` },
        )
        if (stage === 'placed') continue
        await orders.confirm({ order })
        const [planned] = (await fulfillments.plan({ order })).fulfillments
        if (stage === 'planned' || planned === undefined) continue
        const { shipment } = await fulfillments.pack({ fulfillment: planned.fulfillment })
        if (stage === 'shipped') await shipments.ship({ shipment, carrier: 'Parcel Post' })
      }
    }
    const amount = { amount: '50.00', currency: 'EUR' }
    await payments.record({ amount, method: 'card' }, { idempotencyKey: 'the first payment' })
  },
  request: (move, known) =>
    (move.command in raceWorkload.commands ? raceWorkload : shopWorkload).request(move, known),
}
