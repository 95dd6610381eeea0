import { resolveSettings } from '../../src/app/settings.js'
import type { Command } from '../../src/core/command.js'
import { defineProduct } from '../../src/core/flows/define-product.js'
import { receiveStock } from '../../src/core/flows/receive-stock.js'
import type { Key } from '../../src/core/ids/key.js'
import type { Facts, PlannedEvent, Versioned } from '../../src/core/plan.js'
import type { DerivedKind, RecordKind } from '../../src/core/record-kind.js'
import type { Refusal } from '../../src/core/refusal.js'
import type { Result } from '../../src/core/result.js'
import type { Instant } from '../../src/core/time/instant.js'
import type { z } from 'zod'
import { planContexts } from './plan-contexts.js'

export interface Recorded {
  readonly key: Key
  readonly event: PlannedEvent
}

/** Commands by their plans alone, over records in memory, without a shell, a store and hashes: fast enough for ten thousand cases. */
export interface PureShop {
  run<Schema extends z.ZodType, Value, Gathered>(
    command: Command<Schema, Value, Gathered>,
    input: z.input<Schema>,
    /** What is looked up before it; nothing where it is left out. */
    gathered?: Gathered,
  ): Result<Value, Refusal>
  /** The state of a record that is there. */
  stored<State>(kind: DerivedKind<State> | RecordKind<State, never>, id: string): State
  /** The states of all records of a kind, in the order they came. */
  all<State>(kind: DerivedKind<State> | RecordKind<State, never>): readonly State[]
  /** All events so far. */
  readonly events: readonly Recorded[]
  /** Another shop that begins where this one is; neither sees what the other does then. */
  copy(): PureShop
}

const { settings } = resolveSettings({}, [])
export const now = '2026-03-01T09:00:00.000Z' as Instant

export const openPureShop = (): PureShop => shopOf(new Map(), [], 0)

const shopOf = (
  records: Map<string, Versioned<unknown>>,
  events: Recorded[],
  drawnBefore: number,
): PureShop => {
  const facts: Facts = { find: ({ kind, id }) => records.get(`${kind} ${id}`) }
  const { context, drawn } = planContexts(settings, now, drawnBefore)
  return {
    run: (command, input, gathered) => {
      const planned = command.plan(facts, command.input.parse(input), context(), gathered as never)
      if (!planned.ok) return planned
      for (const { key, before, state, events: own } of planned.value.changes) {
        const name = `${key.kind} ${key.id}`
        if (state === null) records.delete(name)
        else records.set(name, { state, version: before + Math.max(1, own.length) })
        for (const event of own) events.push({ key, event })
      }
      return { ok: true, value: planned.value.value }
    },
    stored: (kind, id) => {
      const record = records.get(`${kind.name} ${id}`)
      if (record === undefined) throw new Error(`there is no ${kind.name} ${id}`)
      return record.state as never
    },
    all: ({ name }) =>
      [...records].flatMap(([key, { state }]) => (key.startsWith(`${name} `) ? [state as never] : [])),
    events,
    copy: () => shopOf(new Map(records), [...events], drawn()),
  }
}

/** Goods at a price, and so many of them there. */
export const stockGoods = (shop: PureShop, sku: string, quantity: number, price: string): void => {
  for (const done of [
    shop.run(defineProduct, { sku, name: `A ${sku}`, price: { amount: price, currency: 'EUR' } }),
    shop.run(receiveStock, { sku, quantity }, []),
  ]) {
    if (!done.ok) throw new Error(done.error.code)
  }
}
