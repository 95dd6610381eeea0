/**
 * The RFC 8785 (JCS) form of plain data: keys in UTF-16 code-unit order, no blanks, numbers and strings as ECMAScript writes them. Equal
 * data has equal text, so its hash can be compared. Properties that are `undefined` are left out, as JSON does.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return primitive(value)
  return Array.isArray(value) ? arrayText(value) : objectText(value as Readonly<Record<string, unknown>>)
}

const primitive = (value: unknown): string => {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  throw new TypeError(`a ${typeof value} has no canonical JSON form`)
}

const arrayText = (items: readonly unknown[]): string => {
  let text = '['
  for (const [index, item] of items.entries()) text += (index === 0 ? '' : ',') + canonicalJson(item ?? null)
  return `${text}]`
}

const objectText = (fields: Readonly<Record<string, unknown>>): string => {
  const keys = Object.keys(fields)
  if (!isSorted(keys)) keys.sort()
  let text = ''
  for (const key of keys) {
    const value = fields[key]
    if (value === undefined) continue
    text += `${text === '' ? '{' : ','}${quoted(key)}:${canonicalJson(value)}`
  }
  return text === '' ? '{}' : `${text}}`
}

const isSorted = (keys: readonly string[]): boolean => {
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index] as string) < (keys[index - 1] as string)) return false
  }
  return true
}

const plain = /^[ !#-[\]-~]*$/

/** Most texts need no escape; asking first is several times as fast as `JSON.stringify` on short ones. */
const quoted = (text: string): string =>
  text.length < 64 && plain.test(text) ? `"${text}"` : JSON.stringify(text)
