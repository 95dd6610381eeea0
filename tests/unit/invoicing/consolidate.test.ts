import { describe, expect, it } from 'vitest'
import { consolidate, type BilledOrder } from '../../../src/core/invoicing/consolidate.js'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import { partOf } from '../../../src/core/invoicing/invoice-parts.js'
import { currencyCode } from '../../../src/core/money/currency.js'
import type { Money } from '../../../src/core/money/money.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as Money
const billed = (order: string, more: object = {}): BilledOrder =>
  ({ order, orderNumber: `N-${order}`, lines: [], total: eur('10.00'), ...more }) as never
const together = (...orders: readonly BilledOrder[]) => consolidate(orders, currencyCode('EUR'))
const germany = { taxPlace: { country: 'DE' } }
const engine = { taxedBy: { source: 'engine', answer: 'A-1' } }

describe('a document of several orders', () => {
  it('says of all of them where they are taxed and by whom, where that is one', () => {
    const document = together(billed('a', { ...germany, ...engine }), billed('b', { ...germany, ...engine }))
    expect(document).toMatchObject({ ...germany, ...engine, parts: [engine, germany], total: eur('20.00') })
  })

  it('says it of each of them where they differ', () => {
    const france = { taxPlace: { country: 'FR' } }
    const document = together(billed('a', { ...germany, ...engine }), billed('b', france))
    expect(document).not.toHaveProperty('taxPlace')
    expect(document).not.toHaveProperty('taxedBy')
    expect(document.parts).toMatchObject([{ ...germany, ...engine }, france])
  })

  it('has no part for an order that it does not bill, like the invoice of another order', () => {
    const alone = { id: 'I-1', order: 'a', lines: [] } as unknown as Invoice
    const shared = { id: 'I-2', creditedLines: [], ...together(billed('a'), billed('b')) } as never
    expect(partOf(alone, 'a' as never)).toBe(alone)
    expect(partOf(alone, 'b' as never)).toBeUndefined()
    expect(partOf(shared, 'b' as never)).toMatchObject({ order: 'b', total: eur('10.00') })
    expect(partOf(shared, 'c' as never)).toBeUndefined()
  })
})
