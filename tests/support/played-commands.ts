import type { KnownRecords, Workload } from '../../src/testing/simulation/workload.js'

/** The commands that a workload plays, each once and in the order of the alphabet; what it only asks is left out. */
export const playedCommands = (workload: Workload): readonly string[] => {
  const actions = new Set(
    Object.keys(workload.commands).map(
      (command) => workload.request({ ...anyMove, command }, nothing).action,
    ),
  )
  return [...actions].filter((action) => workload.queries?.includes(action) !== true).sort()
}

const anyMove = {
  pick: 0,
  quantity: 1,
  lines: [{ sku: 'mug', quantity: 1 }],
  amount: '9.99',
  flag: true,
  seconds: 0,
}

const nothing: KnownRecords = { idsOf: () => [], stateOf: () => undefined }
