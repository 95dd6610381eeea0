import { setImmediate as turn } from 'node:timers/promises'
import type { Storage, StoredRecord } from '../../src/core/ports/storage.js'
import {
  append,
  recordWrite,
  sampleKey,
  sending,
  together,
} from '../../src/testing/conformance/sample-writes.js'
import { noWrites, tenant } from '../../src/testing/conformance/store-under-test.js'
import { chanceFrom, type Chance } from '../../src/testing/simulation/chance.js'
import type { ListStep } from '../../src/testing/simulation/history/append-check.js'
import { eventOf } from '../../src/testing/simulation/recorded-event.js'

export interface AppendRun {
  readonly seed: number
  readonly clients: number
  /** Of each client, one after another. */
  readonly steps: number
  /** Ways to one store, at which the clients take turns. */
  readonly stores: readonly Storage[]
  /** Lends the store inside of a transaction of the host's, and ends that as it is told. */
  readonly within?: (end: 'COMMIT' | 'ROLLBACK', work: (storage: Storage) => Promise<void>) => Promise<void>
}

export interface AppendHistory {
  readonly steps: readonly ListStep[]
  /** As they stand at the end, read from the records. */
  readonly lists: ReadonlyMap<string, readonly number[]>
  /** As the events of the records tell it. */
  readonly told: ReadonlyMap<string, readonly number[]>
}

const names = ['a', 'b', 'c', 'd'] as const
/** What no store takes: a record that does not exist, written over its seventh version. */
const spoilt = sampleKey('spoilt')

/** Clients that look at lists and put numbers at the ends of some of them, in one update each, all at once. */
export const runAppends = async (run: AppendRun): Promise<AppendHistory> => {
  const [storage] = run.stores
  if (storage === undefined) throw new Error('there is no way to a store')
  const steps: ListStep[] = []
  let moments = 0
  let numbers = 0
  const client = async (place: number, chance: Chance): Promise<void> => {
    const way = run.stores[place % run.stores.length] ?? storage
    for (let count = 1; count <= run.steps; count += 1) {
      if (chance.oneIn(3)) await turn()
      const invoked = (moments += 1)
      const done = await step(run, way, chance, () => (numbers += 1))
      const answered = done.outcome === 'unknown' ? Infinity : (moments += 1)
      steps.push({ ...done, name: `client ${place} step ${count}`, invoked, answered })
    }
  }
  const chance = chanceFrom(run.seed)
  await Promise.all(Array.from({ length: run.clients }, (_, place) => client(place, chance.fork())))

  const lists = new Map<string, readonly number[]>()
  const told = new Map<string, readonly number[]>()
  for (const record of await storage.read(tenant, names.map(sampleKey))) {
    const { key } = record
    lists.set(key.id, valuesIn(record))
    const values: number[] = []
    for await (const event of storage.history(tenant, key)) values.push(eventOf<NumberAppended>(event).value)
    told.set(key.id, values)
  }
  return { steps, lists, told }
}

interface NumberAppended {
  readonly type: 'NumberAppended'
  readonly value: number
}

type Done = Pick<ListStep, 'outcome' | 'reads' | 'appends' | 'isGlance'>

const step = async (
  { within }: AppendRun,
  storage: Storage,
  chance: Chance,
  number: () => number,
): Promise<Done> => {
  const lists = names.filter(() => !chance.oneIn(3))
  const keys = lists.map(sampleKey)
  const manner = chance.of(['glance', 'look', 'spoil', 'throw', 'host', 'add', 'add', 'add', 'add', 'add'])
  if (manner === 'glance') {
    const found = new Map((await storage.read(tenant, keys)).map((record) => [record.key.id, record]))
    const reads = lists.map((list) => ({ list, values: valuesIn(found.get(list)) }))
    return { outcome: 'committed', reads, appends: [], isGlance: true }
  }
  const appends = (manner === 'look' ? [] : lists.filter(() => chance.oneIn(2))).flatMap((list) =>
    Array.from({ length: 1 + chance.below(2) }, () => ({ list, value: number() })),
  )
  let reads: Done['reads'] = []
  const update = (store: Storage): Promise<void> =>
    store.update(tenant, manner === 'spoil' ? [...keys, spoilt] : keys, (records, now) => {
      reads = lists.map((list) => ({ list, values: valuesIn(records.get(sampleKey(list))) }))
      if (manner === 'throw') throw new TakenBack()
      const writes = reads.map(({ list, values }) => {
        const added = appends.filter((one) => one.list === list).map(({ value }) => value)
        const events = added.map((value): NumberAppended => ({ type: 'NumberAppended', value }))
        const record = records.get(sampleKey(list))
        return added.length === 0
          ? noWrites
          : append(sampleKey(list), record, { values: [...values, ...added] }, events, now)
      })
      const overNothing = { ...recordWrite(spoilt, undefined, {}), before: 7, version: 8 }
      return together(...writes, { ...sending(), records: manner === 'spoil' ? [overNothing] : [] })
    })
  try {
    if (manner !== 'host' || within === undefined) await update(storage)
    else await rolledBackOrNot(within, chance.oneIn(2), update)
    return { outcome: 'committed', reads, appends }
  } catch (error) {
    return { outcome: isUnknown(error) ? 'unknown' : 'aborted', reads, appends }
  }
}

class TakenBack extends Error {}

const rolledBackOrNot = async (
  within: NonNullable<AppendRun['within']>,
  isRolledBack: boolean,
  work: (storage: Storage) => Promise<void>,
): Promise<void> => {
  await within(isRolledBack ? 'ROLLBACK' : 'COMMIT', work)
  if (isRolledBack) throw new TakenBack()
}

const isUnknown = (error: unknown): boolean =>
  (error as { readonly code?: unknown }).code === 'outcome_unknown'

const valuesIn = (record: Pick<StoredRecord, 'state'> | undefined): readonly number[] =>
  (record?.state as { readonly values: readonly number[] } | undefined)?.values ?? []
