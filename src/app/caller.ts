import { singleTenant, type TenantId } from '../core/ids/ids.js'
import { tenantIdSchema } from '../core/ids/id-schema.js'
import { ConfigurationError } from '../core/ports/errors.js'
import type { Actor } from '../core/ids/actor.js'
import type { Caller } from './run.js'

/** Who calls. The host takes all of it from its own verified session, never from a request's body. */
export interface CallerInput {
  /** Left out by hosts that have only one. */
  readonly tenant?: string
  readonly actor: Actor
  readonly onBehalfOf?: Actor
  /** The host's own name of the request, at most 255 characters. It is recorded with every event. */
  readonly requestId?: string
  /** What led to the call: an event, a schedule, a ticket. At most 255 characters, recorded like the request. */
  readonly cause?: string
}

/** A call without a verified actor is a programmer's mistake, so it throws instead of answering (row 125). */
export const verifiedCaller = (input: CallerInput | null | undefined): Caller => {
  if (typeof input !== 'object' || input === null) throw new ContextRequired('oms.as needs to know who calls')
  const { actor, onBehalfOf, requestId, cause } = input
  return {
    tenant: knownTenant(input.tenant),
    actor: knownActor('actor', actor),
    ...(onBehalfOf !== undefined && { onBehalfOf: knownActor('onBehalfOf', onBehalfOf) }),
    ...(requestId !== undefined && { requestId: knownText('requestId', requestId) }),
    ...(cause !== undefined && { cause: knownText('cause', cause) }),
  }
}

export const knownTenant = (name: string | undefined): TenantId => {
  if (name === undefined) return singleTenant
  const tenant = tenantIdSchema.safeParse(name)
  if (tenant.success) return tenant.data
  throw new ConfigurationError('a tenant is 1 to 64 ASCII letters, digits or . _ : @ + -')
}

const actorKinds = ['user', 'service', 'system', 'customer']

const knownActor = (name: string, actor: Actor | null | undefined): Actor => {
  if (typeof actor !== 'object' || actor === null || !actorKinds.includes(actor.kind) || !isText(actor.id))
    throw new ContextRequired(
      `${name} needs a kind (${actorKinds.join(', ')}) and an id of 1 to 255 characters`,
    )
  return { kind: actor.kind, id: actor.id }
}

const knownText = (name: string, text: string): string => {
  if (isText(text)) return text
  throw new ConfigurationError(`${name} is a text of 1 to 255 characters without control characters`)
}

/** It is written into every event, so it is text that any store can keep. */
const isText = (text: unknown): text is string =>
  typeof text === 'string' &&
  text.length > 0 &&
  text.length <= 255 &&
  text.isWellFormed() &&
  !/\p{Cc}/u.test(text)

/** Thrown when a caller is missing: nothing runs without an actor and a tenant. */
export class ContextRequired extends Error {
  readonly code = 'context_required'

  constructor(message: string) {
    super(message)
    this.name = 'ContextRequired'
  }
}
