import { describe, expect, expectTypeOf, it } from 'vitest'
import type { CommandInput, QueryInput } from 'orderwright'
import type { Commands } from '../../src/app/commands.js'
import type { Queries } from '../../src/app/queries.js'
import { freshKey, openDesk, stockMugs } from '../support/desk.js'
import { everyCall } from '../support/every-call/calls.js'
import { openWorld } from '../support/every-call/world.js'

type Frozen<Value> = Value extends object ? { readonly [Name in keyof Value]: Frozen<Value[Name]> } : Value

/** Commands that would not take their own input if it were read-only all through. */
type StubbornCommands = {
  [Group in keyof Commands]: {
    [Name in keyof Commands[Group]]: Frozen<CommandInput<Group, Name>> extends CommandInput<Group, Name>
      ? never
      : [Group, Name]
  }[keyof Commands[Group]]
}[keyof Commands]

type StubbornQueries = {
  [Group in keyof Queries]: {
    [Name in keyof Queries[Group]]: Frozen<QueryInput<Group, Name>> extends QueryInput<Group, Name>
      ? never
      : [Group, Name]
  }[keyof Queries[Group]]
}[keyof Queries]

const order = {
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity: 2, adjustments: [{ kind: 'discount', percent: '10', reason: 'spring' }] }],
  metadata: { campaign: 'spring' },
} as const

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

describe('what a host writes `as const`', () => {
  it('is taken by every command and query as it is', async () => {
    // Checked by the compiler: `npm run types`.
    expectTypeOf<StubbornCommands>().toBeNever()
    expectTypeOf<StubbornQueries>().toBeNever()
    expectTypeOf(order).toExtend<CommandInput<'orders', 'place'>>()
    const { clerk } = openDesk()
    await stockMugs(clerk)
    expect(await clerk.orThrow.orders.place(order, freshKey())).toMatchObject({ total: { amount: '22.50' } })
  })

  it.each(everyCall)('may be frozen, and is not changed: $name', async (call) => {
    const world = await openWorld()
    const input = await call.inputIn(world)
    const before = structuredClone(input)
    expect(await call.of(world.clerk)(frozen(input), freshKey())).toMatchObject({ ok: true })
    expect(input).toEqual(before)
  })
})
