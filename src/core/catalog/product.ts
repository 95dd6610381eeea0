import type { Sku } from '../ids/ids.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { RecordKind } from '../record-kind.js'
import type { Unit } from './quantity.js'

/** What can be sold under a SKU. Orders keep a snapshot of name, unit and price: a later change here changes no order. */
export interface Product {
  readonly sku: Sku
  readonly name: string
  readonly unit: Unit
  readonly price?: UnitPrice
  readonly status: 'active' | 'discontinued'
}

export type ProductEvent =
  | {
      readonly type: 'ProductDefined'
      readonly sku: Sku
      readonly name: string
      readonly unit: Unit
      readonly price?: UnitPrice
    }
  | { readonly type: 'ProductRenamed'; readonly name: string }
  | { readonly type: 'ProductPriced'; readonly price: UnitPrice }
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
    case 'ProductDiscontinued':
      return { ...(product as Product), status: 'discontinued' }
  }
}

export const productKind: RecordKind<Product, ProductEvent> = {
  name: 'product',
  evolve,
  entries: (product) => ({ status: product.status, name: product.name }),
}
