import { countedIds, fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { SettingsInput } from '../../src/app/settings.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import type { TenantId } from '../../src/core/ids/ids.js'
import { trustHost } from '../../src/core/ports/policy.js'
import type { Storage } from '../../src/core/ports/storage.js'
import type { InvoiceTrigger } from '../../src/core/pricing/invoice-trigger.js'
import type { DerivedKind, RecordKind } from '../../src/core/record-kind.js'

/** A shop over the memory store, with its clock in hand. */
export interface Shop {
  readonly oms: OrderManagementFor
  readonly storage: Storage
  readonly clock: ReturnType<typeof fixedClock>
  /** The state of a record as it is stored. */
  readonly stored: <State>(kind: DerivedKind<State> | RecordKind<State, never>, id: string) => Promise<State>
}

export const openShop = (storageOf = memoryStorage, settings: SettingsInput = {}): Shop => {
  const clock = fixedClock()
  const storage = storageOf({ clock })
  const oms = createOrderManagement({ storage, policy: trustHost, clock, ids: countedIds(), settings }).as({
    actor: { kind: 'user', id: 'ada' },
  })
  return {
    oms,
    storage,
    clock,
    stored: async (kind, id) => {
      const [record] = await storage.read('main' as TenantId, [{ kind: kind.name, id }])
      if (record === undefined) throw new Error(`there is no ${kind.name} ${id}`)
      return record.state as never
    },
  }
}

let keys = 0
/** An idempotency key nobody has used. */
export const newKey = () => ({ idempotencyKey: `test ${(keys += 1)}` })

export const stock = async (
  oms: OrderManagementFor,
  sku: string,
  quantity: number,
  price: string,
): Promise<void> => {
  await oms.orThrow.catalog.define({ sku, name: `A ${sku}`, price: { amount: price, currency: 'EUR' } })
  await oms.orThrow.inventory.receive({ sku, quantity }, newKey())
}

export const confirmed = async (
  oms: OrderManagementFor,
  lines: readonly {
    readonly sku: string
    readonly quantity: number
    readonly invoiceTrigger?: InvoiceTrigger
  }[],
  more: object = {},
): Promise<string> => {
  const placed = await oms.orThrow.orders.place(
    { channel: 'web', currency: 'EUR', lines: [...lines], ...more },
    newKey(),
  )
  await oms.orThrow.orders.confirm({ order: placed.order })
  return placed.order
}

/** Plans and packs what is wanted of an order, or all of it; answers the shipment. */
export const packed = async (
  oms: OrderManagementFor,
  order: string,
  lines?: readonly { readonly line: string; readonly quantity: number }[],
): Promise<string> => {
  const planned = await oms.orThrow.fulfillments.plan({
    order,
    ...(lines !== undefined && { lines: [...lines] }),
  })
  const [first] = planned.fulfillments
  if (first === undefined) throw new Error('nothing was planned')
  return (await oms.orThrow.fulfillments.pack({ fulfillment: first.fulfillment })).shipment
}

export const shipped = async (
  oms: OrderManagementFor,
  order: string,
  lines?: readonly { readonly line: string; readonly quantity: number }[],
) => {
  const { invoice, invoiceNumber, total, ...rest } = await oms.orThrow.shipments.ship({
    shipment: await packed(oms, order, lines),
    carrier: 'Parcel Post',
  })
  if (invoice === undefined || invoiceNumber === undefined || total === undefined) {
    throw new Error('the shipment was not billed')
  }
  return { ...rest, invoice, invoiceNumber, total }
}
