import { countedIds, fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { OrderManagementFor } from '../../src/app/order-management.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import type { TenantId } from '../../src/core/ids/ids.js'
import type { Money } from '../../src/core/money/money.js'
import { trustHost } from '../../src/core/ports/policy.js'
import type { StatementEntry, StatementReader } from '../../src/core/ports/statement-reader.js'
import type { Storage } from '../../src/core/ports/storage.js'
import { bankEntryKind } from '../../src/core/reconciliation/bank-entry.js'
import type { DerivedKind, RecordKind } from '../../src/core/record-kind.js'
import { confirmed, newKey, shipped } from './shop.js'

type Kind<State> = DerivedKind<State> | RecordKind<State, never>

/** A shop that reads bank statements written as JSON. */
export interface Bank {
  readonly oms: OrderManagementFor
  readonly storage: Storage
  readonly stored: <State>(kind: Kind<State>, id: string) => Promise<State>
  /** Every record of a kind, by id. */
  readonly all: <State>(kind: Kind<State>) => Promise<readonly State[]>
}

export const jsonReader: StatementReader = { read: async (content) => JSON.parse(content) }

export const openBank = (
  storageOf = memoryStorage,
  readers: Readonly<Record<string, StatementReader>> = { json: jsonReader },
): Bank => {
  const clock = fixedClock()
  const storage = storageOf({ clock })
  const oms = createOrderManagement({
    storage,
    policy: trustHost,
    clock,
    ids: countedIds(),
    statementReaders: readers,
  }).as({ actor: { kind: 'user', id: 'ada' } })
  return {
    oms,
    storage,
    stored: async (kind, id) => {
      const [record] = await storage.read('main' as TenantId, [{ kind: kind.name, id }])
      if (record === undefined) throw new Error(`there is no ${kind.name} ${id}`)
      return record.state as never
    },
    all: async (kind) => {
      const states: unknown[] = []
      let cursor: string | undefined
      do {
        const page = await storage.find('main' as TenantId, {
          kind: kind.name,
          limit: 200,
          ...(cursor !== undefined && { cursor }),
        })
        states.push(...page.items.map((record) => record.state))
        cursor = page.next
      } while (cursor !== undefined)
      return states as never
    },
  }
}

export const eur = (amount: string): Money => ({ amount, currency: 'EUR' }) as Money

/** Registers customers whose numbers are their ids. */
export const register = async (oms: OrderManagementFor, ...ids: readonly string[]): Promise<void> => {
  for (const id of ids) await oms.orThrow.parties.register({ id, roles: ['customer'], number: id }, newKey())
}

export interface Bill {
  readonly order: string
  readonly invoice: string
  readonly invoiceNumber: string
}

/** Sells something for this amount and ships it: an open invoice. */
export const bill = async (
  oms: OrderManagementFor,
  amount: string,
  customer?: string,
  currency = 'EUR',
): Promise<Bill> => {
  const sku = `${amount} ${currency}`
  await oms.orThrow.catalog.define({ sku, name: 'A thing', price: { amount, currency } })
  await oms.orThrow.inventory.receive({ sku, quantity: 1 }, newKey())
  const order = await confirmed(oms, [{ sku, quantity: 1 }], {
    currency,
    ...(customer !== undefined && { customer }),
  })
  const { invoice, invoiceNumber } = await shipped(oms, order)
  return { order, invoice, invoiceNumber }
}

/** Writes a statement of the account as the JSON reader reads it. */
export const statement = (
  entries: readonly Partial<StatementEntry>[],
  more: object = {},
): { readonly format: string; readonly content: string } => ({
  format: 'json',
  content: JSON.stringify({
    statement: {
      account: 'DE02120300000000202051',
      reference: '2026-03',
      currency: 'EUR',
      entries: entries.map((entry, index) => ({
        bookedOn: '2026-03-02',
        amount: '10.00',
        currency: 'EUR',
        remittanceText: '',
        line: index + 2,
        ...entry,
      })),
      ...more,
    },
    refused: [],
  }),
})

/** Imports a statement of one entry; answers its id. */
export const importOne = async (bank: Bank, entry: Partial<StatementEntry>): Promise<string> => {
  const before = new Set((await bank.all(bankEntryKind)).map(({ id }) => id))
  await bank.oms.orThrow.reconciliation.importStatement(statement([entry]))
  const [added] = (await bank.all(bankEntryKind)).filter(({ id }) => !before.has(id))
  if (added === undefined) throw new Error('nothing was imported')
  return added.id
}
