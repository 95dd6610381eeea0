import type { TenantId } from '../../core/ids/ids.js'
import { keyName, type Key } from '../../core/ids/key.js'
import type { Delivery, NewMessage, OutboxMessage } from '../../core/ports/storage.js'
import { isAtOrAfter, plus, type Instant, type Milliseconds } from '../../core/time/instant.js'

export interface Outbox {
  add(tenant: TenantId, message: NewMessage): void
  claim(limit: number, lease: Milliseconds, now: Instant): readonly OutboxMessage[]
  settle(results: readonly Delivery[]): void
  release(tenant: TenantId, about: Key): number
}

interface Entry {
  readonly tenant: TenantId
  readonly message: NewMessage
  parked: boolean
  attempts: number
  fence: number
  /** Not to be claimed before: the end of a lease, or the time of the next attempt. */
  dueAt: Instant
}

/** One line of messages per record. Only its head is ever claimed, so a record's messages leave in order and one that is parked stops no other. */
export const createOutbox = (): Outbox => {
  const lines = new Map<string, Entry[]>()
  const lineOfMessage = new Map<string, string>()
  const nameOf = (tenant: TenantId, about: Key): string => `${tenant}/${keyName(about)}`
  const find = (result: Delivery): Entry | undefined => {
    const head = lines.get(lineOfMessage.get(result.id) ?? '')?.[0]
    return head?.tenant === result.tenant && head.message.id === result.id ? head : undefined
  }

  return {
    add: (tenant, message) => {
      const name = nameOf(tenant, message.about)
      const line = lines.get(name) ?? []
      line.push({ tenant, message, parked: false, attempts: 0, fence: 0, dueAt: message.createdAt })
      line.sort((left, right) => left.message.position - right.message.position)
      lines.set(name, line)
      lineOfMessage.set(message.id, name)
    },
    claim: (limit, lease, now) => {
      const claimed: OutboxMessage[] = []
      for (const [head] of lines.values()) {
        if (claimed.length === limit) break
        if (head === undefined || head.parked || !isAtOrAfter(now, head.dueAt)) continue
        head.attempts += 1
        head.fence += 1
        head.dueAt = plus(now, lease)
        claimed.push({ ...head.message, tenant: head.tenant, attempts: head.attempts, fence: head.fence })
      }
      return claimed
    },
    settle: (results) => {
      for (const result of results) {
        const head = find(result)
        if (head === undefined || head.fence !== result.fence) continue
        if (result.outcome === 'delivered') {
          remove(lines, nameOf(head.tenant, head.message.about))
          lineOfMessage.delete(result.id)
        } else if (result.outcome === 'retry') head.dueAt = result.at
        else head.parked = true
      }
    },
    release: (tenant, about) => {
      const head = lines.get(nameOf(tenant, about))?.[0]
      if (head?.parked !== true) return 0
      head.parked = false
      return 1
    },
  }
}

const remove = (lines: Map<string, Entry[]>, name: string): void => {
  const line = lines.get(name)
  line?.shift()
  if (line?.length === 0) lines.delete(name)
}
