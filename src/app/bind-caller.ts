import { bindCommands, bindOrThrow, type Bound, type BoundOrThrow, type Call } from './bind-commands.js'
import {
  bindQueries,
  bindQueriesOrThrow,
  type Ask,
  type BoundQueries,
  type BoundQueriesOrThrow,
} from './bind-queries.js'
import {
  bindInvoiceRuns,
  bindInvoiceRunsOrThrow,
  type BoundInvoiceRuns,
  type BoundInvoiceRunsOrThrow,
} from './bind-invoice-runs.js'
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
  BoundInvoiceRuns
type Throwing = BoundOrThrow<Commands> &
  BoundQueriesOrThrow<Queries> &
  BoundQueriesOrThrow<RecordQueries> &
  BoundReconciliationOrThrow &
  BoundInvoiceRunsOrThrow

/** The groups, and what is asked of records of any kind. */
type DoorTo<Groups extends { readonly records: object }> = Omit<Groups, 'records'> & Groups['records']

/** All commands and queries, for one caller: `oms.as(clerk).orders.place(…)` beside `oms.as(clerk).orders.get(…)`. */
export type OrderManagementFor = DoorTo<Answering> & {
  /** The same, rejecting with `CommandFailed` instead of answering with a refusal. */
  readonly orThrow: DoorTo<Throwing>
}

/**
 * Hosts bind a caller for every request and use a function or two of it. So what is the same for all callers, the names of the groups, is made once, and
 * a group is put together when it is first asked for: putting all of them together takes as long as placing an order.
 */
export const bindCaller = (engine: EngineParts, caller: Caller): OrderManagementFor => {
  const call: Call = (command, input, options) => runCommand(engine, caller, command, input, options)
  const ask: Ask = (query, input) => runQuery(engine, caller, query, input)
  const answering = new Door((name) =>
    Object.assign(
      bindCommands(groupCalled(commands, name), call),
      bindQueries(groupCalled(everyQuery, name), ask),
      name === 'reconciliation' && bindReconciliation(engine, caller).reconciliation,
      name === 'invoices' && bindInvoiceRuns(engine, caller).invoices,
    ),
  )
  const throwing = new Door((name) =>
    Object.assign(
      bindOrThrow(groupCalled(commands, name), call),
      bindQueriesOrThrow(groupCalled(everyQuery, name), ask),
      name === 'reconciliation' && bindReconciliationOrThrow(engine, caller).reconciliation,
      name === 'invoices' && bindInvoiceRunsOrThrow(engine, caller).invoices,
    ),
  )
  return Object.assign(answering, { orThrow: throwing }) as unknown as OrderManagementFor
}

const everyQuery = { ...queries, ...recordQueries }

type Group = Readonly<Record<string, unknown>>

const groupCalled = (groups: Readonly<Record<string, Group>>, name: string): Group => groups[name] ?? {}

/** What a caller finds by name; how a group of it comes about is said when it is opened. */
class Door {
  readonly #build: (name: string) => Group
  readonly #built = new Map<string, Group>()

  constructor(build: (name: string) => Group) {
    this.#build = build
  }

  static {
    const { records, ...groups } = { ...commands, ...everyQuery }
    for (const name of Object.keys(groups)) this.#show(name, (door) => door.#group(name))
    for (const name of Object.keys(records)) this.#show(name, (door) => door.#group('records')[name])
  }

  static #show(name: string, find: (door: Door) => unknown): void {
    const get = function (this: Door): unknown {
      return find(this)
    }
    Object.defineProperty(this.prototype, name, { get, enumerable: true })
  }

  #group(name: string): Group {
    let group = this.#built.get(name)
    if (group === undefined) {
      group = this.#build(name)
      this.#built.set(name, group)
    }
    return group
  }
}
