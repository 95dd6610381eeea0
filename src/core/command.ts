import type { z } from 'zod'
import type { Key } from './ids/key.js'
import type { Actor } from './ids/actor.js'
import type { RecordReader } from './record-reader.js'
import type { StatementReader } from './ports/statement-reader.js'
import type { TaxAnswer, TaxQuestion } from './ports/tax-source.js'
import type { Facts, Plan, PlannedEvent } from './plan.js'
import type { DerivedKind, RecordKind } from './record-kind.js'
import type { Refusal } from './refusal.js'
import type { Result } from './result.js'
import type { Settings } from './settings.js'
import type { Instant } from './time/instant.js'
import type { LocalDate } from './time/local-date.js'

/** Ids drawn by the shell once per command: the same name gives the same id however often the plan is run again. */
export interface DrawnIds {
  /** A random outward id (UUIDv4) for the thing called `name` in this command. */
  of(name: string): string
  /** A number for people (12 characters, no vowels or look-alikes); gives no access to anything. */
  number(name: string): string
}

/** Records read without a lock, to find out which keys a command touches. Never the basis of a decision. */
export interface Seen {
  get<State>(kind: DerivedKind<State> | RecordKind<State, never>, id: string): State | undefined
}

export interface TouchContext {
  readonly ids: DrawnIds
  readonly settings: Settings
  /** The shell's day: a guess, where a key depends on the date. A plan has the store's. */
  readonly today: () => LocalDate
}

/** What a plan may know besides the facts. `now` is the store's clock. */
export interface PlanContext extends TouchContext {
  readonly now: Instant
  readonly actor: Actor
}

/** Asynchronous look-ups before the keys: unlocked finds and outside helpers. What it returns is only ever a hint for `touches` or an input. */
export interface GatherContext {
  readonly settings: Settings
  readonly reader: RecordReader
  /** Readers of bank statements, by the name of their format. */
  readonly statementReaders: Readonly<Record<string, StatementReader>>
  /** The host's tax engine, where it has one; `ask` answers nothing where the tax table stands in for it. */
  readonly taxSource?: {
    readonly ask: (question: Omit<TaxQuestion, 'tenant'>) => Promise<TaxAnswer | undefined>
    readonly now: () => Instant
  }
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string
  find(
    kind: string,
    where: Readonly<Record<string, string | number>>,
    limit?: number,
  ): Promise<readonly Key[]>
  read<State>(kind: DerivedKind<State> | RecordKind<State, never>, id: string): Promise<State | undefined>
  /** The events of a record, oldest first. */
  history(key: Key): AsyncIterable<{ readonly at: Instant; readonly event: PlannedEvent }>
}

/**
 * One thing orderwright does. `touches` names the records to lock, asked again with what it has `seen` until no new key appears; `plan`
 * decides on the locked facts and awaits nothing. `idempotencyKey` says whether a repeat would do a thing twice and so needs an idempotency key.
 */
export interface Command<Schema extends z.ZodType, Value, Gathered = undefined> {
  readonly name: string
  readonly input: Schema
  readonly idempotencyKey: 'required' | 'optional'
  /** The limit on the size of its input, where that is not the common one. */
  readonly largestInput?: 'statementCharacters'
  /** The fields of the input that tell who somebody is: what is kept to recognize a repeat must not give them away. */
  readonly personal?: (input: z.output<Schema>) => readonly string[]
  /** What `gather` is for: it is not called, and nobody waits for it, where the host has no such thing. */
  readonly gatherFrom?: 'tax_source'
  readonly gather?: (input: z.output<Schema>, context: GatherContext) => Promise<Gathered>
  readonly touches: (
    input: z.output<Schema>,
    seen: Seen,
    context: TouchContext,
    gathered: Gathered,
  ) => readonly Key[]
  readonly plan: (
    facts: Facts,
    input: z.output<Schema>,
    context: PlanContext,
    gathered: Gathered,
  ) => Result<Plan<Value>, Refusal>
}

/** Gives a command its types from its schema, so that flows need to name none of them twice. */
export const defineCommand = <Schema extends z.ZodType, Value, Gathered = undefined>(
  command: Command<Schema, Value, Gathered>,
): Command<Schema, Value, Gathered> => command
