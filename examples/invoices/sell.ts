import type { Business } from './business.js'
import { buyers, type Country } from './parties.js'

type OrderInput = Parameters<Business['desk']['orders']['place']>[0]
type Product = Parameters<Business['desk']['catalog']['define']>[0]

/** What is sold, and how much of it. */
export interface Goods extends Omit<Product, 'price'> {
  readonly quantity: number | string
  readonly price: string
  readonly discount?: string
}

export interface Sale {
  readonly entity: Country
  readonly currency: string
  readonly goods: readonly Goods[]
  readonly more?: Partial<OrderInput>
  /** The buyer's tax registration number, where it decides how the sale is taxed. */
  readonly registration?: { readonly country: string; readonly number: string }
}

/** Registers the buyer, defines and receives what is sold, and places the order; answers its id. */
export const place = async ({ desk, key }: Business, sale: Sale): Promise<string> => {
  const { entity, currency, goods, more } = sale
  const { name, address } = buyers[entity]
  const shipTo = {
    name,
    street: address.line1,
    city: address.city,
    postalCode: address.postCode,
    country: address.country,
    ...('subdivision' in address && { region: address.subdivision }),
  }
  const { party: customer } = await desk.parties.register({ roles: ['customer'], name }, key())
  if (sale.registration !== undefined)
    await desk.parties.declareTaxes({ party: customer, registrations: [sale.registration], exemptions: [] })
  for (const { quantity, price: amount, discount: _discount, ...product } of goods) {
    await desk.catalog.define({ ...product, price: { amount, currency } })
    if (product.stocked !== false) await desk.inventory.receive({ sku: product.sku, quantity }, key())
  }
  const { order } = await desk.orders.place(
    {
      channel: 'desk',
      currency,
      legalEntity: entity,
      customer,
      shipTo,
      lines: goods.map(({ sku, quantity, discount }) => ({
        sku,
        quantity,
        ...(discount !== undefined && {
          adjustments: [{ kind: 'discount' as const, percent: discount, reason: 'Rabatt' }],
        }),
      })),
      ...more,
    },
    key(),
  )
  await desk.orders.confirm({ order })
  return order
}

/** Ships some of an order, or all that is left; answers the invoice that was issued with the shipment. */
export const ship = async (
  { desk }: Business,
  order: string,
  lines?: { line: string; quantity: number | string }[],
): Promise<string> => {
  const { fulfillments } = await desk.fulfillments.plan({ order, ...(lines !== undefined && { lines }) })
  const { shipment } = await desk.fulfillments.pack({ fulfillment: fulfillments[0]?.fulfillment ?? '' })
  const { invoice } = await desk.shipments.ship({ shipment, carrier: 'Parcel Post' })
  if (invoice === undefined) throw new Error('the shipment was not billed')
  return invoice
}
