import type { OrderManagementFor } from '../../src/app/order-management.js'
import { billingCommands, openBilling } from '../../src/testing/simulation/shop-billing.js'
import { claimCommands, openClaims } from '../../src/testing/simulation/shop-claims.js'
import { openSales, salesCommands } from '../../src/testing/simulation/shop-sales.js'
import type {
  InputOf,
  KnownRecords,
  PlannedMove,
  Request,
  Workload,
} from '../../src/testing/simulation/workload.js'
import { moves, openDoors, plainReader, skus, type Move } from './random-trade.js'
import { furtherCommands, openFurther, tradeSettings } from './trade-further.js'
import { fitsOf, themes } from './trade-themes.js'
import type { WatchedStorage } from './watched-storage.js'

/** Steps that take others before them are asked for more often, so that they come about at all. */
const later = new Set([
  'submitCount',
  'approveCount',
  'releaseSeat',
  'transferSeat',
  'extendCapacity',
  'expireCapacity',
  'match',
  'setAside',
  'extendHold',
  'expireHold',
  'stopReorder',
  'closePreorder',
])

/** How often, and with what: what the random trade does not play. */
const further: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  ...salesCommands,
  ...billingCommands,
  ...claimCommands,
  ...furtherCommands,
}

/** The random trade that the engine's properties run over, and beside it all that only a shop does: every command there is, as the work of simulated clients. */
export const tradeWorkload: Workload = {
  skus,
  commands: {
    ...Object.fromEntries(Object.keys(moves).map((name) => [name, later.has(name) ? 3 : 1])),
    ...Object.fromEntries(Object.entries(further).map(([name, [often]]) => [name, often])),
  },
  themes: Object.values(themes),
  queries: ['invoices.proforma', 'invoices.billConsolidated'],
  statementReaders: { plain: plainReader },
  settings: tradeSettings,
  open: async (oms) => {
    await openFurther(oms)
    await openDoors(oms)
    await openSales(oms)
    await openBilling(oms)
    await openClaims(oms)
  },
  request: (move, known) => {
    const entry = further[move.command]
    if (entry !== undefined)
      return { action: move.command.split(' ', 1)[0] ?? '', input: entry[1](move, known) }
    const asked: Request[] = []
    void moves[move.command as Move['command']](
      { ...(move as Move), storage: knowing(known, move) },
      listening(asked),
      listening(asked, 'bob'),
    ).send('')
    const [request] = asked
    if (request === undefined) throw new Error(`the move ${move.command} asks for nothing`)
    return request
  },
}

/** Moves look at a store only for what there is. Mostly they are shown what they can work on, so that clients meet at the same few records. */
const knowing = (known: KnownRecords, { command, pick }: PlannedMove): WatchedStorage =>
  ({
    idsOf: (kind: string) => {
      const all = known.idsOf(kind)
      const fits = fitsOf(command)[kind]
      if (fits === undefined || pick % 5 === 4) return all
      const fit = all.filter((id) => fits(known.stateOf(kind, id)))
      return fit.length > 0 ? fit : all
    },
  }) as unknown as WatchedStorage

/** Takes down what would be called, and by whom, and calls nothing. */
const listening = (asked: Request[], by?: string): OrderManagementFor =>
  new Proxy(
    {},
    {
      get: (_groups, group: string) =>
        new Proxy(
          {},
          {
            get: (_commands, name: string) => (input: PlannedMove) => {
              asked.push({ action: `${group}.${name}`, input, ...(by !== undefined && { by }) })
              return Promise.resolve()
            },
          },
        ),
    },
  ) as OrderManagementFor
