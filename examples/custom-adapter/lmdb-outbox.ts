import type { Delivery, Instant, Key, Milliseconds, NewMessage, OutboxMessage, TenantId } from 'orderwright'
import { under, type MessageKey, type QueuedMessage, type Tables } from './tables.js'

/** Messages about one record form a line, in the order of their positions. Only the first of a line is ever claimed. All inside a transaction. */
export const queueMessage = (tables: Tables, tenant: TenantId, message: NewMessage): void => {
  const { about, id, position, createdAt } = message
  const key: MessageKey = [tenant, about.kind, about.id, position, id]
  changeLine(tables, key, () => {
    tables.messages.putSync(key, { message, parked: false, attempts: 0, fence: 0, dueAt: createdAt })
    tables.places.putSync([tenant, id], key)
  })
}

export const claimMessages = (
  tables: Tables,
  limit: number,
  lease: Milliseconds,
  now: Instant,
): readonly OutboxMessage[] => {
  const due: MessageKey[] = []
  for (const { key, value: dueAt } of tables.heads.getRange({})) {
    if (due.length === limit) break
    const [, ...place] = key
    if (dueAt <= now) due.push(place)
  }
  return due.flatMap((key) => {
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
  if (before !== undefined) tables.heads.removeSync([before.value.message.createdAt, ...before.key])
  change()
  const after = headOf(tables, line)
  if (after !== undefined && !after.value.parked) {
    tables.heads.putSync([after.value.message.createdAt, ...after.key], after.value.dueAt)
  }
}

const headOf = (
  { messages }: Tables,
  line: readonly string[],
): { key: MessageKey; value: QueuedMessage } | undefined => {
  for (const head of messages.getRange({ ...under(line), limit: 1 })) return head
  return undefined
}

const later = (instant: Instant, span: Milliseconds): string =>
  new Date(Date.parse(instant) + span).toISOString()
