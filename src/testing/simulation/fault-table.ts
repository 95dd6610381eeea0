/** Where a fault can strike: each is a place that the run comes by again and again, and counts. */
export type FaultPlace =
  | 'update arrives'
  | 'update is acknowledged'
  | 'read'
  | 'find'
  | 'history'
  | 'claim arrives'
  | 'claim is acknowledged'
  | 'settle arrives'
  | 'settle is acknowledged'
  | 'delivery arrives'
  | 'delivery is acknowledged'
  | 'release arrives'
  | 'release is acknowledged'
  | 'statement is read'
  | 'tax source is asked'
  | 'policy is asked'
  | 'id is drawn'
  | 'request'
  | 'step'

interface FaultRow {
  readonly place: FaultPlace
  /** What must become of it. */
  readonly expected: string
}

/** Everything that can go wrong around the engine, and what it owes then. */
export const faultTable = {
  crash_before_commit: { place: 'update arrives', expected: 'no effect; the repeat does it once' },
  crash_after_commit: {
    place: 'update is acknowledged',
    expected: 'the effect is there; the repeat gets its answer',
  },
  lost_acknowledgement: {
    place: 'update is acknowledged',
    expected: 'the key tells what became of it; one effect',
  },
  lost_request: {
    place: 'update arrives',
    expected: 'outcome unknown, nothing done; the repeat does it once',
  },
  hold_ends_now: {
    place: 'update arrives',
    expected: 'at the very moment of its end a hold is over',
  },
  conflict: { place: 'update arrives', expected: 'decided afresh, on fresh records, with the same ids' },
  persistent_conflict: {
    place: 'update arrives',
    expected: 'deadline_exceeded after a bounded time, no effect',
  },
  disk_full: { place: 'update arrives', expected: 'storage_unavailable, nothing half-written, recovery' },
  batch_is_refused: {
    place: 'update arrives',
    expected: 'halves of it are tried; who stands alone is told, and may repeat',
  },
  slow_arrival: {
    place: 'update arrives',
    expected: 'answered at the deadline; what is decided later is decided once',
  },
  silence_before_commit: {
    place: 'update arrives',
    expected: 'outcome unknown at the deadline, nothing done; whoever comes after it is served',
  },
  silence_after_commit: {
    place: 'update is acknowledged',
    expected: 'outcome unknown at the deadline, the key tells; whoever comes after it is served',
  },
  person_is_erased: {
    place: 'update arrives',
    expected: 'decided on who is left; nothing of the person stays anywhere',
  },
  slow_acknowledgement: { place: 'update is acknowledged', expected: 'outcome unknown; the key tells' },
  stale_read: { place: 'read', expected: 'no decision rests on it' },
  partial_read: { place: 'read', expected: 'no decision rests on it' },
  read_unavailable: { place: 'read', expected: 'storage_unavailable, no effect' },
  stale_find: { place: 'find', expected: 'what is missing is found the next time' },
  find_unavailable: { place: 'find', expected: 'the round ends, the next one does it' },
  history_unavailable: { place: 'history', expected: 'storage_unavailable, no effect' },
  history_breaks_off: { place: 'history', expected: 'the question is answered whole or not at all' },
  stale_history: { place: 'history', expected: 'no decision rests on it' },
  claim_unavailable: { place: 'claim arrives', expected: 'nothing is sent; the next relay does it' },
  lost_claim: {
    place: 'claim is acknowledged',
    expected: 'the messages come back when the lease is over',
  },
  crash_after_claim: { place: 'claim is acknowledged', expected: 'as lost_claim' },
  lease_runs_out: {
    place: 'claim is acknowledged',
    expected: 'nothing is sent on a lease that is over; a late settlement changes nothing',
  },
  settle_unavailable: { place: 'settle arrives', expected: 'sent again under the same id' },
  lost_settlement: {
    place: 'settle is acknowledged',
    expected: 'sent once, the relay fails and goes on next time',
  },
  crash_after_delivery: { place: 'delivery is acknowledged', expected: 'sent again under the same id' },
  delivery_fails: { place: 'delivery arrives', expected: 'tried again later, in order' },
  delivery_is_refused: { place: 'delivery arrives', expected: 'parked, and with it only its own record' },
  delivery_hangs: { place: 'delivery arrives', expected: 'given up when its lease is over, tried again' },
  release_unavailable: { place: 'release arrives', expected: 'nothing is released; the next call does it' },
  lost_release: {
    place: 'release is acknowledged',
    expected: 'the messages are back in line, and released again nothing happens',
  },
  reader_throws: { place: 'statement is read', expected: 'the call rejects, nothing of the file is taken' },
  reader_hangs: { place: 'statement is read', expected: 'deadline_exceeded, nothing of the file is taken' },
  tax_source_fails: { place: 'tax source is asked', expected: 'tax_source_unavailable, nothing decided' },
  tax_source_hangs: { place: 'tax source is asked', expected: 'as tax_source_fails, at its deadline' },
  tax_source_talks_nonsense: { place: 'tax source is asked', expected: 'as tax_source_fails' },
  policy_throws: { place: 'policy is asked', expected: 'refused, one denial on record, no effect' },
  ids_fail: { place: 'id is drawn', expected: 'the call rejects, no effect, its neighbors go through' },
  duplicate_request: { place: 'request', expected: 'one effect, one answer' },
  impatient_client: { place: 'request', expected: 'one effect however often it is sent' },
  host_rolls_back: {
    place: 'request',
    expected: 'what was done within the host’s transaction was never done; the repeat does it once',
  },
  clock_forward: { place: 'step', expected: 'holds end once; no deadline is missed' },
  clock_backward: { place: 'step', expected: 'no hold lives again; dates of documents do not fall' },
  clock_falls_back_a_day: { place: 'step', expected: 'as clock_backward' },
  clock_leaps_a_year: { place: 'step', expected: 'as clock_forward' },
  clock_freezes: {
    place: 'step',
    expected: 'nothing ends while it stands still; as clock_forward afterwards',
  },
  host_zone_changes: { place: 'step', expected: 'no day is taken from the zone of the host' },
  restart: { place: 'step', expected: 'memory is never the authority' },
} as const satisfies Readonly<Record<string, FaultRow>>

export type FaultKind = keyof typeof faultTable

export const faultKinds = Object.keys(faultTable) as readonly FaultKind[]

/** Strikes the n-th time (from 0) that the run comes by the kind's place. */
export interface PlannedFault {
  readonly kind: FaultKind
  readonly at: number
  /** And every time after it. */
  readonly forever?: true
}
