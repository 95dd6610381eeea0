import { usableOf, promisedOf } from '../../core/inventory/promised-stock.js'
import { stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { onTheWay, transferKind } from '../../core/inventory/transfer.js'
import type { DatedQuantity, SupplyAndDemand } from '../../core/replenishment/available-to-promise.js'
import { expectedReceiptKind, outstanding } from '../../core/replenishment/expected-receipt.js'
import type { LocalDate } from '../../core/time/local-date.js'
import type { QueryContext } from '../query.js'
import { everyOne } from './every-one.js'

/** What is on its way to a level, and where that is known. */
export interface ExpectedSupply extends DatedQuantity {
  readonly source: { readonly kind: string; readonly id: string }
  /** Its day has passed and it has not come. */
  readonly overdue: boolean
}

/** Goods on order for a level, and transfers under way to it that say when they come. */
export const expectedSupply = async (
  context: QueryContext,
  { sku, location }: Pick<StockLevel, 'sku' | 'location'>,
  today: LocalDate,
): Promise<readonly ExpectedSupply[]> => {
  const supply: ExpectedSupply[] = []
  const add = (kind: string, id: string, on: LocalDate, quantity: number): void => {
    if (quantity > 0) supply.push({ source: { kind, id }, on, quantity, overdue: on < today })
  }
  const openAt = stockLevelId(location, sku)
  for await (const receipt of everyOne(context, expectedReceiptKind, { where: { openAt } })) {
    add(expectedReceiptKind.name, receipt.id, receipt.expectedOn, outstanding(receipt))
  }
  for (const status of ['shipped', 'partially_received']) {
    for await (const transfer of everyOne(context, transferKind, { where: { status, to: location } })) {
      if (transfer.expectedOn === undefined) continue
      const coming = transfer.lines.filter((line) => line.sku === sku)
      const quantity = coming.reduce((sum, line) => sum + onTheWay(line), 0)
      add(transferKind.name, transfer.id, transfer.expectedOn, quantity)
    }
  }
  return supply.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
}

/**
 * What can be promised of a level rests on: usable stock without the safety stock, all that is promised already (those who wait for goods included, and
 * before everybody else), and what comes when. What is overdue is not counted: nobody knows when it comes.
 */
export const supplyAndDemand = (
  level: StockLevel,
  supply: readonly ExpectedSupply[],
  today: LocalDate,
): SupplyAndDemand => ({
  today,
  onHand: usableOf(level) - level.safetyStock,
  receipts: supply.filter(({ overdue }) => !overdue),
  commitments: [{ on: today, quantity: promisedOf(level) }],
})
