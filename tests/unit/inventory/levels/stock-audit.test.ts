import { createOrderManagement, trustHost, type OrderManagementFor } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../../src/adapters/memory/memory-storage.js'
import { compensateStock } from '../../../../src/core/flows/compensate-stock.js'
import { keyName } from '../../../../src/core/ids/key.js'
import { singleTenant } from '../../../../src/core/ids/ids.js'
import type { Storage, StoredRecord } from '../../../../src/core/ports/storage.js'
import { placeOrder } from '../../../../src/core/flows/place-order.js'
import type { BackorderQueue } from '../../../../src/core/inventory/backorder-queue.js'
import type { Reservation } from '../../../../src/core/inventory/reservation.js'
import { stockKind, type StockLevel } from '../../../../src/core/inventory/stock-level.js'
import type { Transfer } from '../../../../src/core/inventory/transfer.js'
import type { Order } from '../../../../src/core/orders/order.js'
import { leavingOut } from '../../../support/leaving-out.js'
import { plantDrift } from '../../../support/plant-drift.js'
import { openPureShop, stockGoods } from '../../../support/pure-shop.js'
import { confirmed, newKey, openShop, shipped, stock, type Shop } from '../../../support/shop.js'
import { movementsOf } from '../../../support/stock-movements.js'

type Asked = Parameters<typeof compensateStock.plan>[3]

describe('the audit of a stock level', () => {
  let shop: Shop
  let oms: OrderManagementFor
  const audit = () => oms.orThrow.inventory.audit({ sku: 'MUG' })
  const compensate = (reason = 'audit', through = oms) =>
    through.inventory.compensate({ sku: 'MUG', reason }, newKey())
  /** The same shop, through a store of which something is different. */
  const over = (storage: Partial<Storage>) =>
    createOrderManagement({
      policy: trustHost,
      clock: shop.clock,
      storage: { ...shop.storage, ...storage },
    }).as({ actor: { kind: 'user', id: 'ada' } })
  /** So many reads that come by such a record show it as it was before. */
  const behind = (before: StoredRecord | undefined, times: number) => {
    let left = times
    const shown = (record: StoredRecord): StoredRecord =>
      before !== undefined && keyName(record.key) === keyName(before.key) && left-- > 0 ? before : record
    return over({ read: async (tenant, keys) => (await shop.storage.read(tenant, keys)).map(shown) })
  }
  const recordNow = async (kind: string, id: string): Promise<StoredRecord | undefined> =>
    (await shop.storage.read(singleTenant, [{ kind, id }]))[0]
  const level = () => oms.orThrow.inventory.level({ sku: 'MUG' })
  const figures = () => shop.stored(stockKind, 'main/MUG')
  const hold = async (quantity: number) => {
    const lines = [{ sku: 'MUG', quantity }]
    return (await oms.orThrow.inventory.hold({ owner: 'cart', seconds: 60, lines }, newKey())).reservation
  }
  const drift = (change: Partial<StockLevel>) =>
    plantDrift<StockLevel>(shop.storage, 'stock', 'main/MUG', (state) => ({ ...state, ...change }))

  beforeEach(async () => {
    shop = openShop()
    oms = shop.oms
    await stock(oms, 'MUG', 10, '12.50')
  })

  it('F55 says that a healthy level agrees, and leaves it alone when told to put it right', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 4 }])
    await shipped(oms, order, [{ line: 'L1', quantity: 1 }])
    await hold(2)
    const before = (await movementsOf(shop.storage, 'main/MUG')).length
    expect(await audit()).toEqual({
      sku: 'MUG',
      location: 'main',
      agrees: true,
      movements: before,
      findings: [],
      unsettled: [],
    })
    expect(await compensate()).toMatchObject({ ok: true, value: { differences: [] } })
    expect(await movementsOf(shop.storage, 'main/MUG')).toHaveLength(before)
  })

  it('takes a hold and the order it became for one account', async () => {
    const reservation = await hold(3)
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 4 }], {
      held: { reservation, owner: 'cart' },
    })
    expect((await audit()).findings).toEqual([])
    await shipped(oms, order, [{ line: 'L1', quantity: 2 }])
    expect((await audit()).findings).toEqual([])
    await oms.orThrow.orders.cancel({ order, reason: 'enough' }, newKey())
    expect((await audit()).findings).toEqual([])
  })

  it.each(['onHand', 'reserved', 'quarantined', 'incoming', 'safetyStock', 'backorderAllowance'] as const)(
    'ST1 ST10 finds that somebody has written over %s, and restores what the movements say',
    async (figure) => {
      await confirmed(oms, [{ sku: 'MUG', quantity: 4 }])
      const before = await level()
      await drift({ [figure]: (before[figure] as number) + 1 })
      expect((await audit()).findings).toEqual([
        { what: 'figure', figure, found: (before[figure] as number) + 1, due: before[figure] },
      ])
      expect(await compensate()).toMatchObject({ ok: true })
      expect(await level()).toMatchObject({ [figure]: before[figure] })
      expect((await audit()).agrees).toBe(true)
      expect(await oms.orThrow.verifyAudit({ kind: 'stock', id: 'main/MUG' })).toMatchObject({ intact: true })
    },
  )

  it('ST2 finds stock reserved for a hold that is gone, and gives it back (F54 F55)', async () => {
    const reservation = await hold(3)
    await plantDrift<Reservation>(shop.storage, 'reservation', reservation, (state) => ({
      ...state,
      status: 'released',
    }))
    const report = await audit()
    expect(report.findings).toEqual([
      { what: 'promised', documents: [{ kind: 'reservation', id: reservation }], found: 3, due: 0 },
    ])
    expect(report.proposal).toMatchObject({
      before: { reserved: 3 },
      after: { reserved: 0 },
      withoutGoods: 0,
    })
    await compensate('left-behind')
    expect(await level()).toMatchObject({ reserved: 0, available: 10 })
    expect((await movementsOf(shop.storage, 'main/MUG')).at(-1)).toMatchObject({
      type: 'StockCorrected',
      promised: [{ source: { kind: 'reservation', id: reservation }, quantity: -3 }],
      source: { kind: 'stock_audit', id: 'main/MUG 1' },
      reason: 'left-behind',
    })
    expect((await audit()).agrees).toBe(true)
  })

  it('ST2 finds an order that has less reserved than it was promised, even one that the ledger never heard of', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 2 }])
    await plantDrift<Order>(shop.storage, 'order', order, (state) => ({
      ...state,
      lines: state.lines.map((line) => ({ ...line, quantity: 5, allocated: 5 })),
    }))
    expect((await audit()).findings).toEqual([
      { what: 'promised', documents: [{ kind: 'order', id: order }], found: 2, due: 5 },
    ])
    await compensate()
    expect(await level()).toMatchObject({ reserved: 5, available: 5 })
    await stock(oms, 'CUP', 1, '1.00')
    const stranger = await confirmed(oms, [{ sku: 'CUP', quantity: 1 }])
    await plantDrift<Order>(shop.storage, 'order', stranger, (state) => ({
      ...state,
      lines: state.lines.map((line) => ({ ...line, sku: 'MUG' as never })),
    }))
    expect((await audit()).findings).toMatchObject([{ documents: [{ id: stranger }], found: 0, due: 1 }])
  })

  it('ST8 finds goods that are on the way by the level but by no transfer', async () => {
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5, location: 'annex' }, newKey())
    const { transfer } = await oms.orThrow.transfers.plan(
      { from: 'annex', to: 'main', lines: [{ sku: 'MUG', quantity: 5 }] },
      newKey(),
    )
    await oms.orThrow.transfers.ship({ transfer })
    expect((await audit()).agrees).toBe(true)
    await plantDrift<Transfer>(shop.storage, 'transfer', transfer, (state) => ({
      ...state,
      lines: state.lines.map((line) => ({ ...line, received: 2 })),
    }))
    expect((await audit()).findings).toEqual([
      { what: 'incoming', documents: [{ kind: 'transfer', id: transfer }], found: 5, due: 3 },
    ])
    await compensate()
    expect(await level()).toMatchObject({ incoming: 3 })
    expect((await audit()).agrees).toBe(true)
  })

  it('ST8 counts what has come or will not come as no longer on the way, and finds what still is', async () => {
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 9, location: 'annex' }, newKey())
    const sent = async (quantity: number) => {
      const lines = [{ sku: 'MUG', quantity }]
      const { transfer } = await oms.orThrow.transfers.plan({ from: 'annex', to: 'main', lines }, newKey())
      await oms.orThrow.transfers.ship({ transfer })
      return transfer
    }
    await oms.orThrow.transfers.receive({ transfer: await sent(5) }, newKey())
    const receipt = { sku: 'MUG', quantity: 8, expectedOn: '2026-04-01' }
    await oms.orThrow.inventory.expect({ id: 'E-1', ...receipt }, newKey())
    await oms.orThrow.inventory.cancelExpected({ expected: 'E-1', reason: 'late' })
    const transfer = await sent(4)
    expect(await level()).toMatchObject({ onHand: 15, incoming: 4 })
    expect((await audit()).agrees).toBe(true)
    for (const change of [{ status: 'received' }, { status: 'partially_received', to: 'north' }]) {
      await plantDrift<Transfer>(
        shop.storage,
        'transfer',
        transfer,
        (state) => ({ ...state, ...change }) as Transfer,
      )
      expect((await audit()).findings).toEqual([
        { what: 'incoming', documents: [{ kind: 'transfer', id: transfer }], found: 4, due: 0 },
      ])
    }
  })

  it('ST9 leaves those who wait where they are, and does not decide who waits when their queue says otherwise', async () => {
    await confirmed(oms, [{ sku: 'MUG', quantity: 6 }])
    await oms.orThrow.inventory.adjust(
      { sku: 'MUG', quantity: -7, reason: 'fire', shortage: 'backorder' },
      newKey(),
    )
    const short = { onHand: 3, reserved: 3, shorted: 3, backordered: 3 }
    expect(await figures()).toMatchObject(short)
    await drift({ onHand: 4 })
    await compensate()
    expect(await figures()).toMatchObject(short)
    expect((await audit()).agrees).toBe(true)
    await plantDrift<BackorderQueue>(shop.storage, 'backorder_queue', 'main/MUG', (queue) => ({
      ...queue,
      promises: queue.promises.map((promise) => ({ ...promise, quantity: 2 })),
    }))
    expect((await audit()).findings).toEqual([{ what: 'waiting', found: 3, due: 2 }])
    expect(await compensate()).toMatchObject({
      error: { code: 'stock_below_reserved', details: { withoutGoods: 1 } },
    })
    expect(await figures()).toMatchObject(short)
  })

  it('finds all that is wrong at once', async () => {
    const reservation = await hold(3)
    await plantDrift<Reservation>(shop.storage, 'reservation', reservation, (state) => ({
      ...state,
      lines: state.lines.map((line) => ({ ...line, quantity: 1 })),
    }))
    await drift({ onHand: 12, quarantined: 1 })
    expect((await audit()).findings.map(({ what, figure }) => figure ?? what)).toEqual([
      'onHand',
      'quarantined',
      'promised',
    ])
    await compensate()
    expect(await level()).toMatchObject({ onHand: 10, quarantined: 0, reserved: 1, available: 9 })
  })

  it('ST9 does not decide whose promise loses its goods: that is refused', async () => {
    await confirmed(oms, [{ sku: 'MUG', quantity: 8 }])
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 2 }])
    await plantDrift<Order>(shop.storage, 'order', order, (state) => ({
      ...state,
      lines: state.lines.map((line) => ({ ...line, quantity: 5, allocated: 5 })),
    }))
    expect((await audit()).proposal).toMatchObject({ withoutGoods: 3 })
    expect(await compensate()).toMatchObject({
      error: { code: 'stock_below_reserved', details: { withoutGoods: 3 } },
    })
  })

  it('puts a level right once, however many ask for it', async () => {
    await drift({ onHand: 13 })
    const answers = await Promise.all([compensate(), compensate(), compensate()])
    expect(answers.filter((answer) => answer.ok && answer.value.differences.length > 0)).toHaveLength(1)
    expect(await level()).toMatchObject({ onHand: 10 })
  })

  it('puts it right while it moves: the difference is taken off, not the figure set back', async () => {
    await drift({ onHand: 13 })
    const [compensated] = await Promise.all([
      compensate(),
      oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 20 }, newKey()),
    ])
    expect(compensated).toMatchObject({ ok: true })
    expect(await level()).toMatchObject({ onHand: 30 })
    expect((await audit()).agrees).toBe(true)
  })

  it('gives no alarm while the level never stands still, and says whose movements it has not settled', async () => {
    let moves = 0
    let isMoving = true
    const moved: string[] = []
    const restless = openShop((options) => {
      const storage = memoryStorage(options)
      return {
        ...storage,
        read: async (tenant, keys) => {
          const records = await storage.read(tenant, keys)
          if (!isMoving && keys.some(({ kind }) => kind === 'stock')) {
            isMoving = true
            moves += 1
            moved.push(await confirmed(restless.oms, [{ sku: 'MUG', quantity: 1 }]))
            isMoving = false
          }
          return records
        },
      }
    })
    await stock(restless.oms, 'MUG', 10, '12.50')
    isMoving = false
    const report = await restless.oms.orThrow.inventory.audit({ sku: 'MUG' })
    isMoving = true
    expect(moves).toBeGreaterThan(5)
    expect(report).toMatchObject({ agrees: true, findings: [] })
    expect(report.unsettled.map(({ id }) => id)).toEqual(moved.slice(-3, -1))
    expect((await restless.oms.orThrow.inventory.audit({ sku: 'MUG' })).unsettled).toEqual([])
  })

  describe('of what was read before the commit', () => {
    /** Two of ten mugs are promised to an order, and an audit has read that it says three. */
    const asked = (more: Partial<Asked>) => {
      const pure = openPureShop()
      stockGoods(pure, 'MUG', 10, '12.50')
      const placed = pure.run(placeOrder, {
        channel: 'web',
        currency: 'EUR',
        lines: [{ sku: 'MUG', quantity: 2 }],
      })
      if (!placed.ok) throw new Error(placed.error.code)
      const source = { kind: 'order', id: placed.value.order }
      const versionOf = (id: string) => pure.events.filter(({ key }) => key.id === id).length
      const read: Asked = {
        compensations: 0,
        audited: versionOf('main/MUG'),
        differences: [{ what: 'promised', documents: [source], ledger: 2, says: 3 }],
        documents: [{ source, version: versionOf(source.id) }],
        ...more,
      }
      return { answer: pure.run(compensateStock, { sku: 'MUG', reason: 'audit' }, read), source }
    }
    const changed = (details: object) => ({ ok: false, error: { code: 'changed_meanwhile', details } })

    it('books what is as it was read', () => {
      expect(asked({}).answer).toMatchObject({ ok: true, value: { reserved: 3 } })
    })

    it('takes no document at its word that has changed since it was asked', () => {
      const { source } = asked({})
      expect(asked({ documents: [{ source, version: 1 }] }).answer).toMatchObject(changed(source))
    })

    it('takes no document for absent that a read has left out', () => {
      const { source } = asked({})
      expect(asked({ documents: [{ source }] }).answer).toMatchObject(changed(source))
    })

    it('F55 compares no document with a level that has moved since: a read that was behind would make a difference of it', () => {
      expect(asked({ audited: 1 }).answer).toMatchObject(changed({ level: 'main/MUG' }))
    })

    it('F55 believes no queue that is not as it was read', () => {
      const differences = [{ what: 'waiting', ledger: 0, says: 1 }] as const
      expect(asked({ differences, documents: [] }).answer).toMatchObject(changed({ level: 'main/MUG' }))
    })
  })

  it('F55 takes an order and the hold it came from for one account, though a read shows the hold as it was before', async () => {
    const reservation = await hold(3)
    const before = await recordNow('reservation', reservation)
    await confirmed(oms, [{ sku: 'MUG', quantity: 3 }], { held: { reservation, owner: 'cart' } })
    expect(await compensate('audit', behind(before, 1))).toMatchObject({
      error: { code: 'changed_meanwhile', details: { kind: 'reservation', id: reservation } },
    })
    expect(await level()).toMatchObject({ reserved: 3 })
  })

  it('F55 puts right what an order has that came from a hold of other goods', async () => {
    await stock(oms, 'CUP', 10, '2.50')
    const cups = [{ sku: 'CUP', quantity: 1 }]
    const held = await oms.orThrow.inventory.hold({ owner: 'cart', seconds: 60, lines: cups }, newKey())
    const order = await confirmed(oms, [...cups, { sku: 'MUG', quantity: 2 }], {
      held: { reservation: held.reservation, owner: 'cart' },
    })
    await plantDrift<Order>(shop.storage, 'order', order, (state) => ({
      ...state,
      lines: state.lines.map((line) => ({ ...line, quantity: 5, allocated: 5 })),
    }))
    expect(await compensate()).toMatchObject({
      ok: true,
      value: { differences: [{ what: 'promised', ledger: 2, says: 5 }] },
    })
    expect(await level()).toMatchObject({ reserved: 5 })
  })

  it('F55 corrects no figure that somebody sets anew between audit and commit', async () => {
    await drift({ safetyStock: 2 })
    let isFirst = true
    const raced = over({
      update: async (tenant, keys, decide) => {
        if (isFirst) {
          isFirst = false
          await oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 5 })
        }
        return shop.storage.update(tenant, keys, decide)
      },
    })
    expect(await compensate('audit', raced)).toMatchObject({
      error: { code: 'changed_meanwhile', details: { level: 'main/MUG' } },
    })
    expect(await figures()).toMatchObject({ safetyStock: 5 })
  })

  it('F55 books no difference twice, though reads show the level as it was before the correction', async () => {
    await drift({ onHand: 12 })
    const before = await recordNow('stock', 'main/MUG')
    await compensate()
    expect(await compensate('audit', behind(before, 2))).toMatchObject({
      error: { code: 'changed_meanwhile', details: { audit: 'main/MUG' } },
    })
    expect(await level()).toMatchObject({ onHand: 10 })
  })

  it('F55 takes nothing back from an order that reads have left out', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 4 }])
    const blind = over({
      ...leavingOut(shop.storage, 'order'),
      find: async (tenant, query) => ({
        ...(await shop.storage.find(tenant, query)),
        ...(query.kind === 'order' && { items: [] }),
      }),
    })
    expect(await compensate('audit', blind)).toMatchObject({
      error: { code: 'changed_meanwhile', details: { kind: 'order', id: order } },
    })
    expect(await level()).toMatchObject({ reserved: 4 })
  })

  it('F55 books nothing on the word of a history that breaks off before the last movement', async () => {
    const hasty = over({
      async *history(tenant, key, after) {
        const events = []
        for await (const event of shop.storage.history(tenant, key, after)) events.push(event)
        yield* events.slice(0, -1)
      },
    })
    await confirmed(shop.oms, [{ sku: 'MUG', quantity: 1 }])
    const before = await level()
    expect(await compensate('audit', hasty)).toMatchObject({
      error: { code: 'changed_meanwhile', details: { level: 'main/MUG' } },
    })
    expect(await level()).toEqual(before)
  })

  it('F55 calls no level right that it could not read to audit it: that is to be asked again', async () => {
    await drift({ onHand: 13 })
    const blind = over(leavingOut(shop.storage, 'stock'))
    expect(await compensate('audit', blind)).toMatchObject({
      error: { code: 'changed_meanwhile', details: { level: 'main/MUG' } },
    })
    expect(await level()).toMatchObject({ onHand: 13 })
    expect(await compensate()).toMatchObject({ ok: true, value: { differences: [{ figure: 'onHand' }] } })
    expect(await level()).toMatchObject({ onHand: 10 })
  })

  it('ST12 knows nothing of a level that was never opened', async () => {
    expect(await oms.inventory.audit({ sku: 'NO' })).toMatchObject({ error: { code: 'unknown_sku' } })
    expect(await oms.inventory.compensate({ sku: 'NO', reason: 'x' }, newKey())).toMatchObject({
      error: { code: 'unknown_sku' },
    })
  })
})

describe('the ledger of a stock level', () => {
  let oms: OrderManagementFor

  beforeEach(async () => {
    oms = openShop().oms
    await stock(oms, 'MUG', 10, '12.50')
    await oms.orThrow.inventory.adjust(
      { sku: 'MUG', quantity: -1, reason: 'broken', document: 'INC-7' },
      newKey(),
    )
    await shipped(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 4 }]))
  })

  it('F33 F54 M49 M109 tells what happened, because of which document, with running figures', async () => {
    const { items } = await oms.orThrow.inventory.movements({ sku: 'MUG' })
    expect(items.map(({ what, change, after }) => [what, change, after.onHand, after.reserved])).toEqual([
      ['StockLevelOpened', {}, 0, 0],
      ['StockReceived', { onHand: 10 }, 10, 0],
      ['StockAdjusted', { onHand: -1 }, 9, 0],
      ['StockReserved', { reserved: 4 }, 9, 4],
      ['StockShipped', { onHand: -4, reserved: -4 }, 5, 0],
    ])
    expect(items[2]).toMatchObject({
      version: 3,
      at: '2026-03-01T09:00:00.000Z',
      actor: { kind: 'user', id: 'ada' },
      command: 'inventory.adjust',
      label: 'Stock adjusted',
      source: { kind: 'adjustment', id: 'INC-7' },
      reason: 'broken',
    })
    expect(items.at(-1)?.source?.kind).toBe('order')
  })

  it('comes page by page, and the figures run on', async () => {
    const first = await oms.orThrow.inventory.movements({ sku: 'MUG', limit: 2 })
    const second = await oms.orThrow.inventory.movements({ sku: 'MUG', limit: 2, cursor: first.next ?? '' })
    const third = await oms.orThrow.inventory.movements({ sku: 'MUG', limit: 2, cursor: second.next ?? '' })
    expect(third.next).toBeUndefined()
    const { items } = await oms.orThrow.inventory.movements({ sku: 'MUG' })
    expect([...first.items, ...second.items, ...third.items]).toEqual(items)
  })

  it('leaves out what is known already', async () => {
    const { items } = await oms.orThrow.inventory.movements({ sku: 'MUG', after: 3 })
    expect(items.map(({ version, after }) => [version, after.onHand])).toEqual([
      [4, 9],
      [5, 5],
    ])
  })

  it('refuses cursors that are none, and levels that were never opened', async () => {
    expect(await oms.inventory.movements({ sku: 'MUG', cursor: 'x' })).toMatchObject({
      error: { issues: [{ path: ['cursor'], rule: 'cursor.format' }] },
    })
    expect(await oms.inventory.movements({ sku: 'NO' })).toMatchObject({ error: { code: 'unknown_sku' } })
  })
})
