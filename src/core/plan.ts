import { invariant } from './invariant.js'
import { keyName, type Key } from './ids/key.js'
import { keyMap } from './ids/key-map.js'
import type { DerivedKind, IndexEntries, RecordKind } from './record-kind.js'

/** A record as a plan sees it: its state and the version that this state has. */
export interface Versioned<State> {
  readonly state: State
  readonly version: number
}

/** The locked records a command may decide on. Asking for a key that is not locked throws `MissingKey`. */
export interface Facts {
  find(key: Key): Versioned<unknown> | undefined
}

/** Thrown by `Facts` when a plan needs a record that is not locked; the shell runs the command again with that key added, and with the `others`. */
export class MissingKey extends Error {
  readonly code = 'missing_key'

  constructor(
    readonly key: Key,
    readonly others: readonly Key[] = [],
  ) {
    super(`the plan needs ${keyName(key)}, which is not locked`)
    this.name = 'MissingKey'
  }
}

export interface PlannedEvent {
  readonly type: string
}

/** What one command changes in one record. `state` is what its events fold to; `null` erases a derived record. */
export interface Change {
  readonly key: Key
  readonly before: number
  readonly state: unknown
  readonly entries: IndexEntries
  readonly events: readonly PlannedEvent[]
  /** Another record that the same plan changes: the events of this one carry the hash of its newest event. */
  readonly seals?: Key
}

/** A message for the outbox: what happened and to which records, never a name or an address. */
export interface PlannedMessage {
  readonly about: Key
  readonly topic: string
  /** Left out: one message for each channel of the topic, as the settings say when the plan is committed. */
  readonly channel?: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Plan<Value> {
  readonly value: Value
  readonly subject: Key
  readonly changes: readonly Change[]
  readonly messages: readonly PlannedMessage[]
}

/**
 * Collects what a command changes, and shows each later step what the earlier steps of the same command decided. It lives inside one call
 * of `plan`; nothing outside ever sees it half-done.
 */
export interface Work {
  find<State, Event extends PlannedEvent>(
    kind: RecordKind<State, Event>,
    id: string,
  ): Versioned<State> | undefined
  find<State>(kind: DerivedKind<State>, id: string): Versioned<State> | undefined
  append<State, Event extends PlannedEvent>(
    kind: RecordKind<State, Event>,
    id: string,
    events: readonly Event[],
  ): State
  put<State>(kind: DerivedKind<State>, id: string, state: State): void
  erase<State>(kind: DerivedKind<State>, id: string): void
  send(message: PlannedMessage): void
  /** The events of `by`, which this plan has changed, carry the hash of the newest event of `record`, which it changes too. */
  seal(by: Key, record: Key): void
  /** The ids of the records of a kind that this plan has changed so far. */
  changed(kind: string): readonly string[]
  /**
   * Runs once, when the plan is finished, whatever number of steps asked for it under this name: for what follows from all of them together and
   * not from each.
   */
  atEnd(name: string, run: () => void): void
  finish<Value>(subject: Key, value: Value): Plan<Value>
}

/** Asks for all of these records at once, so that a plan which needs many that nobody named is run again once and not once for each. */
export const lockAll = (work: Pick<Work, 'find'>, kind: string, ids: readonly string[]): void => {
  const missing: Key[] = []
  const named = { name: kind } as DerivedKind<unknown>
  for (const id of ids) {
    try {
      work.find(named, id)
    } catch (error) {
      if (!(error instanceof MissingKey)) throw error
      missing.push(error.key)
    }
  }
  const [first, ...others] = missing
  if (first !== undefined) throw new MissingKey(first, others)
}

interface Open {
  readonly key: Key
  readonly before: number
  state: unknown
  entries: IndexEntries
  readonly events: PlannedEvent[]
  seals?: Key
}

export const workOn = (facts: Facts): Work => {
  const open = keyMap<Open>()
  const changes: Open[] = []
  const messages: PlannedMessage[] = []
  let endings: Map<string, () => void> | undefined

  const find = (kind: { readonly name: string }, id: string): Versioned<never> | undefined => {
    const key = { kind: kind.name, id }
    const changed = open.get(key)
    if (changed === undefined) return facts.find(key) as Versioned<never> | undefined
    if (changed.state === null) return undefined
    return { state: changed.state as never, version: changed.before + Math.max(1, changed.events.length) }
  }

  const change = (kind: string, id: string): Open => {
    const key = { kind, id }
    const existing = open.get(key)
    if (existing !== undefined) return existing
    const found = facts.find(key)
    const created: Open = { key, before: found?.version ?? 0, state: found?.state, entries: {}, events: [] }
    open.set(key, created)
    changes.push(created)
    return created
  }

  return {
    find,
    append: (kind, id, events) => {
      invariant(events.length > 0, `a change of ${kind.name} has at least one event`)
      const record = change(kind.name, id)
      let state = record.state as Parameters<typeof kind.evolve>[0]
      for (const event of events) {
        state = kind.evolve(state, event)
        record.events.push(event)
      }
      record.state = state
      record.entries = kind.entries(state as NonNullable<typeof state>)
      return state as NonNullable<typeof state>
    },
    put: (kind, id, state) => {
      const record = change(kind.name, id)
      record.state = state
      record.entries = kind.entries(state)
    },
    erase: (kind, id) => {
      const record = change(kind.name, id)
      record.state = null
      record.entries = {}
    },
    send: (message) => {
      messages.push(message)
    },
    seal: (by, record) => {
      change(by.kind, by.id).seals = record
    },
    changed: (kind) => changes.flatMap(({ key }) => (key.kind === kind ? [key.id] : [])),
    atEnd: (name, run) => {
      endings ??= new Map()
      endings.set(name, run)
    },
    finish: (subject, value) => {
      if (endings !== undefined) for (const run of endings.values()) run()
      for (const message of messages) {
        invariant(
          open.has(message.about),
          `a ${message.topic} message is about a record that the same plan changes`,
        )
      }
      return { value, subject, changes, messages }
    },
  }
}
