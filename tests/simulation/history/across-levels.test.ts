import { beforeAll, describe, expect, it } from 'vitest'
import { createSimulator } from 'orderwright/testing'
import {
  checkAcrossLevels,
  type AcrossLevels,
  type AskedAcross,
} from '../../../src/testing/simulation/history/across-levels-check.js'
import { raceWorkload } from '../../../src/testing/simulation/race-workload.js'

type Plant = (run: AcrossLevels) => AcrossLevels | undefined

const isWide = ({ asked }: AskedAcross): boolean => asked !== undefined && asked.size > 1

const granted = ({ requests }: AcrossLevels): AskedAcross | undefined =>
  requests.find((request) => isWide(request) && request.outcome === 'done')

const refused = ({ requests }: AcrossLevels): AskedAcross | undefined =>
  requests.find((request) => isWide(request) && request.outcome === 'refused')

const partOf = ({ taken }: AcrossLevels, { made }: AskedAcross) => taken.find(({ source }) => source === made)

const withoutPart = (run: AcrossLevels, request: AskedAcross): AcrossLevels => {
  const part = partOf(run, request)
  return { ...run, taken: run.taken.filter((one) => one !== part) }
}

const withoutAnswer = (run: AcrossLevels, request: AskedAcross): AcrossLevels => {
  const { made: _made, ...asked } = request
  return {
    ...run,
    requests: run.requests.map((one) => (one === request ? { ...asked, outcome: 'unknown' } : one)),
  }
}

const taking = (run: AcrossLevels, source: string, levels: Iterable<readonly [string, number]>) => ({
  ...run,
  taken: [...run.taken, ...Array.from(levels, ([level, quantity]) => ({ level, source, quantity }))],
})

const plants: Readonly<Record<string, Plant>> = {
  'a grant without the goods of one of its levels': (run) => {
    const request = granted(run)
    return request && withoutPart(run, request)
  },
  'a grant with one unit less on one of its levels': (run) => {
    const request = granted(run)
    const part = request && partOf(run, request)
    return (
      part && {
        ...run,
        taken: run.taken.map((one) => (one === part ? { ...one, quantity: one.quantity - 1 } : one)),
      }
    )
  },
  'a grant that took from one of its levels twice': (run) => {
    const request = granted(run)
    const part = request && partOf(run, request)
    return part && { ...run, taken: [...run.taken, part] }
  },
  'a grant that took from a level it did not ask for': (run) => {
    const request = granted(run)
    return request && taking(run, request.made ?? '', [['main/vase', 1]])
  },
  'a grant that took nothing': (run) => {
    const request = granted(run)
    return request && { ...run, taken: run.taken.filter(({ source }) => source !== request.made) }
  },
  'a refusal that kept the goods of one level': (run) => {
    const request = refused(run)
    return request && taking(run, 'of nobody', [...(request.asked ?? [])].slice(0, 1))
  },
  'a refusal that took all it asked for': (run) => {
    const request = refused(run)
    return request && taking(run, 'of nobody', request.asked ?? [])
  },
  'a request without an answer that was done by half': (run) => {
    const request = granted(run)
    return request && withoutAnswer(withoutPart(run, request), request)
  },
  'a request without an answer that was done twice': (run) => {
    const request = granted(run)
    return request && taking(withoutAnswer(run, request), 'of nobody', request.asked ?? [])
  },
}

const seeds = Array.from({ length: 60 }, (_, place) => place + 1)
const runs: AcrossLevels[] = []

beforeAll(async () => {
  const simulator = await createSimulator({ workload: raceWorkload })
  for (const seed of seeds) runs.push((await simulator.run(seed)).acrossLevels)
})

describe('checkAcrossLevels', () => {
  it('ST6 finds every order and hold of a run whole or not at all, over all levels it asked for', () => {
    for (const run of runs) expect(checkAcrossLevels(run)).toEqual([])
    const wide = runs.flatMap(({ requests }) => requests.filter(isWide))
    const count = (outcome: AskedAcross['outcome']) => wide.filter((one) => one.outcome === outcome).length
    expect(count('done')).toBeGreaterThan(50)
    expect(count('refused')).toBeGreaterThan(50)
  })

  it.each(Object.entries(plants))('ST6 finds %s in every run', (_name, plant) => {
    const planted = runs.flatMap((run) => plant(run) ?? [])
    expect(planted.length).toBeGreaterThan(25)
    expect(planted.filter((run) => checkAcrossLevels(run).length !== 1)).toEqual([])
  })

  it('ST6 lets a request without an answer be done whole, or not at all', () => {
    for (const run of runs) {
      const request = granted(run)
      if (request === undefined) continue
      const unanswered = withoutAnswer(run, request)
      expect(checkAcrossLevels(unanswered)).toEqual([])
      const taken = run.taken.filter(({ source }) => source !== request.made)
      expect(checkAcrossLevels({ ...unanswered, taken })).toEqual([])
    }
  })

  it('leaves it to the ledger what an order took that brought a hold', () => {
    const taken = [{ level: 'main/mug', source: 'order 1', quantity: 1 }]
    const held: AskedAcross = { name: 'an order', outcome: 'done', made: 'order 1' }
    expect(checkAcrossLevels({ requests: [held], taken })).toEqual([])
    expect(checkAcrossLevels({ requests: [{ name: 'an order', outcome: 'unknown' }], taken })).toEqual([])
    expect(checkAcrossLevels({ requests: [{ name: 'an order', outcome: 'refused' }], taken })).toEqual([
      'ST6 order 1 took 1 of main/mug, which nobody was granted',
    ])
  })
})
