import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Product, ProductEvent } from './product.js'

/** A product that is no longer sold: orders and stock of it stay, new orders and holds of it are refused. */
export const discontinue = (product: Product): Result<readonly ProductEvent[], Refusal> =>
  product.status === 'active'
    ? ok([{ type: 'ProductDiscontinued' }])
    : refuse('invalid_state', { sku: product.sku, status: product.status, allowed: [] })
