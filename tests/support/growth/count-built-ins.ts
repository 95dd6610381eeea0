/** Counts the characters and elements that built-in functions go over. */
export interface BuiltInCounter {
  begin(): void
  end(): number
}

type Method = (this: never, ...given: never[]) => unknown

/** How much a call went over: what it was called on, what it was given, what it answered. */
type Size = (self: Sized, given: readonly unknown[], answer: unknown) => number

interface Sized {
  readonly length: number
}

const whole: Size = ({ length }) => length
const answered: Size = (_self, _given, answer) => (answer as Sized | undefined)?.length ?? 0
const textGiven: Size = (_self, [text]) => String(text).length
/** From where the search begins to where it finds something. */
const searched: Size = ({ length }, [, from], found) =>
  (typeof found === 'number' && found >= 0 ? found : length) - (typeof from === 'number' ? from : 0)

/** Puts counters in the place of the built-in functions, for good: only for a thread that does nothing else. */
export const countBuiltIns = (): BuiltInCounter => {
  let isCounting = false
  let sum = 0

  const replace = (owner: object, name: string | symbol, counted: (method: Method) => Method): void => {
    const value = counted(Reflect.get(owner, name) as Method)
    Object.defineProperty(owner, name, { value, writable: true, configurable: true })
  }
  const countCalls = (owner: object, names: readonly string[], size: Size): void => {
    for (const name of names) {
      replace(
        owner,
        name,
        (method) =>
          function (this: never, ...given: never[]): unknown {
            if (!isCounting) return method.apply(this, given)
            isCounting = false
            try {
              const answer = method.apply(this, given)
              sum += Math.max(0, size(this, given, answer))
              return answer
            } finally {
              isCounting = true
            }
          },
      )
    }
  }
  /** Each element that is asked for, be it by a loop, by a spread or by a copy. */
  const countElements = (owner: object, names: readonly (string | symbol)[]): void => {
    for (const name of names) {
      replace(
        owner,
        name,
        (method) =>
          function (this: never): unknown {
            const iterator = method.apply(this, []) as Iterator<unknown>
            if (!isCounting) return iterator
            const next = (): IteratorResult<unknown> => {
              sum += 1
              return iterator.next()
            }
            return Object.assign(Object.create(iteratorPrototype) as object, { next })
          },
      )
    }
  }

  countCalls(String.prototype, ['indexOf', 'includes', 'lastIndexOf'], searched)
  countCalls(String.prototype, ['split', 'replaceAll', 'replace', 'normalize', 'trim'], whole)
  countCalls(String.prototype, ['isWellFormed', 'toLowerCase', 'toUpperCase'], whole)
  countCalls(String.prototype, ['slice', 'substring', 'repeat', 'padStart', 'concat'], answered)
  countCalls(Array.prototype, ['indexOf', 'includes', 'lastIndexOf'], searched)
  countCalls(Array.prototype, ['shift', 'unshift', 'splice', 'reverse', 'join'], whole)
  countCalls(Array.prototype, ['slice', 'concat', 'flat', 'toSorted', 'toReversed', 'with'], answered)
  countCalls(Object, ['keys', 'values', 'entries', 'getOwnPropertyNames'], answered)
  replace(
    RegExp.prototype,
    'exec',
    (method) =>
      function (this: RegExp, text: never): unknown {
        const begin = this.lastIndex
        const match = method.call(this as never, text) as RegExpExecArray | null
        if (isCounting) sum += (match === null ? String(text).length : match.index + match[0].length) - begin
        return match
      },
  )
  countCalls(JSON, ['stringify'], answered)
  countCalls(JSON, ['parse'], textGiven)
  countElements(Array.prototype, [Symbol.iterator, 'values', 'entries', 'keys'])
  countElements(Map.prototype, [Symbol.iterator, 'values', 'entries', 'keys'])
  countElements(Set.prototype, [Symbol.iterator, 'values', 'entries', 'keys'])
  return {
    begin: () => {
      sum = 0
      isCounting = true
    },
    end: () => {
      isCounting = false
      return sum
    },
  }
}

const iteratorPrototype: object = Object.getPrototypeOf(
  Object.getPrototypeOf([][Symbol.iterator]()) as object,
) as object
