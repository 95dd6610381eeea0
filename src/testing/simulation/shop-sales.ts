import type { OrderManagementFor } from '../../app/order-management.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import type { Order } from '../../core/orders/order.js'
import { epoch } from './epoch.js'
import { euros, inStatus, oneOf, type InputOf, type KnownRecords, type PlannedMove } from './workload.js'

/** What every order of the shop has, however it is priced. */
export const content = (move: PlannedMove, known: KnownRecords) => ({
  channel: 'web',
  currency: 'EUR',
  lines: move.lines.map((line) => ({ ...line })),
  ...(move.flag && { customer: oneOf(known, 'party', move.pick) }),
  ...(move.pick % 5 === 0 && { reference: `ref-${move.quantity}` }),
})

export const vat = (percent: string) => ({ category: 'S' as const, components: [{ name: 'VAT', percent }] })

const stateAndCounty = {
  category: 'S' as const,
  components: [
    { name: 'State', percent: '6' },
    { name: 'County', percent: '0.25' },
  ],
}

/** What meets in one order: two rates, two taxes on one amount, and none. */
const treatments = [
  vat('19'),
  vat('7'),
  stateAndCounty,
  { category: 'E' as const, components: [], exemption: 'Exempt' },
]
const treatmentAt = (place: number) => treatments[place % treatments.length]

const coupons = [undefined, 'FEW', 'ONCE'] as const

const wantedPromotions = ({ quantity }: PlannedMove) => {
  const coupon = coupons[quantity % coupons.length]
  return coupon === undefined ? {} : { coupons: [coupon] }
}

const withPromotions: InputOf = (move, known) => ({
  ...content(move, known),
  promotions: wantedPromotions(move),
  ...(move.pick % 4 === 1 && { priceFrom: 'lists' }),
})

export const freight = {
  kind: 'charge',
  amount: euros('4.90'),
  reason: 'Freight',
  purpose: 'shipping',
  tax: vat('19'),
} as const

const taxed: InputOf = (move, known) => ({
  ...content(move, known),
  lines: move.lines.map((line, place) => ({ ...line, tax: treatmentAt(move.quantity + place) })),
  prices: move.flag ? 'gross' : 'net',
  ...(move.pick % 3 !== 0 && {
    adjustments: [{ kind: 'discount', percent: '10', reason: 'Voucher' }, freight],
  }),
  ...(move.pick % 4 === 1 && { priceFrom: 'lists' }),
  ...(move.pick % 4 === 3 && { promotions: wantedPromotions(move) }),
})

/** Two lists with the same prices: one without the tax, and one for prices that contain it. */
const lists = { usual: 'net', counter: 'gross' } as const

const listOf = (list: keyof typeof lists) => ({ list, name: list, currency: 'EUR', prices: lists[list] })

const changedList: InputOf = (move) => {
  const sku = move.lines[0]?.sku ?? 'nothing'
  return {
    ...listOf(move.pick % 3 === 0 ? 'counter' : 'usual'),
    ...(move.flag ? { items: [{ sku, price: euros(move.amount) }] } : { withdraw: [sku] }),
  }
}

const few = (amount: string) => ({
  promotion: 'few',
  name: 'For the first two',
  benefit: { kind: 'amount' as const, amount: euros(amount) },
  coupon: 'FEW',
  mostUses: 2,
  returnsUses: true,
})

/** The same coupon for another promotion is refused as long as the first has it. */
const changedPromotion: InputOf = (move) =>
  move.flag ? few(move.amount) : { ...few(move.amount), promotion: 'another' }

const mayHaveDeposit = (state: unknown): boolean => {
  const order = state as Order
  return (
    inStatus('placed', 'confirmed')(state) &&
    order.lines.some(({ quantity, canceled, invoiced }) => quantity - canceled > invoiced)
  )
}

const isPromoted = (state: unknown): boolean => ((state as Order).promotions ?? []).length > 0

const isUnbilled = (state: unknown): boolean =>
  (state as Order).lines.some(({ shipped, invoiced }) => shipped > invoiced)

const isOfGoods = (state: unknown): boolean => {
  const { kind, status } = state as Invoice
  return kind === undefined && status !== 'voided'
}

const ratesByQuantity = ['1.5', '0.91', '1.0437', '0.9537', '1.07']

/** Dollars for what they are worth, or for as many euros as there were dollars. */
export const exchangeOf = ({ amount, quantity, flag }: PlannedMove) => ({
  from: 'USD',
  to: 'EUR',
  rate: ratesByQuantity[quantity % ratesByQuantity.length],
  source: 'bank',
  at: epoch,
  ...(flag && { countsAs: euros(amount) }),
})

const dollars = (move: PlannedMove) => ({
  amount: { amount: move.amount, currency: 'USD' },
  exchange: exchangeOf(move),
  method: 'bank_transfer',
})

/** How goods are priced, promoted, taxed, claimed and withdrawn: how often, and with what. */
export const salesCommands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'orders.place from lists': [3, (move, known) => ({ ...content(move, known), priceFrom: 'lists' })],
  'orders.place with promotions': [3, withPromotions],
  'orders.place taxed': [3, taxed],
  'orders.capture with promotions': [1, withPromotions],
  'orders.placeDraft with promotions': [
    1,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, (state) => inStatus('draft')(state) && isPromoted(state)),
    }),
  ],
  'orders.cancel with promotions': [
    1,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, (state) => inStatus('placed')(state) && isPromoted(state)),
      reason: 'changed-mind',
    }),
  ],
  'prices.defineList': [2, changedList],
  'promotions.define': [1, changedPromotion],
  'promotions.end': [1, (move, known) => ({ promotion: oneOf(known, 'promotion', move.pick) })],
  'invoices.bill': [
    1,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, isUnbilled),
    }),
  ],
  'invoices.billDeposit': [
    3,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, mayHaveDeposit),
      deposit: move.flag ? { percent: `${move.quantity * 20}` } : { amount: euros(move.amount) },
    }),
  ],
  'invoices.debit': [
    1,
    (move, known) => ({
      invoice: oneOf(known, 'invoice', move.pick, isOfGoods),
      corrections: [{ line: 'L1', amount: euros(move.amount) }],
      reason: 'priced too low',
    }),
  ],
  'invoices.void': [
    2,
    (move, known) => ({
      invoice: oneOf(known, 'invoice', move.pick, inStatus('issued')),
      reason: 'mistaken',
    }),
  ],
  'invoices.proforma': [1, (move, known) => ({ order: oneOf(known, 'order', move.pick) })],
  'invoices.creditWithoutInvoice': [
    1,
    (move) => ({
      currency: 'EUR',
      lines: move.lines.map(({ sku, quantity }, place) => ({
        sku,
        name: 'Goodwill',
        quantity,
        unitPrice: euros(move.amount),
        ...(move.flag && { tax: treatmentAt(move.quantity + place) }),
      })),
      reason: 'goodwill',
    }),
  ],
  'payments.record in another currency': [
    2,
    (move, known) => ({
      ...dollars(move),
      ...(move.pick % 2 === 0
        ? { order: oneOf(known, 'order', move.pick) }
        : { invoices: [{ invoice: oneOf(known, 'invoice', move.pick, inStatus('issued')) }] }),
    }),
  ],
}

/** Price lists, promotions, an order and a draft with a coupon of which one use is left, and a taxed order with a deposit that is packed and can be shipped. */
export const openSales = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  for (const list of ['usual', 'counter'] as const) {
    await orThrow.prices.defineList({
      ...listOf(list),
      items: [
        { sku: 'lamp', tiers: listedTiers('9.49', '8.995') },
        { sku: 'mug', tiers: listedTiers('9.99', '7.333'), tiering: 'graduated' },
        { sku: 'tray', price: euros('5.00') },
      ],
    })
  }
  await orThrow.promotions.define(few('2.00'))
  await orThrow.promotions.define({
    promotion: 'once',
    name: 'Half of the second',
    benefit: { kind: 'buy_get', buy: { quantity: 1 }, get: { quantity: 1, percent: '50' } },
    coupon: 'ONCE',
    mostUsesPerCustomer: 1,
  })
  await orThrow.promotions.define({
    promotion: 'early',
    name: 'Early mugs',
    benefit: { kind: 'percentage', percent: '15', skus: ['mug'] },
    mostUses: 2,
  })
  const withCoupon = {
    channel: 'store',
    currency: 'EUR',
    lines: [{ sku: 'mug', quantity: 1 }],
    promotions: { coupons: ['FEW'] },
  }
  await orThrow.orders.place(withCoupon, { idempotencyKey: 'the first with a coupon' })
  await orThrow.orders.capture(withCoupon, { idempotencyKey: 'the first draft with a coupon' })
  const lines = [
    { sku: 'lamp', quantity: 2, tax: vat('19') },
    { sku: 'tray', quantity: 1, tax: vat('7') },
  ]
  const { order } = await orThrow.orders.place(
    { channel: 'store', currency: 'EUR', lines, adjustments: [freight] },
    { idempotencyKey: 'the first taxed' },
  )
  await orThrow.orders.confirm({ order })
  await orThrow.invoices.billDeposit(
    { order, deposit: { percent: '60' } },
    { idempotencyKey: 'the first deposit' },
  )
  const [planned] = (await orThrow.fulfillments.plan({ order })).fulfillments
  if (planned !== undefined) await orThrow.fulfillments.pack({ fulfillment: planned.fulfillment })
}

const listedTiers = (usual: string, fromThree: string) => [
  { from: 1, price: euros(usual) },
  { from: 3, price: euros(fromThree) },
]
