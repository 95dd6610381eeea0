/** A function whose answers are computed when they are asked for first, and once. */
export const remembered = <Key, Value>(compute: (key: Key) => Value): ((key: Key) => Value) => {
  const known = new Map<Key, Value>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const value = compute(key)
    known.set(key, value)
    return value
  }
}

/** The same of two keys. */
export const rememberedBoth = <One extends string | number, Other, Value>(
  compute: (one: One, other: Other) => Value,
): ((one: One, other: Other) => Value) => {
  const byOne = remembered((one: One) => remembered((other: Other) => compute(one, other)))
  return (one, other) => byOne(one)(other)
}
