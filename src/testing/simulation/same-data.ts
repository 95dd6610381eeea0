/** Whether two values are the same plain data, as their canonical JSON would say, without writing it: what is `undefined` is not there. */
export const sameData = (left: unknown, right: unknown): boolean => {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => sameData(item, right[at]))
    )
  }
  return hasFieldsOf(left as Fields, right as Fields) && hasNoOthers(left as Fields, right as Fields)
}

type Fields = Readonly<Record<string, unknown>>

const hasFieldsOf = (fields: Fields, others: Fields): boolean => {
  for (const name in others) if (!sameData(fields[name], others[name])) return false
  return true
}

const hasNoOthers = (fields: Fields, others: Fields): boolean => {
  for (const name in fields) if (fields[name] !== undefined && others[name] === undefined) return false
  return true
}
