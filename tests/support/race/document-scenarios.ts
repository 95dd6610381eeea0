import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { statement } from '../bank.js'
import { confirmed, packed, shipped, stock } from '../shop.js'
import { eur, key, type RaceScenario } from './race-scenario.js'

/** So many mugs, of which one order at ten euros each has taken all. */
const soldOut = async (oms: OrderManagementFor, quantity: number): Promise<string> => {
  await stock(oms, 'MUG', quantity, '10.00')
  return confirmed(oms, [{ sku: 'MUG', quantity }])
}

const invoiceOf = async (oms: OrderManagementFor, quantity: number): Promise<string> => {
  const { invoice } = await shipped(oms, await soldOut(oms, quantity))
  return invoice ?? ''
}

/** A credit of the account that is not matched yet. */
const bankCredit = async (oms: OrderManagementFor, amount: string): Promise<string> => {
  await oms.orThrow.reconciliation.importStatement(statement([{ amount }]))
  const { items } = await oms.orThrow.reconciliation.entries({})
  return items[0]?.id ?? ''
}

/** A radio that is told apart by its number, sold and with the customer. */
const soldRadio = async (oms: OrderManagementFor, serial: string): Promise<void> => {
  await oms.orThrow.catalog.define({ sku: 'RADIO', name: 'A radio', price: eur('9.99'), tracking: 'serial' })
  await oms.orThrow.inventory.receive({ sku: 'RADIO', quantity: 1, serials: [serial] }, key('radio'))
  const order = await confirmed(oms, [{ sku: 'RADIO', quantity: 1 }])
  const { fulfillments } = await oms.orThrow.fulfillments.plan({ order })
  const { shipment } = await oms.orThrow.fulfillments.pack({
    fulfillment: fulfillments[0]?.fulfillment ?? '',
    goods: [{ line: 'L1', serials: [serial] }],
  })
  await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
}

const payment = async (oms: OrderManagementFor, amount: string, name = 'payment'): Promise<string> =>
  (await oms.orThrow.payments.record({ amount: eur(amount), method: 'transfer' }, key(name))).payment

/** Care by the month, of which some months are over and none is billed, whatever day the clock has. */
const unbilledCare = async (oms: OrderManagementFor): Promise<string> => {
  await oms.orThrow.catalog.define({ sku: 'CARE', name: 'Care', price: eur('10.00'), stocked: false })
  const recurring = { anchor: '2026-01-01', unit: 'month', billed: 'period_end', periods: 1_200 }
  return confirmed(oms, [{ sku: 'CARE', quantity: 1, recurring }] as never)
}

const racers = { sizes: [10], pace: 'at once' } as const

/** Ten ask for one each of what there is three of. */
const threeOf = (refusal: string) => (attempts: number) => ({ done: 3, [refusal]: attempts - 3 })
const oneOf = (refusal: string) => (attempts: number) => ({ done: 1, [refusal]: attempts - 1 })

export const documentScenarios: readonly RaceScenario[] = [
  {
    name: 'fulfillments of one line of three pieces',
    seenIn: 'medusajs/medusa PR #9736, medusajs/medusa #16338',
    ...racers,
    prepare: async (oms) => ({ order: [await soldOut(oms, 3)] }),
    attempt: (oms, index, { order }) =>
      oms.fulfillments.plan(
        { order: order?.[0] ?? '', lines: [{ line: 'L1', quantity: 1 }] },
        key(`plan ${index}`),
      ),
    outcomes: threeOf('quantity_exceeded'),
    levels: () => ({ MUG: '3/3' }),
    records: () => ({ order: 1, fulfillment: 3 }),
  },
  {
    name: 'ten hands that ship one parcel',
    seenIn: 'medusajs/medusa #5158, inventree/InvenTree #2741',
    ...racers,
    prepare: async (oms) => ({ shipment: [await packed(oms, await soldOut(oms, 3))] }),
    attempt: (oms, index, { shipment }) =>
      oms.shipments.ship({ shipment: shipment?.[0] ?? '', carrier: 'Parcel Post' }, key(`ship ${index}`)),
    outcomes: oneOf('invalid_state'),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ shipment: 1, invoice: 1 }),
  },
  {
    name: 'credits of one invoice of three pieces, one piece each',
    seenIn: 'saleor/saleor #14326, vendurehq/vendure #4013',
    ...racers,
    prepare: async (oms) => ({ invoice: [await invoiceOf(oms, 3)] }),
    attempt: (oms, index, { invoice }) =>
      oms.invoices.credit(
        { invoice: invoice?.[0] ?? '', lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
        key(`credit ${index}`),
      ),
    outcomes: threeOf('credit_exceeds_invoice'),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ invoice: 1, credit_note: 3 }),
  },
  {
    name: 'full credits of one invoice whose goods came back',
    seenIn: 'medusajs/medusa PR #15527, spree/spree PR #14678',
    ...racers,
    prepare: async (oms) => ({ invoice: [await invoiceOf(oms, 3)] }),
    attempt: (oms, index, { invoice }) =>
      oms.invoices.credit({ invoice: invoice?.[0] ?? '', reason: 'returned' }, key(`credit ${index}`)),
    outcomes: oneOf('credit_exceeds_invoice'),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ invoice: 1, credit_note: 1 }),
  },
  {
    name: 'ST14 returns of one piece with a serial number, taken in by ten hands',
    seenIn: 'inventree/InvenTree #6092, saleor/saleor #16667',
    ...racers,
    prepare: async (oms) => {
      await soldRadio(oms, 'S0')
      return {}
    },
    attempt: (oms, index) =>
      oms.inventory.receive({ sku: 'RADIO', quantity: 1, serials: ['S0'] }, key(`return ${index}`)),
    outcomes: oneOf('serial_unavailable'),
    levels: () => ({ RADIO: '1/0' }),
    records: () => ({ order: 1, shipment: 1, invoice: 1, serial: 1 }),
  },
  {
    name: 'ID1 one return of goods booked ten times under one key',
    seenIn: 'saleor/saleor #16667, spree/spree PR #14678',
    ...racers,
    prepare: async (oms) => {
      await invoiceOf(oms, 3)
      return {}
    },
    attempt: (oms) =>
      oms.inventory.receive({ sku: 'MUG', quantity: 2, document: 'return-1' }, key('return 1')),
    outcomes: (attempts) => ({ done: attempts }),
    levels: () => ({ MUG: '2/0' }),
    records: () => ({ order: 1, invoice: 1 }),
    keptAnswers: () => 1,
  },
  {
    name: 'applications of one payment that suffices for three of them',
    seenIn: 'spree/spree #11284, spree/spree #11286',
    ...racers,
    prepare: async (oms) => ({
      invoice: [await invoiceOf(oms, 10)],
      payment: [await payment(oms, '30.00')],
    }),
    attempt: (oms, index, stage) =>
      oms.payments.apply(
        {
          payment: stage['payment']?.[0] ?? '',
          invoices: [{ invoice: stage['invoice']?.[0] ?? '', amount: eur('10.00') }],
        },
        key(`apply ${index}`),
      ),
    outcomes: threeOf('allocation_exceeds_payment'),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ invoice: 1, payment: 1 }),
  },
  {
    name: 'ten payments for one invoice that three of them settle',
    seenIn: 'medusajs/medusa #13301, mollie/magento2 #978',
    ...racers,
    prepare: async (oms, attempts) => {
      const invoice = [await invoiceOf(oms, 3)]
      const names = Array.from({ length: attempts }, (_, index) => `payment ${index}`)
      return { invoice, payments: await Promise.all(names.map((name) => payment(oms, '10.00', name))) }
    },
    attempt: (oms, index, { invoice, payments }) =>
      oms.payments.apply(
        {
          payment: payments?.[index] ?? '',
          invoices: [{ invoice: invoice?.[0] ?? '', amount: eur('10.00') }],
        },
        key(`apply ${index}`),
      ),
    // An invoice that is paid takes no more.
    outcomes: threeOf('invalid_state'),
    levels: () => ({ MUG: '0/0' }),
    records: (attempts) => ({ invoice: 1, payment: attempts }),
  },
  {
    name: 'PY2 full refunds of one payment',
    seenIn: 'medusajs/medusa PR #15527, saleor/saleor #14279',
    ...racers,
    prepare: async (oms) => {
      await stock(oms, 'MUG', 1, '10.00')
      return { payment: [await payment(oms, '30.00')] }
    },
    attempt: (oms, index, stage) =>
      oms.payments.refund(
        { payment: stage['payment']?.[0] ?? '', amount: eur('30.00'), reason: 'canceled' },
        key(`refund ${index}`),
      ),
    outcomes: oneOf('refund_exceeds_captured'),
    levels: () => ({ MUG: '1/0' }),
    records: () => ({ payment: 1 }),
  },
  {
    name: 'RC2 captures of one payment: ten who match one credit of the account',
    seenIn: 'medusajs/medusa #13301, mollie/magento2 #978',
    ...racers,
    prepare: async (oms) => ({
      invoice: [await invoiceOf(oms, 3)],
      entry: [await bankCredit(oms, '30.00')],
    }),
    attempt: (oms, index, { invoice, entry }) =>
      oms.reconciliation.match(
        { entry: entry?.[0] ?? '', invoices: [{ invoice: invoice?.[0] ?? '' }] },
        key(`capture ${index}`),
      ),
    outcomes: oneOf('invalid_state'),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ invoice: 1, payment: 1, bank_entry: 1 }),
  },
  {
    name: 'captures of one order, sent ten times by its channel',
    seenIn: 'openfoodfoundation/openfoodnetwork #5300, umbraco/Umbraco.Commerce.Issues #395',
    ...racers,
    prepare: async (oms) => {
      await stock(oms, 'MUG', 3, '10.00')
      return {}
    },
    attempt: (oms, index) =>
      oms.orders.capture(
        {
          channel: 'web',
          reference: 'web-1',
          currency: 'EUR',
          lines: [{ sku: 'MUG', quantity: 1 }],
        },
        key(`capture ${index}`),
      ),
    outcomes: oneOf('order_exists'),
    levels: () => ({ MUG: '3/0' }),
    records: () => ({ order: 1 }),
  },
  {
    name: 'ID1 one payment reported ten times under one key',
    seenIn: 'Pinelab-studio/pinelab-vendure-plugins #620, umbraco/Umbraco.Commerce.Issues #395',
    ...racers,
    prepare: async (oms) => ({ invoice: [await invoiceOf(oms, 3)] }),
    attempt: (oms, _index, { invoice }) =>
      oms.payments.record(
        { amount: eur('30.00'), method: 'card', invoices: [{ invoice: invoice?.[0] ?? '' }] },
        key('webhook 1'),
      ),
    outcomes: (attempts) => ({ done: attempts }),
    levels: () => ({ MUG: '0/0' }),
    records: () => ({ invoice: 1, payment: 1 }),
    keptAnswers: () => 1,
  },
  {
    name: 'ST14 one piece with a serial number, packed for ten orders',
    seenIn: 'inventree/InvenTree #6431',
    ...racers,
    prepare: async (oms, attempts) => {
      const serials = Array.from({ length: attempts }, (_, index) => `S${index}`)
      await oms.orThrow.catalog.define({
        sku: 'RADIO',
        name: 'A radio',
        price: eur('9.99'),
        tracking: 'serial',
      })
      await oms.orThrow.inventory.receive({ sku: 'RADIO', quantity: attempts, serials }, key('radios'))
      const fulfillments: string[] = []
      for (const _serial of serials) {
        const order = await confirmed(oms, [{ sku: 'RADIO', quantity: 1 }])
        const { fulfillments: planned } = await oms.orThrow.fulfillments.plan({ order })
        fulfillments.push(planned[0]?.fulfillment ?? '')
      }
      return { fulfillments }
    },
    attempt: (oms, index, { fulfillments }) =>
      oms.fulfillments.pack(
        { fulfillment: fulfillments?.[index] ?? '', goods: [{ line: 'L1', serials: ['S0'] }] },
        key(`pack ${index}`),
      ),
    outcomes: oneOf('serial_unavailable'),
    levels: (attempts) => ({ RADIO: `${attempts}/${attempts}` }),
    records: (attempts) => ({ order: attempts, fulfillment: attempts, shipment: 1, serial: attempts }),
  },
  {
    name: 'ten who bill the periods of one order that are over',
    seenIn: 'getlago/lago-api #4795, OCA/contract #1473',
    ...racers,
    prepare: async (oms) => ({ order: [await unbilledCare(oms)] }),
    attempt: (oms, index, { order }) => oms.invoices.bill({ order: order?.[0] ?? '' }, key(`bill ${index}`)),
    outcomes: (attempts) => ({ done: attempts }),
    levels: () => ({}),
    records: () => ({ order: 1, invoice: 1 }),
  },
]
