import { describe, expect, it } from 'vitest'
import {
  ContextRequired,
  denyAll,
  roleTable,
  trustHost,
  type Action,
  type Policy,
  type PolicyDecision,
  type PolicyRequest,
  type TenantId,
} from 'orderwright'
import { commands } from '../../../src/app/commands.js'
import { queries, recordQueries } from '../../../src/app/queries.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'

const tenant = 'main' as TenantId

/** A policy that can be exchanged after the shop was set up. */
const exchangeable = () => {
  let current: Policy = trustHost
  const asked: PolicyRequest[] = []
  return {
    asked,
    become: (policy: Policy) => {
      current = policy
    },
    policy: (request: PolicyRequest): PolicyDecision => {
      asked.push(request)
      return current(request)
    },
  }
}

const openGuarded = async () => {
  const guard = exchangeable()
  const desk = openDesk({ policy: guard.policy })
  await stockMugs(desk.clerk)
  const order = await orderMugs(desk.clerk)
  return { ...desk, guard, order }
}

describe('the caller', () => {
  it('row 125 throws context_required for a call without an actor', () => {
    const { oms } = openDesk()
    const withoutActor = [
      undefined,
      null,
      {},
      { actor: null },
      { actor: { kind: 'user' } },
      { actor: { kind: 'user', id: '' } },
    ]
    for (const caller of withoutActor) {
      expect(() => oms.as(caller as never)).toThrow(ContextRequired)
      expect(() => oms.as(caller as never)).toThrow(expect.objectContaining({ code: 'context_required' }))
    }
    expect(() => oms.as({ actor: { kind: 'robot' as never, id: 'r2' } })).toThrow(ContextRequired)
    expect(() =>
      oms.as({ actor: { kind: 'user', id: 'ada' }, onBehalfOf: { kind: 'customer', id: '' } }),
    ).toThrow('onBehalfOf')
  })

  it('refuses a tenant, a request id or a cause that no store can keep', () => {
    const { oms } = openDesk()
    const actor = { kind: 'user', id: 'ada' } as const
    expect(() => oms.as({ actor, tenant: 'two words' })).toThrow('a tenant is')
    expect(() => oms.as({ actor, requestId: 'half a pair \ud800' })).toThrow('requestId')
    expect(() => oms.as({ actor, cause: 'a\u0000b' })).toThrow('cause')
    expect(() => oms.as({ actor, cause: 'x'.repeat(256) })).toThrow('cause')
  })
})

describe('the policy and commands', () => {
  it('SE6 leaves everything as it was and one record of the denial', async () => {
    const { clerk, storage, guard, order } = await openGuarded()
    const keys = [
      { kind: 'order', id: order },
      { kind: 'stock', id: 'main/MUG' },
    ]
    const before = await storage.read(tenant, keys)
    guard.become(() => ({ allow: false, reason: 'not on Sundays' }))

    const answer = await clerk.orders.confirm({ order })

    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'forbidden', status: 403, details: { reason: 'not on Sundays' } },
    })
    expect(await storage.read(tenant, keys)).toEqual(before)
    const denials = await storage.find(tenant, { kind: 'denial' })
    expect(denials.items.map(({ state }) => state)).toEqual([
      { action: 'orders.confirm', reason: 'not on Sundays' },
    ])
    const events = []
    for (const { key } of denials.items) {
      for await (const event of storage.history(tenant, key)) events.push(JSON.parse(event.body))
    }
    expect(events).toMatchObject([{ by: { actor: { kind: 'user', id: 'ada' }, command: 'orders.confirm' } }])
  })

  it('SE6 keeps no answer of a denied command, so the same key may be used once it is allowed', async () => {
    const { clerk, guard } = await openGuarded()
    const key = freshKey()
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    guard.become(denyAll)
    expect(await clerk.orders.place(order, key)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    guard.become(trustHost)
    expect(await clerk.orders.place(order, key)).toMatchObject({ ok: true, replayed: false })
  })

  it('ID1 gives a caller its own kept answer, whatever the policy has come to say since', async () => {
    const { clerk, guard } = await openGuarded()
    const key = freshKey()
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    const first = await clerk.orders.place(order, key)
    guard.become(denyAll)
    expect(await clerk.orders.place(order, key)).toEqual({ ...first, replayed: true })
  })

  it('SE6 gives a kept answer to another actor only when the policy allows the same command', async () => {
    const { clerk, oms, guard } = await openGuarded()
    const key = freshKey()
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    const first = await clerk.orders.place(order, key)
    const other = oms.as({ actor: { kind: 'user', id: 'eve' } })
    guard.become(({ actor }) => (actor.id === 'eve' ? { allow: false, reason: 'not hers' } : { allow: true }))
    expect(await other.orders.place(order, key)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    guard.become(trustHost)
    expect(await other.orders.place(order, key)).toEqual({ ...first, replayed: true })
  })

  it('row 127 refuses when the policy throws, without saying why', async () => {
    const { clerk, guard, order } = await openGuarded()
    guard.become(() => {
      throw new Error('the password of the directory is swordfish')
    })
    const answer = await clerk.orders.confirm({ order })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { reason: 'the policy failed' } },
    })
    expect(JSON.stringify(answer)).not.toContain('swordfish')
  })

  it.each([
    ['a promise', () => Promise.resolve({ allow: true })],
    ['nothing', () => undefined],
    ['a denial without a reason', () => ({ allow: false })],
    ['something like yes', () => ({ allow: 'yes' })],
    ['true', () => true],
  ])('row 127 refuses when the policy answers %s', async (_what, policy) => {
    const { clerk, guard, order } = await openGuarded()
    guard.become(policy as unknown as Policy)
    const reason = 'the policy gave no reason'
    expect(await clerk.orders.confirm({ order })).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { reason } },
    })
    expect(await clerk.orders.get({ order })).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { reason } },
    })
    guard.become(trustHost)
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ status: 'placed' })
  })

  it('F186 asks over the locked facts: four eyes are a line of host code', async () => {
    const { clerk, guard, order } = await openGuarded()
    guard.become(({ action, facts, input }) => {
      if (action !== 'orders.confirm') return { allow: true }
      const found = facts.find({ kind: 'order', id: (input as { order: string }).order })
      const { total } = found?.state as { total: { amount: string } }
      return total.amount === '25.00' ? { allow: true } : { allow: false, reason: 'another amount' }
    })
    expect(await clerk.orders.confirm({ order })).toMatchObject({ ok: true })
  })
})

describe('what a policy is asked about', () => {
  it('is a closed list of names, so one that is misspelt does not compile', () => {
    const names = [commands, queries, recordQueries].flatMap((groups) =>
      Object.entries(groups).flatMap(([group, named]) =>
        Object.keys(named).map((name) => `${group}.${name}`),
      ),
    )
    const known: readonly Action[] = ['orders.cancel', 'orders.list', 'records.verifyAudit']
    expect(names).toEqual(expect.arrayContaining([...known]))
    const isAsked = ({ action }: Pick<PolicyRequest, 'action'>): readonly boolean[] => [
      action === 'orders.cancel',
      // @ts-expect-error: it is spelt with one l
      action === 'orders.cancell',
    ]
    expect(isAsked({ action: 'orders.cancel' })).toEqual([true, false])
  })
})

describe('the policy and queries', () => {
  it('row 126 answers nothing of what it read when the policy says no', async () => {
    const { clerk, guard, order } = await openGuarded()
    guard.become(({ action }) =>
      action === 'orders.get' ? { allow: false, reason: 'secret' } : { allow: true },
    )
    const answer = await clerk.orders.get({ order })
    expect(answer).toEqual({
      ok: false,
      error: expect.objectContaining({ code: 'forbidden', details: { reason: 'secret' } }),
    })
    await expect(clerk.orThrow.orders.get({ order })).rejects.toMatchObject({
      name: 'CommandFailed',
      code: 'forbidden',
    })
  })

  it('asks under the name of the query, over the records it would answer with', async () => {
    const { clerk, guard, order } = await openGuarded()
    guard.asked.length = 0
    await clerk.orThrow.orders.get({ order })
    const [request] = guard.asked
    expect(request).toMatchObject({
      tenant: 'main',
      actor: { kind: 'user', id: 'ada' },
      action: 'orders.get',
      input: { order },
    })
    expect(request?.facts.find({ kind: 'order', id: order })).toMatchObject({
      state: { id: order },
      version: 2,
    })
  })

  it('reads for the policy what it looks up beyond the answer', async () => {
    const { clerk, guard, order } = await openGuarded()
    guard.become(({ facts }) => {
      const level = facts.find({ kind: 'stock', id: 'main/MUG' })
      return level === undefined ? { allow: false, reason: 'no stock' } : { allow: true }
    })
    expect(await clerk.orders.get({ order })).toMatchObject({ ok: true })
  })

  it('refuses when the policy never stops looking up records', async () => {
    const { clerk, guard, order } = await openGuarded()
    let count = 0
    guard.become(({ facts }) => {
      count += 1
      facts.find({ kind: 'order', id: `another ${count}` })
      return { allow: true }
    })
    expect(await clerk.orders.get({ order })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(count).toBeLessThan(100)
  })

  it('lets a role table list queries like commands', async () => {
    const desk = openDesk({
      policy: roleTable({ reader: ['orders.get'], clerk: ['*'] }, (actor) =>
        actor.id === 'ada' ? ['clerk'] : ['reader'],
      ),
    })
    await stockMugs(desk.clerk)
    const order = await orderMugs(desk.clerk)
    const reader = desk.oms.as({ actor: { kind: 'user', id: 'bob' } })
    expect(await reader.orders.get({ order })).toMatchObject({ ok: true })
    expect(await reader.orders.list({})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })
})
