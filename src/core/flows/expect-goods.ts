import { z } from 'zod'
import { hasStock, productKind } from '../catalog/product.js'
import {
  quantitySchema,
  toBaseUnits,
  writeQuantity,
  type Unit,
  type WrittenQuantity,
} from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import {
  expectedReceiptIdSchema,
  locationIdSchema,
  partyIdSchema,
  referenceSchema,
  skuSchema,
  wordSchema,
} from '../ids/id-schema.js'
import type { ExpectedReceiptId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { move } from '../inventory/reserve-stock.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { percentSchema } from '../money/money-schema.js'
import { partyKind } from '../parties/party.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { decideExpectedReceipt } from '../replenishment/expected-receipt-decider.js'
import { expectedReceiptKind, outstanding, type ExpectedReceipt } from '../replenishment/expected-receipt.js'
import { granted, ok, type Result } from '../result.js'
import type { ExpectedReceiptStatus } from '../../state-machines/expected-receipt.machine.js'
import type { LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'

/** The answer of the commands about goods on order. */
export interface ExpectedReceiptReceipt {
  readonly expected: ExpectedReceiptId
  readonly status: ExpectedReceiptStatus
  readonly expectedOn: LocalDate
  /** What is still to come. */
  readonly outstanding: WrittenQuantity
}

/**
 * Enters goods that are on order: a line of a purchase order (F32, M53). They count as incoming to their stock level, which is opened if there is none,
 * and can be promised from their day on (`inventory.promise`). Refused: a vendor that is not registered as one as `unknown_party`, an id that was
 * ever given as `already_exists`, a kit as `not_stocked`: its components are ordered.
 */
export const expectGoods = defineCommand({
  name: 'inventory.expect',
  input: z.strictObject({
    /** The host's own id, such as that of the purchase order's line; drawn when left out. */
    id: expectedReceiptIdSchema.optional(),
    sku: skuSchema,
    location: locationIdSchema.optional(),
    quantity: quantitySchema,
    expectedOn: localDateSchema,
    vendor: partyIdSchema.optional(),
    /** The purchase order as people know it. */
    document: referenceSchema.optional(),
    /** How much more than ordered may be received, in percent of the quantity; `"0"` when left out. */
    overReceiptPercent: percentSchema.optional(),
  }),
  idempotencyKey: 'required',
  touches: (input, _seen, { ids, settings }) => [
    { kind: expectedReceiptKind.name, id: input.id ?? ids.of('expected_receipt') },
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
    ...(input.vendor === undefined ? [] : [{ kind: partyKind.name, id: input.vendor }]),
  ],
  plan: (facts, input, { ids, settings }) => {
    const work = workOn(facts)
    const { sku, vendor, document, expectedOn, location = settings.defaultLocation } = input
    const id = input.id ?? (ids.of('expected_receipt') as ExpectedReceiptId)
    if (work.find(expectedReceiptKind, id) !== undefined) return refuse('already_exists', { expected: id })
    const product = work.find(productKind, sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku })
    if (!hasStock(product)) return refuse('not_stocked', { sku })
    if (vendor !== undefined && !isVendor(work, vendor)) return refuse('unknown_party', { party: vendor })
    const quantity = toBaseUnits(input.quantity, product.unit)
    if (typeof quantity === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['quantity'], rule: quantity }] })
    }
    const level = stockLevelId(location, sku)
    if (work.find(stockKind, level) === undefined) {
      work.append(stockKind, level, [{ type: 'StockLevelOpened', sku, location }])
    }
    const receipt = work.append(expectedReceiptKind, id, [
      {
        type: 'ReceiptExpected',
        id,
        sku,
        location,
        quantity,
        expectedOn,
        overReceiptPercent: input.overReceiptPercent ?? '0',
        ...(vendor !== undefined && { vendor }),
        ...(document !== undefined && { document }),
      },
    ])
    const moved = move(
      work,
      { sku, location, quantity },
      { type: 'ExpectStock', quantity, source: sourceOf(receipt) },
    )
    if (!moved.ok) return moved
    return ok(work.finish(sourceOf(receipt), receiptOf(receipt, product.unit)))
  },
})

/**
 * The vendor has moved the day or the quantity. `quantity` is the whole of the order line, what has come of it included, and must leave something to
 * come, else it is refused as `quantity_exceeded`: the last delivery and a cancellation are facts of their own.
 */
export const changeExpected = defineCommand({
  name: 'inventory.changeExpected',
  input: z
    .strictObject({
      expected: expectedReceiptIdSchema,
      quantity: quantitySchema.optional(),
      expectedOn: localDateSchema.optional(),
    })
    .refine((input) => input.quantity !== undefined || input.expectedOn !== undefined, 'change.empty'),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOf(input.expected, seen.get(expectedReceiptKind, input.expected)),
  plan: (facts, input) => {
    const work = workOn(facts)
    const known = findExpected(work, input.expected)
    if (!known.ok) return known
    const { receipt, unit } = known.value
    const quantity = input.quantity === undefined ? receipt.quantity : toBaseUnits(input.quantity, unit)
    if (typeof quantity === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['quantity'], rule: quantity }] })
    }
    const expectedOn = input.expectedOn ?? receipt.expectedOn
    const decided = decideExpectedReceipt(receipt, { type: 'ChangeExpected', quantity, expectedOn })
    if (!decided.ok) return decided
    const changed = work.append(expectedReceiptKind, receipt.id, decided.value)
    const moved = moveIncoming(work, changed, outstanding(changed) - outstanding(receipt), 'changed')
    if (!moved.ok) return moved
    return ok(work.finish(sourceOf(changed), receiptOf(changed, unit)))
  },
})

/** What has not come will not come. What has come stays received. */
export const cancelExpected = defineCommand({
  name: 'inventory.cancelExpected',
  input: z.strictObject({
    expected: expectedReceiptIdSchema,
    /** Why, as a code in a word of the host's own. */
    reason: wordSchema,
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOf(input.expected, seen.get(expectedReceiptKind, input.expected)),
  plan: (facts, input) => {
    const work = workOn(facts)
    const known = findExpected(work, input.expected)
    if (!known.ok) return known
    const { receipt, unit } = known.value
    const decided = decideExpectedReceipt(receipt, { type: 'CancelExpected', reason: input.reason })
    if (!decided.ok) return decided
    const canceled = work.append(expectedReceiptKind, receipt.id, decided.value)
    const moved = moveIncoming(work, canceled, -outstanding(receipt), input.reason)
    granted(moved, 'what is expected can be expected no longer')
    return ok(work.finish(sourceOf(canceled), receiptOf(canceled, unit)))
  },
})

const isVendor = (work: Work, id: string): boolean => {
  const party = work.find(partyKind, id)?.state
  return party?.status === 'active' && party.roles.includes('vendor')
}

const keysOf = (id: ExpectedReceiptId, known: ExpectedReceipt | undefined): readonly Key[] => [
  { kind: expectedReceiptKind.name, id },
  ...(known === undefined
    ? []
    : [
        { kind: productKind.name, id: known.sku },
        { kind: stockKind.name, id: stockLevelId(known.location, known.sku) },
      ]),
]

const findExpected = (
  work: Work,
  id: ExpectedReceiptId,
): Result<{ readonly receipt: ExpectedReceipt; readonly unit: Unit }, Refusal> => {
  const receipt = work.find(expectedReceiptKind, id)?.state
  if (receipt === undefined) return refuse('unknown_expected_receipt', { expected: id })
  const product = present(work.find(productKind, receipt.sku)?.state, 'what is expected is a product')
  return ok({ receipt, unit: product.unit })
}

/** What is incoming follows what is outstanding. */
const moveIncoming = (
  work: Work,
  receipt: ExpectedReceipt,
  change: number,
  reason: string,
): Result<void, Refusal> => {
  const { sku, location } = receipt
  const source = sourceOf(receipt)
  if (change === 0) return ok(undefined)
  const quantity = Math.abs(change)
  return move(
    work,
    { sku, location, quantity },
    change > 0
      ? { type: 'ExpectStock', quantity, source }
      : { type: 'StopExpectingStock', quantity, source, reason },
  )
}

const sourceOf = ({ id }: ExpectedReceipt): Key => ({ kind: expectedReceiptKind.name, id })

const receiptOf = (receipt: ExpectedReceipt, unit: Unit): ExpectedReceiptReceipt => ({
  expected: receipt.id,
  status: receipt.status,
  expectedOn: receipt.expectedOn,
  outstanding: writeQuantity(outstanding(receipt), unit),
})
