import { singleTenant, type TenantId } from '../core/ids/ids.js'
import { tenantIdSchema } from '../core/ids/id-schema.js'
import type { Clock } from '../core/ports/clock.js'
import { ConfigurationError } from '../core/ports/errors.js'
import type { Ids } from '../core/ports/ids.js'
import type { Notifier } from '../core/ports/notifier.js'
import type { Actor, Policy } from '../core/ports/policy.js'
import type { Storage } from '../core/ports/storage.js'
import { createBatcher } from './batcher.js'
import { bindCommands, bindOrThrow, type Bound, type BoundOrThrow, type Call } from './bind-commands.js'
import { commands, type Commands } from './commands.js'
import { runCommand, type Caller, type EngineParts } from './run.js'
import type { Hash } from './record-events.js'
import { resolveSettings, type SettingsInput } from './settings.js'

export interface OrderManagementParts {
  readonly storage: Storage
  readonly policy: Policy
  /** Who delivers messages, by channel: `{ email: …, sms: … }`. */
  readonly notifiers: Readonly<Record<string, Notifier>>
  readonly clock: Clock
  readonly ids: Ids
  readonly hash: Hash
  readonly settings: SettingsInput
}

/** Who calls. The host takes all of it from its own verified session, never from a request's body. */
export interface CallerInput {
  /** Left out by hosts that have only one. */
  readonly tenant?: string
  readonly actor: Actor
  readonly onBehalfOf?: Actor
  readonly requestId?: string
  readonly cause?: string
}

/** All commands and queries, for one caller. */
export interface OrderManagementFor extends Bound<Commands> {
  /** The same commands, rejecting with `CommandFailed` instead of answering with a refusal. */
  readonly orThrow: BoundOrThrow<Commands>
}

export interface OrderManagement {
  /** The only way to the commands: for a caller that the host has verified. Throws `context_required` when there is none. */
  as(caller: CallerInput): OrderManagementFor
}

export const assembleOrderManagement = (parts: OrderManagementParts): OrderManagement => {
  const { settings, batcher: batcherSettings } = resolveSettings(parts.settings, Object.keys(parts.notifiers))
  const engine: EngineParts = {
    storage: parts.storage,
    batcher: createBatcher(parts.storage, parts.clock, batcherSettings),
    policy: parts.policy,
    ids: parts.ids,
    hash: parts.hash,
    settings,
  }
  return {
    as: (input) => {
      const caller = verifiedCaller(input)
      const call: Call = (command, commandInput, options) =>
        runCommand(engine, caller, command, commandInput, options)
      return { ...bindCommands(commands, call), orThrow: bindOrThrow(commands, call) }
    },
  }
}

const actorKinds = ['user', 'service', 'system', 'customer']

/** A call without a verified actor is a programmer's mistake, so it throws instead of answering (row 125). */
const verifiedCaller = (input: CallerInput): Caller => {
  const { actor, onBehalfOf, requestId, cause } = input
  if (!isActor(actor)) throw new ContextRequired('oms.as needs an actor with a kind and an id')
  if (onBehalfOf !== undefined && !isActor(onBehalfOf))
    throw new ContextRequired('onBehalfOf needs a kind and an id')
  return {
    tenant: knownTenant(input.tenant),
    actor: { kind: actor.kind, id: actor.id },
    ...(onBehalfOf !== undefined && { onBehalfOf: { kind: onBehalfOf.kind, id: onBehalfOf.id } }),
    ...(requestId !== undefined && { requestId }),
    ...(cause !== undefined && { cause }),
  }
}

const isActor = (actor: Actor | undefined): actor is Actor =>
  typeof actor === 'object' &&
  actorKinds.includes(actor.kind) &&
  typeof actor.id === 'string' &&
  actor.id.length > 0

const knownTenant = (name: string | undefined): TenantId => {
  if (name === undefined) return singleTenant
  const tenant = tenantIdSchema.safeParse(name)
  if (tenant.success) return tenant.data
  throw new ConfigurationError('a tenant is 1 to 64 ASCII letters, digits or . _ : @ + -')
}

/** Thrown when a caller is missing: nothing runs without an actor and a tenant. */
export class ContextRequired extends Error {
  readonly code = 'context_required'

  constructor(message: string) {
    super(message)
    this.name = 'ContextRequired'
  }
}
