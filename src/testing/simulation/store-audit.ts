import { kindsWithHistory } from '../../app/kinds.js'
import type { TenantId } from '../../core/ids/ids.js'
import { keyName, type Key } from '../../core/ids/key.js'
import { largestPage, type Query, type Storage, type StoredRecord } from '../../core/ports/storage.js'
import { sameData } from './same-data.js'
import { shadowTenant, type Shadow, type ShadowRecord } from './shadow.js'

/** EV9, ID2: the store holds what was committed, histories included, and nothing that was removed. */
export const auditRecords = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => [
  ...(await checkReads(shadow, store)),
  ...(await checkHistories(shadow, store)),
]

/** EV9, SE1, EV1: it holds nothing else, shows nothing to another tenant, and gives a history from any place on. */
export const auditOthers = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => [
  ...(await checkLists(shadow, store)),
  ...(await checkOtherTenant(shadow, store)),
  ...(await checkRests(shadow, store)),
]

const checkReads = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => {
  const expected = [...shadow.records.values()]
  const removed = [...shadow.removed.values()]
  const found = await store.read(shadowTenant, keysOf([...expected, ...removed]))
  const byName = new Map(found.map((record) => [keyName(record.key), record]))
  return [
    ...expected
      .filter((record) => !isSame(record, byName.get(keyName(record.key))))
      .map(({ key }) => `EV9 ${keyName(key)} is not what was committed`),
    ...removed
      .filter(({ key }) => byName.has(keyName(key)))
      .map(({ key }) => `EV9 ${keyName(key)} was removed and is still there`),
  ]
}

const checkHistories = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => {
  const broken: string[] = []
  for (const record of everything(shadow)) {
    const name = keyName(record.key)
    let place = 0
    for await (const event of store.history(shadowTenant, record.key)) {
      const known = record.events[place]
      place += 1
      if (known?.hash !== event.hash || known.body !== event.body) {
        broken.push(`EV9 event ${event.version} of ${name} is not what was committed`)
        break
      }
    }
    if (place < record.events.length) broken.push(`EV9 ${name} has lost events`)
  }
  return broken
}

/** All pages of every kind there could be: a record too many is found by no key that anybody knows. */
const checkLists = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => {
  const broken: string[] = []
  for (const kind of new Set([...kindsWithHistory.keys(), ...shadow.kinds()])) {
    const listed = await allPages(store, { kind, limit: largestPage })
    const expected = [...shadow.records.ofKind(kind)].sort((left, right) =>
      left.key.id < right.key.id ? -1 : 1,
    )
    broken.push(...checkList(kind, expected, listed))
  }
  return broken
}

/** The same records in the same order. */
export const checkList = (
  what: string,
  expected: readonly ShadowRecord[],
  listed: readonly StoredRecord[],
): readonly string[] => {
  for (let place = 0; place < Math.max(expected.length, listed.length); place += 1) {
    const [record, stored] = [expected[place], listed[place]]
    if (record !== undefined && stored?.key.id === record.key.id && isSame(record, stored)) continue
    return [
      `EV9 the list of ${what} has ${nameOf(stored)} where ${nameOf(record)} was committed, ${listed.length} records for ${expected.length}`,
    ]
  }
  return []
}

const nameOf = (record: StoredRecord | undefined): string =>
  record === undefined ? 'nothing' : `${keyName(record.key)} at version ${record.version}`

export const allPages = async (store: Storage, query: Query): Promise<readonly StoredRecord[]> => {
  let page = await store.find(shadowTenant, query)
  const records = [...page.items]
  while (page.next !== undefined) {
    page = await store.find(shadowTenant, { ...query, cursor: page.next })
    records.push(...page.items)
  }
  return records
}

const otherTenant = 'nobody' as TenantId

const checkOtherTenant = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => {
  const seen = [...(await store.read(otherTenant, keysOf(everything(shadow))))]
  for (const kind of shadow.kinds()) seen.push(...(await store.find(otherTenant, { kind })).items)
  return seen.map(({ key }) => `SE1 ${keyName(key)} is seen by another tenant`)
}

/** Another tenant sees nothing of the histories either, and whoever knows the beginning of one is given the rest. */
const checkRests = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => {
  const broken: string[] = []
  for (const { key, version, events } of everything(shadow)) {
    if (events.length === 0) continue
    for await (const event of store.history(otherTenant, key))
      broken.push(`SE1 event ${event.version} of ${keyName(key)} is seen by another tenant`)
    const rest: string[] = []
    for await (const { hash } of store.history(shadowTenant, key, version - 1)) rest.push(hash)
    if (rest.join() !== events.at(-1)?.hash)
      broken.push(`EV1 the history of ${keyName(key)} after version ${version - 1} is not its last event`)
  }
  return broken
}

const everything = ({ records, removed }: Shadow): readonly ShadowRecord[] => [
  ...records.values(),
  ...removed.values(),
]

const keysOf = (records: readonly StoredRecord[]): readonly Key[] => records.map(({ key }) => key)

const isSame = (record: StoredRecord, stored: StoredRecord | undefined): boolean =>
  stored !== undefined &&
  stored.version === record.version &&
  stored.chain === record.chain &&
  sameData(stored.state, record.state)
