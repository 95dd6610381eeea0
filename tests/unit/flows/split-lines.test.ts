import { describe, expect, it } from 'vitest'
import { cities, openLocations, order } from '../../support/locations.js'
import { newKey, openShop } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const nearest = { name: 'near', strategy: 'nearest' } as const
const toMunich = { coordinates: cities.munich, country: 'DE' } as const

const opened = async () => {
  const shop = openShop()
  await openLocations(shop.oms, { vienna: { MUG: 1 }, berlin: { MUG: 9 } })
  const place = (
    lines: readonly object[],
    more: object = {},
    sourcing: object = { by: nearest, to: toMunich },
  ) => shop.oms.orders.place(order(lines, sourcing, more), newKey())
  return { ...shop, place }
}

describe('a line that comes from several locations', () => {
  it('OQ6 shares its discounts out with its units, and is explained as the line that was ordered', async () => {
    const { oms, place } = await opened()
    const answer = await place(
      [
        {
          sku: 'MUG',
          quantity: 3,
          unitPrice: eur('10.00'),
          tax: vat('20'),
          adjustments: [
            { kind: 'discount', percent: '10', reason: 'loyal' },
            { kind: 'discount', amount: eur('1.00'), reason: 'scratched' },
          ],
        },
      ],
      { adjustments: [{ kind: 'discount', amount: eur('2.00'), reason: 'spring' }] },
    )
    const id = answer.ok ? answer.value.order : ''
    const { lines, total } = await oms.orThrow.orders.get({ order: id })
    expect(total).toEqual(eur('28.80'))
    expect(lines).toMatchObject([
      {
        id: 'L1',
        location: 'berlin',
        quantity: 2,
        net: eur('17.33'),
        adjustments: [{ percent: '10' }, { amount: eur('0.67') }],
      },
      {
        id: 'L1.2',
        splitFrom: 'L1',
        location: 'vienna',
        quantity: 1,
        net: eur('8.67'),
        adjustments: [{ percent: '10' }, { amount: eur('0.33') }],
      },
    ])
    await oms.orThrow.orders.confirm({ order: id })
    const { text } = await oms.orThrow.orders.trace({ order: id })
    expect(text).toContain('price times quantity 30.00 = 10.00 x 3')
    expect(text).toContain('discount "scratched" 1.00 = as it was agreed')
    expect(text).toContain('line 2 8.67 = 1 of 3 of 26.00 = 8.666666…, rounded up: largest remainder')
  })
})

describe('what rules choose from', () => {
  it('F63 takes a list of rules that the order brings along, each with its locations', async () => {
    const { oms, place } = await opened()
    const rules = [
      { ...nearest, name: 'first', filters: [{ by: 'location', locations: ['hamburg'] }] },
      { ...nearest, name: 'then', filters: [{ by: 'location', locations: ['berlin'] }] },
    ]
    const answer = await place([{ sku: 'MUG', quantity: 1 }], {}, { by: rules, to: toMunich })
    const { lines } = await oms.orThrow.orders.get({ order: answer.ok ? answer.value.order : '' })
    expect(lines).toMatchObject([{ location: 'berlin' }])
  })

  it('F63 chooses nothing where each line says where it comes from', async () => {
    const { oms, place } = await opened()
    const answer = await place([{ sku: 'MUG', quantity: 1, location: 'berlin' }])
    const got = await oms.orThrow.orders.get({ order: answer.ok ? answer.value.order : '' })
    expect(got.lines).toMatchObject([{ location: 'berlin' }])
  })

  it('F63 has nothing to choose from where no location is defined', async () => {
    const { oms } = openShop()
    await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: eur('3.33') })
    expect(
      await oms.orders.place(order([{ sku: 'MUG', quantity: 1 }], { by: nearest, to: toMunich }), newKey()),
    ).toMatchObject({ ok: false })
  })

  it('F63 ships to the country of the address where nothing else is said', async () => {
    const { oms, place } = await opened()
    const rule = { name: 'home', strategy: 'fewest_shipments', filters: [{ by: 'same_country' }] }
    const address = { name: 'Lin', street: 'Ring 1', city: 'Vienna', country: 'AT' }
    const answer = await place([{ sku: 'MUG', quantity: 1 }], { shipTo: address }, { by: rule })
    expect(answer).toMatchObject({ ok: true })
    const got = await oms.orThrow.orders.get({ order: answer.ok ? answer.value.order : '' })
    expect(got.lines).toMatchObject([{ location: 'vienna' }])
  })
})
