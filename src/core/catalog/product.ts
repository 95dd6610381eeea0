import type { Sku } from '../ids/ids.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { RecordKind } from '../record-kind.js'
import type { OrderQuantity } from './order-quantity.js'
import type { Unit } from './quantity.js'

/** How the goods of a SKU are told apart: not at all (no tracking), by the batch they were made in, or piece by piece. */
export type Tracking = 'lot' | 'serial'

export interface ShelfLife {
  /** Whole days that must be left until the expiry date on the day the goods leave; 0: they may leave on that very day. */
  readonly minimumDaysAtShipping: number
}

/** One part of a kit: so many base units of a SKU for each kit. */
export interface Component {
  readonly sku: Sku
  readonly quantity: number
  /** How the part's goods are told apart; kept where the kit is taken apart, in an order's line. */
  readonly tracking?: Tracking
}

/** What can be sold under a SKU. Orders keep a snapshot of name, unit and price: a later change here changes no order. */
export interface Product {
  readonly sku: Sku
  readonly name: string
  readonly unit: Unit
  readonly price?: UnitPrice
  readonly tracking?: Tracking
  readonly shelfLife?: ShelfLife
  /** What one of it consists of, each SKU once; a kit has no stock of its own. */
  readonly components?: readonly Component[]
  /** What to offer when it is short, best first. */
  readonly substitutes?: readonly Sku[]
  /** Nothing of it is kept in stock: a service, a download. */
  readonly stocked?: false
  /** Which quantities may be ordered; any when absent. */
  readonly orderQuantity?: OrderQuantity
  /** How it is taxed, by a word of the tax table; the table's default class when absent. */
  readonly taxClass?: string
  readonly status: 'active' | 'discontinued'
}

export type ProductEvent =
  | {
      readonly type: 'ProductDefined'
      readonly sku: Sku
      readonly name: string
      readonly unit: Unit
      readonly price?: UnitPrice
      readonly tracking?: Tracking
      readonly shelfLife?: ShelfLife
      readonly components?: readonly Component[]
      readonly substitutes?: readonly Sku[]
      readonly stocked?: false
      readonly orderQuantity?: OrderQuantity
      readonly taxClass?: string
    }
  | { readonly type: 'ProductRenamed'; readonly name: string }
  | { readonly type: 'ProductPriced'; readonly price: UnitPrice }
  | { readonly type: 'ProductShelfLifeSet'; readonly shelfLife: ShelfLife }
  | { readonly type: 'KitComposed'; readonly components: readonly Component[] }
  | { readonly type: 'SubstitutesRanked'; readonly substitutes: readonly Sku[] }
  /** Empty: any quantity may be ordered. */
  | { readonly type: 'OrderQuantitySet'; readonly orderQuantity: OrderQuantity }
  | { readonly type: 'ProductTaxClassSet'; readonly taxClass: string }
  | { readonly type: 'ProductDiscontinued' }

const evolve = (product: Product | undefined, event: ProductEvent): Product => {
  switch (event.type) {
    case 'ProductDefined': {
      const { type: _type, ...defined } = event
      return { ...defined, status: 'active' }
    }
    case 'ProductRenamed':
      return { ...(product as Product), name: event.name }
    case 'ProductPriced':
      return { ...(product as Product), price: event.price }
    case 'ProductShelfLifeSet':
      return { ...(product as Product), shelfLife: event.shelfLife }
    case 'KitComposed':
      return { ...(product as Product), components: event.components }
    case 'SubstitutesRanked':
      return { ...(product as Product), substitutes: event.substitutes }
    case 'OrderQuantitySet':
      return withOrderQuantity(product as Product, event.orderQuantity)
    case 'ProductTaxClassSet':
      return { ...(product as Product), taxClass: event.taxClass }
    case 'ProductDiscontinued':
      return { ...(product as Product), status: 'discontinued' }
  }
}

const withOrderQuantity = (product: Product, orderQuantity: OrderQuantity): Product => {
  const { orderQuantity: _before, ...rest } = product
  return Object.keys(orderQuantity).length === 0 ? rest : { ...rest, orderQuantity }
}

/** Whether goods of it lie somewhere: neither a kit, whose parts do, nor what is not stocked. */
export const hasStock = (product: Product): boolean =>
  product.stocked !== false && product.components === undefined

export const productKind: RecordKind<Product, ProductEvent> = {
  name: 'product',
  evolve,
  entries: (product) => ({ status: product.status, name: product.name }),
}
