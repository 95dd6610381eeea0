import { stock } from '../shop.js'
import { eur, key, shortLease, type RaceScenario } from './race-scenario.js'

const order = (lines: number) => ({
  channel: 'web',
  currency: 'EUR',
  lines: Array.from({ length: lines }, () => ({ sku: 'MUG', quantity: 1 })),
})

const half = (attempts: number): number => attempts / 2

/** Half as many mugs as buyers, one each. */
const scarce = {
  prepare: async (oms, attempts) => {
    await stock(oms, 'MUG', half(attempts), '9.99')
    return {}
  },
  attempt: (oms, index) => oms.orders.place(order(1), key(`buyer ${index}`)),
  outcomes: (attempts) => ({ done: half(attempts), out_of_stock: half(attempts) }),
  levels: (attempts) => ({ MUG: `${half(attempts)}/${half(attempts)}` }),
  records: (attempts) => ({ order: half(attempts) }),
} satisfies Partial<RaceScenario>

export const stockScenarios: readonly RaceScenario[] = [
  {
    name: 'twice as many buyers as there is stock',
    seenIn: 'medusajs/medusa #16569, vendurehq/vendure #3508, saleor/saleor #543, magento/magento2 #6363',
    sizes: [200, 20_000],
    pace: 'at once',
    ...scarce,
  },
  {
    name: 'carts filled while there was stock, bought one after another',
    seenIn: 'vendurehq/vendure #1738, vendurehq/vendure #1355',
    sizes: [200, 20_000],
    pace: 'in turn',
    ...scarce,
    prepare: async (oms, attempts) => {
      await stock(oms, 'MUG', half(attempts), '9.99')
      const drafts: string[] = []
      for (let first = 0; first < attempts; first += 500) {
        const carts = Array.from({ length: Math.min(500, attempts - first) }, (_, place) =>
          oms.orThrow.orders.capture(order(1), key(`cart ${first + place}`)),
        )
        for (const captured of await Promise.all(carts)) drafts.push(captured.order)
      }
      return { drafts }
    },
    attempt: (oms, index, { drafts }) => oms.orders.placeDraft({ order: drafts?.[index] ?? '' }),
    records: (attempts) => ({ order: attempts }),
    keptAnswers: () => 0,
  },
  {
    name: 'the same SKU on two lines of one order, one piece too few for the last',
    seenIn: 'medusajs/medusa #16502, vendurehq/vendure #2702',
    sizes: [200],
    pace: 'at once',
    prepare: async (oms, attempts) => {
      await stock(oms, 'MUG', attempts - 1, '9.99')
      return {}
    },
    attempt: (oms, index) => oms.orders.place(order(2), key(`buyer ${index}`)),
    outcomes: (attempts) => ({ done: half(attempts) - 1, out_of_stock: half(attempts) + 1 }),
    levels: (attempts) => ({ MUG: `${attempts - 1}/${attempts - 2}` }),
    records: (attempts) => ({ order: half(attempts) - 1 }),
  },
  {
    name: 'holds, every other one given back by two hands at once',
    seenIn: 'open-mercato/open-mercato #5418, woocommerce/woocommerce #11388',
    sizes: [200],
    pace: 'at once',
    prepare: async (oms, attempts) => {
      await stock(oms, 'MUG', 2 * attempts, '9.99')
      return {}
    },
    attempt: async (oms, index) => {
      const owner = `cart-${index}`
      const hold = { owner, seconds: 600, lines: [{ sku: 'MUG', quantity: 2 }] }
      const held = await oms.inventory.hold(hold, key(`hold ${index}`))
      if (!held.ok || index % 2 === 0) return held
      const { reservation } = held.value
      const [one, other] = await Promise.all([
        oms.inventory.releaseHold({ reservation, owner }, key(`one hand ${index}`)),
        oms.inventory.releaseHold({ reservation, owner }, key(`other hand ${index}`)),
      ])
      return one.ok ? one : other
    },
    outcomes: (attempts) => ({ done: attempts }),
    levels: (attempts) => ({ MUG: `${2 * attempts}/${attempts}` }),
    records: (attempts) => ({ reservation: attempts }),
    keptAnswers: (attempts) => 2 * attempts,
  },
  {
    name: 'corrections of one count, down to nothing and no further',
    seenIn: 'spree/spree #3808, spree/spree #3792, woocommerce/woocommerce #44273',
    sizes: [100],
    pace: 'at once',
    prepare: async (oms, attempts) => {
      await stock(oms, 'MUG', 0.6 * attempts, '9.99')
      return {}
    },
    attempt: (oms, index) =>
      oms.inventory.adjust({ sku: 'MUG', quantity: -1, reason: 'broken' }, key(`count ${index}`)),
    outcomes: (attempts) => ({ done: 0.6 * attempts, quantity_exceeded: 0.4 * attempts }),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ order: 0 }),
  },
  {
    name: 'corrections up and down of one count, none lost',
    seenIn: 'medusajs/medusa #12401, magento/inventory #2130',
    sizes: [100],
    pace: 'at once',
    prepare: async (oms, attempts) => {
      await stock(oms, 'MUG', attempts, '9.99')
      return {}
    },
    attempt: (oms, index) =>
      oms.inventory.adjust(
        { sku: 'MUG', quantity: index % 2 === 0 ? 2 : -1, reason: 'counted' },
        key(`count ${index}`),
      ),
    outcomes: (attempts) => ({ done: attempts }),
    levels: (attempts) => ({ MUG: `${1.5 * attempts}/0` }),
    records: () => ({ order: 0 }),
  },
  {
    name: 'twice as many buyers as there is stock, one process after another killed',
    seenIn: 'openfoodfoundation/openfoodnetwork #3925, vendurehq/vendure #3065',
    sizes: [200],
    pace: 'killed',
    ...scarce,
  },
  {
    name: 'an order placed, shipped, paid, credited and refunded, killed at every step of it',
    seenIn: 'medusajs/medusa #11266, openfoodfoundation/openfoodnetwork #5300, medusajs/medusa PR #15527',
    sizes: [1],
    pace: 'every step',
    prepare: async (oms) => {
      await stock(oms, 'MUG', 1_000, '10.00')
      return {}
    },
    attempt: async (oms, index) => {
      const step = (name: string) => key(`${name} ${index}`)
      const placed = await oms.orders.place(order(2), step('place'))
      if (!placed.ok) return placed
      const confirmed = await oms.orders.confirm({ order: placed.value.order }, step('confirm'))
      if (!confirmed.ok) return confirmed
      const planned = await oms.fulfillments.plan({ order: placed.value.order }, step('plan'))
      if (!planned.ok) return planned
      const [fulfillment] = planned.value.fulfillments
      const packed = await oms.fulfillments.pack(
        { fulfillment: fulfillment?.fulfillment ?? '' },
        step('pack'),
      )
      if (!packed.ok) return packed
      const shipped = await oms.shipments.ship(
        { shipment: packed.value.shipment, carrier: 'Parcel Post' },
        step('ship'),
      )
      if (!shipped.ok) return shipped
      const { invoice } = shipped.value
      const paid = await oms.payments.record(
        { amount: eur('20.00'), method: 'card', invoices: [{ invoice: invoice ?? '' }] },
        step('pay'),
      )
      if (!paid.ok) return paid
      const credited = await oms.invoices.credit(
        { invoice: invoice ?? '', reason: 'returned' },
        step('credit'),
      )
      if (!credited.ok) return credited
      return oms.payments.refund(
        { payment: paid.value.payment, amount: eur('20.00'), reason: 'returned' },
        step('refund'),
      )
    },
    outcomes: (attempts) => ({ done: attempts }),
    levels: (attempts) => ({ MUG: `${1_000 - 2 * attempts}/0` }),
    records: (attempts) => ({
      order: attempts,
      fulfillment: attempts,
      shipment: attempts,
      invoice: attempts,
      payment: attempts,
      credit_note: attempts,
    }),
    keptAnswers: (attempts) => 8 * attempts,
  },
  {
    name: 'an order placed, its message delivered and orders listed, killed at every step of it',
    seenIn: 'hexclave/hexclave PR #1030, JasperFx/wolverine #565',
    sizes: [1],
    pace: 'every step',
    prepare: async (oms) => {
      await stock(oms, 'MUG', 1_000, '10.00')
      await oms.orThrow.catalog.define({ sku: 'LETTER', name: 'A letter' })
      return {}
    },
    attempt: async (oms, index) => {
      const placed = await oms.orders.place(order(1), key(`place ${index}`))
      await oms.relay({ lease: shortLease })
      await oms.orThrow.orders.list({ limit: 1 })
      return placed
    },
    delivers: true,
    outcomes: (attempts) => ({ done: attempts }),
    levels: (attempts) => ({ MUG: `1000/${attempts}`, LETTER: `${attempts}/0` }),
    records: (attempts) => ({ order: attempts }),
    keptAnswers: (attempts) => 2 * attempts,
  },
]
