import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { trustHost, type Storage } from 'orderwright'
import { StorageError } from '../../../src/core/ports/errors.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, settled, stockMugs, type DeskOptions } from '../../support/desk.js'

type Silence = 'before it decides' | 'before it commits' | 'after it has committed'

/** A store that falls silent: an update is never answered, or not before it is let go. */
const silentStorage = () => {
  const updates = {
    silent: undefined as Silence | undefined,
    fails: false,
    asked: 0,
    letGo: [] as (() => Promise<void>)[],
  }
  const around: DeskOptions['around'] = (storage) => ({
    ...passThrough(storage),
    update: async (...rest) => {
      updates.asked += 1
      const { silent, fails } = updates
      if (fails) throw new StorageError('storage_unavailable', 'the pool is used up')
      if (silent === undefined) return storage.update(...rest)
      if (silent === 'before it commits') await decideOnly(storage, rest)
      if (silent === 'after it has committed') await storage.update(...rest)
      await new Promise<void>((resolve, reject) => {
        updates.letGo.push(async () => {
          if (silent === 'before it decides') await storage.update(...rest).then(resolve, reject)
          else resolve()
          await settled()
        })
      })
    },
  })
  return { updates, around }
}

const decideOnly = async (storage: Storage, [tenant, keys, decide]: Parameters<Storage['update']>) => {
  const undone = new Error('undone')
  const update = storage.update(tenant, keys, (records, now) => {
    decide(records, now)
    throw undone
  })
  await update.catch((error: unknown) => {
    if (error !== undone) throw error
  })
}

const openSilent = async (options: DeskOptions = {}) => {
  const { updates, around } = silentStorage()
  const desk = openDesk({ around, ...options })
  await stockMugs(desk.clerk)
  updates.asked = 0
  const receive = (key = freshKey()) => desk.clerk.inventory.receive({ sku: 'MUG', quantity: 1 }, key)
  /** Receives a mug into a store that is silent, until the deadline. */
  const receiveInSilence = async (silent: Silence, key = freshKey()) => {
    updates.silent = silent
    const received = receive(key)
    await settled()
    updates.silent = undefined
    desk.clock.advance(10_000)
    await settled()
    return received
  }
  const onHand = async (): Promise<number> => {
    const level = await desk.storage.find('main' as never, { kind: 'stock' })
    return (level.items[0]?.state as { readonly onHand: number }).onHand
  }
  return { ...desk, updates, receive, receiveInSilence, onHand }
}

const ok = { ok: true }
const refused = (code: string) => ({ ok: false, error: { code } })

// Without its mend such a test would wait for ever.
const patience = 10_000

describe('an update that is never answered', { timeout: patience }, () => {
  for (const [silent, code] of [
    ['before it decides', 'deadline_exceeded'],
    ['before it commits', 'outcome_unknown'],
    ['after it has committed', 'outcome_unknown'],
  ] as const) {
    it(`LV3 LV4 ${silent} is ${code} for its callers, and the commands after it are done`, async () => {
      const { receive, receiveInSilence } = await openSilent()
      expect(await receiveInSilence(silent)).toMatchObject(refused(code))
      expect(await receive()).toMatchObject(ok)
      expect(await receive()).toMatchObject(ok)
    })

    it(`ID9 ${silent} is resolved by repeating under the same key: done once`, async () => {
      const { receive, receiveInSilence, onHand } = await openSilent()
      const key = freshKey()
      await receiveInSilence(silent, key)
      expect(await receive(key)).toMatchObject({ ...ok, replayed: silent === 'after it has committed' })
      expect(await onHand()).toBe(11)
    })
  }

  it('LV4 lets those go on that came while it was under way', async () => {
    const { clock, updates, receive } = await openSilent()
    updates.silent = 'before it decides'
    const first = receive()
    await settled()
    updates.silent = undefined
    clock.advance(4_000)
    const second = receive()
    await settled()
    clock.advance(6_000)
    expect(await first).toMatchObject(refused('deadline_exceeded'))
    expect(await second).toMatchObject(ok)
  })

  it('writes nothing when the store asks for its decision after all', async () => {
    const { updates, receive, receiveInSilence, onHand } = await openSilent()
    const key = freshKey()
    expect(await receiveInSilence('before it decides', key)).toMatchObject(refused('deadline_exceeded'))
    await updates.letGo[0]?.()
    expect(await onHand()).toBe(10)
    expect(await receive(key)).toMatchObject({ ...ok, replayed: false })
    expect(await onHand()).toBe(11)
  })

  it('changes nothing for the one under way when it is answered after all', async () => {
    const { clock, updates, receive, receiveInSilence } = await openSilent()
    await receiveInSilence('after it has committed')
    updates.silent = 'after it has committed'
    const second = receive()
    await settled()
    await updates.letGo[0]?.()
    const third = receive()
    await settled()
    expect(updates.asked).toBe(2)
    updates.silent = undefined
    await updates.letGo[1]?.()
    expect([await second, await third]).toMatchObject([ok, ok])
    clock.advance(10_000)
    expect(await receive()).toMatchObject(ok)
  })

  it('is not followed by the other half of its batch when it is answered after all', async () => {
    const batches: (() => void)[] = []
    const { clerk, clock } = openDesk({
      around: (storage) => ({
        ...passThrough(storage),
        update: async () => {
          await new Promise<void>((_resolve, reject) => batches.push(() => reject(new Error('refused'))))
        },
      }),
    })
    const both = [
      clerk.catalog.define({ sku: 'MUG', name: 'Mug' }),
      clerk.catalog.define({ sku: 'CUP', name: 'Cup' }),
    ]
    await settled()
    batches[0]?.()
    await settled()
    expect(batches).toHaveLength(2)
    clock.advance(10_000)
    expect(await Promise.all(both)).toMatchObject([
      refused('deadline_exceeded'),
      refused('deadline_exceeded'),
    ])
    batches[1]?.()
    await settled()
    expect(batches).toHaveLength(2)
  })

  it('does not keep a loop from being stopped', async () => {
    const { oms, clock, clerk, updates } = await openSilent()
    await clerk.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 1 }], seconds: 60 },
      freshKey(),
    )
    clock.advance(61_000)
    const errors: unknown[] = []
    updates.silent = 'before it decides'
    const loop = oms.start({ onError: (error) => errors.push(error) })
    await settled()
    const stopped = loop.stop()
    clock.advance(10_000)
    await stopped
    expect(errors).toMatchObject([{ code: 'deadline_exceeded' }])
  })
})

describe('many updates that are never answered', { timeout: patience }, () => {
  const openWithMost = async () => {
    const desk = await openSilent()
    for (let times = 0; times < 8; times += 1)
      expect(await desk.receiveInSilence('before it commits')).toMatchObject(refused('outcome_unknown'))
    expect(desk.updates.asked).toBe(8)
    return desk
  }

  it('refuse at once what comes after the eighth, and ask the store no more', async () => {
    const { updates, receive } = await openWithMost()
    expect(await receive()).toMatchObject(refused('storage_unavailable'))
    expect(await receive()).toMatchObject(refused('storage_unavailable'))
    expect(updates.asked).toBe(8)
  })

  it('let other tenants go on', async () => {
    const { oms } = await openWithMost()
    const other = oms.as({ tenant: 'south', actor: { kind: 'user', id: 'ada' } })
    expect(await other.catalog.define({ sku: 'CUP', name: 'Cup' })).toMatchObject(ok)
  })

  it('LV4 let one be tried when a deadline has passed, and one only while it is not answered', async () => {
    const { clock, updates, receive, receiveInSilence } = await openWithMost()
    clock.advance(9_999)
    expect(await receive()).toMatchObject(refused('storage_unavailable'))
    clock.advance(1)
    expect(await receiveInSilence('before it commits')).toMatchObject(refused('outcome_unknown'))
    expect(await receive()).toMatchObject(refused('storage_unavailable'))
    expect(updates.asked).toBe(9)
    clock.advance(10_000)
    expect(await receive()).toMatchObject(ok)
    expect(await receive()).toMatchObject(ok)
  })

  it('LV4 are forgotten when a trial is answered: the next one in silence stops nobody but itself', async () => {
    const { clock, updates, receive, receiveInSilence } = await openWithMost()
    clock.advance(10_000)
    expect(await receive()).toMatchObject(ok)
    expect(await receiveInSilence('before it commits')).toMatchObject(refused('outcome_unknown'))
    expect(await receive()).toMatchObject(ok)
    expect(updates.asked).toBe(11)
  })

  it('are not forgotten when a trial is told that the store is not to be had', async () => {
    const { clock, updates, receive, receiveInSilence } = await openWithMost()
    clock.advance(10_000)
    updates.fails = true
    expect(await receive()).toMatchObject(refused('storage_unavailable'))
    updates.fails = false
    expect(await receiveInSilence('before it commits')).toMatchObject(refused('outcome_unknown'))
    expect(await receive()).toMatchObject(refused('storage_unavailable'))
    expect(updates.asked).toBe(10)
  })

  it('make room as they are answered', async () => {
    const { updates, receive } = await openWithMost()
    await updates.letGo[3]?.()
    expect(await receive()).toMatchObject(ok)
  })

  it('are taken for lost, the oldest first, when trials are not answered either', async () => {
    const { clock, updates, receive, receiveInSilence } = await openWithMost()
    for (let trials = 0; trials < 2; trials += 1) {
      clock.advance(10_000)
      await receiveInSilence('before it commits')
    }
    for (const place of [0, 1]) {
      await updates.letGo[place]?.()
      expect(await receive()).toMatchObject(refused('storage_unavailable'))
    }
    await updates.letGo[2]?.()
    expect(await receive()).toMatchObject(ok)
  })

  it('leave nothing in memory of what they were to write', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const inputs: WeakRef<object>[] = []
    const { updates, receiveInSilence } = await openSilent({
      policy: (request) => {
        inputs.push(new WeakRef(request.input as object))
        return trustHost(request)
      },
    })
    inputs.length = 0
    for (let times = 0; times < 8; times += 1) await receiveInSilence('before it commits')
    expect(inputs).toHaveLength(8)
    updates.letGo = []
    await settled()
    collectGarbage()
    expect(inputs.filter((input) => input.deref() !== undefined)).toHaveLength(0)
  })
})
