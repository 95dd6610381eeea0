import { types } from 'node:util'
import type { Limits } from '../core/settings.js'

export type Inspection =
  | { readonly ok: true; readonly characters: number }
  | { readonly ok: false; readonly path: readonly (string | number)[]; readonly rule: string }
  | { readonly ok: false; readonly limit: keyof Limits; readonly most: number }

/** Which limit counts the characters of an input. */
export type SizeLimit = 'inputCharacters' | 'statementCharacters'

/**
 * Looks through an input once, before any schema: only plain data of bounded depth and size gets in. A schema copies the fields it knows, but
 * would still read getters, follow cycles and take half a surrogate pair that no store can keep. Fields whose size is a setting (`lines`, `note`,
 * `metadata`) are measured before they are looked into, so that too much of them costs next to nothing.
 */
export const inspectInput = (
  input: unknown,
  limits: Limits,
  largest: SizeLimit = 'inputCharacters',
): Inspection => {
  const state: State = { characters: 0, path: [], ancestors: [], limits, largest, exceeded: largest }
  const rule = brokenRule(input, '', state)
  if (rule === tooLarge) return { ok: false, limit: state.exceeded, most: limits[state.exceeded] }
  return rule === undefined
    ? { ok: true, characters: state.characters }
    : { ok: false, path: state.path, rule }
}

interface State {
  characters: number
  readonly path: (string | number)[]
  readonly ancestors: object[]
  readonly limits: Limits
  readonly largest: SizeLimit
  /** The limit that an answer of `tooLarge` means. */
  exceeded: keyof Limits
}

const tooLarge = 'too large'
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

const brokenRule = (value: unknown, field: string, state: State): string | undefined => {
  if (typeof value === 'string') {
    return field === 'note' && value.length > state.limits.noteCharacters
      ? exceeded('noteCharacters', state)
      : brokenTextRule(value, state)
  }
  if (typeof value === 'object' && value !== null) return brokenObjectRule(value, field, state)
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
  if (state.characters > state.limits[state.largest]) return exceeded(state.largest, state)
  if (unwanted.test(text)) return 'text.control'
  return text.isWellFormed() ? undefined : 'text.surrogate'
}

const brokenObjectRule = (value: object, field: string, state: State): string | undefined => {
  // A proxy could answer the schema otherwise than it answers here.
  if (types.isProxy(value)) return 'plainObject'
  if (state.ancestors.includes(value)) return 'cycle'
  if (state.ancestors.length >= state.limits.inputDepth) return 'json.depth'
  state.ancestors.push(value)
  const rule = Array.isArray(value)
    ? brokenArrayRule(value, field, state)
    : brokenFieldRule(value, field, state)
  state.ancestors.pop()
  return rule
}

const brokenArrayRule = (items: readonly unknown[], field: string, state: State): string | undefined => {
  if (field === 'lines' && items.length > state.limits.linesPerOrder) return exceeded('linesPerOrder', state)
  state.characters += items.length
  if (state.characters > state.limits[state.largest]) return exceeded(state.largest, state)
  if (Object.keys(items).length !== items.length) return 'array'
  for (let index = 0; index < items.length; index += 1) {
    const item = Object.getOwnPropertyDescriptor(items, index)
    if (item === undefined) return at(index, 'array', state)
    const rule = isComputed(item) ? 'plainObject' : brokenRule(item.value, '', state)
    if (rule !== undefined) return at(index, rule, state)
  }
  return undefined
}

const brokenFieldRule = (value: object, field: string, state: State): string | undefined => {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return 'plainObject'
  const keys = Object.getOwnPropertyNames(value)
  const inMetadata = field === 'metadata'
  if (inMetadata && keys.length > state.limits.metadataKeys) return exceeded('metadataKeys', state)
  for (const key of keys) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      return at(key, 'forbiddenKey', state)
    // A number or a truth value takes room as well: about as much as its name is long.
    state.characters += key.length + 4
    if (state.characters > state.limits.inputCharacters) return exceeded('inputCharacters', state)
    const property = Object.getOwnPropertyDescriptor(value, key)
    const rule =
      property === undefined || isComputed(property)
        ? 'plainObject'
        : inMetadata
          ? brokenEntryRule(key, property.value, state)
          : brokenRule(property.value, key, state)
    if (rule !== undefined) return at(key, rule, state)
  }
  return undefined
}

/** Names of metadata are the host's own, so they are texts to look at; all other names are compared with those a schema knows. */
const brokenEntryRule = (key: string, value: unknown, state: State): string | undefined => {
  if (typeof value === 'string' && value.length > state.limits.metadataCharacters)
    return exceeded('metadataCharacters', state)
  return brokenTextRule(key, state) ?? brokenRule(value, '', state)
}

const isComputed = (property: PropertyDescriptor): boolean =>
  property.get !== undefined || property.set !== undefined

const exceeded = (limit: keyof Limits, state: State): string => {
  state.exceeded = limit
  return tooLarge
}

const at = (step: string | number, rule: string, state: State): string => {
  state.path.unshift(step)
  return rule
}
