import { StorageError, type Key, type StockLevel } from 'orderwright'

/** The third wall behind plan and assertion; a store with tables has it as a CHECK constraint. */
export const checkStock = (key: Key, state: unknown): void => {
  if (key.kind !== 'stock' || state === null) return
  const { onHand, reserved, backorderAllowance, incoming } = state as StockLevel
  if (onHand >= 0 && incoming >= 0 && reserved >= 0 && reserved <= onHand + backorderAllowance) return
  throw new StorageError('adapter_contract', 'reserved stays between 0 and on hand + backorder allowance')
}
