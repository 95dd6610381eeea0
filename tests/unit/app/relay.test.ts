import { describe, expect, it } from 'vitest'
import {
  createOrderManagement,
  StorageError,
  trustHost,
  type Delivery,
  type Notification,
  type Notifier,
  type OrderManagementFor,
  type Storage,
} from 'orderwright'
import { countedIds, recordingNotifier } from 'orderwright/testing'
import { singleTenant } from '../../../src/core/ids/ids.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, orderMugs, settled, stockMugs, type DeskOptions } from '../../support/desk.js'

const nothing = { claimed: 0, delivered: 0, retried: 0, parked: 0 }

const openStocked = async (options: DeskOptions = {}) => {
  const desk = openDesk(options)
  await stockMugs(desk.clerk, 1_000)
  return desk
}

const confirmedOrder = async (clerk: OrderManagementFor): Promise<string> => {
  const order = await orderMugs(clerk)
  await clerk.orThrow.orders.confirm({ order })
  return order
}

const topicsOf = (notifications: readonly Notification[]) => notifications.map(({ topic }) => topic)

/** A channel that waits with every delivery until the test says how it ends. */
const heldNotifier = () => {
  const begun: { readonly notification: Notification; readonly end: (error?: Error) => void }[] = []
  const notifier: Notifier = {
    deliver: (notification) =>
      new Promise((resolve, reject) => {
        begun.push({ notification, end: (error) => (error === undefined ? resolve() : reject(error)) })
      }),
  }
  return { notifier, begun }
}

/** Keeps what is settled, and breaks while `broken` says so. */
const watchedSettling = () => {
  const watch = { results: [] as Delivery[], broken: false }
  const around = (storage: Storage): Storage => ({
    ...passThrough(storage),
    settle: async (results) => {
      if (watch.broken) throw new StorageError('storage_unavailable', 'down')
      watch.results.push(...results)
      await storage.settle(results)
    },
  })
  return { watch, around }
}

describe('a relay', () => {
  it('M113 F177 NO1 delivers one message per change and channel, and none for a change that was refused', async () => {
    const { oms, clerk, email } = await openStocked()
    const order = await confirmedOrder(clerk)
    expect(await clerk.orders.confirm({ order })).toMatchObject({ ok: false })
    expect(await oms.relay()).toEqual({ ...nothing, claimed: 2, delivered: 2 })
    expect(topicsOf(email.delivered)).toEqual(['order_received', 'order_confirmed'])
    expect(email.delivered[0]).toMatchObject({
      tenant: 'main',
      channel: 'email',
      recipient: { role: 'customer' },
      content: { order, status: 'placed' },
      createdAt: '2026-03-01T09:00:00.000Z',
      attempt: 1,
    })
  })

  it('F187 names with each message the record it is about and its version, from one change to the next', async () => {
    const { oms, clerk, storage, email } = await openStocked()
    const order = await orderMugs(clerk)
    const about = { kind: 'order', id: order }
    const versionNow = async () => (await storage.read(singleTenant, [about]))[0]?.version
    const placed = await versionNow()
    await clerk.orThrow.orders.confirm({ order })
    const confirmed = await versionNow()
    expect(confirmed).not.toBe(placed)
    await oms.relay()
    expect(email.delivered.map((told) => ({ about: told.about, version: told.version }))).toEqual([
      { about, version: placed },
      { about, version: confirmed },
    ])
  })

  it('NO1 has no message of a commit that failed', async () => {
    let fail = false
    const { oms, clerk } = await openStocked({
      around: (storage) => ({
        ...passThrough(storage),
        update: async (tenant, keys, decide) =>
          storage.update(tenant, keys, (records, now) => {
            const writes = decide(records, now)
            if (fail) throw new StorageError('storage_unavailable', 'the disk is full')
            return writes
          }),
      }),
    })
    fail = true
    await expect(orderMugs(clerk)).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await oms.relay()).toEqual(nothing)
  })

  it('LV4 finds nothing left to do afterwards', async () => {
    const { oms, clerk } = await openStocked()
    await confirmedOrder(clerk)
    await oms.relay()
    expect(await oms.relay()).toEqual(nothing)
  })

  it('delivers messages of every tenant under its own tenant', async () => {
    const { oms, email } = openDesk()
    for (const tenant of ['north', 'south']) {
      const clerk = oms.as({ tenant, actor: { kind: 'user', id: 'ada' } })
      await stockMugs(clerk)
      await orderMugs(clerk)
    }
    await oms.relay()
    expect(email.delivered.map(({ tenant }) => tenant).sort()).toEqual(['north', 'south'])
  })

  it('takes at most as many messages as it is told', async () => {
    const { oms, clerk } = await openStocked()
    for (let order = 0; order < 5; order += 1) await orderMugs(clerk)
    expect(await oms.relay({ limit: 3 })).toMatchObject({ claimed: 3, delivered: 3 })
    expect(await oms.relay({ limit: 3 })).toMatchObject({ claimed: 2, delivered: 2 })
  })

  it.each([{ limit: 0 }, { limit: Number.NaN }, { lease: 0 }, { lease: -1 }])(
    'refuses %j',
    async (options) => {
      const { oms } = openDesk()
      await expect(oms.relay(options)).rejects.toMatchObject({ code: 'configuration' })
    },
  )
})

describe('a delivery that fails', () => {
  it('F178 NO2 keeps the id of a message over every attempt and counts the attempts', async () => {
    const { oms, clerk, clock, email } = await openStocked()
    await orderMugs(clerk)
    email.failNext(2)
    for (let round = 0; round < 3; round += 1) {
      await oms.relay()
      clock.advance(10_000)
    }
    expect(new Set(email.attempted.map(({ id }) => id)).size).toBe(1)
    expect(email.attempted.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    expect(email.delivered).toHaveLength(1)
  })

  it('is tried again after a second, then after twice as long each time', async () => {
    const { oms, clerk, clock, email } = await openStocked()
    await orderMugs(clerk)
    email.failNext(3)
    for (const wait of [1_000, 2_000, 4_000]) {
      expect(await oms.relay()).toMatchObject({ claimed: 1, retried: 1 })
      clock.advance(wait - 1)
      expect(await oms.relay()).toEqual(nothing)
      clock.advance(1)
    }
    expect(await oms.relay()).toMatchObject({ claimed: 1, delivered: 1 })
  })

  it('parks its message after as many attempts as are set', async () => {
    const { oms, clerk, clock, email } = await openStocked({ settings: { deliveryAttempts: 3 } })
    await orderMugs(clerk)
    email.failNext(10)
    const reports = []
    for (let round = 0; round < 4; round += 1) {
      reports.push(await oms.relay())
      clock.advance(3_600_000)
    }
    expect(reports).toEqual([
      { ...nothing, claimed: 1, retried: 1 },
      { ...nothing, claimed: 1, retried: 1 },
      { ...nothing, claimed: 1, parked: 1 },
      nothing,
    ])
  })

  it('parks its message at once when it says that it is permanent', async () => {
    const { watch, around } = watchedSettling()
    const { oms, clerk, email } = await openStocked({ around })
    await orderMugs(clerk)
    email.failNext(1, Object.assign(new Error('no such mailbox'), { permanent: true, code: 'EENVELOPE' }))
    expect(await oms.relay()).toMatchObject({ parked: 1 })
    expect(watch.results).toMatchObject([{ outcome: 'parked', reason: 'EENVELOPE' }])
  })

  it.each([
    ['its code', Object.assign(new Error('x'), { code: 'ETIMEDOUT' }), 'ETIMEDOUT'],
    ['its name', new TypeError('fetch failed for ada@example.org'), 'TypeError'],
    ['no code with an address in it', Object.assign(new Error('x'), { code: 'no ada@example.org' }), 'Error'],
    ['nothing where there is nothing', 'ada@example.org is full', 'delivery_failed'],
  ])('SE7 leaves %s as the reason and never its message', async (_what, error, reason) => {
    const { watch, around } = watchedSettling()
    const { oms, clerk, email } = await openStocked({ around })
    await orderMugs(clerk)
    email.failNext(1, error as Error)
    await oms.relay()
    expect(watch.results).toMatchObject([{ outcome: 'retry', reason }])
    expect(JSON.stringify(watch.results)).not.toContain('example.org')
  })

  it('is given up when its lease ends, and tried again', async () => {
    const { notifier, begun } = heldNotifier()
    const { oms, clerk, clock } = await openStocked({ notifiers: { email: notifier } })
    await orderMugs(clerk)
    const first = oms.relay({ lease: 5_000 })
    await settled()
    expect(begun).toHaveLength(1)
    clock.advance(5_000)
    expect(await first).toMatchObject({ claimed: 1, retried: 1 })
    clock.advance(1_000)
    const second = oms.relay({ lease: 5_000 })
    await settled()
    expect(begun.map(({ notification }) => notification.attempt)).toEqual([1, 2])
    begun[1]?.end()
    expect(await second).toMatchObject({ claimed: 1, delivered: 1 })
  })

  it('parks a message of a channel that has no notifier any more', async () => {
    const { watch, around } = watchedSettling()
    const { clerk, storage, clock } = await openStocked({
      around,
      notifiers: { email: recordingNotifier(), fax: recordingNotifier() },
    })
    await orderMugs(clerk)
    const later = createOrderManagement({
      storage,
      clock,
      policy: trustHost,
      ids: countedIds(1),
      notifiers: { email: recordingNotifier() },
    })
    expect(await later.relay()).toMatchObject({ delivered: 1, parked: 1 })
    expect(watch.results).toContainEqual(
      expect.objectContaining({ outcome: 'parked', reason: 'no_notifier' }),
    )
  })
})

describe('the order of messages', () => {
  it('NO3 sends the next message of an order only after the one before it was delivered', async () => {
    const { oms, clerk, clock, email } = await openStocked()
    await confirmedOrder(clerk)
    email.failNext(1)
    expect(await oms.relay()).toEqual({ ...nothing, claimed: 1, retried: 1 })
    expect(topicsOf(email.attempted)).toEqual(['order_received'])
    clock.advance(1_000)
    await oms.relay()
    expect(topicsOf(email.delivered)).toEqual(['order_received', 'order_confirmed'])
  })

  it('NO3 holds for a second relay too, while the first has the message in hand', async () => {
    const { notifier, begun } = heldNotifier()
    const { oms, clerk } = await openStocked({ notifiers: { email: notifier } })
    await confirmedOrder(clerk)
    const first = oms.relay()
    await settled()
    expect(await oms.relay()).toEqual(nothing)
    expect(begun).toHaveLength(1)
    begun[0]?.end()
    await settled()
    expect(begun.map(({ notification }) => notification.topic)).toEqual(['order_received', 'order_confirmed'])
    begun[1]?.end()
    expect(await first).toMatchObject({ claimed: 2, delivered: 2 })
  })

  it('NO4 passes over no message that was committed while a relay was under way', async () => {
    const { notifier, begun } = heldNotifier()
    const { oms, clerk } = await openStocked({ notifiers: { email: notifier } })
    await orderMugs(clerk)
    const first = oms.relay({ limit: 1 })
    await settled()
    const late = await orderMugs(clerk)
    begun[0]?.end()
    await first
    const second = oms.relay({ limit: 1 })
    await settled()
    expect(begun[1]?.notification.content).toMatchObject({ order: late })
    begun[1]?.end()
    expect(await second).toMatchObject({ delivered: 1 })
  })

  it('NO5 parks the messages of one order only, and puts them back in line when told', async () => {
    const { oms, clerk, email } = await openStocked()
    const poisoned = await confirmedOrder(clerk)
    email.failNext(1, Object.assign(new Error('bad template'), { permanent: true }))
    await oms.relay({ limit: 1 })
    const healthy = await confirmedOrder(clerk)
    await oms.relay()
    expect(email.delivered.map(({ content }) => content['order'])).toEqual([healthy, healthy])
    expect(await oms.relay()).toEqual(nothing)

    const about = { kind: 'order', id: poisoned }
    expect(await oms.releaseParked({ about, tenant: 'another' })).toBe(0)
    expect(await oms.releaseParked({ about })).toBe(1)
    await oms.relay()
    expect(topicsOf(email.delivered.slice(2))).toEqual(['order_received', 'order_confirmed'])
  })
})

describe('several relays', () => {
  it('NO7 deliver each message once when they run at once', async () => {
    const { oms, clerk, email } = await openStocked()
    for (let order = 0; order < 40; order += 1) await confirmedOrder(clerk)
    const round = () => Promise.all(Array.from({ length: 5 }, () => oms.relay({ limit: 30 })))
    const reports = [...(await round()), ...(await round())]
    expect(reports.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(80)
    expect(new Set(email.attempted.map(({ id }) => id)).size).toBe(80)
    expect(email.attempted).toHaveLength(80)
  })

  it('NO7 begin no delivery after their lease has ended', async () => {
    const { notifier, begun } = heldNotifier()
    const { oms, clerk, clock } = await openStocked({
      notifiers: { email: notifier },
      settings: { deliveriesAtOnce: 1 },
    })
    await orderMugs(clerk)
    await orderMugs(clerk)
    const first = oms.relay({ lease: 5_000, limit: 2 })
    await settled()
    clock.advance(5_000)
    // The first was given up, the second never begun: both may belong to another relay by now.
    expect(await first).toMatchObject({ claimed: 2, delivered: 0, retried: 1 })
    expect(begun).toHaveLength(1)
  })

  it('NO7 begin no delivery when looking up what to say took longer than their lease', async () => {
    let letGo: (() => void) | undefined
    let slow = false
    const { oms, clerk, clock, email } = await openStocked({
      around: (storage) => ({
        ...passThrough(storage),
        read: async (...rest) => {
          if (slow) await new Promise<void>((resolve) => (letGo = resolve))
          return storage.read(...rest)
        },
      }),
    })
    await orderMugs(clerk)
    slow = true
    const relayed = oms.relay({ lease: 5_000 })
    await settled()
    clock.advance(5_000)
    expect(await relayed).toMatchObject({ claimed: 1, retried: 1 })
    slow = false
    letGo?.()
    await settled()
    expect(email.attempted).toEqual([])
  })

  it('NO7 cannot settle what another has claimed since', async () => {
    const { notifier, begun } = heldNotifier()
    const { oms, clerk, clock, storage } = await openStocked({ notifiers: { email: notifier } })
    await orderMugs(clerk)
    const [stale] = await storage.claim(1, 5_000)
    clock.advance(5_000)
    const relayed = oms.relay()
    await settled()
    expect(begun).toHaveLength(1)
    if (stale !== undefined) await storage.settle([{ ...stale, outcome: 'delivered' }])
    begun[0]?.end(new Error('the line is dead'))
    expect(await relayed).toMatchObject({ retried: 1 })
    clock.advance(2_000)
    const again = oms.relay()
    await settled()
    begun[1]?.end()
    expect(await again).toMatchObject({ delivered: 1 })
  })
})

describe('a crash', () => {
  it('NO6 repeats what was delivered but not settled under the same id, so a consumer that remembers ids sees it once', async () => {
    const { watch, around } = watchedSettling()
    const { oms, clerk, clock, email } = await openStocked({ around })
    await confirmedOrder(clerk)
    watch.broken = true
    await expect(oms.relay()).rejects.toMatchObject({ code: 'storage_unavailable' })
    watch.broken = false
    expect(await oms.relay()).toEqual(nothing)
    clock.advance(60_000)
    await oms.relay()
    expect(topicsOf(email.delivered)).toEqual(['order_received', 'order_received', 'order_confirmed'])
    const remembered = new Map(email.delivered.map((notification) => [notification.id, notification.topic]))
    expect([...remembered.values()]).toEqual(['order_received', 'order_confirmed'])
  })

  it('sends nothing more once it cannot settle', async () => {
    const { watch, around } = watchedSettling()
    const { oms, clerk, email } = await openStocked({ around, settings: { deliveriesAtOnce: 1 } })
    for (let order = 0; order < 20; order += 1) await orderMugs(clerk)
    watch.broken = true
    await expect(oms.relay()).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(email.delivered.length).toBeLessThan(5)
  })
})

describe('the pace of a relay', () => {
  it('has no more deliveries under way at once than are set', async () => {
    const { notifier, begun } = heldNotifier()
    const { oms, clerk } = await openStocked({
      notifiers: { email: notifier },
      settings: { deliveriesAtOnce: 4 },
    })
    for (let order = 0; order < 9; order += 1) await orderMugs(clerk)
    const relayed = oms.relay()
    for (const expected of [4, 8, 9]) {
      await settled()
      expect(begun).toHaveLength(expected)
      for (const { end } of begun) end()
    }
    expect(await relayed).toMatchObject({ delivered: 9 })
  })

  it('settles what is delivered while another delivery is slow', async () => {
    const { notifier, begun } = heldNotifier()
    const { watch, around } = watchedSettling()
    const { oms, clerk } = await openStocked({ around, notifiers: { email: notifier } })
    for (let order = 0; order < 3; order += 1) await orderMugs(clerk)
    const relayed = oms.relay()
    await settled()
    begun[0]?.end()
    begun[2]?.end()
    await settled()
    expect(watch.results).toHaveLength(2)
    begun[1]?.end()
    expect(await relayed).toMatchObject({ delivered: 3 })
  })
})

describe('the recipient', () => {
  const register = (clerk: OrderManagementFor, name: string) =>
    clerk.orThrow.parties.register(
      { id: 'ada', roles: ['customer'], name, email: 'ada@example.org' },
      freshKey(),
    )

  it('is looked up when the message is sent', async () => {
    const { oms, clerk, email } = await openStocked()
    await register(clerk, 'Ada Byron')
    await orderMugs(clerk, 1, { customer: 'ada' })
    await clerk.orThrow.parties.changeContact({ party: 'ada', name: 'Ada Lovelace' })
    await oms.relay()
    expect(email.delivered).toMatchObject([
      { recipient: { role: 'customer', name: 'Ada Lovelace', email: 'ada@example.org' } },
    ])
  })

  it('parks the message of a customer who was erased, and tells no name to anybody', async () => {
    const { watch, around } = watchedSettling()
    const { oms, clerk, email } = await openStocked({ around })
    await register(clerk, 'Ada Byron')
    const shipTo = { name: 'Ada Byron', street: 'Main 1', city: 'London', postalCode: 'E1', country: 'GB' }
    await orderMugs(clerk, 1, { customer: 'ada', shipTo })
    await clerk.orThrow.parties.erase({ party: 'ada' })
    expect(await oms.relay()).toMatchObject({ parked: 1 })
    expect(watch.results).toMatchObject([{ outcome: 'parked', reason: 'recipient_unknown' }])
    expect(email.attempted).toEqual([])
  })

  it('is only the role for an order that names nobody: the host knows the order', async () => {
    const { oms, clerk, email } = await openStocked()
    await orderMugs(clerk)
    await oms.relay()
    expect(email.delivered.map(({ recipient }) => recipient)).toEqual([{ role: 'customer' }])
  })

  it('is the name on the parcel for an order without a registered customer', async () => {
    const { oms, clerk, email } = await openStocked()
    const shipTo = { name: 'Grace', street: 'Main 1', city: 'London', postalCode: 'E1', country: 'GB' }
    await orderMugs(clerk, 1, { shipTo })
    await oms.relay()
    expect(email.delivered.map(({ recipient }) => recipient)).toEqual([{ role: 'customer', name: 'Grace' }])
  })
})
