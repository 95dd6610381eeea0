import type { TenantId } from '../../src/core/ids/ids.js'
import type { StockEvent } from '../../src/core/inventory/stock-level.js'
import type { Storage } from '../../src/core/ports/storage.js'

/** The ledger of one stock level, as `main/MUG`, oldest first. */
export const movementsOf = async (storage: Storage, id: string): Promise<readonly StockEvent[]> => {
  const movements: StockEvent[] = []
  for await (const { body } of storage.history('main' as TenantId, { kind: 'stock', id })) {
    movements.push((JSON.parse(body) as { readonly event: StockEvent }).event)
  }
  return movements
}
