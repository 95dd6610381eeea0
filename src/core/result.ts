import { invariant } from './invariant.js'

/** What a decision returns: the value, or the refusal that a host can switch on. Refusals are values; broken promises throw. */
export type Result<Value, Refusal> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Refusal }

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value })

export const err = <Refusal>(error: Refusal): { readonly ok: false; readonly error: Refusal } => ({
  ok: false,
  error,
})

/** The value of a decision that nothing can refuse where it is asked: what it rests on was decided before, in the same command or the one that stored it. */
export const granted = <Value, Refusal>(result: Result<Value, Refusal>, rule: string): Value => {
  invariant(result.ok, rule)
  return result.value
}
