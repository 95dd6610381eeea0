import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { expectedReceiptIdSchema, partyIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import { refuse } from '../../core/refusal.js'
import {
  expectedReceiptKind,
  outstanding,
  type ExpectedReceipt,
} from '../../core/replenishment/expected-receipt.js'
import { ok } from '../../core/result.js'
import { expectedReceiptLifecycle } from '../../state-machines/expected-receipt.machine.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, rangeOf, whereOf } from './page.js'
import { unitsOf } from './units.js'

/** Goods on order, in the unit of their SKU. */
export interface ExpectedReceiptView extends Omit<ExpectedReceipt, 'quantity' | 'received'> {
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly quantity: WrittenQuantity
  readonly received: WrittenQuantity
  /** What is still to come. */
  readonly outstanding: WrittenQuantity
}

/** One line of goods on order. */
export const getExpectedReceipt = defineQuery({
  name: 'inventory.expectedReceipt',
  input: z.strictObject({ expected: expectedReceiptIdSchema }),
  run: async (input, context) => {
    const found = await context.get(expectedReceiptKind, input.expected)
    if (found === undefined) return refuse('unknown_expected_receipt', { expected: input.expected })
    const unitOf = await unitsOf(context, [found.state.sku])
    return ok({ value: receiptView(found.state, unitOf(found.state.sku)), version: found.version })
  },
})

/** Goods on order of a SKU, a vendor or in a status, and between two days, from the one that is expected first. */
export const listExpectedReceipts = defineQuery({
  name: 'inventory.expectedReceipts',
  input: z
    .strictObject({
      sku: skuSchema.optional(),
      vendor: partyIdSchema.optional(),
      status: z.enum(expectedReceiptLifecycle.states).optional(),
      from: localDateSchema.optional(),
      to: localDateSchema.optional(),
      ...pageShape,
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      message: 'range.order',
      path: ['to'],
    }),
  run: async (input, context) => {
    const { sku, vendor, status } = input
    const page = await context.list(expectedReceiptKind, {
      where: whereOf({ sku, vendor, status }),
      order: { entry: 'expectedOn', direction: 'ascending' },
      ...rangeOf('expectedOn', input.from, input.to),
      ...pageOf(input),
    })
    const unitOf = await unitsOf(
      context,
      page.items.map(({ state }) => state.sku),
    )
    return ok({ value: listOf(page, ({ state }) => receiptView(state, unitOf(state.sku))) })
  },
})

const receiptView = (receipt: ExpectedReceipt, unit: Unit): ExpectedReceiptView => ({
  ...receipt,
  unit: unit.code,
  quantity: writeQuantity(receipt.quantity, unit),
  received: writeQuantity(receipt.received, unit),
  outstanding: writeQuantity(outstanding(receipt), unit),
})
