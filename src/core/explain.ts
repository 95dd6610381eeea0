import type { RefusalCode } from './refusal.js'

/** One fact that stands in the way of a command, and what takes it out of the way. */
export interface Blocker {
  readonly code: RefusalCode
  readonly details: Readonly<Record<string, unknown>>
  /** Commands, or conditions in words, that unblock it; empty when nothing does. */
  readonly unblockedBy: readonly string[]
}

/** What can be done with a record now, and for all else the facts that block it (F12). */
export interface Explanation {
  readonly kind: string
  readonly id: string
  readonly status: string
  readonly allowed: readonly string[]
  readonly blocked: readonly { readonly command: string; readonly because: readonly Blocker[] }[]
}

/** The blockers of every command of a record, as its decider itself asks them. */
export type BlockersByCommand = Readonly<Record<string, readonly Blocker[]>>

export const explanationOf = (
  kind: string,
  id: string,
  status: string,
  blockers: BlockersByCommand,
): Explanation => ({
  kind,
  id,
  status,
  allowed: Object.keys(blockers).filter((command) => blockers[command]?.length === 0),
  blocked: Object.entries(blockers).flatMap(([command, because]) =>
    because.length === 0 ? [] : [{ command, because }],
  ),
})

/** The lifecycle forbids the step: says which steps it allows instead. */
export const wrongStatus = <Status extends string, Step extends string>(
  lifecycle: { allows(status: Status, step: Step): boolean; allowed(status: Status): readonly Step[] },
  status: Status,
  steps: readonly Step[],
  unblockedBy: readonly string[] = [],
): readonly Blocker[] =>
  steps.some((step) => lifecycle.allows(status, step))
    ? []
    : [{ code: 'invalid_state', details: { status, allowed: lifecycle.allowed(status) }, unblockedBy }]
