/** A promise of our own code was broken: a bug, never a user's mistake. Recognized by `code`, since hosts may load both builds. */
export class InvariantViolation extends Error {
  readonly code = 'invariant_violated'

  constructor(rule: string) {
    super(`orderwright broke its own rule: ${rule}. Nothing was written; please report it.`)
    this.name = 'InvariantViolation'
  }
}

/** Stays on in production: the first line that can tell stops the command before anything is written. */
export function invariant(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new InvariantViolation(rule)
}

/** What our own code has put where it is looked for, such as the element of a list that stands beside another. */
export function present<Value>(value: Value | undefined, rule: string): Value {
  invariant(value !== undefined, rule)
  return value
}

/** The element of a list at a place that another list of the same length has. */
export const elementAt = <Value>(list: readonly Value[], index: number): Value =>
  present(list[index], 'lists that belong together are of one length')
