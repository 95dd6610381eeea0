import { describe, expect, it } from 'vitest'
import type { AnyMachineSnapshot, EventObject } from 'xstate'
import { createTestModel } from 'xstate/graph'
import type { AnyLifecycle } from './all-lifecycles.js'
import { allLifecycles, stepsOf } from './all-lifecycles.js'

type Path = {
  readonly steps: readonly { readonly event: EventObject; readonly state: AnyMachineSnapshot }[]
  readonly state: AnyMachineSnapshot
  readonly test: (params: object) => Promise<unknown>
}

/** The stored record in miniature: its status moves only as the table allows, and every step taken is kept. */
const recordUnder = (lifecycle: AnyLifecycle) => {
  let status = lifecycle.initial
  const log: string[] = []
  return {
    status: () => status,
    log,
    take: (event: string) => {
      const next = lifecycle.next(status, event)
      if (next === undefined) throw new Error(`${event} refused in ${status}`)
      log.push(`${status} -${event}-> ${next}`)
      status = next
    },
  }
}

/** Walks a path of the XState model on a record; after each step the record must be where the model is. */
const walk = async (lifecycle: AnyLifecycle, path: Path): Promise<readonly string[]> => {
  const record = recordUnder(lifecycle)
  await path.test({
    events: Object.fromEntries(
      lifecycle.events.map((event) => [
        event,
        () => {
          record.take(event)
        },
      ]),
    ),
    states: {
      '*': (state: AnyMachineSnapshot) => {
        expect(record.status()).toBe(state.value)
        expect(lifecycle.isFinal(record.status())).toBe(state.status === 'done')
      },
    },
  })
  expect(record.status()).toBe(path.state.value)
  return record.log
}

const walkAll = async (lifecycle: AnyLifecycle, paths: readonly Path[]): Promise<ReadonlySet<string>> => {
  const logs = await Promise.all(paths.map((path) => walk(lifecycle, path)))
  return new Set(logs.flat())
}

describe.each(allLifecycles)('the %s table', (_name, lifecycle) => {
  it('OQ7 follows the shortest path to every transition of the model and takes each one', async () => {
    // By default a step back to the same status is not a place of its own, and no path would take it.
    const model = createTestModel(lifecycle.machine, {
      serializeTransition: (_state, event, previous) => `${event?.type} from ${String(previous?.value)}`,
    })
    const taken = await walkAll(lifecycle, model.getShortestPaths())
    expect([...taken].sort()).toEqual([...stepsOf(lifecycle)].sort())
  })

  it('OQ7 follows every simple path of the model to the same end and misses no status', async () => {
    const paths: readonly Path[] = createTestModel(lifecycle.machine).getSimplePaths()
    await walkAll(lifecycle, paths)
    const visited = paths.flatMap(({ steps, state }) => [
      ...steps.map((step) => step.state.value),
      state.value,
    ])
    expect([...new Set([lifecycle.initial, ...visited])].sort()).toEqual([...lifecycle.states].sort())
  })

  it('ends: a final status can be reached from every status, unless the lifecycle never ends', () => {
    const finals = lifecycle.states.filter((status) => lifecycle.isFinal(status))
    if (finals.length === 0) return expect(lifecycle.machine.id).toBe('bank-entry')
    const reaches = (from: string, seen: ReadonlySet<string> = new Set()): boolean =>
      lifecycle.isFinal(from) ||
      lifecycle.allowed(from).some((event) => {
        const next = lifecycle.next(from, event)
        return next !== undefined && !seen.has(next) && reaches(next, new Set([...seen, from, next]))
      })
    expect(lifecycle.states.filter((status) => !reaches(status))).toEqual([])
  })
})
