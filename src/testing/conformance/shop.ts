import type { Answer } from '../../app/answer.js'
import type { OrderManagementFor } from '../../app/order-management.js'
import { createOrderManagement } from '../../create-order-management.js'
import type { OrderReceipt } from '../../core/flows/order-receipt.js'
import {
  idempotencyId,
  idempotencyKind,
  type IdempotencyRecord,
} from '../../core/idempotency/idempotency-record.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { Shortage } from '../../core/inventory/reserve-stock.js'
import { stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { orderKind } from '../../core/orders/order.js'
import { trustHost, type Policy } from '../../core/ports/policy.js'
import type { Storage, StoredRecord } from '../../core/ports/storage.js'
import { countedIds } from '../counted-ids.js'
import { recordingNotifier } from '../recording-notifier.js'
import { tenant } from './store-under-test.js'

/** Order management over a store, as a host sets it up; every process of it needs a `series` of its own. */
export const shopOver = (storage: Storage, series: number, policy: Policy = trustHost): OrderManagementFor =>
  createOrderManagement({
    storage,
    policy,
    ids: countedIds(series),
    notifiers: { email: recordingNotifier() },
  }).as({ actor: { kind: 'service', id: `till-${series}` } })

/** Puts so many pieces of each SKU on the shelf. */
export const stockUp = async (
  shop: OrderManagementFor,
  quantities: Readonly<Record<string, number>>,
): Promise<void> => {
  for (const [sku, quantity] of Object.entries(quantities)) {
    await shop.orThrow.catalog.define({
      sku,
      name: `Goods ${sku}`,
      price: { amount: '19.99', currency: 'EUR' },
    })
    await shop.orThrow.inventory.receive({ sku, quantity }, { idempotencyKey: `opening-${sku}` })
  }
}

/** Places an order for a quantity of each SKU, in the order in which they are named. */
export const buy = (
  shop: OrderManagementFor,
  idempotencyKey: string,
  lines: readonly (readonly [sku: string, quantity: number])[],
): Promise<Answer<OrderReceipt>> =>
  shop.orders.place(
    { channel: 'web', currency: 'EUR', lines: lines.map(([sku, quantity]) => ({ sku, quantity })) },
    { idempotencyKey },
  )

export const stockKeyOf = (sku: string): Key => ({
  kind: stockKind.name,
  id: stockLevelId('main' as LocationId, sku as Sku),
})

export const stockOf = async (
  storage: Storage,
  sku: string,
): Promise<{ readonly version: number; readonly level: StockLevel }> => {
  const [stored] = await storage.read(tenant, [stockKeyOf(sku)])
  if (stored === undefined) throw new Error(`there is no stock level of ${sku}`)
  return { version: stored.version, level: stored.state as StockLevel }
}

export const ordersIn = async (storage: Storage): Promise<readonly StoredRecord[]> =>
  (await storage.find(tenant, { kind: orderKind.name, limit: 200 })).items

export const keptAnswer = async (
  storage: Storage,
  command: string,
  key: string,
): Promise<IdempotencyRecord | undefined> => {
  const [stored] = await storage.read(tenant, [
    { kind: idempotencyKind.name, id: idempotencyId(command, key) },
  ])
  return stored?.state as IdempotencyRecord | undefined
}

/** The shortages of a refusal, or what was answered instead. */
export const shortagesOf = (answer: Answer<unknown>): readonly Shortage[] => {
  if (!answer.ok && answer.error.code === 'out_of_stock')
    return answer.error.details['shortages'] as readonly Shortage[]
  throw new Error(`expected out_of_stock, got ${answer.ok ? 'an order' : answer.error.code}`)
}
