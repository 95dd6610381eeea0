import { describe, expect, it } from 'vitest'
import { createOrderManagement, denyAll, memoryStorage, trustHost, type Policy } from 'orderwright'
import { commandCalls, everyCall, queryCalls } from '../support/every-call/calls.js'
import { aboutNothing, contentsOf } from '../support/every-call/contents.js'
import { freshKey, openWorld } from '../support/every-call/world.js'

const saysNothing = (() => undefined) as unknown as Policy

describe('what nobody allowed', () => {
  it.each(commandCalls)(
    'SE6 M128 F189 is not done: $name is forbidden, changes nothing, and leaves one record of the attempt',
    async (call) => {
      const world = await openWorld()
      const input = await call.inputIn(world)
      const keys = world.storage.keys()
      const before = await contentsOf(world, keys)
      world.storage.takeWrites()
      world.become(saysNothing)

      const answer = await call.of(world.clerk)(input, freshKey())

      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'forbidden', status: 403, details: { reason: 'the policy gave no reason' } },
      })
      const { records, events, messages } = world.storage.takeWrites()
      expect(records.map(({ key, state }) => [key.kind, state])).toEqual([
        ['denial', { action: call.name, reason: 'the policy gave no reason' }],
      ])
      expect(events.map(({ type, body }) => [type, JSON.parse(body)])).toMatchObject([
        ['CommandDenied', { by: { actor: { kind: 'user', id: 'ada' }, command: call.name } }],
      ])
      expect(messages).toEqual([])
      expect(await contentsOf(world, keys)).toBe(before)
    },
  )

  it('SE6 is not reached by a caller: relay, sweep, loop and parked messages belong to the host alone', () => {
    const oms = createOrderManagement({ storage: memoryStorage(), policy: trustHost })
    const maintenance = Object.keys(oms).filter((name) => name !== 'as')
    expect(maintenance.toSorted()).toEqual(['relay', 'releaseParked', 'start', 'sweep'])
    const caller = oms.as({ actor: { kind: 'system', id: 'scheduler' } })
    const reached = new Set<string>()
    for (const place of [caller, caller.orThrow] as readonly object[]) {
      for (const name in place) {
        reached.add(name)
        const group = (place as Readonly<Record<string, unknown>>)[name]
        if (typeof group === 'object' && group !== null) for (const call in group) reached.add(call)
      }
    }
    expect(reached.size).toBeGreaterThan(100)
    for (const name of maintenance) expect(reached).not.toContain(name)
  })

  it.each(queryCalls)('SE6 is not answered: $name is forbidden, and writes nothing', async (call) => {
    const world = await openWorld()
    const input = await call.inputIn(world)
    world.become(saysNothing)
    expect(await call.of(world.clerk)(input)).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { reason: 'the policy gave no reason' } },
    })
    expect(world.storage.takeWrites()).toEqual({ records: [], events: [], messages: [] })
  })

  it.each(everyCall)(
    'SE6 SE3 does not tell what there is: $name is refused in the same words about what does not exist',
    async (call) => {
      const world = await openWorld()
      const input = await call.inputIn(world)
      world.become(denyAll)
      world.asked.length = 0
      const answers = [
        await call.of(world.clerk)(input, freshKey()),
        await call.of(world.clerk)(aboutNothing(world, input), freshKey()),
      ]
      expect(answers[0]).toMatchObject({ error: { code: 'forbidden' } })
      expect(answers[1]).toEqual(answers[0])
      // One question a call, under the name that role tables list.
      expect(new Set(world.asked.map(({ action }) => action))).toEqual(new Set([call.name]))
    },
  )
})
