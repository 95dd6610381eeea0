/** Freezes plain data all the way down, so that no answer is a handle on what the store keeps. Frozen parts are taken as frozen whole. */
export const freezeDeep = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const part of Object.values(value)) freezeDeep(part)
  return value
}
