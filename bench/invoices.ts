import { acceptOrders } from './support/accept-orders.js'
import { compareSqlite } from './support/compare-sqlite.js'
import { runFigures } from './support/run-figures.js'

/** Issuing an invoice of ten lines in the commit of its fact: amounts, taxes, number, events, hash chain, open items. 10,000 over the rounds. */
await runFigures({
  'invoices-sqlite': () =>
    compareSqlite('invoices-sqlite', acceptOrders(2_000), { operations: 2_000, callers: 256, rounds: 5 }),
})
