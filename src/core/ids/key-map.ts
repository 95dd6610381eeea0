import type { Key } from './key.js'

/** A map by key. Two levels instead of one text per key: kinds are few, ids exist already, and nothing is put together on the hot path. */
export interface KeyMap<Value> {
  has(key: Key): boolean
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  delete(key: Key): void
  /** All values of one kind. */
  ofKind(kind: string): Iterable<Value>
  values(): Iterable<Value>
}

export const keyMap = <Value>(): KeyMap<Value> => new TwoLevelMap<Value>()

/** The keys among `keys` without repetition, in the order in which they first came. */
export const distinctKeys = (keys: readonly Key[]): readonly Key[] => {
  const known = keyMap<true>()
  return keys.filter((key) => {
    if (known.has(key)) return false
    known.set(key, true)
    return true
  })
}

class TwoLevelMap<Value> implements KeyMap<Value> {
  readonly #kinds = new Map<string, Map<string, Value>>()

  has(key: Key): boolean {
    return this.#kinds.get(key.kind)?.has(key.id) ?? false
  }

  get(key: Key): Value | undefined {
    return this.#kinds.get(key.kind)?.get(key.id)
  }

  set(key: Key, value: Value): void {
    const ids = this.#kinds.get(key.kind)
    if (ids === undefined) this.#kinds.set(key.kind, new Map([[key.id, value]]))
    else ids.set(key.id, value)
  }

  delete(key: Key): void {
    this.#kinds.get(key.kind)?.delete(key.id)
  }

  ofKind(kind: string): Iterable<Value> {
    return this.#kinds.get(kind)?.values() ?? []
  }

  *values(): Iterable<Value> {
    for (const ids of this.#kinds.values()) yield* ids.values()
  }
}
