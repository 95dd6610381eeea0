import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { openBank, statement } from '../bank.js'
import { confirmed, newKey, openShop, packed, shipped, stock, type Shop } from '../shop.js'
import { germanTax } from '../tax.js'
import type { Input, Inputs } from './grown.js'

const sizes = [15, 30, 60] as const

interface Line {
  readonly sku: string
  readonly quantity: number
}

/** A shop with as many goods as an order is to have lines. */
const shopWith = async (size: number): Promise<{ readonly shop: Shop; readonly lines: readonly Line[] }> => {
  const shop = openShop(memoryStorage, { tax: germanTax, totals: { prices: 'net' } })
  const lines = Array.from({ length: size }, (_, place) => ({ sku: `S-${place}`, quantity: 2 }))
  for (const { sku } of lines) await stock(shop.oms, sku, 10, '9.99')
  return { shop, lines }
}

/** What becomes of an order of many lines: the work of one command, after what has to come before it. */
const ofLines = (ready: (shop: Shop, lines: readonly Line[]) => Promise<() => unknown>): Input => ({
  sizes,
  prepare: async (size) => {
    const { shop, lines } = await shopWith(size)
    return ready(shop, lines)
  },
})

export const dealings: Inputs = {
  'orders.place of many lines': ofLines(
    async ({ oms }, lines) =>
      () =>
        oms.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines: [...lines] }, newKey()),
  ),
  'fulfillments.plan of many lines': ofLines(async ({ oms }, lines) => {
    const order = await confirmed(oms, lines)
    return () => oms.orThrow.fulfillments.plan({ order })
  }),
  'shipments.ship of many lines': ofLines(async ({ oms }, lines) => {
    const shipment = await packed(oms, await confirmed(oms, lines))
    return () => oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
  }),
  'invoices.credit of many lines': ofLines(async ({ oms }, lines) => {
    const { invoice } = await shipped(oms, await confirmed(oms, lines))
    const credited = lines.map((_, place) => ({ line: `L${place + 1}`, quantity: 1 }))
    return () => oms.orThrow.invoices.credit({ invoice, lines: credited, reason: 'broken' }, newKey())
  }),
  'invoices.trace of many lines': ofLines(async ({ oms }, lines) => {
    const { invoice } = await shipped(oms, await confirmed(oms, lines))
    return () => oms.orThrow.invoices.trace({ invoice })
  }),
  'inventory.hold of many lines': ofLines(
    async ({ oms }, lines) =>
      () =>
        oms.orThrow.inventory.hold({ owner: 'cart', lines: [...lines], seconds: 60 }, newKey()),
  ),
  'records.verifyAudit of many events': ofLines(async ({ oms }, lines) => {
    for (const _ of lines) await oms.orThrow.inventory.receive({ sku: 'S-0', quantity: 1 }, newKey())
    return () => oms.verifyAudit({ kind: 'stock', id: 'main/S-0' })
  }),
  'invoices.verifyNumbering of many numbers': ofLines(async ({ oms }, lines) => {
    for (const { sku } of lines) await shipped(oms, await confirmed(oms, [{ sku, quantity: 1 }]))
    return () => oms.orThrow.invoices.verifyNumbering({ series: 'invoice', limit: 200 })
  }),
  'reconciliation.importStatement of many entries': {
    sizes,
    prepare: (size) => {
      const { oms } = openBank()
      const { format, content } = statement(
        Array.from({ length: size }, (_, line) => ({
          remittanceText: `INV-00000${line}`,
          bankReference: `${line}`,
        })),
      )
      return () => oms.orThrow.reconciliation.importStatement({ content, format })
    },
  },
}
