import type { z } from 'zod'

/**
 * What a host writes for a schema. Inputs are read and never changed, so objects and lists may be `as const` or frozen; a schema's own input type says
 * mutable lists, and would refuse them.
 */
export type InputOf<Schema extends z.ZodType> = DeepReadonly<z.input<Schema>>

type DeepReadonly<Value> = Value extends object
  ? { readonly [Name in keyof Value]: DeepReadonly<Value[Name]> }
  : Value
