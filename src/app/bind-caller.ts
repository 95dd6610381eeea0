import { bindCommands, bindOrThrow, type Bound, type BoundOrThrow, type Call } from './bind-commands.js'
import {
  bindQueries,
  bindQueriesOrThrow,
  type Ask,
  type BoundQueries,
  type BoundQueriesOrThrow,
} from './bind-queries.js'
import {
  bindDunning,
  bindDunningOrThrow,
  type BoundDunning,
  type BoundDunningOrThrow,
} from './bind-dunning.js'
import {
  bindReconciliation,
  bindReconciliationOrThrow,
  type BoundReconciliation,
  type BoundReconciliationOrThrow,
} from './bind-reconciliation.js'
import { commands, type Commands } from './commands.js'
import { queries, recordQueries, type Queries, type RecordQueries } from './queries.js'
import { runQuery } from './run-query.js'
import { runCommand, type Caller, type EngineParts } from './run.js'

type Answering = Bound<Commands> &
  BoundQueries<Queries> &
  BoundQueries<RecordQueries> &
  BoundReconciliation &
  BoundDunning
type Throwing = BoundOrThrow<Commands> &
  BoundQueriesOrThrow<Queries> &
  BoundQueriesOrThrow<RecordQueries> &
  BoundReconciliationOrThrow &
  BoundDunningOrThrow

/** The groups, and what is asked of records of any kind. */
type Door<Groups extends { readonly records: object }> = Omit<Groups, 'records'> & Groups['records']

/** All commands and queries, for one caller: `oms.as(clerk).orders.place(…)` beside `oms.as(clerk).orders.get(…)`. */
export type OrderManagementFor = Door<Answering> & {
  /** The same, rejecting with `CommandFailed` instead of answering with a refusal. */
  readonly orThrow: Door<Throwing>
}

/**
 * Hosts bind a caller for every request and use a function or two of it, so a group is put together when it is first asked for. (Putting all of
 * them together took as long as placing an order.)
 */
export const bindCaller = (engine: EngineParts, caller: Caller): OrderManagementFor => {
  const call: Call = (command, input, options) => runCommand(engine, caller, command, input, options)
  const ask: Ask = (query, input) => runQuery(engine, caller, query, input)
  const answering = lazily<Answering>((name) => ({
    ...bindCommands(only(commands, name), call)[name],
    ...bindQueries(only(everyQuery, name), ask)[name],
    ...(name === 'reconciliation' && bindReconciliation(engine, caller).reconciliation),
    ...(name === 'invoices' && bindDunning(engine, caller).invoices),
  }))
  const throwing = lazily<Throwing>((name) => ({
    ...bindOrThrow(only(commands, name), call)[name],
    ...bindQueriesOrThrow(only(everyQuery, name), ask)[name],
    ...(name === 'reconciliation' && bindReconciliationOrThrow(engine, caller).reconciliation),
    ...(name === 'invoices' && bindDunningOrThrow(engine, caller).invoices),
  }))
  return Object.assign(doorOf(answering), { orThrow: doorOf(throwing) })
}

const everyQuery = { ...queries, ...recordQueries }

const only = (
  groups: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  name: string,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> => ({ [name]: groups[name] ?? {} })

type GroupOf<Groups> = <Name extends keyof Groups & string>(name: Name) => Groups[Name]

const lazily = <Groups>(build: (name: string) => object): GroupOf<Groups> => {
  const built = new Map<string, unknown>()
  return <Name extends keyof Groups & string>(name: Name): Groups[Name] => {
    const known = built.get(name) ?? build(name)
    built.set(name, known)
    return known as Groups[Name]
  }
}

const doorOf = <Groups extends Answering | Throwing>(group: GroupOf<Groups>): Door<Groups> =>
  ({
    get catalog() {
      return group('catalog')
    },
    get replenishment() {
      return group('replenishment')
    },
    get parties() {
      return group('parties')
    },
    get prices() {
      return group('prices')
    },
    get promotions() {
      return group('promotions')
    },
    get inventory() {
      return group('inventory')
    },
    get transfers() {
      return group('transfers')
    },
    get counts() {
      return group('counts')
    },
    get locations() {
      return group('locations')
    },
    get sourcing() {
      return group('sourcing')
    },
    get orders() {
      return group('orders')
    },
    get capacity() {
      return group('capacity')
    },
    get fulfillments() {
      return group('fulfillments')
    },
    get shipments() {
      return group('shipments')
    },
    get invoices() {
      return group('invoices')
    },
    get payments() {
      return group('payments')
    },
    get ledger() {
      return group('ledger')
    },
    get reconciliation() {
      return group('reconciliation')
    },
    get explain() {
      return group('records').explain
    },
    get verifyAudit() {
      return group('records').verifyAudit
    },
  }) satisfies Record<keyof Door<Answering>, unknown> as unknown as Door<Groups>
