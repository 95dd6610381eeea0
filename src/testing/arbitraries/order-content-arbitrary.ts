import * as fc from 'fast-check'
import type { InputOf } from '../../core/input-of.js'
import { currencyCode, type CurrencyCode } from '../../core/money/currency.js'
import type { orderContentSchema } from '../../core/orders/order-input.js'
import { quantityArbitrary, skuArbitrary } from './goods-arbitrary.js'
import { unitPriceArbitrary } from './money-arbitrary.js'

/** What `orders.capture` and `orders.place` take. */
export type OrderContentToWrite = InputOf<typeof orderContentSchema>

export interface OrderContentRange {
  /** The SKUs the lines choose from, counted in pieces; any legal ones by default. */
  readonly skus?: readonly string[]
  /** Euros by default. */
  readonly currency?: CurrencyCode
  /** 8 by default. */
  readonly mostLines?: number
  /** Pieces per line; 20 by default. */
  readonly mostPieces?: number
}

/** Orders that pass the door: every field in its form, prices on every line, one currency, some SKUs on several lines. */
export const orderContentArbitrary = ({
  skus,
  currency = currencyCode('EUR'),
  mostLines = 8,
  mostPieces = 20,
}: OrderContentRange = {}): fc.Arbitrary<OrderContentToWrite> => {
  const line = fc.record(
    {
      sku: skus === undefined ? skuArbitrary({ longest: 40 }) : fc.constantFrom(...skus),
      quantity: quantityArbitrary({ most: mostPieces }),
      unitPrice: unitPriceArbitrary({ currency, most: 10_000n }),
    },
    { noNullPrototype: true },
  )
  return fc.record(
    {
      channel: fc.constantFrom('web', 'phone', 'store', 'marketplace', 'edi'),
      currency: fc.constant(currency),
      lines: fc.array(line, { minLength: 1, maxLength: mostLines }),
      purchaseOrder: word('PO'),
      payment: fc.record(
        {
          method: fc.constantFrom('invoice', 'card'),
          terms: fc.constantFrom('prepaid' as const, 'on_account' as const),
        },
        { noNullPrototype: true },
      ),
      delivery: fc.record(
        { method: fc.constantFrom('standard', 'express'), requestedOn: day() },
        { noNullPrototype: true, requiredKeys: ['method'] },
      ),
      note: sentence(),
      metadata: fc.dictionary(word('field'), sentence(), { maxKeys: 4, noNullPrototype: true }),
      orderedOn: day(),
    },
    { noNullPrototype: true, requiredKeys: ['channel', 'currency', 'lines'] },
  )
}

/** Short enough never to look like a card number, which the door refuses. */
const word = (start: string): fc.Arbitrary<string> =>
  fc.nat({ max: 99_999 }).map((count) => `${start}-${count}`)

const sentence = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.constantFrom('please', 'leave', 'with', 'Łukasz', 'οδός', '東京', 'عنوان', '🎁', 'n°', '"gift"'),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((words) => words.join(' '))

const day = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.integer({ min: 2020, max: 2035 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(
      ([year, month, date]) => `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`,
    )
