import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a stock count. `submit_within` and `submit_beyond` say whether all variances are within the tolerance. */
export type StockCountStep = 'count' | 'submit_within' | 'submit_beyond' | 'approve' | 'reject' | 'cancel'

/**
 * One physical count of some SKUs at one location.
 *
 * - `open`: being counted, blind: nobody is told what should be there.
 * - `awaiting_approval`: something differs by more than the tolerance, and somebody other than the counter has to look at it.
 * - `booked`: the variances are booked as adjustments.
 * - `canceled`: given up; nothing was booked.
 */
export const stockCountMachine = setup({ types: { events: {} as { type: StockCountStep } } }).createMachine({
  id: 'stock-count',
  initial: 'open',
  states: {
    open: {
      on: {
        count: 'open',
        submit_within: 'booked',
        submit_beyond: 'awaiting_approval',
        cancel: 'canceled',
      },
    },
    awaiting_approval: { on: { approve: 'booked', reject: 'open', cancel: 'canceled' } },
    booked: { type: 'final' },
    canceled: { type: 'final' },
  },
})

export type StockCountStatus = StatusOf<typeof stockCountMachine>
export const stockCountLifecycle: Lifecycle<StockCountStatus, StockCountStep> = lifecycle(stockCountMachine)
