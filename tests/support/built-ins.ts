/** Whatever the language hands out: constructors, their prototypes, and what hangs on them. */
const roots = (): ReadonlyMap<string, unknown> => {
  const named = [
    ...['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Promise', 'Proxy'],
    ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'RegExp', 'Date', 'Error', 'AggregateError'],
    ...['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'URIError', 'EvalError'],
    ...['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Uint8Array', 'Int32Array', 'Float64Array'],
    ...['JSON', 'Math', 'Reflect', 'Atomics', 'Intl', 'URL', 'TextDecoder', 'TextEncoder'],
  ].map((name) => [name, Reflect.get(globalThis, name)] as const)
  const prototypeOf = Object.getPrototypeOf as (value: object) => object
  const functions = {
    'an iterator': prototypeOf([][Symbol.iterator]()),
    'a generator function': prototypeOf(function* () {}),
    'an asynchronous function': prototypeOf(async () => undefined),
    'an asynchronous generator function': prototypeOf(async function* () {}),
  }
  return new Map<string, unknown>([...named, ...Object.entries(functions)])
}

/** All properties of all of them, by where they hang: `Object.prototype.toString`. */
export type BuiltIns = ReadonlyMap<string, PropertyDescriptor>

export const builtIns = (): BuiltIns => {
  const properties = new Map<string, PropertyDescriptor>()
  const visited = new Set<unknown>()
  const visit = (path: string, value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
    if (visited.has(value)) return
    visited.add(value)
    for (const name of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, name)
      if (property === undefined) continue
      const at = `${path}.${String(name)}`
      properties.set(at, property)
      for (const part of ['value', 'get', 'set'] as const) visit(at, Reflect.get(property, part))
    }
    visit(`${path} above`, Object.getPrototypeOf(value))
  }
  for (const [name, value] of roots()) visit(name, value)
  return properties
}

const parts = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const

/** Where something was added, taken away or exchanged since. */
export const changedSince = (before: BuiltIns): readonly string[] => {
  const now = builtIns()
  return [...new Set([...before.keys(), ...now.keys()])].filter((at) => {
    const [was, is] = [before.get(at), now.get(at)]
    return (
      was === undefined ||
      is === undefined ||
      parts.some((part) => !Object.is(Reflect.get(was, part), Reflect.get(is, part)))
    )
  })
}
