import { readEnvelope } from '../../core/audit/envelope.js'
import { stockKind, type StockEvent } from '../../core/inventory/stock-level.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import type { QueryContext } from '../query.js'

/** One movement of a stock level, and the day (in UTC) on which it was recorded. */
export interface DatedMovement {
  readonly on: LocalDate
  readonly event: StockEvent
}

/** The movements of a level, oldest first, one after another: a long history is never held in memory as a whole. */
export const movementsOf = async function* (
  context: Pick<QueryContext, 'history'>,
  level: string,
): AsyncGenerator<DatedMovement> {
  for await (const recorded of context.history({ kind: stockKind.name, id: level })) {
    yield { on: dateOf(recorded.recordedAt), event: readEnvelope(recorded.body).event as StockEvent }
  }
}
