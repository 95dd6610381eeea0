import { noEntries, type RecordKind } from '../record-kind.js'

/** A command that the policy denied: it changed nothing, and this record says that it was tried (SE6). */
export interface Denial {
  readonly action: string
  readonly reason: string
}

export interface CommandDenied {
  readonly type: 'CommandDenied'
  readonly action: string
  readonly reason: string
}

export const denialKind: RecordKind<Denial, CommandDenied> = {
  name: 'denial',
  evolve: (_denial, event) => ({ action: event.action, reason: event.reason }),
  entries: (denial) => ({ ...noEntries(), action: denial.action }),
}
