import { ok, strictEqual } from 'node:assert/strict'
import type { Key } from '../../core/ids/key.js'
import type { Delivery, NewMessage, OutboxMessage, Storage } from '../../core/ports/storage.js'
import { message, put, sending, together } from './sample-writes.js'
import { tenant } from './store-under-test.js'

export const longLease = 600_000

/** Changes the record and queues a message about it at each position, in one update; answers what was written. */
export const queue = async (
  storage: Storage,
  about: Key,
  positions: readonly number[],
): Promise<readonly NewMessage[]> => {
  let written: readonly NewMessage[] = []
  await storage.update(tenant, [about], (records, now) => {
    written = positions.map((position) => message(about, position, now))
    return together(put(about, records.get(about), { positions }), sending(...written))
  })
  return written
}

export const claimedFrom = (messages: readonly OutboxMessage[]): OutboxMessage => {
  const [only, ...more] = messages
  strictEqual(more.length, 0, 'one message was claimed, no more')
  ok(only !== undefined, 'a message was claimed')
  return only
}

export const identityOf = ({ id, fence, tenant: owner }: OutboxMessage) => ({ tenant: owner, id, fence })

export const settlement = (
  claimed: OutboxMessage,
  outcome: Delivery['outcome'],
  at: NewMessage['createdAt'],
): Delivery => {
  switch (outcome) {
    case 'delivered':
      return { ...identityOf(claimed), outcome }
    case 'retry':
      return { ...identityOf(claimed), outcome, at, reason: 'the channel was down' }
    case 'parked':
      return { ...identityOf(claimed), outcome, reason: 'there is no such address' }
  }
}

export const plainMessage = ({
  id,
  about,
  position,
  topic,
  channel,
  data,
  createdAt,
}: OutboxMessage): NewMessage => ({
  id,
  about: { kind: about.kind, id: about.id },
  position,
  topic,
  channel,
  data,
  createdAt,
})
