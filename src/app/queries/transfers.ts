import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { locationIdSchema, transferIdSchema } from '../../core/ids/id-schema.js'
import type { SerialNumber } from '../../core/ids/ids.js'
import type { IncomingLot } from '../../core/inventory/stock-lots.js'
import type { TransitGoods } from '../../core/inventory/transit-goods.js'
import { onTheWay, transferKind, type Transfer, type TransferLine } from '../../core/inventory/transfer.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { transferLifecycle } from '../../state-machines/transfer.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

export interface TransferView extends Omit<Transfer, 'lines'> {
  readonly lines: readonly (Pick<TransferLine, 'id' | 'sku'> & {
    /** UN/ECE Recommendation 20 code. */
    readonly unit: string
    readonly quantity: WrittenQuantity
    readonly received: WrittenQuantity
    readonly missing: WrittenQuantity
    /** What has left and not come yet. */
    readonly onTheWay: WrittenQuantity
    /** Which lots or pieces are on the way, of goods that are told apart. */
    readonly goods?: TransitGoodsView
  })[]
}

export interface TransitGoodsView {
  readonly lots?: readonly (Omit<IncomingLot, 'quantity'> & { readonly quantity: WrittenQuantity })[]
  readonly serials?: readonly SerialNumber[]
}

/** One transfer, with what of it has come and what is still on the way. */
export const getTransfer = defineQuery({
  name: 'transfers.get',
  input: z.strictObject({ transfer: transferIdSchema }),
  run: async (input, context) => {
    const found = await context.get(transferKind, input.transfer)
    if (found === undefined) return refuse('unknown_transfer', { transfer: input.transfer })
    return ok({ value: transferView(found.state), version: found.version })
  },
})

/** Transfers from a location, to a location, in a status: `to` and `shipped` is what to expect at the gate. */
export const listTransfers = defineQuery({
  name: 'transfers.list',
  input: z.strictObject({
    from: locationIdSchema.optional(),
    to: locationIdSchema.optional(),
    status: z.enum(transferLifecycle.states).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { from, to, status } = input
    const page = await context.list(transferKind, { where: whereOf({ from, to, status }), ...pageOf(input) })
    return ok({ value: listOf(page, ({ state }) => transferView(state)) })
  },
})

const transferView = (transfer: Transfer): TransferView => ({
  ...transfer,
  lines: transfer.lines.map((line) => {
    const { id, sku, unit } = line
    const isAway = transfer.status !== 'planned' && transfer.status !== 'canceled'
    return {
      id,
      sku,
      unit: unit.code,
      quantity: writeQuantity(line.quantity, unit),
      received: writeQuantity(line.received, unit),
      missing: writeQuantity(line.missing, unit),
      onTheWay: writeQuantity(isAway ? onTheWay(line) : 0, unit),
      ...(line.goods !== undefined && { goods: goodsView(line.goods, unit) }),
    }
  }),
})

const goodsView = ({ lots, serials }: TransitGoods, unit: Unit): TransitGoodsView => ({
  ...(lots !== undefined && {
    lots: lots.map((lot) => ({ ...lot, quantity: writeQuantity(lot.quantity, unit) })),
  }),
  ...(serials !== undefined && { serials }),
})
