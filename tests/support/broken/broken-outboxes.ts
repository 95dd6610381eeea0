import { fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { Key } from '../../../src/core/ids/key.js'
import type { Delivery, OutboxMessage, Storage, Writes } from '../../../src/core/ports/storage.js'
import { plus } from '../../../src/core/time/instant.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { broken, writing, type BrokenStore } from './broken.js'

const mark = '#'
const wholeLease = 'NO7 lends a message for the whole of the lease'

const identityOf = ({ tenant, id, fence }: Delivery | OutboxMessage) => ({ tenant, id, fence })

/** The fence under which each message was claimed last. */
const rememberingFences = (storage: Storage) => {
  const newest = new Map<string, number>()
  const claim: Storage['claim'] = async (limit, lease) => {
    const claimed = await storage.claim(limit, lease)
    for (const message of claimed) newest.set(message.id, message.fence)
    return claimed
  }
  return { newest, claim }
}

export const brokenOutboxes: readonly BrokenStore[] = [
  {
    breakage: 'hands out messages without their data',
    open: broken((storage) => ({
      claim: async (limit, lease) =>
        (await storage.claim(limit, lease)).map((message) => ({ ...message, data: {} })),
    })),
    noticedBy: { 'NO1 hands out a message as it was written': /strictly deep-equal/ },
  },
  {
    breakage: 'writes messages before the rest, in a transaction of their own',
    open: broken((storage) => ({
      update: async (tenant, keys, decide) => {
        let writes: Writes | undefined
        const noWrites: Writes = { records: [], events: [], messages: [] }
        await storage.update(tenant, keys, (records, now) => {
          writes = decide(records, now)
          return { ...noWrites, messages: writes.messages }
        })
        await storage.update(tenant, keys, () => ({ ...(writes ?? noWrites), messages: [] }))
      },
    })),
    noticedBy: {
      'NO1 keeps no message of an update that failed': /strictly deep-equal/,
      'EV2 refuses a write at another version': /no message about bob/,
    },
  },
  {
    breakage: 'writes messages after the rest, in a transaction of their own',
    open: broken((storage) => ({
      update: async (tenant, keys, decide) => {
        let messages: Writes['messages'] = []
        await storage.update(tenant, keys, (records, now) => {
          const writes = decide(records, now)
          messages = writes.messages
          return { ...writes, messages: [] }
        })
        const written = JSON.parse(JSON.stringify(messages)) as Writes['messages']
        await storage.update(tenant, keys, () => ({ records: [], events: [], messages: written }))
      },
    })),
    noticedBy: { 'EV9 writes nothing of an update': /no record of ada/ },
  },
  {
    breakage: 'lets every lease end at once',
    open: broken((storage) => ({ claim: (limit) => storage.claim(limit, 0) })),
    noticedBy: {
      'NO7 leaves a claimed message to its claimer': /the lease runs/,
      'NO7 gives every message to one of many relays': /strictly deep-equal/,
    },
  },
  {
    breakage: 'counts no attempts',
    open: broken((storage) => ({
      claim: async (limit, lease) =>
        (await storage.claim(limit, lease)).map((message) => ({ ...message, attempts: 1 })),
    })),
    noticedBy: { 'NO7 leaves a claimed message to its claimer': /1 !== 2/ },
  },
  {
    breakage: 'settles under any fence',
    open: broken((storage) => {
      const { newest, claim } = rememberingFences(storage)
      return {
        claim,
        settle: (results) =>
          storage.settle(
            results.map((result) => ({ ...result, fence: newest.get(result.id) ?? result.fence })),
          ),
      }
    }),
    noticedBy: { 'NO7 ignores a settlement under a fence': /a message was claimed/ },
  },
  {
    breakage: 'forgets that a message was delivered',
    open: broken((storage) => ({
      settle: (results) => storage.settle(results.filter((result) => result.outcome !== 'delivered')),
    })),
    noticedBy: { 'NO2 never hands out again what was delivered': /strictly deep-equal/ },
  },
  {
    breakage: 'hands out all messages of a record at once',
    open: broken(oneLinePerMessage),
    noticedBy: {
      'NO3 hands out the messages of one record one by one': /one message of a record at a time/,
      'NO5 a parked message holds back its own record only': /strictly deep-equal/,
    },
  },
  {
    breakage: 'hands out messages in the order in which they were written',
    open: broken(
      writing((writes) => ({
        ...writes,
        messages: writes.messages.map((message) => ({ ...message, position: 1 })),
      })),
    ),
    noticedBy: { 'NO3 hands out the messages of one record one by one': /strictly deep-equal/ },
  },
  {
    breakage: 'tries again at once',
    open: broken((storage) => ({
      settle: (results) =>
        storage.settle(
          results.map((result) =>
            result.outcome === 'retry'
              ? { ...result, at: '2000-01-01T00:00:00.000Z' as typeof result.at }
              : result,
          ),
        ),
    })),
    noticedBy: { 'NO3 tries again at the time it is told': /not before its time/ },
  },
  {
    breakage: 'sends nothing at all while one message is parked',
    open: broken((storage) => {
      let parked = false
      return {
        settle: (results) => {
          parked ||= results.some((result) => result.outcome === 'parked')
          return storage.settle(results)
        },
        claim: async (limit, lease) => (parked ? [] : storage.claim(limit, lease)),
      }
    }),
    noticedBy: { 'NO5 a parked message holds back its own record only': /strictly deep-equal/ },
  },
  {
    breakage: 'never puts a parked message back',
    open: broken(() => ({ release: async () => 0 })),
    noticedBy: { 'NO5 puts parked messages of one record back in line': /0 !== 1/ },
  },
  {
    breakage: 'claims the newest messages first',
    open: broken((storage, clock) => ({
      claim: async (limit, lease) => {
        const all = (await storage.claim(1_000, lease)).toReversed()
        const back = all.slice(limit).map(({ tenant, id, fence }) => ({ tenant, id, fence }))
        await storage.settle(
          back.map((one) => ({ ...one, outcome: 'retry' as const, at: clock.now(), reason: 'later' })),
        )
        return all.slice(0, limit)
      },
    })),
    noticedBy: { 'claims the oldest messages first': /strictly deep-equal/ },
  },
  {
    breakage: 'claims first what has been due for longest',
    open: broken((storage, clock) => {
      const dueAt = new Map<string, string>()
      const due = ({ id, createdAt }: OutboxMessage): string => dueAt.get(id) ?? createdAt
      return {
        settle: (results) => {
          for (const result of results) if (result.outcome === 'retry') dueAt.set(result.id, result.at)
          return storage.settle(results)
        },
        claim: async (limit, lease) => {
          const all = [...(await storage.claim(1_000, lease))].sort((left, right) =>
            due(left) < due(right) ? -1 : 1,
          )
          await storage.settle(
            all.slice(limit).map(({ tenant, id, fence }) => ({
              ...{ tenant, id, fence, outcome: 'retry' as const },
              ...{ at: clock.now(), reason: 'later' },
            })),
          )
          return all.slice(0, limit)
        },
      }
    }),
    noticedBy: { 'claims the oldest first among those': /strictly deep-equal/ },
  },
  {
    breakage: 'claims the oldest messages of all tenants',
    open: broken(claimingOf((all) => all.toSorted(byAge))),
    noticedBy: {
      'lets a tenant with 1,000 waiting messages': /what is left of a turn goes on/,
      'takes the oldest of each tenant in turn': /strictly deep-equal/,
    },
  },
  {
    breakage: 'serves one tenant after the other',
    open: broken(claimingOf((all) => all.toSorted((left, right) => (left.tenant < right.tenant ? -1 : 1)))),
    noticedBy: {
      'lets a tenant with 1,000 waiting messages': /what is left of a turn goes on/,
      'goes on from one claim to the next': /strictly deep-equal/,
    },
  },
  {
    breakage: 'gives each tenant one message a claim',
    open: broken(claimingOf((all) => [...new Map(all.map((one) => [one.tenant, one])).values()])),
    noticedBy: { 'lets a tenant with 1,000 waiting messages': /what is left of a turn goes on/ },
  },
  {
    breakage: 'begins every claim with the same tenant',
    open: broken(claimingOf((all) => inTurn(all.toSorted(byAge)))),
    noticedBy: { 'goes on from one claim to the next': /strictly deep-equal/ },
  },
  {
    breakage: 'claims the newest of each tenant in turn',
    open: broken(claimingOf((all) => inTurn(all.toSorted(byAge).toReversed()))),
    noticedBy: { 'takes the oldest of each tenant in turn': /of one tenant the oldest come first/ },
  },
  {
    breakage: 'claims more than it was asked for',
    open: broken((storage) => ({ claim: (limit, lease) => storage.claim(limit + 1, lease) })),
    noticedBy: {
      'claims the oldest messages first': /one message was asked for/,
      'NO7 gives every message to one of many relays': /asked for 7 and got 8/,
    },
  },
  {
    breakage: 'lends for half the time',
    open: broken((storage) => ({ claim: (limit, lease) => storage.claim(limit, Math.ceil(lease / 2)) })),
    noticedBy: { [wholeLease]: /the last millisecond of the lease runs/ },
  },
  {
    breakage: 'lends for a millisecond',
    open: broken((storage) => ({ claim: (limit) => storage.claim(limit, 1) })),
    noticedBy: { [wholeLease]: /the last millisecond of the lease runs/ },
  },
  {
    breakage: 'lends for longer than it was asked to',
    open: broken((storage) => ({ claim: (limit, lease) => storage.claim(limit, lease + 1) })),
    noticedBy: { [wholeLease]: /a message was claimed/ },
  },
  {
    breakage: 'drops the messages of an update beyond the thousandth',
    open: broken(writing((writes) => ({ ...writes, messages: writes.messages.slice(0, 1_000) }))),
    noticedBy: { 'NO1 keeps every message of an update': /strictly deep-equal/ },
  },
  {
    breakage: 'drops the messages of an update beyond the third',
    open: broken(writing((writes) => ({ ...writes, messages: writes.messages.slice(0, 3) }))),
    noticedBy: { 'NO1 keeps every message of an update': /as many as were asked for/ },
  },
  {
    breakage: 'claims ten at most',
    open: broken((storage) => ({ claim: (limit, lease) => storage.claim(Math.min(limit, 10), lease) })),
    noticedBy: { 'NO1 keeps every message of an update': /as many as were asked for/ },
  },
  {
    breakage: 'settles ten at most',
    open: broken((storage) => ({ settle: (results) => storage.settle(results.slice(0, 10)) })),
    noticedBy: { 'NO2 settles every result of one call': /strictly deep-equal/ },
  },
  {
    breakage: 'settles all results of a call by the outcome of the first',
    open: broken((storage) => ({
      settle: (results) =>
        storage.settle(results.map((result) => ({ ...results[0], ...identityOf(result) }) as Delivery)),
    })),
    noticedBy: { 'settles each result of one call by its own outcome': /one of them was parked/ },
  },
  {
    breakage: 'settles nothing of a call in which one fence is old',
    open: broken((storage) => {
      const { newest, claim } = rememberingFences(storage)
      return {
        claim,
        settle: async (results) => {
          if (results.every((result) => result.fence === newest.get(result.id))) await storage.settle(results)
        },
      }
    }),
    noticedBy: { 'settles each result of one call by its own outcome': /one of them was parked/ },
  },
  {
    breakage: 'hands out what it claimed in the order of its table',
    open: broken((storage) => ({
      claim: async (limit, lease) =>
        (await storage.claim(limit, lease)).toSorted((left, right) =>
          left.about.id < right.about.id ? -1 : 1,
        ),
    })),
    noticedBy: { 'hands out the oldest first within one claim': /strictly deep-equal/ },
  },
  {
    breakage: 'hands out what it claimed newest first',
    open: broken((storage) => ({
      claim: async (limit, lease) => (await storage.claim(limit, lease)).toReversed(),
    })),
    noticedBy: { 'hands out the oldest first within one claim': /strictly deep-equal/ },
  },
  {
    breakage: 'keeps the data of messages in ASCII',
    open: broken(
      writing((writes) => ({
        ...writes,
        messages: writes.messages.map((message) => ({
          ...message,
          data: JSON.parse(JSON.stringify(message.data).replace(/\P{ASCII}/gu, '?')) as typeof message.data,
        })),
      })),
    ),
    noticedBy: { 'NO1 hands out the data of a message': /strictly deep-equal/ },
  },
  {
    breakage: 'ignores what is settled after its lease',
    open: broken((storage, clock) => {
      const ends = new Map<string, string>()
      return {
        claim: async (limit, lease) => {
          const claimed = await storage.claim(limit, lease)
          for (const message of claimed) ends.set(message.id, plus(clock.now(), lease))
          return claimed
        },
        settle: (results) =>
          storage.settle(results.filter((result) => clock.now() < (ends.get(result.id) ?? ''))),
      }
    }),
    noticedBy: { 'NO2 settles a claim whose lease is over': /strictly deep-equal/ },
  },
  {
    breakage: 'goes on counting the attempts of a released message',
    open: broken((storage) => {
      const before = new Map<string, number>()
      return {
        claim: async (limit, lease) =>
          (await storage.claim(limit, lease)).map((message) => {
            const attempts = (before.get(message.id) ?? 0) + 1
            before.set(message.id, attempts)
            return { ...message, attempts }
          }),
      }
    }),
    noticedBy: { 'NO5 gives a released message all its attempts again': /strictly deep-equal/ },
  },
  {
    breakage: 'begins its fences anew with a released message',
    open: broken((storage) => {
      const left = new Map<string, number>()
      const shown = ({ id, fence }: { readonly id: string; readonly fence: number }) =>
        fence - (left.get(id) ?? 0)
      const fences = new Map<string, number>()
      return {
        claim: async (limit, lease) =>
          (await storage.claim(limit, lease)).map((message) => {
            fences.set(message.id, message.fence)
            return { ...message, fence: shown(message) }
          }),
        settle: (results) =>
          storage.settle(
            results.map((result) => ({ ...result, fence: result.fence + (left.get(result.id) ?? 0) })),
          ),
        release: (tenant, about) => {
          for (const [id, fence] of fences) left.set(id, fence)
          return storage.release(tenant, about)
        },
      }
    }),
    noticedBy: { 'NO5 gives a released message all its attempts again': /the fence grows: 2, then 1/ },
  },
  {
    breakage: 'keeps its leases in memory and its messages on disk',
    open: async () => {
      const clock = fixedClock()
      const storage = memoryStorage({ clock })
      const claimed: OutboxMessage[] = []
      return {
        clock,
        storage: {
          ...passThrough(storage),
          claim: async (limit, lease) => {
            const lent = await storage.claim(limit, lease)
            claimed.push(...lent)
            return lent
          },
        },
        reopen: async () => {
          const at = clock.now()
          await storage.settle(
            claimed.map((one) => ({ ...identityOf(one), outcome: 'retry', at, reason: 'a restart' })),
          )
          return storage
        },
      }
    },
    noticedBy: { 'NO1 keeps messages, leases and settlements': /one message was claimed, no more/ },
  },
  {
    breakage: 'reads its outbox with a cursor over time',
    open: broken((storage) => {
      let last = ''
      return {
        claim: async (limit, lease) => {
          const claimed = await storage.claim(limit, lease)
          const unseen = claimed.filter((message) => message.createdAt >= last)
          last = unseen.at(-1)?.createdAt ?? last
          return unseen
        },
      }
    }),
    noticedBy: { 'NO4 never skips a message that is committed late': /a message was claimed/ },
  },
]

/** Claims everything, keeps of it the first in another order, and puts the rest back. */
function claimingOf(
  order: (all: readonly OutboxMessage[]) => readonly OutboxMessage[],
): Parameters<typeof broken>[0] {
  return (storage, clock) => ({
    claim: async (limit, lease) => {
      const all = await storage.claim(10_000, lease)
      const kept = order(all).slice(0, limit)
      const back = all.filter((one) => !kept.includes(one))
      const at = clock.now()
      await storage.settle(
        back.map((one) => ({ ...identityOf(one), outcome: 'retry' as const, at, reason: 'later' })),
      )
      return kept
    },
  })
}

function byAge(left: OutboxMessage, right: OutboxMessage): number {
  return left.createdAt < right.createdAt ? -1 : left.createdAt > right.createdAt ? 1 : 0
}

/** One of each tenant, then the second of each, the tenants by name. */
function inTurn(all: readonly OutboxMessage[]): readonly OutboxMessage[] {
  const places = new Map<string, number>()
  return all
    .map((one) => {
      const place = places.get(one.tenant) ?? 0
      places.set(one.tenant, place + 1)
      return { one, turn: `${String(place).padStart(6, '0')} ${one.tenant}` }
    })
    .sort((left, right) => (left.turn < right.turn ? -1 : 1))
    .map(({ one }) => one)
}

/** Every message in a line of its own: none waits for another of its record. */
function oneLinePerMessage(storage: Storage): Partial<Storage> {
  const apart = (about: Key, position: number): Key => ({ ...about, id: `${about.id}${mark}${position}` })
  const joined = (message: OutboxMessage): OutboxMessage => ({
    ...message,
    about: { ...message.about, id: message.about.id.slice(0, message.about.id.indexOf(mark)) },
  })
  return {
    ...writing((writes) => ({
      ...writes,
      messages: writes.messages.map((message) => ({
        ...message,
        about: apart(message.about, message.position),
      })),
    }))(storage, { now: () => '' as never }),
    claim: async (limit, lease) => (await storage.claim(limit, lease)).map(joined),
  }
}
