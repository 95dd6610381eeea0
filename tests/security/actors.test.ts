import { describe, expect, it } from 'vitest'
import { kindsWithHistory } from '../../src/app/kinds.js'
import { readEnvelope } from '../../src/core/audit/envelope.js'
import { commandCalls } from '../support/every-call/calls.js'
import { caller, freshKey, openWorld } from '../support/every-call/world.js'

describe('who did it', () => {
  it.each(commandCalls)(
    'EV10 F181 M125 stands on every event of $name, with tenant, command, request, cause and time',
    async (call) => {
      const world = await openWorld()
      const input = await call.inputIn(world)
      world.storage.takeWrites()

      const answer = await call.of(world.clerk)(input, freshKey())

      expect(answer).toMatchObject({ ok: true, replayed: false })
      const { records, events } = world.storage.takeWrites()
      const envelopes = events.map(({ body }) => readEnvelope(body))
      // What a command changes is on record: none works in silence.
      expect(envelopes.length).toBeGreaterThan(0)
      for (const { by, at } of envelopes) {
        expect(at).toBe(world.clock.now())
        expect(by).toEqual({
          ...caller,
          tenant: 'main',
          command: call.name,
          commandId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        })
      }
      expect(new Set(envelopes.map(({ by }) => by.commandId)).size).toBe(1)
      for (const { key, version } of records) {
        if (!kindsWithHistory.has(key.kind)) continue
        const last = envelopes.filter(({ kind, record }) => kind === key.kind && record === key.id).at(-1)
        expect(last?.version, `${key.kind} ${key.id}`).toBe(version)
      }
    },
  )
})
