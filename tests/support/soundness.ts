import { expect, it } from 'vitest'
import { assertSound } from '../../src/core/assertions.js'
import type { TenantId } from '../../src/core/ids/ids.js'
import type { Storage } from '../../src/core/ports/storage.js'

/** Asks of a state what is asked before it is written as that version of its record. */
export const ask = (kind: string, state: unknown, version = 1): void => {
  const events = [{ type: 'Planted' }]
  assertSound({ key: { kind, id: 'asked' }, before: version - 1, state, entries: {}, events })
}

/** The newest state of a kind that a store has, or the first that is meant. */
export const newestOf = async <State>(
  storage: Storage,
  kind: string,
  isMeant: (state: State) => boolean = () => true,
): Promise<State> => {
  const { items } = await storage.find('main' as TenantId, { kind, limit: 200 })
  const found = items.map(({ state }) => state as State).findLast(isMeant)
  if (found === undefined) throw new Error(`there is no such ${kind}`)
  return found
}

/** What is wrong with a state, what was changed by hand to make it so, and what is said. */
export type Planted<State> = readonly [
  wrong: string,
  change: Partial<State> | ((state: State) => Partial<State>),
  rule: string,
]

/** A state that real commands have left is sound, and with each of these changes it is not. */
export const plantedIn = <State extends object>(
  kind: string,
  stateOf: () => Promise<State>,
  planted: readonly Planted<State>[],
): void => {
  let left: Promise<State> | undefined
  const known = (): Promise<State> => (left ??= stateOf())

  it(`what trade leaves of it is sound: ${kind}`, async () => {
    const state = await known()
    expect(() => {
      ask(kind, state)
    }).not.toThrow()
  })

  it.each(planted)(`a ${kind} is broken when %s`, async (_wrong, change, rule) => {
    const state = await known()
    const changed = { ...state, ...(typeof change === 'function' ? change(state) : change) }
    expect(() => {
      ask(kind, changed)
    }).toThrow(
      expect.objectContaining({
        code: 'invariant_violated',
        message: expect.stringContaining(rule) as string,
      }) as Error,
    )
  })
}

/** The same list with a change of its first entry. */
export const withFirst = <Entry>(
  [first, ...others]: readonly Entry[],
  change: (entry: Entry) => Partial<Entry>,
): readonly Entry[] => {
  if (first === undefined) throw new Error('there is no first entry')
  return [{ ...first, ...change(first) }, ...others]
}
