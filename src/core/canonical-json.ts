/**
 * The RFC 8785 (JCS) form of plain data: keys in UTF-16 code-unit order, no blanks, numbers and strings as ECMAScript writes them. Equal
 * data has equal text, so its hash can be compared. Properties that are `undefined` are left out, as JSON does.
 *
 * The engine's own writer does the writing; what it is given has its keys in order first. It is several times as fast as putting the text
 * together here, and leaves a tenth of the garbage.
 */
export const canonicalJson = (value: unknown): string => {
  const inOrder = ordered(value)
  const text = inOrder === unorderable ? textOf(value) : JSON.stringify(inOrder)
  if (typeof text !== 'string') throw noForm(value)
  return text
}

/**
 * An object lists keys that look like an array index by their size, whatever order they are given in, and takes `__proto__` for something else when it is
 * assigned: such data has to be written by hand.
 */
const unorderable = Symbol('unorderable')

/** The same data with all keys in order: itself where they are already, a copy where not. */
const ordered = (value: unknown): unknown => {
  switch (typeof value) {
    case 'object':
      if (value === null) return null
      return Array.isArray(value) ? orderedItems(value) : orderedFields(value as Fields)
    case 'number':
      if (!Number.isFinite(value)) throw noForm(value)
      return value
    case 'string':
    case 'boolean':
    case 'undefined':
      return value
    default:
      throw noForm(value)
  }
}

type Fields = Readonly<Record<string, unknown>>

const orderedItems = (items: readonly unknown[]): unknown => {
  let copy: unknown[] | undefined
  for (let index = 0; index < items.length; index += 1) {
    const item = ordered(items[index])
    if (item === unorderable) return unorderable
    if (copy === undefined && item !== items[index]) copy = [...items]
    if (copy !== undefined) copy[index] = item
  }
  return copy ?? items
}

const orderedFields = (fields: Fields): unknown => {
  let previous = ''
  let inOrder = true
  for (const key in fields) {
    if (startsWithDigit(key) || key === '__proto__') return unorderable
    if (key < previous) inOrder = false
    previous = key
  }
  return inOrder ? withOrderedValues(fields) : inKeyOrder(fields)
}

const withOrderedValues = (fields: Fields): unknown => {
  let copy: Record<string, unknown> | undefined
  for (const key in fields) {
    const field = ordered(fields[key])
    if (field === unorderable) return unorderable
    if (field === fields[key]) continue
    copy ??= { ...fields }
    copy[key] = field
  }
  return copy ?? fields
}

const inKeyOrder = (fields: Fields): unknown => {
  const copy: Record<string, unknown> = {}
  for (const key of sorted(Object.keys(fields))) {
    const field = ordered(fields[key])
    if (field === unorderable) return unorderable
    copy[key] = field
  }
  return copy
}

/** Objects have few keys: sorting them in place allocates nothing, where `sort` would make lists of its own. */
const sorted = (keys: string[]): readonly string[] => {
  if (keys.length > 64) return keys.sort()
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] as string
    let place = index
    while (place > 0 && (keys[place - 1] as string) > key) {
      keys[place] = keys[place - 1] as string
      place -= 1
    }
    keys[place] = key
  }
  return keys
}

const startsWithDigit = (key: string): boolean => {
  const first = key.charCodeAt(0)
  return first >= 48 && first <= 57
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(ordered(value))
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item) ?? 'null').join(',')}]`
  const fields = value as Fields
  const parts = Object.keys(fields)
    .sort()
    .flatMap((key) => {
      const text = textOf(fields[key])
      return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`]
    })
  return `{${parts.join(',')}}`
}

const noForm = (value: unknown): TypeError => new TypeError(`a ${typeof value} has no canonical JSON form`)
