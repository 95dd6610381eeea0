import { kindsWithHistory } from '../../app/kinds.js'
import { keyName } from '../../core/ids/key.js'
import { backorderQueueKind } from '../../core/inventory/backorder-queue.js'
import { openInvoicesKind } from '../../core/invoicing/open-invoices.js'
import type { Storage } from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'
import { lotShipmentKind } from '../../core/shipping/lot-shipment.js'
import { sameData } from './same-data.js'
import type { Shadow, ShadowRecord } from './shadow.js'
import { allPages, checkList } from './store-audit.js'

/** EV12: every record is found by what it is now: under each of its entries, by value, by range and in order, and under none that it had before. */
export const auditIndexes = async (shadow: Shadow, store: Storage): Promise<readonly string[]> => {
  const broken: string[] = []
  for (const kind of shadow.kinds()) {
    const records = [...shadow.records.ofKind(kind)]
    const entries = new Set(records.flatMap((record) => Object.keys(record.entries)))
    for (const entry of entries) broken.push(...(await auditEntry(store, kind, entry, records)))
  }
  return broken
}

/** EV12: what the engine told the store to find a record by is what its kind declares of its state. */
export const checkEntries = (shadow: Shadow): readonly string[] => {
  const broken: string[] = []
  for (const { key, state, entries } of shadow.records.values()) {
    const declared = entriesOf.get(key.kind)?.(state as never)
    if (declared !== undefined && !sameData(entries, declared))
      broken.push(`EV12 ${keyName(key)} is found by what it was before`)
  }
  return broken
}

/** Of the kinds that are found by anything at all. */
const entriesOf: ReadonlyMap<string, (state: never) => IndexEntries> = new Map(
  [...kindsWithHistory.values(), backorderQueueKind, openInvoicesKind, lotShipmentKind].map((kind) => [
    kind.name,
    kind.entries,
  ]),
)

type Value = string | number

interface Listed {
  readonly record: ShadowRecord
  readonly value: Value
}

/** Small, so that there are several. */
const page = 20

const auditEntry = async (
  store: Storage,
  kind: string,
  entry: string,
  records: readonly ShadowRecord[],
): Promise<readonly string[]> => {
  const all = records
    .flatMap((record): readonly Listed[] => {
      const value = record.entries[entry]
      return value === undefined ? [] : [{ record, value }]
    })
    .sort(byPlace)
  const broken: string[] = []
  const compare = async (
    what: string,
    expected: readonly Listed[],
    query: Omit<Parameters<typeof allPages>[1], 'kind'>,
  ): Promise<void> => {
    const listed = await allPages(store, { kind, limit: page, ...query })
    broken.push(
      ...checkList(
        `${kind} ${what}`,
        expected.map(({ record }) => record),
        listed,
      ),
    )
  }
  await compare(`by ${entry}`, all, { range: { entry }, order: { entry, direction: 'ascending' } })
  const middle = all[all.length >> 1]?.value ?? ''
  await compare(
    `from ${entry} ${middle} on, backwards`,
    all.filter(({ value }) => compareValues(value, middle) >= 0).reverse(),
    { range: { entry, from: middle }, order: { entry, direction: 'descending' } },
  )
  for (const wanted of someOf([...new Set(all.map(({ value }) => value))])) {
    await compare(
      `with ${entry} ${wanted}`,
      all.filter(({ value }) => value === wanted),
      { where: { [entry]: wanted } },
    )
  }
  return broken
}

const byPlace = (left: Listed, right: Listed): number =>
  compareValues(left.value, right.value) || compareValues(left.record.key.id, right.record.key.id)

/** Numbers before texts. */
const compareValues = (left: Value, right: Value): number => {
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1
  return left < right ? -1 : left > right ? 1 : 0
}

const mostValues = 12

/** All of a few, of many one in so many. */
const someOf = (values: readonly Value[]): readonly Value[] => {
  const step = Math.ceil(values.length / mostValues)
  return values.filter((_, place) => place % Math.max(1, step) === 0)
}
