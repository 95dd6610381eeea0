import type { OrderManagementFor } from '../../src/app/order-management.js'
import { newKey, openShop, type Shop } from './shop.js'

const price = { amount: '8.00', currency: 'EUR' }

/** A shop that sells salve (by lot, a month of shelf life or the days given) and radios (by serial number). The clock stands on 2026-03-01. */
export const openTrackedShop = async (minimumDays = 0): Promise<Shop> => {
  const shop = openShop()
  await defineTracked(shop.oms, minimumDays)
  return shop
}

export const defineTracked = async ({ orThrow }: OrderManagementFor, minimumDays = 0): Promise<void> => {
  await orThrow.catalog.define({
    sku: 'salve',
    name: 'Salve',
    price,
    tracking: 'lot',
    shelfLife: { minimumDaysAtShipping: minimumDays },
  })
  await orThrow.catalog.define({ sku: 'radio', name: 'Radio', price, tracking: 'serial' })
}

/** Receives lots written as `A 5 2026-06-01`; the date may be left out where the SKU has no shelf life. */
export const receiveLots = async (
  oms: OrderManagementFor,
  sku: string,
  ...written: readonly string[]
): Promise<void> => {
  const lots = written.map((text) => {
    const [lot = '', quantity = '', expiresOn] = text.split(' ')
    return { lot, quantity: Number(quantity), ...(expiresOn !== undefined && { expiresOn }) }
  })
  const quantity = lots.reduce((sum, lot) => sum + lot.quantity, 0)
  await oms.orThrow.inventory.receive({ sku, quantity, lots }, newKey())
}

export const receiveSerials = async (
  oms: OrderManagementFor,
  sku: string,
  ...serials: readonly string[]
): Promise<void> => {
  await oms.orThrow.inventory.receive({ sku, quantity: serials.length, serials: [...serials] }, newKey())
}

/** The lots as `A 5/1/0`: on hand, set aside, quarantined. */
export const lotsOf = async (oms: OrderManagementFor, sku: string): Promise<readonly string[]> =>
  (await oms.orThrow.inventory.lots({ sku })).lots.map(
    ({ lot, onHand, allocated, quarantined }) => `${lot} ${onHand}/${allocated}/${quarantined}`,
  )

/** What the lines of a fulfillment or shipment take, as `L1 salve A 3` and `L1 radio #1 #2`. */
export const goodsIn = (document: {
  readonly lines: readonly {
    readonly line: string
    readonly goods?: readonly {
      readonly sku: string
      readonly lots?: readonly { readonly lot: string; readonly quantity: unknown }[]
      readonly serials?: readonly string[]
    }[]
  }[]
}): readonly string[] =>
  document.lines.flatMap(({ line, goods }) =>
    (goods ?? []).map(({ sku, lots, serials }) =>
      [
        line,
        sku,
        ...(lots ?? []).map(({ lot, quantity }) => `${lot} ${String(quantity)}`),
        ...(serials ?? []),
      ].join(' '),
    ),
  )
