export { countedIds } from './counted-ids.js'
export { fixedClock, steppingClock, type TestClock } from './test-clock.js'
export { recordingNotifier, type RecordingNotifier } from './recording-notifier.js'
export { scenarioFor, type Scenario, type Verdict } from './scenario.js'
export { unsureStorage, type LostAnswer } from './unsure-storage.js'
export type {
  ConformanceCase,
  HeldRecord,
  OpenedStorage,
  OpenStorage,
} from './conformance/conformance-case.js'
export type { PortCase } from './conformance/port-case.js'
export { clockConformance, type OpenClock, type OpenedClock } from './conformance/clock-conformance.js'
export { idsConformance, type OpenIds } from './conformance/ids-conformance.js'
export {
  notifierConformance,
  type OpenedNotifier,
  type OpenNotifier,
} from './conformance/notifier-conformance.js'
export {
  statementReaderConformance,
  type OpenedStatementReader,
  type OpenStatementReader,
} from './conformance/statement-reader-conformance.js'
export {
  taxSourceConformance,
  type OpenedTaxSource,
  type OpenTaxSource,
} from './conformance/tax-source-conformance.js'
export { storageConformance } from './conformance/storage-conformance.js'
export { shrinkRun, type RunArtifact } from './simulation/shrink.js'
export type { SimulatedStore } from './simulation/simulated-store.js'
export {
  createSimulator,
  type SimulationOptions,
  type SimulationReport,
  type Simulator,
} from './simulation/simulate.js'
export { sweepFaults, type FaultSweep, type SweepOptions } from './simulation/sweep-faults.js'
export type { SimulationPlan } from './simulation/simulation-plan.js'
export type { PlannedMove, Workload } from './simulation/workload.js'
