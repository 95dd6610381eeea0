import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/app/answer.js'
import { commands } from '../../src/app/commands.js'
import { queries } from '../../src/app/queries.js'
import { freshKey, openDesk, stockMugs } from '../support/desk.js'

type Call = (input: unknown, options?: { readonly idempotencyKey: string }) => Promise<Answer<unknown>>

const names = [commands, queries].flatMap((groups) =>
  Object.entries(groups).flatMap(([group, members]) =>
    Object.keys(members).map((member) => [group, member] as const),
  ),
)

const callOf = (clerk: object, [group, member]: readonly [string, string]): Call => {
  const call = (clerk as Readonly<Record<string, Readonly<Record<string, Call>>>>)[group]?.[member]
  if (call === undefined) throw new Error(`there is no ${group}.${member}`)
  return call
}

/** Everything that hangs on the built-in objects that hostile input is after. */
const builtIns = (): readonly unknown[] =>
  [Object, Array, String, Number, Map, Set, Function, Promise, RegExp, Error].map((one) =>
    Object.entries(Object.getOwnPropertyDescriptors(one.prototype)),
  )

const word = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'lines',
    'sku',
    'order',
    'id',
    'party',
  ),
  fc.string({ maxLength: 8 }),
)
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ maxLength: 12 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(word, tie('value')), { maxLength: 4 })
      .map(
        (entries) =>
          JSON.parse(
            `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join()}}`,
          ) as unknown,
      ),
  ),
})).value

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null'

describe('hostile input', () => {
  it('SE4 LV3 is answered by every command and query, never thrown, and changes no built-in object', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const before = builtIns()
    const codes = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), hostile, async (name, input) => {
        const answer = await callOf(clerk, name)(input, freshKey())
        const outcome = answer.ok ? 'ok' : answer.error.code
        codes.set(outcome, (codes.get(outcome) ?? 0) + 1)
      }),
      { numRuns: 1_000 },
    )
    expect(builtIns()).toEqual(before)
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined()
    expect(codes.get('validation_failed') ?? 0).toBeGreaterThan(500)
  })

  const canary = 'Canary-7f3a'
  const address = { name: canary, street: canary, city: canary, country: 'GB' }
  const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
  it.each<[string, readonly [string, string], unknown]>([
    ['an e-mail without a mailbox', ['parties', 'register'], { roles: ['customer'], email: `@${canary}` }],
    ['a phone number of letters', ['parties', 'register'], { roles: ['customer'], phone: canary }],
    ['a name over two lines', ['parties', 'register'], { roles: ['customer'], name: `${canary}\n${canary}` }],
    ['a role that is none', ['parties', 'register'], { roles: [canary] }],
    [
      'two addresses of one id',
      ['parties', 'register'],
      {
        roles: ['customer'],
        addresses: [
          { id: 'home', address },
          { id: 'home', address },
        ],
      },
    ],
    [
      'an address without a country',
      ['orders', 'place'],
      { ...order, shipTo: { ...address, country: canary } },
    ],
    ['a note that is too long', ['orders', 'place'], { ...order, note: canary.repeat(2_000) }],
    [
      'an order that is refused',
      ['orders', 'place'],
      { ...order, lines: [{ sku: 'NO', quantity: 1 }], shipTo: address, note: canary },
    ],
    [
      'contact data of nobody',
      ['parties', 'changeContact'],
      { party: 'C-9', name: canary, email: `${canary}@example.com` },
    ],
    [
      'a registration that is no text',
      ['parties', 'declareTaxes'],
      { party: 'C-9', registrations: [{ country: 'DE', number: [canary] }] },
    ],
  ])('SE7 is not repeated in the error: %s', async (_what, name, input) => {
    const { clerk, storage } = openDesk()
    await stockMugs(clerk)
    const answer = await callOf(clerk, name)(input, freshKey())
    expect(answer.ok).toBe(false)
    expect(JSON.stringify(answer)).not.toContain(canary)
    const kept = await storage.find('main' as never, { kind: 'idempotency', limit: 200 })
    expect(JSON.stringify(kept)).not.toContain(canary)
  })

  it('SE7 a store that fails is told by its code, never by what its driver says', async () => {
    const failing = openDesk({
      around: (storage) =>
        new Proxy(storage, {
          get: (target, name) =>
            name === 'update'
              ? () =>
                  Promise.reject(
                    Object.assign(new Error(`password=${canary}`), { code: 'storage_unavailable' }),
                  )
              : (Reflect.get(target, name) as unknown),
        }),
    })
    const answer = await failing.clerk.catalog.define({ sku: 'MUG', name: 'Mug' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } })
    expect(JSON.stringify(answer)).not.toContain(canary)
  })
})
