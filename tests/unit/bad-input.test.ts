import { denyAll, type Answer, type OrderManagementFor } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, type DeskOptions } from '../support/desk.js'
import { germanTax, vat } from '../support/tax.js'

/**
 * The catalogue of bad input: what is sent, and what it gets. Rows that are about files, webhooks, dates with a time, refunds and crashed stores have
 * their tests beside what they are about.
 */
interface Row {
  readonly row: string
  readonly what: string
  readonly send: (shop: OrderManagementFor) => Promise<Answer<unknown>>
  readonly code: string
  /** The rule that an issue names, and where in the input. */
  readonly rule?: string
  readonly at?: string
  readonly status?: number
  readonly details?: object
  readonly settings?: DeskOptions['settings']
}

const line = (quantity: unknown, more: object = {}) => ({ sku: 'MUG', quantity, ...more })
const order = (more: object = {}) => ({ channel: 'web', currency: 'EUR', lines: [line(1)], ...more })

/** Hosts in JavaScript, and JSON from outside, keep to no types. */
const untyped = (input: unknown) => input as never

const place =
  (more: object) =>
  (shop: OrderManagementFor): Promise<Answer<unknown>> =>
    shop.orders.place(untyped(order(more)), freshKey())

const placeRaw =
  (input: unknown) =>
  (shop: OrderManagementFor): Promise<Answer<unknown>> =>
    shop.orders.place(untyped(input), freshKey())

const quantity = (value: unknown) => place({ lines: [line(value)] })
const priced = (unitPrice: unknown) => place({ lines: [line(1, { unitPrice })] })
const sku = (value: string) => place({ lines: [{ sku: value, quantity: 1 }] })
const expectedTotal = (amount: unknown, currency = 'EUR') => place({ expectedTotal: { amount, currency } })
const hold = (seconds: unknown) => (shop: OrderManagementFor) =>
  shop.inventory.hold(untyped({ owner: 'cart-1', lines: [line(1)], seconds }), freshKey())
const held = async (shop: OrderManagementFor) =>
  shop.orThrow.inventory.hold(
    { owner: 'cart-1', lines: [{ sku: 'MUG', quantity: 1 }], seconds: 60 },
    freshKey(),
  )

const invalid = (rule: string, at?: string) => ({
  code: 'validation_failed',
  status: 422,
  rule,
  ...(at !== undefined && { at }),
})
const tooLarge = (limit: string) => ({ code: 'limit_exceeded', status: 413, details: { limit } })

const cyclic: Record<string, unknown> = order()
cyclic['metadata'] = { self: cyclic }
const nested = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) as unknown
const withHole: unknown[] = [line(1), line(1)]
Reflect.deleteProperty(withHole, 0)
const withExtra = Object.assign([line(1)], { total: 1 })
const holeAndExtra = Object.assign([line(1), line(1)], { total: 1 })
Reflect.deleteProperty(holeAndExtra, 0)
const withGetter = {
  get method(): string {
    throw new Error('a getter was read')
  },
}
class Cart {
  channel = 'web'
}

const quantityAt = 'lines.0.quantity'
const numbers: readonly Row[] = [
  { row: '1', what: 'a negative quantity', send: quantity(-1), ...invalid('quantity.min', quantityAt) },
  { row: '2', what: 'a quantity of zero', send: quantity(0), ...invalid('quantity.min', quantityAt) },
  { row: '3', what: 'half a piece', send: quantity(1.5), ...invalid('quantity.integer', quantityAt) },
  { row: '4', what: 'a quantity of 1e21', send: quantity(1e21), ...invalid('quantity.max', quantityAt) },
  {
    row: '5',
    what: 'a quantity that is no number',
    send: quantity(Number.NaN),
    ...invalid('number.finite', quantityAt),
  },
  {
    row: '6',
    what: 'an endless quantity',
    send: quantity(Infinity),
    ...invalid('number.finite', quantityAt),
  },
  { row: '7', what: 'a negative zero', send: quantity(-0), ...invalid('quantity.min', quantityAt) },
  { row: '8', what: 'a text for pieces', send: quantity('5'), ...invalid('type', quantityAt) },
  ...['0x10', '1e3', '１２', '', ' 1'].map((text) => ({
    row: '9',
    what: `the quantity ${JSON.stringify(text)}`,
    send: quantity(text),
    ...invalid('type', quantityAt),
  })),
  {
    row: '10',
    what: 'a number that JSON has changed',
    send: quantity(JSON.parse('9007199254740993')),
    ...invalid('number.unsafe', quantityAt),
  },
  ...[true, null, [1], {}].map((value) => ({
    row: '11',
    what: `the quantity ${JSON.stringify(value)}`,
    send: quantity(value),
    ...invalid('type', quantityAt),
  })),
  {
    row: '12',
    what: 'more than there is',
    send: quantity(11),
    code: 'out_of_stock',
    status: 409,
    details: { shortages: [{ sku: 'MUG', location: 'main', wanted: 11, available: 10, version: 2 }] },
  },
  {
    row: '13',
    what: 'lines of one SKU that together are more than there is',
    send: place({ lines: [line(6), line(5)] }),
    code: 'out_of_stock',
    details: { shortages: [{ sku: 'MUG', location: 'main', wanted: 11, available: 10, version: 2 }] },
  },
  {
    row: '15',
    what: 'more units than an order may have',
    send: place({ lines: [line(4), line(4)] }),
    settings: { limits: { quantityPerOrder: 7 } },
    code: 'limit_exceeded',
    status: 422,
    details: { limit: 'quantityPerOrder', most: 7 },
  },
]

const discount = (size: object) => ({ kind: 'discount', reason: 'Sale', ...size })
const onLine = (size: object) => place({ lines: [line(1, { adjustments: [discount(size)] })] })
const onOrder = (...adjustments: readonly object[]) => place({ adjustments })
const taxed = (percent: unknown) =>
  place({ lines: [line(1, { tax: { category: 'S', components: [{ name: 'VAT', percent }] } })] })
const lineDiscount = 'lines.0.adjustments'
const standard = { category: 'S', components: [{ name: 'VAT', percent: '7' }] }

const adjustments: readonly Row[] = [
  {
    row: '26',
    what: 'a discount of more than its line',
    send: onLine({ amount: { amount: '12.51', currency: 'EUR' } }),
    ...invalid('discount.max', lineDiscount),
  },
  {
    row: '26',
    what: 'discounts of more than the order',
    send: onOrder(discount({ percent: '60' }), discount({ amount: { amount: '5.01', currency: 'EUR' } })),
    ...invalid('discount.max', 'adjustments'),
  },
  {
    row: '26',
    what: 'a discount of more than what bears its tax',
    send: onOrder(
      discount({
        amount: { amount: '1.00', currency: 'EUR' },
        tax: { category: 'S', components: [{ name: 'VAT', percent: '7' }] },
      }),
    ),
    ...invalid('discount.max', 'adjustments'),
  },
  {
    row: '26',
    what: 'a discount of more than the lines, beside freight that is taxed like them',
    send: place({
      lines: [line(1, { tax: standard })],
      adjustments: [
        discount({ amount: { amount: '13.00', currency: 'EUR' } }),
        {
          kind: 'charge',
          reason: 'Freight',
          amount: { amount: '30.00', currency: 'EUR' },
          tax: standard,
        },
      ],
    }),
    ...invalid('discount.max', 'adjustments'),
  },
  {
    row: '27',
    what: 'a discount of 110 percent',
    send: onLine({ percent: '110' }),
    ...invalid('percent.range', `${lineDiscount}.0.percent`),
  },
  {
    row: '16',
    what: 'a discount as a number',
    send: onLine({ amount: 5 }),
    ...invalid('money.type', `${lineDiscount}.0.amount`),
  },
  {
    row: '17',
    what: 'a discount finer than a cent',
    send: onOrder(discount({ amount: { amount: '0.001', currency: 'EUR' } })),
    ...invalid('money.precision', 'adjustments.0.amount.amount'),
  },
  {
    row: '22',
    what: 'a discount in another currency',
    send: onOrder(discount({ amount: { amount: '1.00', currency: 'USD' } })),
    code: 'currency_mismatch',
    status: 422,
    details: { expected: 'EUR', got: 'USD' },
  },
  {
    row: '23',
    what: 'a negative discount',
    send: onLine({ amount: { amount: '-1.00', currency: 'EUR' } }),
    ...invalid('money.min', `${lineDiscount}.0.amount.amount`),
  },
  {
    row: '27',
    what: 'a discount of a percentage and an amount',
    send: onLine({ percent: '10', amount: { amount: '1.00', currency: 'EUR' } }),
    ...invalid('adjustment.one', `${lineDiscount}.0.amount`),
  },
  {
    row: '29',
    what: 'a tax rate as a number',
    send: taxed(19),
    ...invalid('tax.unit', 'lines.0.tax.components.0.percent'),
  },
  {
    row: '29',
    what: 'a tax rate as a fraction',
    send: taxed('0.19'),
    settings: { tax: germanTax },
    ...invalid('tax.unit', 'lines.0.tax'),
  },
  {
    row: '29',
    what: 'one of several taxes as a fraction',
    send: place({
      lines: [
        line(1, {
          tax: {
            category: 'S',
            components: [
              { name: 'State', percent: '19' },
              { name: 'City', percent: '0.07' },
            ],
          },
        }),
      ],
    }),
    settings: { tax: germanTax },
    ...invalid('tax.unit', 'lines.0.tax'),
  },
  ...(['place', 'capture'] as const).map((call) => ({
    row: '29',
    what: `the tax of a charge as a fraction (${call})`,
    send: (shop: OrderManagementFor): Promise<Answer<unknown>> =>
      shop.orders[call](
        untyped(
          order({
            adjustments: [
              { kind: 'discount', percent: '1', reason: 'Sale' },
              {
                kind: 'charge',
                amount: { amount: '1.00', currency: 'EUR' },
                reason: 'Freight',
                tax: vat('0.19'),
              },
            ],
          }),
        ),
        freshKey(),
      ),
    settings: { tax: germanTax },
    ...invalid('tax.unit', 'adjustments.1.tax'),
  })),
  {
    row: '29',
    what: 'the tax of a credit without an invoice as a fraction',
    send: (shop) =>
      shop.invoices.creditWithoutInvoice(
        {
          currency: 'EUR',
          reason: 'goodwill',
          lines: ['19', '0.19'].map((percent) => ({
            sku: 'MUG',
            name: 'Mug',
            quantity: 1,
            unitPrice: { amount: '10.00', currency: 'EUR' },
            tax: vat(percent),
          })),
        },
        freshKey(),
      ),
    settings: { tax: germanTax },
    ...invalid('tax.unit', 'lines.1.tax'),
  },
  {
    row: '29',
    what: 'a tax under reverse charge',
    send: place({
      lines: [line(1, { tax: { category: 'AE', components: [{ name: 'VAT', percent: '19' }] } })],
    }),
    ...invalid('tax.category', 'lines.0.tax.category'),
  },
]

const money: readonly Row[] = [
  {
    row: '16',
    what: 'an amount as a number',
    send: priced({ amount: 19.99, currency: 'EUR' }),
    ...invalid('money.type', 'lines.0.unitPrice.amount'),
  },
  {
    row: '16',
    what: 'a price as a number',
    send: priced(19.99),
    ...invalid('money.type', 'lines.0.unitPrice'),
  },
  {
    row: '17',
    what: 'a tenth of a cent',
    send: expectedTotal('19.999'),
    ...invalid('money.precision', 'expectedTotal.amount'),
  },
  {
    row: '18',
    what: 'half a yen',
    send: expectedTotal('100.5', 'JPY'),
    ...invalid('money.precision', 'expectedTotal.amount'),
  },
  {
    row: '20',
    what: 'a currency that there is not',
    send: place({ currency: 'XXZ' }),
    ...invalid('currency.unknown', 'currency'),
  },
  {
    row: '21',
    what: 'a currency in lower case',
    send: place({ currency: 'eur' }),
    ...invalid('currency.format', 'currency'),
  },
  {
    row: '22',
    what: 'a line in another currency',
    send: priced({ amount: '1.00', currency: 'USD' }),
    code: 'currency_mismatch',
    status: 422,
    details: { expected: 'EUR', got: 'USD' },
  },
  {
    row: '23',
    what: 'a negative price',
    send: priced({ amount: '-1.00', currency: 'EUR' }),
    ...invalid('money.min', 'lines.0.unitPrice.amount'),
  },
  {
    row: '24',
    what: 'an amount beyond all business',
    send: priced({ amount: '10000000000000.01', currency: 'EUR' }),
    ...invalid('money.max', 'lines.0.unitPrice.amount'),
  },
  ...adjustments,
  { row: '25', what: 'a bigint', send: quantity(1n), ...invalid('type', quantityAt) },
  {
    row: '28',
    what: 'a total that differs from the computed one',
    send: expectedTotal('12.49'),
    code: 'total_mismatch',
    status: 422,
    details: { total: { amount: '12.50', currency: 'EUR' } },
  },
]

const structure: readonly Row[] = [
  {
    row: '31',
    what: 'two lines with one id',
    send: place({ lines: [line(1, { id: 'A' }), line(1, { id: 'A' })] }),
    ...invalid('line.duplicateId', 'lines.1.id'),
  },
  {
    row: '31',
    what: 'a line with the id another gets by its place',
    send: place({ lines: [line(1), line(1, { id: 'L1' })] }),
    ...invalid('line.duplicateId', 'lines.1.id'),
  },
  {
    row: '32',
    what: 'an unknown SKU',
    send: sku('NONE'),
    code: 'unknown_sku',
    status: 422,
    details: { sku: 'NONE' },
  },
  { row: '34', what: 'an empty order', send: place({ lines: [] }), ...invalid('lines.min', 'lines') },
  {
    row: '35',
    what: 'a hundred thousand lines',
    send: place({ lines: Array.from({ length: 100_000 }, () => line(1)) }),
    ...tooLarge('linesPerOrder'),
  },
  {
    row: '35',
    what: 'one line more than the setting allows',
    send: place({ lines: [line(1), line(1), line(1)] }),
    settings: { limits: { linesPerOrder: 2 } },
    ...tooLarge('linesPerOrder'),
  },
  {
    row: '36',
    what: 'a field that there is not',
    send: place({ isAdmin: true }),
    ...invalid('unknownField', 'isAdmin'),
  },
  {
    row: '36',
    what: 'a field that only the server sets',
    send: place({ status: 'closed' }),
    ...invalid('unknownField', 'status'),
  },
  {
    row: '37',
    what: '__proto__',
    send: placeRaw(JSON.parse('{"channel":"web","__proto__":{"admin":true}}')),
    ...invalid('forbiddenKey', '__proto__'),
  },
  {
    row: '37',
    what: '__proto__ deep inside',
    send: placeRaw(JSON.parse('{"channel":"web","metadata":{"a":{"__proto__":{}}}}')),
    ...invalid('forbiddenKey', 'metadata.a.__proto__'),
  },
  {
    row: '38',
    what: 'constructor.prototype',
    send: place({ metadata: { constructor: { prototype: {} } } }),
    ...invalid('forbiddenKey', 'metadata.constructor'),
  },
  {
    row: '41',
    what: 'JSON that is nested a thousand deep',
    send: place({ metadata: nested }),
    ...invalid('json.depth'),
  },
  {
    row: '42',
    what: 'an input that contains itself',
    send: placeRaw(cyclic),
    ...invalid('cycle', 'metadata.self'),
  },
  {
    row: '43',
    what: 'a getter',
    send: place({ delivery: withGetter }),
    ...invalid('plainObject', 'delivery.method'),
  },
  { row: '43', what: 'a class instance', send: placeRaw(new Cart()), ...invalid('plainObject') },
  {
    row: '43',
    what: 'a date',
    send: place({ orderedOn: new Date(0) }),
    ...invalid('plainObject', 'orderedOn'),
  },
  {
    row: '43',
    what: 'a proxy',
    send: place({ delivery: new Proxy({ method: 'post' }, {}) }),
    ...invalid('plainObject', 'delivery'),
  },
  {
    row: '43',
    what: 'a list with a computed element',
    send: place({ lines: Object.defineProperty([], 0, { get: () => line(1), enumerable: true }) }),
    ...invalid('plainObject', 'lines.0'),
  },
  {
    row: '44',
    what: 'a list where an object is due',
    send: place({ lines: [[]] }),
    ...invalid('type', 'lines.0'),
  },
  {
    row: '44',
    what: 'an object where a list is due',
    send: place({ lines: { 0: line(1) } }),
    ...invalid('type', 'lines'),
  },
  {
    row: '45',
    what: 'a note of 10 MB',
    send: place({ note: 'x'.repeat(10_000_000) }),
    ...tooLarge('noteCharacters'),
  },
  {
    row: '45',
    what: 'a long metadata entry',
    send: place({ metadata: { gift: 'x'.repeat(501) } }),
    ...tooLarge('metadataCharacters'),
  },
  {
    row: '45',
    what: 'a name of 10 MB',
    send: (shop) => shop.parties.register({ roles: ['customer'], name: 'x'.repeat(10_000_000) }, freshKey()),
    ...tooLarge('inputCharacters'),
  },
  {
    row: '46',
    what: 'ten thousand metadata entries',
    send: place({
      metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 'v'])),
    }),
    ...tooLarge('metadataKeys'),
  },
  { row: '47', what: 'a list with a hole', send: place({ lines: withHole }), ...invalid('array', 'lines') },
  {
    row: '47',
    what: 'a list with a property',
    send: place({ lines: withExtra }),
    ...invalid('array', 'lines'),
  },
  {
    row: '47',
    what: 'a list with both, so that its size looks right',
    send: place({ lines: holeAndExtra }),
    ...invalid('array', 'lines.0'),
  },
]

const text: readonly Row[] = [
  {
    row: '48',
    what: 'half a character pair',
    send: place({ note: 'a\ud800' }),
    ...invalid('text.surrogate', 'note'),
  },
  {
    row: '48',
    what: 'half a character pair in a name of metadata',
    send: place({ metadata: { 'a\udc00': 'b' } }),
    ...invalid('text.surrogate'),
  },
  {
    row: '49',
    what: 'a null character',
    send: place({ note: 'a\u0000b' }),
    ...invalid('text.control', 'note'),
  },
  {
    row: '49',
    what: 'a null character in a name of metadata',
    send: place({ metadata: { 'a\u0000': 'b' } }),
    ...invalid('text.control'),
  },
  ...['\u001b[31m', '\u007f', '\u009b31m', '\u0008'].map((control) => ({
    row: '50',
    what: `the control character ${JSON.stringify(control)}`,
    send: place({ note: `a${control}b` }),
    ...invalid('text.control', 'note'),
  })),
  {
    row: '51',
    what: 'a SKU that reads backwards',
    send: sku('a\u202egum'),
    ...invalid('id.charset', 'lines.0.sku'),
  },
  {
    row: '53',
    what: 'a SKU with a look-alike letter',
    send: sku('аdmin'),
    ...invalid('id.charset', 'lines.0.sku'),
  },
  {
    row: '54',
    what: 'a SKU with an invisible character',
    send: sku('MU\u200bG'),
    ...invalid('id.charset', 'lines.0.sku'),
  },
  {
    row: '57',
    what: 'a line break where one line is due',
    send: (shop) =>
      shop.parties.register({ roles: ['customer'], name: 'Ada\r\nBcc: eve@example.com' }, freshKey()),
    ...invalid('text.line', 'name'),
  },
  {
    row: '58',
    what: 'a SKU with a blank at its end',
    send: sku('MUG '),
    ...invalid('id.format', 'lines.0.sku'),
  },
  {
    row: '59',
    what: 'an e-mail address as long as a book',
    send: (shop) =>
      shop.parties.register({ roles: ['customer'], email: `${'a'.repeat(200_000)}@example.com` }, freshKey()),
    ...invalid('text.length', 'email'),
  },
  {
    row: 'PY6',
    what: 'a card number in a note',
    send: place({ note: 'card 4111 1111 1111 1111' }),
    ...invalid('text.cardNumber', 'note'),
  },
]

const time: readonly Row[] = [
  {
    row: '61',
    what: 'February 29 of a common year',
    send: place({ orderedOn: '2023-02-29' }),
    ...invalid('date.invalid', 'orderedOn'),
  },
  {
    row: '62',
    what: 'February 31',
    send: place({ delivery: { method: 'post', requestedOn: '2023-02-31' } }),
    ...invalid('date.invalid', 'delivery.requestedOn'),
  },
  {
    row: '66',
    what: 'a day without its zeros',
    send: place({ orderedOn: '2024-1-1' }),
    ...invalid('date.format', 'orderedOn'),
  },
  {
    row: '70',
    what: 'the year 0',
    send: place({ orderedOn: '0000-01-01' }),
    ...invalid('date.range', 'orderedOn'),
  },
  {
    row: '70',
    what: 'the year 10000',
    send: place({ orderedOn: '10000-01-01' }),
    ...invalid('date.range', 'orderedOn'),
  },
  ...[0, -1, 1.5, 315_360_000, Number.MAX_SAFE_INTEGER].map((seconds) => ({
    row: '73',
    what: `a hold of ${seconds} seconds`,
    send: hold(seconds),
    ...invalid('ttl.range', 'seconds'),
  })),
  { row: '73', what: 'a hold of a text', send: hold('60'), ...invalid('type', 'seconds') },
]

const calls: readonly Row[] = [
  {
    row: '74',
    what: 'no idempotency key',
    send: (shop) => shop.orders.place(untyped(order())),
    code: 'idempotency_key_required',
    status: 400,
  },
  {
    row: '75',
    what: 'another input under the same key',
    send: async (shop) => {
      await shop.orThrow.orders.place(untyped(order()), { idempotencyKey: 'cart-1' })
      return shop.orders.place(untyped(order({ channel: 'phone' })), { idempotencyKey: 'cart-1' })
    },
    code: 'idempotency_key_reused',
    status: 422,
    details: {},
  },
  ...['', ' a', 'a\n', 'ключ', 'x'.repeat(10_000)].map((idempotencyKey) => ({
    row: '78',
    what: `the key ${JSON.stringify(idempotencyKey.slice(0, 10))}`,
    send: (shop: OrderManagementFor) => shop.orders.place(untyped(order()), { idempotencyKey }),
    ...invalid('key.format', 'idempotencyKey'),
  })),
  {
    row: '80',
    what: 'an order that was placed before, under a new key',
    send: async (shop) => {
      await shop.orThrow.orders.place(untyped(order({ reference: 'W-1' })), freshKey())
      return shop.orders.place(untyped(order({ reference: 'W-1' })), freshKey())
    },
    code: 'order_exists',
    status: 409,
  },
  {
    row: '81',
    what: 'a version that is no longer the newest',
    send: async (shop) => {
      const placed = await shop.orders.place(untyped(order()), freshKey())
      const id = placed.ok ? placed.value.order : ''
      await shop.orThrow.orders.hold({ order: id, reason: 'other' }, freshKey())
      return shop.orders.hold({ order: id, reason: 'other' }, { ...freshKey(), expectedVersion: 2 })
    },
    code: 'version_conflict',
    status: 412,
    details: { expected: 2, current: 3 },
  },
  {
    row: '82',
    what: 'a version from the future',
    send: async (shop) => {
      const placed = await shop.orThrow.orders.place(untyped(order()), freshKey())
      return shop.orders.confirm({ order: placed.order }, { expectedVersion: 99 })
    },
    code: 'version_conflict',
    details: { expected: 99, current: 2 },
  },
  ...['2', 1.5, 0].map((expectedVersion) => ({
    row: '83',
    what: `the version ${JSON.stringify(expectedVersion)}`,
    send: (shop: OrderManagementFor) =>
      shop.orders.confirm({ order: 'any' }, { expectedVersion: untyped(expectedVersion) }),
    ...invalid('type', 'expectedVersion'),
  })),
]

const lifecycles: readonly Row[] = [
  {
    row: '84',
    what: 'confirming a canceled order',
    send: async (shop) => {
      const placed = await shop.orThrow.orders.place(untyped(order()), freshKey())
      await shop.orThrow.orders.cancel({ order: placed.order, reason: 'x' }, freshKey())
      return shop.orders.confirm({ order: placed.order })
    },
    code: 'invalid_state',
    status: 409,
    details: { status: 'canceled', commands: [] },
  },
  {
    row: '86',
    what: 'canceling more than is open',
    send: async (shop) => {
      const placed = await shop.orThrow.orders.place(untyped(order()), freshKey())
      return shop.orders.cancel(
        { order: placed.order, lines: [{ line: 'L1', quantity: 2 }], reason: 'x' },
        freshKey(),
      )
    },
    code: 'quantity_exceeded',
    status: 409,
    details: { line: 'L1', wanted: 2, limit: 1 },
  },
  {
    row: '93',
    what: 'a hold that an order has already',
    send: async (shop) => {
      const { reservation } = await held(shop)
      const placing = order({ held: { reservation, owner: 'cart-1' } })
      await shop.orThrow.orders.place(untyped(placing), freshKey())
      return shop.orders.place(untyped(placing), freshKey())
    },
    code: 'reservation_already_committed',
    status: 409,
  },
  {
    row: '94',
    what: 'releasing a hold that an order has',
    send: async (shop) => {
      const { reservation } = await held(shop)
      await shop.orThrow.orders.place(untyped(order({ held: { reservation, owner: 'cart-1' } })), freshKey())
      return shop.inventory.releaseHold({ reservation, owner: 'cart-1' })
    },
    code: 'invalid_state',
    status: 409,
    details: { status: 'committed' },
  },
]

const open = async (settings: DeskOptions['settings'] = {}) => {
  const desk = openDesk({ settings })
  await desk.clerk.orThrow.catalog.define({
    sku: 'MUG',
    name: 'Blue mug',
    price: { amount: '12.50', currency: 'EUR' },
  })
  await desk.clerk.orThrow.inventory.receive({ sku: 'MUG', quantity: 10 }, freshKey())
  return desk
}

describe('bad input', () => {
  const rows = [...numbers, ...money, ...structure, ...text, ...time, ...calls, ...lifecycles]
  for (const { row, what, send, code, rule, at, status, details, settings } of rows) {
    it(`row ${row} refuses ${what}`, async () => {
      const { clerk } = await open(settings)
      const answer = await send(clerk)
      expect(answer).toMatchObject({ ok: false, error: { code } })
      if (answer.ok) return
      if (status !== undefined) expect(answer.error.status).toBe(status)
      if (details !== undefined) expect(answer.error.details).toMatchObject(details)
      const issues = answer.error.issues ?? []
      if (rule !== undefined) expect(issues.map((issue) => issue.rule)).toContain(rule)
      if (at !== undefined) expect(issues.map(({ path }) => path.join('.'))).toContain(at)
      // Every rule has its words.
      for (const { message } of issues)
        expect(message).not.toBe('this field does not have the form that is asked for')
    })
  }

  it('SE4 leaves the prototypes of the language alone', async () => {
    const { clerk } = await open()
    for (const { send } of structure) await send(clerk)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
    expect(Object.keys(Array.prototype)).toEqual([])
  })

  it('row 35 refuses a hundred thousand lines before it looks at one', async () => {
    const { clerk } = await open()
    let looked = 0
    const lines = Array.from({ length: 100_000 }, () =>
      Object.defineProperty({}, 'sku', {
        get: () => {
          looked += 1
          return 'MUG'
        },
      }),
    )
    expect(await clerk.orders.place(untyped(order({ lines })), freshKey())).toMatchObject({
      error: { code: 'limit_exceeded' },
    })
    expect(looked).toBe(0)
  })

  it('names every field that is missing (M13), at its own place', async () => {
    const { clerk } = await open()
    const answer = await clerk.orders.place(
      untyped({ lines: [{}], shipTo: { name: 'Ada', street: 'Main 1', country: 'gb' } }),
      freshKey(),
    )
    const issues = answer.ok ? [] : (answer.error.issues ?? [])
    expect(issues.map(({ path, rule }) => [path.join('.'), rule])).toEqual([
      ['channel', 'required'],
      ['currency', 'required'],
      ['lines.0.sku', 'required'],
      ['lines.0.quantity', 'required'],
      ['shipTo.city', 'required'],
      ['shipTo.country', 'country.format'],
    ])
  })

  it('never repeats a value that could be secret', async () => {
    const { clerk } = await open()
    const answer = await clerk.orders.place(
      untyped(order({ note: 'card 4111 1111 1111 1111', currency: 'zzz' })),
      freshKey(),
    )
    expect(JSON.stringify(answer)).not.toMatch(/4111|zzz/)
  })
})

describe('input that looks bad and is good', () => {
  it('row 19 has three decimals of a dinar', async () => {
    const { clerk } = await open()
    await clerk.orThrow.catalog.define({ sku: 'OUD', name: 'Oud', price: { amount: '1.5', currency: 'KWD' } })
    await clerk.orThrow.inventory.receive({ sku: 'OUD', quantity: 3 }, freshKey())
    expect(
      await clerk.orThrow.orders.place(
        { channel: 'web', currency: 'KWD', lines: [{ sku: 'OUD', quantity: 3 }] },
        freshKey(),
      ),
    ).toMatchObject({ total: { amount: '4.500', currency: 'KWD' } })
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'a/b', 'Mug 0.3 l', 'x'.repeat(200)])(
    'row 39 sells the SKU %j',
    async (name) => {
      const { clerk } = await open()
      await clerk.orThrow.catalog.define({
        sku: name,
        name: 'Odd',
        price: { amount: '1.00', currency: 'EUR' },
      })
      await clerk.orThrow.inventory.receive({ sku: name, quantity: 2 }, freshKey())
      const both = [line(1), { sku: name, quantity: 1 }, { sku: name, quantity: 1 }]
      expect(await clerk.orders.place(untyped(order({ lines: both })), freshKey())).toMatchObject({
        ok: true,
        value: { total: { amount: '14.50' } },
      })
    },
  )

  it('rows 52, 53, 56 and 60 keep what people write, as text', async () => {
    const { clerk } = await open()
    const note = '<script>alert(1)</script> \u202eabc аdmin 👩‍👩‍👧‍👦\n\tsecond line'
    const placed = await clerk.orThrow.orders.place(untyped(order({ note })), freshKey())
    expect(await clerk.orThrow.orders.get({ order: placed.order })).toMatchObject({ note })
  })

  it('rows 33 and 79 know neither a SKU nor a key of another tenant, and say so in the same words', async () => {
    const { oms } = openDesk()
    const actor = { kind: 'user', id: 'ada' } as const
    const [north, south] = [oms.as({ tenant: 'north', actor }), oms.as({ tenant: 'south', actor })]
    await north.orThrow.catalog.define({
      sku: 'MUG',
      name: 'Mug',
      price: { amount: '1.00', currency: 'EUR' },
    })
    await north.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, freshKey())
    const refused = async (sku: string, idempotencyKey: string) => {
      const answer = await south.orders.place(
        { channel: 'web', currency: 'EUR', lines: [{ sku, quantity: 1 }] },
        { idempotencyKey },
      )
      if (answer.ok) throw new Error('was placed')
      const { code, status, message, details } = answer.error
      return { code, status, message: message.replaceAll(sku, 'SKU'), details: { ...details, sku: 'SKU' } }
    }
    const foreign = await refused('MUG', 'first')
    expect(foreign).toMatchObject({ code: 'unknown_sku', status: 422 })
    expect(foreign).toEqual(await refused('NONE', 'second'))
    const placed = await north.orders.place(untyped(order()), { idempotencyKey: 'first' })
    expect(placed).toMatchObject({ ok: true })
    expect(placed).not.toHaveProperty('replayed', true)
  })

  it('row 55 stores one form of a letter that has two', async () => {
    const { clerk } = await open()
    const placed = await clerk.orThrow.orders.place(untyped(order({ note: 'cafe\u0301' })), freshKey())
    expect(await clerk.orThrow.orders.get({ order: placed.order })).toMatchObject({ note: 'caf\u00e9' })
  })

  it('row 58 tells SKUs apart that differ in case', async () => {
    const { clerk } = await open()
    expect(await sku('mug')(clerk)).toMatchObject({ error: { code: 'unknown_sku' } })
  })

  it('rows 76 and 77 answer a repeat with the first answer, in flight and later', async () => {
    const { clerk } = await open()
    const key = { idempotencyKey: 'cart-1' }
    const [first, second] = await Promise.all([
      clerk.orders.place(untyped(order()), key),
      clerk.orders.place(untyped(order()), key),
    ])
    const later = await clerk.orders.place(untyped(order()), key)
    expect(first).toMatchObject({ ok: true, replayed: false })
    for (const repeat of [second, later]) expect(repeat).toEqual({ ...first, replayed: true })
    expect((await clerk.orThrow.orders.list({})).items).toHaveLength(1)
  })

  it('row 77 replays a refusal too: out of stock stays out of stock under its key (ID5)', async () => {
    const { clerk } = await open()
    const key = { idempotencyKey: 'cart-1' }
    const input = untyped(order({ lines: [line(11)] }))
    const refused = await clerk.orders.place(input, key)
    await clerk.orThrow.inventory.receive({ sku: 'MUG', quantity: 10 }, freshKey())
    expect(await clerk.orders.place(input, key)).toEqual({ ...refused, replayed: true })
    expect(await clerk.orders.place(input, freshKey())).toMatchObject({ ok: true })
  })

  it('rows 33 and 79 keep tenants apart: their SKUs are unknown here, their keys their own', async () => {
    const { oms, clerk } = await open()
    const other = oms.as({ tenant: 'other', actor: { kind: 'user', id: 'bob' } })
    const foreign = await other.orders.place(untyped(order()), { idempotencyKey: 'cart-1' })
    const missing = await other.orders.place(
      untyped(order({ lines: [{ sku: 'NONE', quantity: 1 }] })),
      freshKey(),
    )
    expect(foreign).toMatchObject({ error: { code: 'unknown_sku', details: { sku: 'MUG' } } })
    if (!foreign.ok && !missing.ok) expect(foreign.error.message).toBe(missing.error.message)
    expect(
      await clerk.orders.place(untyped(order({ channel: 'phone' })), { idempotencyKey: 'cart-1' }),
    ).toMatchObject({
      ok: true,
      replayed: false,
    })
  })

  it('takes sizes from the settings, up as well as down', async () => {
    const { clerk } = await open({
      limits: {
        noteCharacters: 5_000,
        metadataKeys: 60,
        metadataCharacters: 600,
        linesPerOrder: 600,
        quantityPerOrder: 1_000,
      },
    })
    await clerk.orThrow.inventory.receive({ sku: 'MUG', quantity: 1_000 }, freshKey())
    const metadata = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`k${index}`, 'v'.repeat(600)]),
    )
    const lines = Array.from({ length: 600 }, () => line(1))
    expect(
      await clerk.orders.place(untyped(order({ note: 'n'.repeat(5_000), metadata, lines })), freshKey()),
    ).toMatchObject({
      ok: true,
    })
  })
})

describe('callers', () => {
  it('row 125 throws without an actor: that is a programmer’s mistake', () => {
    const { oms } = openDesk()
    expect(() => oms.as(untyped({}))).toThrow(expect.objectContaining({ code: 'context_required' }) as Error)
    expect(() => oms.as(untyped({ actor: { kind: 'robot', id: 'x' } }))).toThrow(
      expect.objectContaining({ code: 'context_required' }) as Error,
    )
  })

  it('rows 126 and 127 refuse what the policy denies, and all when it fails', async () => {
    const denying = openDesk({ policy: denyAll })
    expect(await denying.clerk.catalog.define({ sku: 'MUG', name: 'Mug' })).toMatchObject({
      error: { code: 'forbidden', status: 403 },
    })
    const failing = openDesk({
      policy: () => {
        throw new Error('the directory is down')
      },
    })
    expect(await failing.clerk.catalog.define({ sku: 'MUG', name: 'Mug' })).toMatchObject({
      error: { code: 'forbidden', details: { reason: 'the policy failed' } },
    })
  })
})
