import type { Limits } from '../core/settings.js'

export type Inspection =
  | { readonly ok: true; readonly characters: number }
  | { readonly ok: false; readonly path: readonly (string | number)[]; readonly rule: string }
  | { readonly ok: false; readonly limit: 'inputCharacters'; readonly most: number }

/**
 * Looks through an input once, before any schema: only plain data of bounded depth and size gets in. A schema copies the fields it knows, but
 * would still read getters, follow cycles and take half a surrogate pair that no store can keep.
 */
export const inspectInput = (input: unknown, limits: Limits): Inspection => {
  const state: State = { characters: 0, path: [], ancestors: [], limits }
  const rule = brokenRule(input, state)
  if (rule === tooLarge) return { ok: false, limit: 'inputCharacters', most: limits.inputCharacters }
  return rule === undefined
    ? { ok: true, characters: state.characters }
    : { ok: false, path: state.path, rule }
}

interface State {
  characters: number
  readonly path: (string | number)[]
  readonly ancestors: object[]
  readonly limits: Limits
}

const tooLarge = 'too large'
// eslint-disable-next-line no-control-regex -- the control characters are what is looked for
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

const brokenRule = (value: unknown, state: State): string | undefined => {
  if (typeof value === 'string') return brokenTextRule(value, state)
  if (typeof value === 'object' && value !== null) return brokenObjectRule(value, state)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return 'number.finite'
    return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
      ? 'number.unsafe'
      : undefined
  }
  return typeof value === 'boolean' || value === null || value === undefined ? undefined : 'type'
}

const brokenTextRule = (text: string, state: State): string | undefined => {
  state.characters += text.length
  if (state.characters > state.limits.inputCharacters) return tooLarge
  if (unwanted.test(text)) return 'text.control'
  return text.isWellFormed() ? undefined : 'text.surrogate'
}

const brokenObjectRule = (value: object, state: State): string | undefined => {
  if (state.ancestors.includes(value)) return 'cycle'
  if (state.ancestors.length >= state.limits.inputDepth) return 'json.depth'
  state.ancestors.push(value)
  const rule = Array.isArray(value) ? brokenArrayRule(value, state) : brokenFieldRule(value, state)
  state.ancestors.pop()
  return rule
}

const brokenArrayRule = (items: readonly unknown[], state: State): string | undefined => {
  state.characters += items.length
  if (state.characters > state.limits.inputCharacters) return tooLarge
  if (Object.keys(items).length !== items.length) return 'array'
  for (let index = 0; index < items.length; index += 1) {
    const rule = brokenRule(items[index], state)
    if (rule !== undefined) return at(index, rule, state)
  }
  return undefined
}

const brokenFieldRule = (value: object, state: State): string | undefined => {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return 'plainObject'
  for (const key of Object.getOwnPropertyNames(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      return at(key, 'forbiddenKey', state)
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (property?.get !== undefined || property?.set !== undefined) return at(key, 'plainObject', state)
    state.characters += key.length
    const rule = brokenRule(property?.value, state)
    if (rule !== undefined) return at(key, rule, state)
  }
  return undefined
}

const at = (step: string | number, rule: string, state: State): string => {
  state.path.unshift(step)
  return rule
}
