import type { Storage } from '../../../src/core/ports/storage.js'
import { breachesOf, keptAnswers } from './check-race.js'
import { makeAttempts, raceEngine, sumOf } from './race-engine.js'
import type { Outcomes, RaceScenario, Stage } from './race-scenario.js'
import type { Racer } from './racers.js'

export interface RaceReport {
  readonly attempts: number
  readonly outcomes: Outcomes
  /** Processes that were killed on the way. */
  readonly kills: number
  readonly seconds: number
  readonly breaches: readonly string[]
}

export interface Race {
  readonly scenario: RaceScenario
  readonly attempts: number
  readonly storage: Storage
  readonly processes: number
  /** One more process on the same store; without it this process makes all attempts. */
  readonly start?: () => Promise<Racer>
  /** At `every step`: how far apart the steps are at which is killed, 1 for all of them. */
  readonly stride: number
}

/** Prepares, races and looks at what has become of it. */
export const runRace = async (race: Race): Promise<RaceReport> => {
  const { scenario, storage } = race
  const oms = raceEngine(storage)
  // How many attempts are made at `every step` is known at the end: as many as there are steps.
  const stage = await scenario.prepare(oms, race.attempts)
  const keptBefore = await keptAnswers(storage)
  const { outcomes, kills, seconds, attempts = race.attempts } = await paces[scenario.pace](race, stage)
  const breaches = await breachesOf({ storage, oms, keptBefore }, scenario, attempts, outcomes)
  return { attempts, outcomes, kills, seconds, breaches }
}

interface Raced {
  readonly outcomes: Outcomes
  readonly kills: number
  readonly attempts?: number
}

type Run = (race: Race, stage: Stage) => Promise<Timed>

type Timed = Raced & Pick<RaceReport, 'seconds'>

const never = 0

const atOnce: Run = (race, stage) =>
  withRacers(race, async (racers) => {
    const shares = racers.map((_racer, place) => shareOf(race, racers.length, place))
    const told = await Promise.all(
      racers.map((racer, place) => racer.run({ stage, indexes: shares[place] ?? [], dieAt: never })),
    )
    return { outcomes: sumOf(told.map(answered)), kills: 0 }
  })

const inTurn: Run = (race, stage) =>
  withRacers(race, async (racers) => {
    const told: Outcomes[] = []
    for (let index = 0; index < race.attempts; index += 1) {
      const racer = racers[index % racers.length]
      if (racer !== undefined) told.push(answered(await racer.run({ stage, indexes: [index], dieAt: never })))
    }
    return { outcomes: sumOf(told), kills: 0 }
  })

/** The first process dies early and its successor later, until one lives to the end; the others never die. */
const killed: Run = (race, stage) =>
  withRacers(race, async (racers) => {
    let kills = 0
    const untilAnswered = async (first: Racer, indexes: readonly number[]): Promise<Outcomes> => {
      let racer = first
      for (let dieAt = 2; ; dieAt *= 2) {
        const told = await racer.run({ stage, indexes, dieAt })
        if (told !== 'killed') return told
        kills += 1
        racer = await startOf(race)
        racers.push(racer)
      }
    }
    const [first, ...others] = racers
    if (first === undefined) throw new Error('a race has a process')
    const told = await Promise.all([
      untilAnswered(first, shareOf(race, 1 + others.length, 0)),
      ...others.map(async (racer, place) => {
        const indexes = shareOf(race, 1 + others.length, place + 1)
        return answered(await racer.run({ stage, indexes, dieAt: never }))
      }),
    ])
    return { outcomes: sumOf(told), kills }
  })

/** Attempt n is killed at its step 1 + n × stride, and made again by the next process under the same keys. */
const everyStep: Run = (race, stage) =>
  withRacers({ ...race, processes: 1 }, async (racers) => {
    const told: Outcomes[] = []
    for (let index = 0; ; index += 1) {
      const racer = racers.at(-1)
      if (racer === undefined) throw new Error('a race has a process')
      const first = await racer.run({ stage, indexes: [index], dieAt: 1 + index * race.stride })
      if (first !== 'killed') {
        return { outcomes: sumOf([...told, first]), kills: index, attempts: index + 1 }
      }
      const next = await startOf(race)
      racers.push(next)
      told.push(answered(await next.run({ stage, indexes: [index], dieAt: never })))
    }
  })

const paces: Readonly<Record<RaceScenario['pace'], Run>> = {
  'at once': atOnce,
  'in turn': inTurn,
  killed,
  'every step': everyStep,
}

/** Their start is no part of the race. */
const withRacers = async (race: Race, work: (racers: Racer[]) => Promise<Raced>): Promise<Timed> => {
  const racers = await Promise.all(
    Array.from({ length: race.processes }, () => (race.start ?? (() => ownRacer(race)))()),
  )
  try {
    const begun = performance.now()
    const raced = await work(racers)
    return { ...raced, seconds: (performance.now() - begun) / 1_000 }
  } finally {
    await Promise.all(racers.map((racer) => racer.end()))
  }
}

const startOf = ({ start }: Race): Promise<Racer> => {
  if (start === undefined) throw new Error('only a process of its own can be killed')
  return start()
}

const ownRacer = async ({ storage, scenario }: Race): Promise<Racer> => {
  const oms = raceEngine(storage)
  return {
    run: ({ stage, indexes }) => makeAttempts(oms, scenario, stage, indexes),
    end: async () => undefined,
  }
}

/** Every so-manieth attempt, so that neighbors meet in different processes. */
const shareOf = ({ attempts }: Race, processes: number, place: number): readonly number[] =>
  Array.from({ length: attempts }, (_, index) => index).filter((index) => index % processes === place)

const answered = (told: Outcomes | 'killed'): Outcomes => {
  if (told === 'killed') throw new Error('a process died that was not to')
  return told
}
