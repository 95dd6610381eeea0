import { describe, expect, it } from 'vitest'
import { simulateSourcing, type PastOrder, type Simulation } from 'orderwright/sourcing'

const past = (order: string, day: number, quantity: number): PastOrder => ({
  order,
  at: `2026-03-0${day}T09:00:00.000Z`,
  to: { coordinates: { latitude: 48, longitude: 11 } },
  lines: [{ line: 'L1', sku: 'MUG', quantity }],
})

const simulation: Simulation = {
  locations: [
    {
      location: 'near',
      coordinates: { latitude: 48, longitude: 12 },
      costs: { currency: 'EUR', perShipment: '5' },
      stock: { MUG: 3 },
    },
    {
      location: 'far',
      coordinates: { latitude: 53, longitude: 10 },
      costs: { currency: 'EUR', perShipment: '6' },
      stock: { MUG: 10 },
    },
  ],
  rules: {
    nearest: [{ name: 'nearest', strategy: 'nearest' }],
    whole: [{ name: 'whole', strategy: 'fewest_shipments', splits: 'none' }],
  },
}

describe('a simulation', () => {
  it('F66 gives each list of rules its own stock, and adds up exactly', async () => {
    const results = await simulateSourcing([past('a', 1, 2), past('b', 2, 4), past('c', 3, 99)], simulation)
    expect(results).toMatchObject([
      {
        name: 'nearest',
        orders: 3,
        unsourced: 1,
        shipments: 3,
        splitOrders: 1,
        cost: { amount: '16.00', currency: 'EUR' },
        unitsByLocation: { near: 3, far: 3 },
      },
      { name: 'whole', unsourced: 1, shipments: 2, splitOrders: 0, unitsByLocation: { near: 2, far: 4 } },
    ])
  })

  it('reads a history as a stream, with goods that come in between', async () => {
    async function* history() {
      yield past('a', 1, 13)
      yield { receive: { location: 'near', sku: 'MUG', quantity: 5 } }
      yield past('b', 2, 5)
    }
    const [nearest] = await simulateSourcing(history(), simulation)
    expect(nearest).toMatchObject({ orders: 2, unsourced: 0, unitsByLocation: { near: 8, far: 10 } })
  })

  it('refuses rules that are none', async () => {
    await expect(
      simulateSourcing([], { ...simulation, rules: { odd: [{ name: 'odd', strategy: 'guess' as never }] } }),
    ).rejects.toMatchObject({ code: 'configuration' })
  })
})
