import type { z } from 'zod'

/** A step into an input: the name of a field, the first of a list, or the first of a record of texts by name. */
export type Step = string | typeof first | typeof named
export const first = Symbol('first')
export const named = Symbol('named')

/** One value of an input that is no object or list, wherever it stands. */
export interface Field {
  readonly path: readonly Step[]
  /** What it takes, without the rest of the input. */
  readonly accepts: (value: unknown) => boolean
}

type Definition = Readonly<Record<string, unknown>> & { readonly type: string }

/** All fields of a schema, those of every form of a union included. */
export const fieldsOf = (schema: z.core.$ZodType, path: readonly Step[] = []): readonly Field[] => {
  const definition = schema._zod.def as unknown as Definition
  const inner = (key: string, ...steps: readonly Step[]) =>
    fieldsOf(definition[key] as z.core.$ZodType, [...path, ...steps])
  switch (definition.type) {
    case 'object':
      return Object.entries(definition['shape'] as Readonly<Record<string, z.core.$ZodType>>).flatMap(
        ([name, field]) => fieldsOf(field, [...path, name]),
      )
    case 'array':
      return inner('element', first)
    case 'record':
      return inner('valueType', named)
    case 'optional':
    case 'nullable':
      return inner('innerType')
    case 'pipe':
      // A text that is changed as it is read is a field; an object that is checked as a whole has fields.
      return inner('in').length > 1
        ? inner('in')
        : [{ path, accepts: (value) => (schema as z.ZodType).safeParse(value).success }]
    case 'union':
      return (definition['options'] as readonly z.core.$ZodType[]).flatMap((option) => fieldsOf(option, path))
    default:
      return [{ path, accepts: (value) => (schema as z.ZodType).safeParse(value).success }]
  }
}

/** The input with another value in one field; what leads there is made where it is missing. */
export const withField = (input: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown => {
  if (step === undefined) return value
  if (step === first) {
    const list: readonly unknown[] = Array.isArray(input) ? input : []
    return [withField(list[0], rest, value), ...list.slice(1)]
  }
  const fields: object = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
  const name = step === named ? (Object.keys(fields)[0] ?? 'name') : step
  return { ...fields, [name]: withField((fields as Readonly<Record<string, unknown>>)[name], rest, value) }
}

export const pathText = (path: readonly Step[]): string =>
  path.map((step) => (step === first ? '[]' : step === named ? '{}' : step)).join('.')
