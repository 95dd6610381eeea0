import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, stockMugs } from '../support/desk.js'
import { everyCall } from '../support/every-call/calls.js'
import { openWorld } from '../support/every-call/world.js'
import { builtIns, changedSince } from '../support/built-ins.js'
import { hostileValue } from './hostile-values.js'

const callNamed = (name: string) => {
  const call = everyCall.find((one) => one.name === name)
  if (call === undefined) throw new Error(`there is no ${name}`)
  return call
}

const strangers = [
  ['isAdmin', 'unknownField'],
  ['__proto__', 'forbiddenKey'],
  ['constructor', 'forbiddenKey'],
  ['prototype', 'forbiddenKey'],
] as const

/** The paths of all objects in an input, its own first. */
const objectsIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        ...(Array.isArray(value) ? [] : [path]),
        ...Object.entries(value).flatMap(([name, one]) => objectsIn(one, [...path, name])),
      ]

/** A copy of the input with one more field of this name in the object at the path, as a JSON parser would make it. */
const withStranger = (input: unknown, path: readonly string[], name: string): unknown => {
  const copy = structuredClone(input)
  let at = copy as Readonly<Record<string, unknown>>
  for (const step of path) at = at[step] as Readonly<Record<string, unknown>>
  Object.defineProperty(at, name, { value: { polluted: true }, enumerable: true })
  return copy
}

describe('hostile input', () => {
  it('SE4 LV3 is answered by every command and query, never thrown, and changes no built-in object', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const before = builtIns()
    const codes = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...everyCall), hostileValue, async (call, input) => {
        const answer = await call.of(clerk)(input, freshKey())
        const outcome = answer.ok ? 'ok' : answer.error.code
        codes.set(outcome, (codes.get(outcome) ?? 0) + 1)
      }),
      { numRuns: 1_000 },
    )
    expect(changedSince(before)).toEqual([])
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined()
    expect(codes.get('validation_failed') ?? 0).toBeGreaterThan(500)
  })

  it.each(everyCall)(
    'SE4 SE5 rows 36, 37 and 38 has no way in through a field of $name: unknown names are refused at every depth',
    async (call) => {
      const world = await openWorld()
      const input = await call.inputIn(world)
      world.storage.takeWrites()
      const before = builtIns()
      for (const path of objectsIn(input)) {
        for (const [name, rule] of strangers) {
          const answer = await call.of(world.clerk)(withStranger(input, path, name), freshKey())
          const where = `${call.name} ${path.join('.')}`
          expect(answer, where).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
          const issues = answer.ok ? [] : (answer.error.issues ?? [])
          // Metadata are the host's own names, and the text that belongs to them is missing here.
          if (path.at(-1) !== 'metadata' || rule === 'forbiddenKey')
            expect(
              issues.map((issue) => issue.rule),
              where,
            ).toContain(rule)
        }
      }
      expect(changedSince(before)).toEqual([])
      expect(world.storage.takeWrites().records).toEqual([])
    },
  )

  const canary = 'Canary-7f3a'
  const address = { name: canary, street: canary, city: canary, country: 'GB' }
  const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
  it.each<[string, string, unknown]>([
    ['an e-mail without a mailbox', 'parties.register', { roles: ['customer'], email: `@${canary}` }],
    ['a phone number of letters', 'parties.register', { roles: ['customer'], phone: canary }],
    ['a name over two lines', 'parties.register', { roles: ['customer'], name: `${canary}\n${canary}` }],
    ['a role that is none', 'parties.register', { roles: [canary] }],
    [
      'two addresses of one id',
      'parties.register',
      {
        roles: ['customer'],
        addresses: [
          { id: 'home', address },
          { id: 'home', address },
        ],
      },
    ],
    ['an address without a country', 'orders.place', { ...order, shipTo: { ...address, country: canary } }],
    ['a note that is too long', 'orders.place', { ...order, note: canary.repeat(2_000) }],
    [
      'an order that is refused',
      'orders.place',
      { ...order, lines: [{ sku: 'NO', quantity: 1 }], shipTo: address, note: canary },
    ],
    [
      'contact data of nobody',
      'parties.changeContact',
      { party: 'C-9', name: canary, email: `${canary}@example.com` },
    ],
    [
      'a registration that is no text',
      'parties.declareTaxes',
      { party: 'C-9', registrations: [{ country: 'DE', number: [canary] }] },
    ],
  ])('SE7 is not repeated in the error: %s', async (_what, name, input) => {
    const { clerk, storage } = openDesk()
    await stockMugs(clerk)
    const answer = await callNamed(name).of(clerk)(input, freshKey())
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
