import type { ConformanceCase } from './conformance-case.js'
import { engineCases } from './engine-cases.js'
import { findCases } from './find-cases.js'
import { healthCases } from './health-cases.js'
import { historyCases } from './history-cases.js'
import { lockCases } from './lock-cases.js'
import { outageCases } from './outage-cases.js'
import { outboxCases } from './outbox-cases.js'
import { outboxSizeCases } from './outbox-size-cases.js'
import { outboxTimeCases } from './outbox-time-cases.js'
import { outboxTurnCases } from './outbox-turn-cases.js'
import { raceCases } from './race-cases.js'
import { readCases } from './read-cases.js'
import { stockWallCases } from './stock-wall-cases.js'
import { tenantCases } from './tenant-cases.js'
import { updateCases } from './update-cases.js'

/**
 * What can be asked of a store through the storage port, one promise a case. The cases that name what they need (`needs`) ask only where
 * `OpenedStorage` brings it.
 */
export const storageConformance: readonly ConformanceCase[] = [
  ...readCases,
  ...updateCases,
  ...raceCases,
  ...lockCases,
  ...stockWallCases,
  ...historyCases,
  ...tenantCases,
  ...findCases,
  ...outboxCases,
  ...outboxSizeCases,
  ...outboxTimeCases,
  ...outboxTurnCases,
  ...outageCases,
  ...healthCases,
  ...engineCases,
]
