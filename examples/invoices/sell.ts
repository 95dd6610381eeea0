import type { Business } from './business.js'
import { buyers, type Country } from './parties.js'

type OrderInput = Parameters<Business['desk']['orders']['place']>[0]
type Product = Parameters<Business['desk']['catalog']['define']>[0]

/** Counted in tenths. */
export const hours = { code: 'HUR', digits: 1 }

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
  /** Who has bought before; the country's buyer is registered when left out. */
  readonly customer?: string
  /** The buyer's tax registration number, where it decides how the sale is taxed. */
  readonly registration?: { readonly country: string; readonly number: string }
}

/** Registers the buyer where it is new, defines and receives what is sold, and places the order; answers its id. */
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
  const customer = sale.customer ?? (await desk.parties.register({ roles: ['customer'], name }, key())).party
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
export const ship = async (...shipped: Parameters<typeof send>): Promise<string> => {
  const invoice = await send(...shipped)
  if (invoice === undefined) throw new Error('the shipment was not billed')
  return invoice
}

/** The same for orders whose invoices wait for those of others: without an invoice where none was issued. */
export const send = async (
  { desk }: Business,
  order: string,
  lines?: { line: string; quantity: number | string }[],
): Promise<string | undefined> => {
  const { fulfillments } = await desk.fulfillments.plan({ order, ...(lines !== undefined && { lines }) })
  const { shipment } = await desk.fulfillments.pack({ fulfillment: fulfillments[0]?.fulfillment ?? '' })
  return (await desk.shipments.ship({ shipment, carrier: 'Parcel Post' })).invoice
}
