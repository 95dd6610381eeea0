import type { ClaimLedger } from './claim-ledger.js'
import type { FaultPlan } from './fault-plan.js'
import type { LoggedRequest } from './request-log.js'
import type { Scheduler } from './scheduler.js'
import type { Shadow } from './shadow.js'
import type { Mailbox } from './simulated-notifier.js'
import type { SimulatedProcess } from './simulated-process.js'
import type { SimulatedTime } from './simulated-time.js'
import type { Tell } from './tell.js'
import type { Request, Workload } from './workload.js'

/** Everything that is there during one run. */
export interface World {
  readonly workload: Workload
  readonly scheduler: Scheduler
  readonly time: SimulatedTime
  readonly faults: FaultPlan
  readonly shadow: Shadow
  readonly claims: ClaimLedger
  readonly mailbox: Mailbox
  readonly requests: LoggedRequest[]
  /** What was found to be wrong so far. */
  readonly violations: string[]
  readonly marks: Map<string, number>
  /** Each command with what came of it and the status its record had before. */
  readonly cells: Map<string, number>
  readonly tell: Tell
  /** The n-th process that is alive now; the one in its place when it has died. */
  process(place: number): SimulatedProcess
  /** Sends a request within a transaction of the host's that is rolled back; where the store has none, the fault is skipped. */
  rollBack(request: Request, key: string | undefined): Promise<void>
  /** Counts moments: no two of them are the same. */
  moment(): number
}
