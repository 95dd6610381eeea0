import type { Actor } from '../ids/actor.js'
import type { TenantId } from '../ids/ids.js'
import type { Facts } from '../plan.js'

export interface PolicyRequest<Action extends string = string> {
  readonly tenant: TenantId
  readonly actor: Actor
  readonly onBehalfOf?: Actor
  /** The command or query, as `orders.cancel`. */
  readonly action: Action
  readonly input: unknown
  /** The records the command has locked; for a query, the records it would return. */
  readonly facts: Facts
}

export type PolicyDecision = { readonly allow: true } | { readonly allow: false; readonly reason: string }

/** Asked before every plan and every query, over the locked facts. Pure and synchronous; one that throws refuses. */
export type Policy<Action extends string = string> = (request: PolicyRequest<Action>) => PolicyDecision

const allowed: PolicyDecision = { allow: true }

/** For hosts that have authorized the call already. */
export const trustHost: Policy = () => allowed

export const denyAll: Policy = () => ({ allow: false, reason: 'everything is denied' })

/** Allows an actor what its roles list: `{ clerk: ['orders.place', 'orders.confirm'], manager: ['*'] }`. */
export const roleTable =
  (
    table: Readonly<Record<string, readonly string[]>>,
    rolesOf: (actor: Actor) => readonly string[],
  ): Policy =>
  ({ actor, action }) =>
    rolesOf(actor).some(
      (role) => Object.hasOwn(table, role) && permits(table[role] as readonly string[], action),
    )
      ? allowed
      : { allow: false, reason: 'no role of this actor lists the action' }

const permits = (actions: readonly string[], action: string): boolean =>
  actions.includes(action) ||
  actions.includes('*') ||
  actions.includes(`${action.slice(0, action.indexOf('.'))}.*`)
