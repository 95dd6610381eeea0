import { createOrderManagement, trustHost } from 'orderwright'
import { openSqliteStorage } from 'orderwright/sqlite'

export const sku = 'CONSOLE'

/** Every fifth buyer wants two. */
export const unitsWantedBy = (buyer: number): number => (buyer % 5 === 0 ? 2 : 1)

const rush = 1_000

/** Milliseconds after the doors open at which a buyer asks: all within the first second, in no order. */
export const arrivalOf = (buyer: number): number => (buyer * 7_919) % rush

/** The cart's key: whoever asks again under it gets the first answer again. */
export const keyOf = (buyer: number): string => `cart-${buyer}`

export const orderOf = (buyer: number) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku, quantity: unitsWantedBy(buyer) }],
})

/** One process of the shop: all of them work on the same file. */
export const openShop = async (file: string) => {
  const storage = await openSqliteStorage(file)
  const oms = createOrderManagement({ storage, policy: trustHost })
  return { storage, clerk: oms.as({ actor: { kind: 'service', id: 'web-shop' } }) }
}

export type Clerk = Awaited<ReturnType<typeof openShop>>['clerk']
