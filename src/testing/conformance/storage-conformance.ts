import type { ConformanceCase } from './conformance-case.js'
import { engineCases } from './engine-cases.js'
import { findCases } from './find-cases.js'
import { healthCases } from './health-cases.js'
import { historyCases } from './history-cases.js'
import { outboxCases } from './outbox-cases.js'
import { raceCases } from './race-cases.js'
import { readCases } from './read-cases.js'
import { stockWallCases } from './stock-wall-cases.js'
import { tenantCases } from './tenant-cases.js'
import { updateCases } from './update-cases.js'

/** Every promise of the storage port, one case each. An adapter that passes them all can be trusted with orders. */
export const storageConformance: readonly ConformanceCase[] = [
  ...readCases,
  ...updateCases,
  ...raceCases,
  ...stockWallCases,
  ...historyCases,
  ...tenantCases,
  ...findCases,
  ...outboxCases,
  ...healthCases,
  ...engineCases,
]
