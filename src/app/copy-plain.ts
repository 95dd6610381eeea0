/**
 * Copies plain data all the way down. What leaves the shell is a copy: stores share what they keep with the plans that read it, and a host that
 * changes its answer must not change the books. (Freezing instead would make every later spread of a record ten times as slow.)
 */
export const copyPlain = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyPlain) as Value
  const copy: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value)) copy[name] = copyPlain(part)
  return copy as Value
}
