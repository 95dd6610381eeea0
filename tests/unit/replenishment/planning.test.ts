import { countedIds, type OpenStorage, type TestClock } from 'orderwright/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { openPostgres } from '../../support/postgres/open-postgres.js'
import { testDatabase } from '../../support/postgres/test-database.js'
import { newKey, packed, stock } from '../../support/shop.js'
import { openMemory, openSqliteFile } from '../../support/stores-under-test.js'

const day = 86_400_000

interface Desk {
  readonly oms: OrderManagementFor
  readonly clock: TestClock
  readonly close: () => Promise<void>
}

const openDesk = async (openStore: OpenStorage): Promise<Desk> => {
  const opened = await openStore()
  const clock = opened.clock as TestClock
  // One clock may serve all openings of a store.
  clock.set('2026-03-01T09:00:00.000Z')
  const management = createOrderManagement({
    storage: opened.storage,
    policy: trustHost,
    clock,
    ids: countedIds(),
  })
  const close = async (): Promise<void> => opened.close?.()
  return { oms: management.as({ actor: { kind: 'user', id: 'ada' } }), clock, close }
}

/** Sells and ships so many mugs. */
const sell = async (oms: OrderManagementFor, quantity: number): Promise<void> => {
  const lines = [{ sku: 'MUG', quantity }]
  const { order } = await oms.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines }, newKey())
  await oms.orThrow.orders.confirm({ order })
  await oms.orThrow.shipments.ship({ shipment: await packed(oms, order), carrier: 'Parcel Post' })
}

describe.each([
  { store: 'memory', open: openMemory },
  { store: 'SQLite', open: openSqliteFile('libsql') },
  { store: 'PostgreSQL', open: openPostgres(testDatabase()) },
])('planning purchases over $store', ({ open }) => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk(open)
    await stock(desk.oms, 'MUG', 200, '12.50')
    await desk.oms.orThrow.parties.register({ id: 'ACME', roles: ['vendor'], name: 'Acme' }, newKey())
    await desk.oms.orThrow.parties.register({ id: 'BOLT', roles: ['vendor'], name: 'Bolt' }, newKey())
  })
  afterEach(() => desk.close())

  /** Ten weeks with one sale of 7 each: one a day on average. */
  const tenWeeks = async () => {
    for (let week = 0; week < 10; week += 1) {
      await sell(desk.oms, 7)
      desk.clock.advance(7 * day)
    }
  }

  it('M53 F163 says what to order from whom, in what the vendor sells, with the reason', async () => {
    const { oms } = desk
    const { inventory, replenishment } = oms.orThrow
    await stock(oms, 'CUP', 4, '3.00')
    await stock(oms, 'TRAY', 50, '9.00')
    const rule = { vendor: 'ACME', leadTimeDays: 5 }
    await inventory.configureReorder({ sku: 'CUP', point: 10, upTo: 30, multiple: 12, ...rule })
    await inventory.configureReorder({ sku: 'MUG', point: 250, orderQuantity: 40, vendor: 'BOLT' })
    await inventory.configureReorder({ sku: 'TRAY', point: 10, upTo: 30, ...rule })
    await inventory.expect({ sku: 'CUP', quantity: 1, expectedOn: '2026-03-03' }, newKey())
    const plan = await replenishment.requirements({})
    expect(plan).toMatchObject({
      asOf: '2026-03-01',
      horizonDays: 0,
      vendors: [
        {
          vendor: 'ACME',
          lines: [
            {
              sku: 'CUP',
              reason: 'at_reorder_point',
              orderOn: '2026-03-01',
              arrivesOn: '2026-03-06',
              quantity: 36,
              position: 5,
              onHand: 4,
              incoming: 1,
              point: 10,
              leadTimeDays: 5,
              unit: 'C62',
            },
          ],
        },
        { vendor: 'BOLT', lines: [{ sku: 'MUG', quantity: 80, position: 200 }] },
      ],
    })
    const ofBolt = await replenishment.requirements({ vendor: 'BOLT' })
    expect(ofBolt.vendors.map(({ vendor }) => vendor)).toEqual(['BOLT'])
    const paged = await replenishment.requirements({ limit: 1 })
    expect(paged.vendors).toHaveLength(1)
    expect(paged).toHaveProperty('next')
  })

  it('M54 M53 plans ahead of the point by what is forecast', async () => {
    await tenWeeks()
    const { inventory, replenishment } = desk.oms.orThrow
    // 130 are left and one leaves a day: 120 is reached in ten days.
    await inventory.configureReorder({
      sku: 'MUG',
      point: 120,
      orderQuantity: 50,
      vendor: 'ACME',
      leadTimeDays: 3,
    })
    expect((await replenishment.requirements({ horizonDays: 9 })).vendors).toEqual([])
    const { asOf, vendors } = await replenishment.requirements({ horizonDays: 30 })
    expect(asOf).toBe('2026-05-10')
    expect(vendors[0]?.lines).toMatchObject([
      {
        sku: 'MUG',
        reason: 'forecast_reaches_reorder_point',
        orderOn: '2026-05-20',
        arrivesOn: '2026-05-23',
        position: 130,
        positionThen: 120,
        quantity: 50,
      },
    ])
    expect(vendors[0]?.lines[0]?.dailyDemand).toBeCloseTo(1, 6)
    expect(vendors[0]?.lines[0]).not.toHaveProperty('shortOn')
  })

  it('M37 says when a level runs short before the goods can come', async () => {
    await tenWeeks()
    const { inventory, replenishment } = desk.oms.orThrow
    await inventory.adjust({ sku: 'MUG', quantity: -127, reason: 'broken' }, newKey())
    await inventory.configureReorder({ sku: 'MUG', point: 10, upTo: 40, leadTimeDays: 14 })
    const ask = async () => (await replenishment.requirements({})).vendors[0]?.lines[0]
    expect(await ask()).toMatchObject({ quantity: 37, shortOn: '2026-05-13' })
    await inventory.expect({ sku: 'MUG', quantity: 5, expectedOn: '2026-05-12' }, newKey())
    expect(await ask()).toMatchObject({ quantity: 32, shortOn: '2026-05-18' })
  })

  it('refuses to plan for a day that is over', async () => {
    const { replenishment } = desk.oms
    expect(await replenishment.requirements({ asOf: '2026-02-28' })).toMatchObject({
      error: { issues: [{ path: ['asOf'], rule: 'date.past' }] },
    })
    expect(await replenishment.requirements({ horizonDays: -1 })).toMatchObject({
      error: { issues: [{ path: ['horizonDays'], rule: 'horizon.range' }] },
    })
  })

  it('M54 F164 forecasts from what left, week by week, and says by which method and why', async () => {
    await tenWeeks()
    const { replenishment } = desk.oms.orThrow
    const forecast = await replenishment.forecast({ sku: 'MUG', horizon: 4 })
    expect(forecast).toMatchObject({
      sku: 'MUG',
      location: 'main',
      unit: 'C62',
      period: 'week',
      forecast: [7, 7, 7, 7],
      reason: 'smallest_holdout_error',
      pattern: { kind: 'smooth' },
    })
    expect(forecast.history).toHaveLength(10)
    expect(forecast.history[0]).toEqual({ from: '2026-03-01', demand: 7 })
    const days = await replenishment.forecast({ sku: 'MUG', period: 'day', horizon: 1, method: 'croston' })
    expect(days).toMatchObject({ method: 'croston', reason: 'asked_for', pattern: { kind: 'intermittent' } })
    expect(days.forecast[0]).toBeGreaterThan(1)
    const cold = desk.oms.replenishment.forecast({
      sku: 'MUG',
      seasonLength: 12,
      method: 'holt_winters_additive',
    })
    expect(await cold).toMatchObject({ error: { issues: [{ path: ['method'], rule: 'forecast.method' }] } })
    expect(await desk.oms.replenishment.forecast({ sku: 'NONE' })).toMatchObject({
      error: { code: 'unknown_sku' },
    })
  })

  it('M41 M43 F162 suggests a reorder rule out of the past, with every step of it', async () => {
    await tenWeeks()
    const suggestion = await desk.oms.orThrow.replenishment.suggest({
      sku: 'MUG',
      serviceLevelPercent: '95',
      leadTime: { meanDays: 14 },
      costs: {
        order: { amount: '20.00', currency: 'EUR' },
        unit: { amount: '8.00', currency: 'EUR' },
        yearlyHoldingPercent: '25',
      },
    })
    // Seven on one day of seven: the mean is 1, the deviation of 70 days 2.467, and 1.6449 * 2.467 * sqrt(14) is 15.2.
    expect(suggestion.dailyDemand).toMatchObject({ mean: 1, days: 70, pattern: { kind: 'intermittent' } })
    expect(suggestion.dailyDemand.deviation).toBeCloseTo(2.467, 3)
    expect(suggestion).toMatchObject({ safetyStock: 16, point: 30, orderQuantity: 85 })
    expect(suggestion.derivations.point).toMatchObject({
      formula: 'demand * leadTime + safetyStock',
      rounding: 'up',
      inputs: { serviceLevel: 0.95, leadTimeDays: { mean: 14, deviation: 0 } },
    })
    expect(suggestion.derivations.orderQuantity).toMatchObject({
      inputs: {
        annualDemand: 365,
        orderCost: { amount: '20.00', currency: 'EUR' },
        yearlyHoldingPercent: '25',
      },
    })
  })

  it.each([
    [{ serviceLevelPercent: '100' }, ['serviceLevelPercent'], 'percent.range'],
    [{ serviceLevelPercent: '0' }, ['serviceLevelPercent'], 'percent.range'],
    [{ leadTime: { meanDays: -1 } }, ['leadTime', 'meanDays'], 'days.range'],
  ])('refuses to suggest for %o', async (more, at, rule) => {
    const sound = { sku: 'MUG', serviceLevelPercent: '95', leadTime: { meanDays: 1 } }
    expect(await desk.oms.replenishment.suggest({ ...sound, ...more })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: at, rule }] },
    })
  })

  it('M56 M57 M58 M59 M144 M145 F166 tells how the stock is doing, in units and in money', async () => {
    await stock(desk.oms, 'CUP', 30, '3.00')
    await tenWeeks()
    const health = await desk.oms.orThrow.replenishment.health({
      from: '2026-03-01',
      to: '2026-05-09',
      slowAfterDays: 30,
      deadAfterDays: 60,
      costs: [{ sku: 'MUG', cost: { amount: '8.00', currency: 'EUR' } }],
      yearlyHoldingPercent: '25',
    })
    const [cup, mug] = health.items
    expect(cup).toMatchObject({ sku: 'CUP', movement: 'dead', idleDays: 69, averageOnHand: 30, turnover: 0 })
    expect(cup).not.toHaveProperty('atCost')
    expect(cup).not.toHaveProperty('daysOfInventory')
    // On hand at the end of each day: a week each of 193, 186, … 130.
    expect(mug).toMatchObject({
      sku: 'MUG',
      movement: 'moving',
      opening: 0,
      closing: 130,
      received: 200,
      shipped: 70,
      averageOnHand: 161.5,
      fillRate: 1,
      atCost: {
        goodsSold: { amount: '560.00', currency: 'EUR' },
        averageInventory: { amount: '1292.00', currency: 'EUR' },
        closing: { amount: '1040.00', currency: 'EUR' },
        // 1,292.00 at a quarter a year for 70 days.
        holding: { amount: '61.95', currency: 'EUR' },
      },
    })
    expect(mug?.daysOfInventory).toBeCloseTo(161.5, 9)
    const first = await desk.oms.orThrow.replenishment.health({
      from: '2026-03-01',
      to: '2026-03-01',
      limit: 1,
    })
    expect(first.items).toHaveLength(1)
    expect(first).toHaveProperty('next')
  })

  it('F165 sorts SKUs by what they turned over', async () => {
    await stock(desk.oms, 'CUP', 30, '3.00')
    await tenWeeks()
    const cost = (sku: string, amount: string) => ({ sku, cost: { amount, currency: 'EUR' } })
    const span = { from: '2026-03-01', to: '2026-05-09' }
    expect(
      await desk.oms.orThrow.replenishment.classes({
        ...span,
        costs: [cost('CUP', '1.00'), cost('MUG', '8.00')],
      }),
    ).toEqual({
      items: [
        {
          sku: 'MUG',
          class: 'A',
          shipped: 70,
          value: { amount: '560.00', currency: 'EUR' },
          cumulativePercent: '100.00',
        },
        {
          sku: 'CUP',
          class: 'C',
          shipped: 0,
          value: { amount: '0.00', currency: 'EUR' },
          cumulativePercent: '100.00',
        },
      ],
    })
    const { replenishment } = desk.oms
    const dollars = { sku: 'CUP', cost: { amount: '1.00', currency: 'USD' } }
    expect(await replenishment.classes({ ...span, costs: [cost('MUG', '8.00'), dollars] })).toMatchObject({
      error: { code: 'currency_mismatch' },
    })
    expect(
      await replenishment.classes({ ...span, costs: [cost('MUG', '8.00'), cost('MUG', '9.00')] }),
    ).toMatchObject({
      error: { issues: [{ path: ['costs'], rule: 'line.duplicateSku' }] },
    })
  })

  it('71 refuses a span that ends before it begins', async () => {
    const span = { from: '2026-03-02', to: '2026-03-01' }
    const { replenishment } = desk.oms
    const costs = [{ sku: 'MUG', cost: { amount: '8.00', currency: 'EUR' } }]
    for (const answer of [
      await replenishment.health(span),
      await replenishment.classes({ ...span, costs }),
    ]) {
      expect(answer).toMatchObject({ error: { issues: [{ path: ['to'], rule: 'range.order' }] } })
    }
  })
})
