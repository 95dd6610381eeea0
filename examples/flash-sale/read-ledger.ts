import type { Storage, TenantId } from 'orderwright'
import { sku } from './shop.js'

/** The tenant of a host that has only one. */
const tenant = 'main' as TenantId

/** What was left of the product after each movement of its stock level. */
export interface LedgerEntry {
  readonly version: number
  readonly at: string
  readonly type: string
  readonly quantity: number
  readonly available: number
}

/** Reads the ledger of the stock level from its events and counts along: nothing here asks the row what it says. */
export const readLedger = async (storage: Storage): Promise<readonly LedgerEntry[]> => {
  const entries: LedgerEntry[] = []
  let available = 0
  for await (const event of storage.history(tenant, { kind: 'stock', id: `main/${sku}` })) {
    const { event: movement } = JSON.parse(event.body) as { readonly event: { readonly quantity?: number } }
    const quantity = movement.quantity ?? 0
    if (event.type === 'StockReceived') available += quantity
    if (event.type === 'StockReserved') available -= quantity
    entries.push({ version: event.version, at: event.recordedAt, type: event.type, quantity, available })
  }
  return entries
}
