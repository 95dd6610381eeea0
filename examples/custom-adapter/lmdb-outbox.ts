import type { Delivery, Instant, Key, Milliseconds, NewMessage, OutboxMessage, TenantId } from 'orderwright'
import { lastKey, under, type HeadKey, type MessageKey, type QueuedMessage, type Tables } from './tables.js'

/** Messages about one record form a line, in the order of their positions. Only the first of a line is ever claimed. All inside a transaction. */
export const queueMessage = (tables: Tables, tenant: TenantId, message: NewMessage): void => {
  const { about, id, position, createdAt } = message
  const key: MessageKey = [tenant, about.kind, about.id, position, id]
  changeLine(tables, key, () => {
    tables.messages.putSync(key, { message, parked: false, attempts: 0, fence: 0, dueAt: createdAt })
    tables.places.putSync([tenant, id], key)
  })
}

/** Whose turn it was last. */
export interface Turn {
  last: string | undefined
}

/** The oldest of each tenant, then the second of each: the backlog of one holds up nobody else's messages. */
export const claimMessages = (
  tables: Tables,
  turn: Turn,
  limit: number,
  lease: Milliseconds,
  now: Instant,
): readonly OutboxMessage[] => {
  const due: MessageKey[] = []
  let walks = tenantsInTurn(tables, turn.last).map((tenant) => dueHeads(tables, tenant, now))
  while (walks.length > 0 && due.length < limit) {
    const steps = walks.map((walk) => ({ walk, step: walk.next() }))
    due.push(...steps.flatMap(({ step }) => (step.done === true ? [] : [step.value])))
    walks = steps.flatMap(({ walk, step }) => (step.done === true ? [] : [walk]))
  }
  for (const walk of walks) walk.return(undefined)
  const taken = due.slice(0, limit)
  turn.last = taken.at(-1)?.[0] ?? turn.last
  return taken.flatMap((key) => {
    const queued = tables.messages.get(key)
    if (queued === undefined) return []
    const claimed = {
      ...queued,
      attempts: queued.attempts + 1,
      fence: queued.fence + 1,
      dueAt: later(now, lease),
    }
    changeLine(tables, key, () => tables.messages.putSync(key, claimed))
    const { message, attempts, fence } = claimed
    return { ...message, tenant: key[0] as TenantId, attempts, fence }
  })
}

/** Everybody who has a message waiting, by name, from behind the tenant whose turn it was last. Steps from one to the next over all that waits between. */
const tenantsInTurn = (tables: Tables, last: string | undefined): readonly string[] => {
  const tenants: string[] = []
  for (let next = tenantAfter(tables); next !== undefined; next = tenantAfter(tables, next))
    tenants.push(next)
  const behind = tenants.findIndex((tenant) => last !== undefined && tenant > last)
  return behind === -1 ? tenants : [...tenants.slice(behind), ...tenants.slice(0, behind)]
}

const tenantAfter = (tables: Tables, tenant?: string): string | undefined => {
  const behind = tenant === undefined ? {} : { start: [tenant, lastKey] }
  for (const [next] of tables.heads.getKeys({ ...behind, limit: 1 })) return next
  return undefined
}

function* dueHeads(tables: Tables, tenant: string, now: Instant): Generator<MessageKey, undefined> {
  for (const { key, value: dueAt } of tables.heads.getRange(under([tenant]))) {
    const [, , ...place] = key
    if (dueAt <= now) yield [tenant, ...place]
  }
}

export const settleMessage = (tables: Tables, result: Delivery): void => {
  const key = tables.places.get([result.tenant, result.id])
  const queued = key === undefined ? undefined : tables.messages.get(key)
  if (key === undefined || queued === undefined || queued.fence !== result.fence) return
  changeLine(tables, key, () => {
    if (result.outcome === 'delivered') {
      tables.messages.removeSync(key)
      tables.places.removeSync([result.tenant, result.id])
    } else {
      tables.messages.putSync(key, {
        ...queued,
        reason: result.reason,
        ...(result.outcome === 'retry' ? { dueAt: result.at } : { parked: true }),
      })
    }
  })
}

export const releaseMessages = (tables: Tables, tenant: TenantId, about: Key): number => {
  const head = headOf(tables, [tenant, about.kind, about.id])
  if (head?.value.parked !== true) return 0
  const { key, value } = head
  changeLine(tables, key, () =>
    tables.messages.putSync(key, { ...value, parked: false, attempts: 0, dueAt: value.message.createdAt }),
  )
  return 1
}

/** The one place where a line changes, so that the head of a line is listed exactly as long as it is one. */
const changeLine = (tables: Tables, [tenant, kind, id]: MessageKey, change: () => void): void => {
  const line = [tenant, kind, id] as const
  const before = headOf(tables, line)
  if (before !== undefined) tables.heads.removeSync(headKey(before.key, before.value))
  change()
  const after = headOf(tables, line)
  if (after !== undefined && !after.value.parked) {
    tables.heads.putSync(headKey(after.key, after.value), after.value.dueAt)
  }
}

const headKey = ([tenant, ...place]: MessageKey, { message }: QueuedMessage): HeadKey => [
  tenant,
  message.createdAt,
  ...place,
]

const headOf = (
  { messages }: Tables,
  line: readonly string[],
): { key: MessageKey; value: QueuedMessage } | undefined => {
  for (const head of messages.getRange({ ...under(line), limit: 1 })) return head
  return undefined
}

const later = (instant: Instant, span: Milliseconds): string =>
  new Date(Date.parse(instant) + span).toISOString()
