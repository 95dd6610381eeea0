import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { KnownRecords, PlannedMove, Request, Workload } from '../../src/testing/simulation/workload.js'
import { moves, openDoors, plainReader, skus, type Move } from './random-trade.js'
import type { WatchedStorage } from './watched-storage.js'

/** The random trade that the engine's properties run over, every command in it, as the work of simulated clients. */
export const tradeWorkload: Workload = {
  skus,
  commands: Object.fromEntries(Object.keys(moves).map((name) => [name, 1])),
  statementReaders: { plain: plainReader },
  open: openDoors,
  request: (move, known) => {
    const asked: Request[] = []
    void moves[move.command as Move['command']](
      { ...(move as Move), storage: knowing(known) },
      listening(asked),
    ).send('')
    const [request] = asked
    if (request === undefined) throw new Error(`the move ${move.command} asks for nothing`)
    return request
  },
}

/** Moves look at a store only for what there is. */
const knowing = (known: KnownRecords): WatchedStorage =>
  ({ idsOf: (kind: string) => known.idsOf(kind) }) as unknown as WatchedStorage

/** Takes down what would be called, and calls nothing. */
const listening = (asked: Request[]): OrderManagementFor =>
  new Proxy(
    {},
    {
      get: (_groups, group: string) =>
        new Proxy(
          {},
          {
            get: (_commands, name: string) => (input: PlannedMove) => {
              asked.push({ action: `${group}.${name}`, input })
              return Promise.resolve()
            },
          },
        ),
    },
  ) as OrderManagementFor
