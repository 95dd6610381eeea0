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
export { storageConformance } from './conformance/storage-conformance.js'
export { shrinkRun, type RunArtifact } from './simulation/shrink.js'
export {
  createSimulator,
  type SimulatedStore,
  type SimulationOptions,
  type SimulationReport,
  type Simulator,
} from './simulation/simulate.js'
export { sweepFaults, type FaultSweep, type SweepOptions } from './simulation/sweep-faults.js'
export type { SimulationPlan } from './simulation/simulation-plan.js'
export type { PlannedMove, Workload } from './simulation/workload.js'
