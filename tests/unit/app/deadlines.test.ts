import { describe, expect, it } from 'vitest'
import { StorageError, type Storage } from 'orderwright'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, orderMugs, settled, stockMugs, type DeskOptions } from '../../support/desk.js'

/** A store whose methods can be made to hang or to fail from one moment on. */
const sickStorage = () => {
  const sick = new Map<keyof Storage, 'hangs' | 'hangs when it has decided' | 'is down'>()
  const trouble = (method: keyof Storage): Promise<never> | undefined => {
    const how = sick.get(method)
    if (how === 'hangs') return new Promise(() => undefined)
    return how === 'is down'
      ? Promise.reject(new StorageError('storage_unavailable', 'connection refused by 10.0.0.7'))
      : undefined
  }
  const around: DeskOptions['around'] = (storage) => ({
    ...passThrough(storage),
    read: (...rest) => trouble('read') ?? storage.read(...rest),
    find: (...rest) => trouble('find') ?? storage.find(...rest),
    update: async (...rest) => {
      await trouble('update')
      await storage.update(...rest)
      if (sick.get('update') === 'hangs when it has decided') await new Promise(() => undefined)
    },
    claim: (...rest) => trouble('claim') ?? storage.claim(...rest),
    settle: (...rest) => trouble('settle') ?? storage.settle(...rest),
    release: (...rest) => trouble('release') ?? storage.release(...rest),
  })
  return { sick, around }
}

const openSick = async () => {
  const { sick, around } = sickStorage()
  const desk = openDesk({ around })
  await stockMugs(desk.clerk)
  const order = await orderMugs(desk.clerk)
  return { ...desk, order, sick }
}

const mugs = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }

describe('a store that is down', () => {
  it('row 128 answers storage_unavailable to commands and queries, and says nothing of the store', async () => {
    const { clerk, order, sick } = await openSick()
    for (const method of ['read', 'find', 'update'] as const) sick.set(method, 'is down')
    const answers = [
      await clerk.orders.confirm({ order }),
      await clerk.orders.get({ order }),
      await clerk.orders.list({}),
    ]
    for (const answer of answers) {
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'storage_unavailable', status: 503, retry: 'after' },
      })
      expect(JSON.stringify(answer)).not.toContain('10.0.0.7')
    }
  })

  it('row 128 answers storage_unavailable when the records of a command cannot be looked at', async () => {
    const { clerk, order, sick } = await openSick()
    sick.set('read', 'is down')
    expect(await clerk.fulfillments.plan({ order })).toMatchObject({
      ok: false,
      error: { code: 'storage_unavailable', retry: 'after' },
    })
  })
})

describe('a store that hangs', () => {
  it('row 129 answers deadline_exceeded to a query', async () => {
    const { clerk, clock, order, sick } = await openSick()
    sick.set('read', 'hangs')
    const asked = clerk.orders.get({ order })
    await settled()
    clock.advance(10_000)
    expect(await asked).toMatchObject({
      ok: false,
      error: { code: 'deadline_exceeded', status: 503, retry: 'same-key' },
    })
  })

  it('row 129 LV3 answers deadline_exceeded when the store never asked for the decision', async () => {
    const { clerk, clock, sick } = await openSick()
    sick.set('update', 'hangs')
    const placed = clerk.orders.place(mugs, freshKey())
    await settled()
    clock.advance(10_000)
    expect(await placed).toMatchObject({ ok: false, error: { code: 'deadline_exceeded', retry: 'same-key' } })
  })

  it('row 129 LV3 answers outcome_unknown when the write may have been sent, deadline_exceeded when it was not', async () => {
    const { clerk, clock, sick } = await openSick()
    sick.set('update', 'hangs when it has decided')
    const first = clerk.orders.place(mugs, freshKey())
    await settled()
    const second = clerk.orders.place(mugs, freshKey())
    await settled()
    clock.advance(10_000)
    expect(await first).toMatchObject({
      ok: false,
      error: { code: 'outcome_unknown', status: 503, retry: 'same-key' },
    })
    expect(await second).toMatchObject({
      ok: false,
      error: { code: 'deadline_exceeded', status: 503, retry: 'same-key' },
    })
  })

  it('row 129 LV3 answers each command by its own deadline, not by that of the one before it', async () => {
    const { clerk, clock, sick } = await openSick()
    sick.set('update', 'hangs')
    const answered: string[] = []
    const place = (name: string) => void clerk.orders.place(mugs, freshKey()).then(() => answered.push(name))
    place('first')
    await settled()
    clock.advance(1_000)
    place('second')
    await settled()
    clock.advance(9_000)
    await settled()
    expect(answered).toEqual(['first'])
    place('third')
    await settled()
    clock.advance(1_000)
    await settled()
    expect(answered).toEqual(['first', 'second'])
    clock.advance(9_000)
    await settled()
    expect(answered).toEqual(['first', 'second', 'third'])
    place('fourth')
    await settled()
    clock.advance(10_000)
    await settled()
    expect(answered).toEqual(['first', 'second', 'third', 'fourth'])
  })

  it('row 129 LV3 answers a command by its deadline when its records cannot be looked at', async () => {
    const { clerk, clock, order, sick } = await openSick()
    sick.set('read', 'hangs')
    let answer: unknown
    void clerk.fulfillments.plan({ order }).then((given) => {
      answer = given
    })
    await settled()
    clock.advance(10_000)
    await settled()
    expect(answer).toMatchObject({ ok: false, error: { code: 'deadline_exceeded' } })
  })

  it('row 129 goes on with the next commands once the store answers again', async () => {
    const { clerk, clock, sick } = await openSick()
    sick.set('read', 'hangs')
    const asked = clerk.orders.list({})
    await settled()
    clock.advance(10_000)
    await asked
    sick.clear()
    expect(await clerk.orders.place(mugs, freshKey())).toMatchObject({ ok: true })
  })

  it('rejects a relay that the store keeps waiting', async () => {
    const { oms, clock, sick } = await openSick()
    sick.set('claim', 'hangs')
    const relayed = oms.relay()
    await settled()
    clock.advance(10_000)
    await expect(relayed).rejects.toMatchObject({ code: 'deadline_exceeded' })
  })
})

describe('a release of parked messages', () => {
  it('LV3 is rejected by the deadline when the store keeps it waiting', { timeout: 5_000 }, async () => {
    const { oms, clock, order, sick } = await openSick()
    sick.set('release', 'hangs')
    const released = oms.releaseParked({ about: { kind: 'order', id: order } })
    await settled()
    clock.advance(10_000)
    await expect(released).rejects.toMatchObject({ code: 'deadline_exceeded' })
  })
})

describe('a lost answer', () => {
  it('ID9 resolves by repeating under the same key, whichever way it went', async () => {
    for (const committed of [true, false]) {
      let lose = false
      const { clerk } = await (async () => {
        const desk = openDesk({
          around: (storage) => ({
            ...passThrough(storage),
            update: async (tenant, keys, decide) => {
              if (!lose) return storage.update(tenant, keys, decide)
              if (committed) await storage.update(tenant, keys, decide)
              throw new StorageError('outcome_unknown', 'the connection broke')
            },
          }),
        })
        await stockMugs(desk.clerk)
        return desk
      })()
      lose = true
      const withoutKey = await clerk.catalog.define({ sku: 'CUP', name: 'Cup' })
      expect(withoutKey).toMatchObject({ ok: false, error: { code: 'outcome_unknown', retry: 'same-key' } })
      const key = freshKey()
      const first = clerk.orders.place(mugs, key)
      await settled(2)
      lose = false
      expect(await first).toMatchObject({ ok: true })
      expect(await clerk.orders.place(mugs, key)).toMatchObject({ ok: true, replayed: true })
      expect((await clerk.orThrow.orders.list({})).items).toHaveLength(1)
    }
  })
})

describe('an adapter that breaks its contract', () => {
  it('row 130 stops the command with adapter_contract when it commits without asking for the decision', async () => {
    let skip = false
    const { clerk } = openDesk({
      around: (storage) => ({
        ...passThrough(storage),
        update: async (...rest) => (skip ? undefined : storage.update(...rest)),
      }),
    })
    await stockMugs(clerk)
    skip = true
    await expect(clerk.orders.place(mugs, freshKey())).rejects.toMatchObject({ code: 'adapter_contract' })
  })

  it('row 130 rejects a query whose answer the adapter made up', async () => {
    const { clerk } = openDesk({
      around: (storage) => ({ ...passThrough(storage), read: async () => undefined as never }),
    })
    await expect(clerk.orders.get({ order: 'x' })).rejects.toThrow()
  })
})
