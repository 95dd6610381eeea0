import type { TenantId } from '../../core/ids/ids.js'
import { keyName, type Key } from '../../core/ids/key.js'
import type { Delivery, NewMessage, OutboxMessage } from '../../core/ports/storage.js'
import { takeInTurn, turnOf } from '../../core/ports/in-turn.js'
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
  let last: TenantId | undefined
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
      const due = byTenant(dueHeads(lines, now))
      const taken = takeInTurn(turnOf([...due.keys()], last), limit, (tenant, most) =>
        (due.get(tenant) ?? []).splice(0, most),
      )
      last = taken.at(-1)?.tenant ?? last
      return taken.map((head): OutboxMessage => {
        head.attempts += 1
        head.fence += 1
        head.dueAt = plus(now, lease)
        return { ...head.message, tenant: head.tenant, attempts: head.attempts, fence: head.fence }
      })
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
      head.attempts = 0
      head.dueAt = head.message.createdAt
      return 1
    },
  }
}

/** Oldest first, so that under load none of a tenant waits for ever. */
const dueHeads = (lines: ReadonlyMap<string, readonly Entry[]>, now: Instant): readonly Entry[] =>
  [...lines.values()]
    .flatMap(([head]) => (head === undefined || head.parked || !isAtOrAfter(now, head.dueAt) ? [] : head))
    .sort((left, right) => compareTexts(left.message.createdAt, right.message.createdAt))

const byTenant = (heads: readonly Entry[]): ReadonlyMap<TenantId, Entry[]> => {
  const grouped = new Map<TenantId, Entry[]>()
  for (const head of heads) {
    const own = grouped.get(head.tenant)
    if (own === undefined) grouped.set(head.tenant, [head])
    else own.push(head)
  }
  return grouped
}

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

const remove = (lines: Map<string, Entry[]>, name: string): void => {
  const line = lines.get(name)
  line?.shift()
  if (line?.length === 0) lines.delete(name)
}
