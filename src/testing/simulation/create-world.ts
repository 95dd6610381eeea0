import type { OrderManagement } from '../../app/order-management.js'
import type { Ids } from '../../core/ports/ids.js'
import { trustHost, type Policy } from '../../core/ports/policy.js'
import type { StatementReader } from '../../core/ports/statement-reader.js'
import type { TaxSource } from '../../core/ports/tax-source.js'
import { countedIds } from '../counted-ids.js'
import { chanceFrom } from './chance.js'
import { claimLedger } from './claim-ledger.js'
import type { FaultKind } from './fault-table.js'
import { faultPlan, type FaultPlan } from './fault-plan.js'
import { erasePerson } from './erase-person.js'
import type { HostZone } from './host-zone.js'
import { InjectedFault } from './injected-fault.js'
import { mark } from './marks.js'
import type { Opening } from './opening.js'
import { createScheduler } from './scheduler.js'
import { createMailbox, simulatedNotifier } from './simulated-notifier.js'
import { startProcess, type Engine, type SimulatedProcess } from './simulated-process.js'
import { inWords } from './request-log.js'
import { send } from './send.js'
import { never, simulatedStorage } from './simulated-storage.js'
import type { SimulatedStore } from './simulated-store.js'
import type { SimulatedTime } from './simulated-time.js'
import type { SimulationPlan } from './simulation-plan.js'
import { longestHoldSeconds } from './step-checks.js'
import { statusNotes, type StatusNotes } from './status-notes.js'
import { strategyCalled } from './strategy.js'
import { detail, type Tell } from './tell.js'
import { undisturbedEngine, watchedStore } from './undisturbed-engine.js'
import type { Workload } from './workload.js'
import type { World } from './world.js'

const deadline = 10_000

const jumps: Readonly<Partial<Record<FaultKind, number>>> = {
  clock_forward: 11 * 60_000,
  clock_backward: -11 * 60_000,
  clock_falls_back_a_day: -86_400_000,
  clock_leaps_a_year: 366 * 86_400_000,
}
const standstill = 11 * 60_000

/** Ten times what one takes on average, most of them for repeats. */
const mostStepsPerMove = 140

export const createWorld = (
  plan: SimulationPlan,
  workload: Workload,
  opening: Opening,
  opened: SimulatedStore,
  time: SimulatedTime,
  zone: HostZone,
  engines: readonly [Engine, ...Engine[]],
  replay: readonly number[] | undefined,
  tell: Tell,
): World => {
  const chance = chanceFrom(plan.seed).fork()
  const faults = faultPlan(plan.faults, tell)
  const shadow = opening.shadow.copy()
  const claims = claimLedger(shadow)
  const mailbox = createMailbox(opening.delivered)
  const violations: string[] = []
  const marks = new Map<string, number>()
  const cells = new Map<string, number>()
  const notes = statusNotes()
  const processes: SimulatedProcess[] = []
  let started = 0
  let moments = 0

  const scheduler = createScheduler({
    strategy: strategyCalled(plan.strategy, chance.fork()),
    ...(replay !== undefined && { replay }),
    timePasses: () => (chance.oneIn(plan.timeOneIn) ? (chance.oneIn(6) ? 'to the next' : 'a moment') : 'no'),
    passMoment: () => {
      time.advance(200)
    },
    toNext: () => time.toNext(),
    onStep: () => {
      const fault = faults.strike('step')
      if (fault === 'restart') process(faults.visits.get('step') ?? 0).die()
      else if (fault === 'clock_freezes') time.freeze(standstill)
      else if (fault === 'host_zone_changes') zone.change()
      else if (fault !== undefined) time.jump(jumps[fault] ?? 0)
    },
    mostSteps: Math.max(20_000, plan.clients.flat().length * mostStepsPerMove),
    tell,
  })

  const start = (place: number): SimulatedProcess => {
    started += 1
    const series = started
    const engine = engines[(started - 1) % engines.length] ?? engines[0]
    return startProcess(`process ${place + 1}`, engine, (life) => ({
      storage: simulatedStorage({
        store: opened.storage,
        process: life,
        scheduler,
        time,
        faults,
        tell,
        shadow,
        claims,
        beyondDeadline: deadline + 1_000,
        deciding: (decide) => notes.during(decide),
        committed: (decided, broken) => {
          violations.push(...broken)
          const answers = decided.writes.records.filter(({ key }) => key.kind === 'idempotency').length
          if (answers > 1) mark(marks, 'a batch of several')
          for (const cell of notes.committed(decided)) mark(cells, cell)
        },
        erasePerson: (keys) => erasePerson(world, operator(), keys),
        claimed: (broken) => {
          violations.push(...broken)
        },
      }),
      notifier: simulatedNotifier(life, scheduler, faults, mailbox, tell),
      clock: time.clockOf(life, scheduler),
      ids: failingIds(countedIds(series), faults),
      policy: failingPolicy(faults, notes),
      settings: { ...workload.settings, deadline, longestHoldSeconds },
      statementReaders: failingReaders(workload.statementReaders ?? {}, faults),
      ...(workload.taxSource !== undefined && { taxSource: failingTaxSource(workload.taxSource, faults) }),
    }))
  }

  const process = (place: number): SimulatedProcess => {
    const at = place % plan.processes
    const known = processes[at]
    if (known?.alive() === true) return known
    const fresh = start(at)
    processes[at] = fresh
    return fresh
  }

  let operating: OrderManagement | undefined
  const operator = (): OrderManagement => {
    operating ??= undisturbedEngine(world, watchedStore(world, opened.storage, violations), 9_998)
    return operating
  }

  /** One transaction of the host's after another, and between them a turn for whoever has been served: otherwise the store's speed would say who is first. */
  let rollingBack: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = rollingBack.then(work)
    const next = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    rollingBack = done.then(next, next)
    return done
  }

  const world: World = {
    workload,
    scheduler,
    time,
    faults,
    shadow,
    claims,
    mailbox,
    requests: [],
    violations,
    marks,
    cells,
    tell,
    process,
    rollBack: async (request, key) => {
      const { within } = opened
      if (within === undefined) {
        faults.skip('host_rolls_back')
        return
      }
      await scheduler.outside(
        inTurn(() =>
          within(async (storage) => {
            const answer = await send(undisturbedEngine(world, storage, 9_997), request, key)
            tell(() =>
              detail(`within a transaction of the host's ${inWords(answer)}, and that is rolled back`),
            )
            if (answer.ok) mark(marks, 'a command that the host rolled back')
          }),
        ),
      )
    },
    moment: () => (moments += 1),
  }
  return world
}

/** A policy is pure: where it throws once it throws again, as often as it is asked about this call. */
const failingPolicy = (faults: FaultPlan, notes: StatusNotes): Policy => {
  const failing = new WeakSet<object>()
  return (request) => {
    notes.asked(request)
    const { input } = request
    const isKnown = typeof input === 'object' && input !== null && failing.has(input)
    if (!isKnown && faults.strike('policy is asked') !== 'policy_throws') return trustHost(request)
    if (typeof input === 'object' && input !== null) failing.add(input)
    throw new InjectedFault('the policy broke')
  }
}

const failingIds = (ids: Ids, faults: FaultPlan): Ids => {
  const drawn =
    (draw: () => string): (() => string) =>
    () => {
      if (faults.strike('id is drawn') === 'ids_fail') throw new InjectedFault('no id was to be had')
      return draw()
    }
  return { random: drawn(ids.random), ordered: drawn(ids.ordered), number: drawn(ids.number) }
}

const failingReaders = (
  readers: Readonly<Record<string, StatementReader>>,
  faults: FaultPlan,
): Readonly<Record<string, StatementReader>> =>
  Object.fromEntries(
    Object.entries(readers).map(([format, reader]) => [format, failingReader(reader, faults)]),
  )

const failingReader = (reader: StatementReader, faults: FaultPlan): StatementReader => ({
  read: async (content) => {
    switch (faults.strike('statement is read')) {
      case 'reader_throws':
        throw new InjectedFault('the reader broke')
      case 'reader_hangs':
        return never()
      default:
        return reader.read(content)
    }
  },
})

const failingTaxSource = (source: TaxSource, faults: FaultPlan): TaxSource => ({
  treatmentsFor: async (question) => {
    switch (faults.strike('tax source is asked')) {
      case 'tax_source_fails':
        throw new InjectedFault('the tax engine broke')
      case 'tax_source_hangs':
        return never()
      case 'tax_source_talks_nonsense':
        return { ...(await source.treatmentsFor(question)), lines: [] }
      default:
        return source.treatmentsFor(question)
    }
  },
})
