/** A global that nothing pure may touch: how it is poisoned, and how it gets well again. */
type Antidote = () => void

/** Runs `work` while everything that differs from one host to another throws: clocks, chance, timers, the environment, and whatever a locale or a time zone decides. */
export const poisoned = <Value>(work: () => Value): Value => {
  const antidotes = poisonAll()
  try {
    return work()
  } finally {
    for (const antidote of antidotes.toReversed()) antidote()
  }
}

const poison = (name: string) => (): never => {
  throw new Error(`${name} was asked by what is to be pure`)
}

const replace = (holder: object, name: string, property: PropertyDescriptor): Antidote => {
  const own = Object.getOwnPropertyDescriptor(holder, name)
  Object.defineProperty(holder, name, { configurable: true, ...property })
  return () => {
    if (own === undefined) Reflect.deleteProperty(holder, name)
    else Object.defineProperty(holder, name, own)
  }
}

const functions: readonly (readonly [holder: object, path: string, names: readonly string[]])[] = [
  [Date, 'Date', ['now']],
  [Math, 'Math', ['random']],
  [globalThis, 'globalThis', ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']],
  [performance, 'performance', ['now']],
  [crypto, 'crypto', ['randomUUID', 'getRandomValues']],
  [String.prototype, 'String', ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase']],
  [Number.prototype, 'Number', ['toLocaleString']],
  [BigInt.prototype, 'BigInt', ['toLocaleString']],
  [Array.prototype, 'Array', ['toLocaleString']],
  [Date.prototype, 'Date', ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toString']],
  [
    Date.prototype,
    'Date',
    ['getTimezoneOffset', 'getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes'],
  ],
]

const formatters = ['DateTimeFormat', 'NumberFormat', 'Collator', 'PluralRules', 'Segmenter'] as const

const poisonAll = (): readonly Antidote[] => [
  ...functions.flatMap(([holder, path, names]) =>
    names.map((name) => replace(holder, name, { value: poison(`${path}.${name}`) })),
  ),
  replace(globalThis, 'Date', { value: explicitDate(Date) }),
  replace(process, 'env', { get: poison('process.env') }),
  ...formatters.map((name) => replace(Intl, name, { value: explicitFormat(Intl[name], name) })),
]

/** `new Date()` is a clock; with a moment it is none. */
const explicitDate = (own: DateConstructor): DateConstructor =>
  new Proxy(own, {
    construct: (target, given, newTarget) =>
      given.length === 0 ? poison('new Date()')() : Reflect.construct(target, given, newTarget),
    apply: poison('Date()'),
  })

/** What is left out is taken from the host. */
const explicitFormat = <Format extends object>(own: Format, name: string): Format => {
  const check = ([locales, options]: readonly unknown[]): void => {
    const zone = (options as { readonly timeZone?: unknown } | undefined)?.timeZone
    if (locales === undefined || (name === 'DateTimeFormat' && zone === undefined)) poison(`Intl.${name}`)()
  }
  return new Proxy(own, {
    construct: (target, given: readonly unknown[], newTarget) => {
      check(given)
      return Reflect.construct(target as never, given, newTarget) as object
    },
    apply: (target, self, given: readonly unknown[]) => {
      check(given)
      return Reflect.apply<unknown, readonly unknown[], unknown>(target as never, self, given)
    },
  })
}
