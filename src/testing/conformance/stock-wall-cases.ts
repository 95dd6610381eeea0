import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import type { Storage } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectRejection } from './expect-rejection.js'
import { append, message, put, sampleKey, sending, together } from './sample-writes.js'
import { collect, conformanceCase, shortSpan, tenant } from './store-under-test.js'

const sku = 'Mug 0.3 l' as Sku
const location = 'main' as LocationId
const key: Key = { kind: stockKind.name, id: stockLevelId(location, sku) }
const neighbor = sampleKey('neighbor')

const level = (numbers: Partial<StockLevel>): StockLevel => ({
  sku,
  location,
  onHand: 10,
  reserved: 0,
  quarantined: 0,
  safetyStock: 0,
  backorderAllowance: 0,
  incoming: 0,
  ...numbers,
})

export const stockWallCases: readonly ConformanceCase[] = [
  conformanceCase(
    'ST2 keeps the numbers of a stock level exactly, to the largest quantity there is',
    'A quantity that passes through a float loses pieces above 2^53, and one column forgotten loses them all.',
    async ({ storage, record }) => {
      const largest = 1_000_000_000_000_000
      const levels = [
        level({
          onHand: largest,
          reserved: largest - 1,
          quarantined: 1,
          safetyStock: largest,
          backorderAllowance: 7,
          incoming: largest,
        }),
        level({ onHand: 0, reserved: 5, backorderAllowance: 5 }),
        level({ onHand: 3, reserved: 3, quarantined: 2, safetyStock: 1, incoming: 4 }),
      ]
      for (const [index, state] of levels.entries()) {
        await putLevel(storage, state)
        const stored = await record(key)
        deepStrictEqual([stored?.version, stored?.state], [index + 1, state])
        let locked: unknown
        await storage.update(tenant, [key], (records) => {
          locked = records.get(key)?.state
          return together()
        })
        deepStrictEqual(locked, state, 'the decision sees the same numbers')
      }
      const found = await storage.find(tenant, { kind: stockKind.name, where: { sku } })
      deepStrictEqual(found.items[0]?.state, levels.at(-1), 'a search finds the same numbers')
    },
  ),

  conformanceCase(
    'ST3 refuses a stock level whose reservations exceed what there is, and all else of its update',
    'It is the third wall behind plan and assertion: whatever goes wrong above, nothing is sold that is not there.',
    async ({ storage, record }) => {
      await putLevel(storage, level({}))
      const impossible = [
        level({ reserved: 11 }),
        level({ reserved: 16, backorderAllowance: 5 }),
        level({ reserved: -1 }),
        level({ onHand: -1 }),
        level({ incoming: -1 }),
      ]
      for (const state of impossible) {
        const update = storage.update(tenant, [neighbor, key], (records, now) =>
          together(
            append(neighbor, records.get(neighbor), { name: 'next door' }, [{ type: 'Named' }], now),
            put(key, records.get(key), state, stockKind.entries(state)),
            sending(message(neighbor, 1, now)),
          ),
        )
        await expectRejection(
          update,
          'adapter_contract',
          `ST3 on hand ${state.onHand}, reserved ${state.reserved}, allowance ${state.backorderAllowance}, incoming ${state.incoming}`,
        )
      }
      deepStrictEqual((await record(key))?.state, level({}))
      strictEqual(await record(neighbor), undefined)
      deepStrictEqual(await collect(storage.history(tenant, neighbor)), [])
      deepStrictEqual(await storage.claim(10, shortSpan), [])
    },
  ),
]

const putLevel = (storage: Storage, state: StockLevel): Promise<void> =>
  storage.update(tenant, [key], (records) => put(key, records.get(key), state, stockKind.entries(state)))
