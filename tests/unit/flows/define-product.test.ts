import { beforeEach, describe, expect, it } from 'vitest'
import { productKind } from '../../../src/core/catalog/product.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { newKey, openShop, type Shop } from '../../support/shop.js'

const price = { amount: '8.00', currency: 'EUR' } as const
const parts = [
  { sku: 'CUP', quantity: 2 },
  { sku: 'SAUCER', quantity: 2 },
]

let shop: Shop
beforeEach(async () => {
  shop = openShop()
  for (const sku of ['CUP', 'SAUCER']) await shop.oms.orThrow.catalog.define({ sku, name: sku, price })
})

const define = (more: object) => shop.oms.catalog.define({ sku: 'SET', name: 'Set', price, ...more })
const versionOf = async (sku: string): Promise<number> => {
  const [record] = await shop.storage.read('main' as TenantId, [{ kind: productKind.name, id: sku }])
  return record?.version ?? 0
}
const invalid = (path: readonly (string | number)[], rule: string) => ({
  ok: false,
  error: { code: 'validation_failed', issues: [{ path, rule }] },
})

describe('catalog.define', () => {
  it('changes nothing when it says what is known', async () => {
    const known = { components: parts, substitutes: ['CUP', 'SAUCER'] }
    await define(known)
    const version = await versionOf('SET')
    expect(await define(known)).toMatchObject({ ok: true })
    expect(await versionOf('SET')).toBe(version)
  })

  it.each([
    ['another number of a part', { components: [{ sku: 'CUP', quantity: 3 }, parts[1]] }],
    ['another part', { components: [parts[1], parts[0]] }],
    ['another substitute', { substitutes: ['SAUCER', 'CUP'] }],
  ])('notices %s', async (_what, changed) => {
    const known = { components: parts, substitutes: ['CUP', 'SAUCER'] }
    await define(known)
    const version = await versionOf('SET')
    expect(await define({ ...known, ...changed })).toMatchObject({ ok: true })
    expect(await versionOf('SET')).toBe(version + 1)
  })

  it.each([
    ['another unit', { code: 'KGM', digits: 0 }],
    ['other digits', { code: 'C62', digits: 2 }],
  ])('F38 refuses %s: what is counted so far was counted in the one before', async (_what, unit) => {
    await define({ unit: { code: 'C62', digits: 0 } })
    expect(await define({ unit: { code: 'C62', digits: 0 } })).toMatchObject({ ok: true })
    expect(await define({ unit })).toMatchObject({
      error: { code: 'invalid_state', details: { sku: 'SET', unit: { code: 'C62', digits: 0 } } },
    })
  })

  it('brings back nothing that is discontinued: what is sold again is sold under another SKU', async () => {
    await define({})
    await shop.oms.orThrow.catalog.discontinue({ sku: 'SET' })
    expect(await define({ name: 'Set, once more' })).toMatchObject({
      error: { code: 'invalid_state', details: { sku: 'SET', status: 'discontinued' } },
    })
  })

  it('F38 makes no kit that is tracked itself: its parts are', async () => {
    expect(await define({ tracking: 'lot', components: parts })).toMatchObject(
      invalid(['tracking'], 'kit.tracking'),
    )
  })

  it('F38 takes parts of a kit that are counted in pieces as a number', async () => {
    expect(await define({ components: [parts[0], { sku: 'SAUCER', quantity: '1.5' }] })).toMatchObject(
      invalid(['components', 1, 'quantity'], 'type'),
    )
  })
})

describe('what is counted in pieces', () => {
  it('is told as a number and not as a text, whoever says how many', async () => {
    const { inventory, invoices } = shop.oms
    await shop.oms.orThrow.inventory.expect(
      { id: 'E-1', sku: 'CUP', quantity: 5, expectedOn: '2026-04-01' },
      newKey(),
    )
    const half = { sku: 'CUP', quantity: '0.5' }
    const answers = [
      await inventory.receive(half, newKey()),
      await inventory.expect({ id: 'E-2', ...half, expectedOn: '2026-04-01' }, newKey()),
      await inventory.changeExpected({ expected: 'E-1', quantity: '0.5' }),
      await inventory.openPreorder({
        sku: 'CUP',
        limit: '0.5',
        until: '2026-12-31',
        expectedOn: '2027-01-15',
      }),
      await invoices.creditWithoutInvoice(
        { currency: 'EUR', lines: [{ ...half, name: 'Cup', unitPrice: price }], reason: 'goodwill' },
        newKey(),
      ),
    ]
    expect(answers.map((answer) => (answer.ok ? [] : answer.error.issues))).toMatchObject([
      [{ path: ['quantity'], rule: 'type' }],
      [{ path: ['quantity'], rule: 'type' }],
      [{ path: ['quantity'], rule: 'type' }],
      [{ path: ['limit'], rule: 'type' }],
      [{ path: ['lines', 0, 'quantity'], rule: 'type' }],
    ])
  })
})
