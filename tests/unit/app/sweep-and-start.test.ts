import { describe, expect, it, vi } from 'vitest'
import { CommandFailed, roleTable, StorageError, type OrderManagementFor, type Storage } from 'orderwright'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, orderMugs, settled, stockMugs, type DeskOptions } from '../../support/desk.js'

const holdMugs = async (clerk: OrderManagementFor, quantity: number, seconds: number): Promise<string> => {
  const lines = [{ sku: 'MUG', quantity }]
  const { reservation } = await clerk.orThrow.inventory.hold({ owner: 'cart', lines, seconds }, freshKey())
  return reservation
}

const reservedMugs = async (clerk: OrderManagementFor) =>
  (await clerk.orThrow.inventory.level({ sku: 'MUG' })).reserved

const openStocked = async (options: DeskOptions = {}) => {
  const desk = openDesk(options)
  await stockMugs(desk.clerk, 1_000)
  return desk
}

describe('oms.sweep', () => {
  it('RS2 RS7 ends the holds whose time is over, and only those, once', async () => {
    const { oms, clerk, clock } = await openStocked()
    const early = await holdMugs(clerk, 3, 60)
    const late = await holdMugs(clerk, 5, 61)
    clock.advance(59_999)
    expect(await oms.sweep()).toEqual({ expired: 0, refused: 0 })
    clock.advance(1)
    expect(await oms.sweep()).toEqual({ expired: 1, refused: 0 })
    expect(await clerk.orThrow.inventory.holdOf({ reservation: early })).toMatchObject({ status: 'expired' })
    expect(await clerk.orThrow.inventory.holdOf({ reservation: late })).toMatchObject({ status: 'held' })
    expect(await reservedMugs(clerk)).toBe(5)
    expect(await oms.sweep()).toEqual({ expired: 0, refused: 0 })
    expect(await reservedMugs(clerk)).toBe(5)
  })

  it('RS7 frees each stock once when several sweep at once', async () => {
    const { oms, clerk, clock } = await openStocked()
    for (let hold = 0; hold < 20; hold += 1) await holdMugs(clerk, 2, 60)
    clock.advance(60_000)
    const reports = await Promise.all([oms.sweep(), oms.sweep(), oms.sweep()])
    expect(reports.reduce((sum, { expired }) => sum + expired, 0)).toBe(20)
    expect(reports.reduce((sum, { refused }) => sum + refused, 0)).toBe(40)
    expect(await reservedMugs(clerk)).toBe(0)
  })

  it('goes through more holds than fit on a page', async () => {
    const { oms, clerk, clock } = await openStocked()
    await Promise.all(Array.from({ length: 450 }, () => holdMugs(clerk, 1, 60)))
    clock.advance(60_000)
    expect(await oms.sweep()).toEqual({ expired: 450, refused: 0 })
    expect(await reservedMugs(clerk)).toBe(0)
  })

  it('sweeps the tenant it is told, as the system', async () => {
    const asked: string[] = []
    const { oms, clerk, clock } = await openStocked({
      policy: ({ actor, action, tenant }) => {
        if (action === 'inventory.expireHold') asked.push(`${tenant} ${actor.kind} ${actor.id}`)
        return { allow: true }
      },
    })
    await holdMugs(clerk, 1, 60)
    clock.advance(60_000)
    expect(await oms.sweep({ tenant: 'another' })).toEqual({ expired: 0, refused: 0 })
    await oms.sweep()
    expect(asked).toEqual(['main system sweeper'])
    await expect(oms.sweep({ tenant: 'no such name!' })).rejects.toMatchObject({ code: 'configuration' })
  })

  it('row 126 rejects when the policy forbids the sweeper its command', async () => {
    const policy = roleTable({ clerk: ['*'] }, ({ id }) => (id === 'ada' ? ['clerk'] : []))
    const { oms, clerk, clock } = await openStocked({ policy })
    await holdMugs(clerk, 1, 60)
    clock.advance(60_000)
    await expect(oms.sweep()).rejects.toThrow(CommandFailed)
    await expect(oms.sweep()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await reservedMugs(clerk)).toBe(1)
  })
})

describe('oms.start', () => {
  it('relays and sweeps again and again until it is stopped', async () => {
    const { oms, clerk, clock, email } = await openStocked()
    const running = oms.start({ every: 1_000 })
    await settled()
    await orderMugs(clerk)
    await holdMugs(clerk, 3, 1)
    clock.advance(1_000)
    await settled(60)
    expect(email.delivered).toHaveLength(1)
    expect(await reservedMugs(clerk)).toBe(2)
    await running.stop()
    await orderMugs(clerk)
    clock.advance(60_000)
    await settled(60)
    expect(email.delivered).toHaveLength(1)
  })

  it('does only what it is told', async () => {
    const { oms, clerk, clock, email } = await openStocked()
    await orderMugs(clerk)
    await holdMugs(clerk, 3, 1)
    clock.advance(1_000)
    const sweeping = oms.start({ relay: false })
    await settled(60)
    await sweeping.stop()
    expect(email.delivered).toHaveLength(0)
    expect(await reservedMugs(clerk)).toBe(2)
    await holdMugs(clerk, 3, 1)
    clock.advance(1_000)
    const relaying = oms.start({ sweep: false })
    await settled(60)
    await relaying.stop()
    expect(email.delivered).toHaveLength(1)
    expect(await reservedMugs(clerk)).toBe(5)
  })

  it('never has two rounds under way at once, and waits for the one that is when it is stopped', async () => {
    let letGo: (() => void) | undefined
    let claims = 0
    const { oms, clock } = await openStocked({
      around: (storage: Storage) => ({
        ...passThrough(storage),
        claim: async (...rest) => {
          claims += 1
          await new Promise<void>((resolve) => {
            letGo = resolve
          })
          return storage.claim(...rest)
        },
      }),
      settings: { deadline: 1_000_000 },
    })
    const running = oms.start({ every: 1_000, sweep: false })
    await settled()
    for (let second = 0; second < 5; second += 1) {
      clock.advance(1_000)
      await settled()
    }
    expect(claims).toBe(1)
    const timers = vi.spyOn(clock, 'after')
    let stopped = false
    const stopping = running.stop().then(() => {
      stopped = true
    })
    await settled()
    expect(stopped).toBe(false)
    letGo?.()
    await stopping
    expect(timers).not.toHaveBeenCalled()
    clock.advance(10_000)
    await settled()
    expect(claims).toBe(1)
  })

  it('tells of a round that failed and goes on with the next', async () => {
    let down = true
    const errors: unknown[] = []
    const { oms, clerk, clock, email } = await openStocked({
      around: (storage) => ({
        ...passThrough(storage),
        claim: async (...rest) => {
          if (down) throw new StorageError('storage_unavailable', 'down')
          return storage.claim(...rest)
        },
      }),
    })
    await orderMugs(clerk)
    const running = oms.start({
      every: 1_000,
      onError: (error) => {
        errors.push(error)
        throw new Error('the listener fails too')
      },
    })
    await settled()
    expect(errors).toMatchObject([{ code: 'storage_unavailable' }])
    down = false
    clock.advance(1_000)
    await settled(60)
    expect(email.delivered).toHaveLength(1)
    await running.stop()
  })

  it('leaves nothing behind when it is stopped at once, twice', async () => {
    const { oms, clerk, email } = await openStocked()
    await orderMugs(clerk)
    const running = oms.start()
    await running.stop()
    await running.stop()
    await settled()
    expect(email.attempted).toEqual([])
  })

  it('stops asking a policy that forbids the sweep, so that denials do not pile up', async () => {
    const policy = roleTable({ clerk: ['*'] }, ({ id }) => (id === 'ada' ? ['clerk'] : []))
    const errors: unknown[] = []
    const { oms, clerk, clock, storage } = await openStocked({ policy })
    for (let hold = 0; hold < 3; hold += 1) await holdMugs(clerk, 1, 1)
    clock.advance(1_000)
    const running = oms.start({ every: 1_000, onError: (error) => errors.push(error) })
    for (let second = 0; second < 5; second += 1) {
      await settled(60)
      clock.advance(1_000)
    }
    await running.stop()
    expect(errors).toMatchObject([{ code: 'forbidden' }])
    expect((await storage.find('main' as never, { kind: 'denial' })).items).toHaveLength(1)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses to run every %s milliseconds', (every) => {
    const { oms } = openDesk()
    expect(() => oms.start({ every })).toThrow('every')
  })
})
