import { describe, expect, it } from 'vitest'
import {
  createSimulator,
  shrinkRun,
  type PlannedMove,
  type SimulationPlan,
  type Simulator,
} from 'orderwright/testing'

const move: PlannedMove = {
  command: 'inventory.receive',
  pick: 0,
  quantity: 5,
  lines: [
    { sku: 'mug', quantity: 4 },
    { sku: 'tray', quantity: 5 },
  ],
  amount: '9.99',
  flag: false,
  seconds: 0,
}

const planOf = (plan: Partial<SimulationPlan>): SimulationPlan => ({
  seed: 1,
  strategy: 'uniform',
  timeOneIn: 400,
  processes: 1,
  clients: [[move]],
  faults: [],
  ...plan,
})

const unitsOf = ({ lines }: PlannedMove): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** Finds something wrong in such moves, and in nothing else. */
const pickySimulator = async (isWrong: (move: PlannedMove) => boolean): Promise<Simulator> => {
  const real = await createSimulator()
  const report = await real.run(1)
  return {
    run: (seed) => real.run(seed),
    replay: async (plan, choices = []) => ({
      ...report,
      plan,
      choices,
      violations: plan.clients
        .flat()
        .filter(isWrong)
        .map(() => 'ST5 too many'),
    }),
  }
}

describe('shrinkRun', () => {
  it('leaves no more units than the finding takes', async () => {
    // In whoever moves more than two, and asks for more than six in two lines.
    const picky = await pickySimulator(
      (one) => one.quantity > 2 && one.lines.length === 2 && unitsOf(one) > 6,
    )
    const found = await picky.replay(planOf({ clients: [[move], [move]] }))
    const { plan } = await shrinkRun(picky, found)
    const [only, ...others] = plan.clients.flat()
    expect(others).toEqual([])
    expect(only?.quantity).toBe(3)
    expect(only && unitsOf(only)).toBe(7)
  })

  it('cuts a run of thousands of commands and hundreds of faults down to the one that it takes', async () => {
    const picky = await pickySimulator(({ pick }) => pick === 9)
    const clients = [7, 1_000, 1_000, 1_000].map((count, client) =>
      Array.from({ length: count }, (_, turn) => ({ ...move, pick: client === 1 && turn === 777 ? 9 : 1 })),
    )
    const faults = Array.from({ length: 500 }, (_, at) => ({ kind: 'disk_full' as const, at }))
    const { plan } = await shrinkRun(picky, await picky.replay(planOf({ clients, faults })))
    expect(plan.clients.flat().map(({ pick }) => pick)).toEqual([9])
    expect(plan.faults).toEqual([])
  })

  it('writes the story of the run that is left: who went on, what came of it, which fault struck', async () => {
    const simulator = await createSimulator()
    const plan = planOf({
      clients: [[{ ...move, quantity: 1 }]],
      faults: [{ kind: 'lost_acknowledgement', at: 0 }],
    })
    const report = await simulator.replay(plan)
    const { trace } = await shrinkRun(simulator, { ...report, violations: ['ST5 an oversell'] })
    expect(trace).toEqual([
      '1 client 0 request',
      '     client 0 asks inventory.receive {"sku":"mug","quantity":1} under the key "client 0 turn 0"',
      '2 process 1 find arrives',
      '     process 1 finds 0 of back_in_stock_request',
      '3 process 1 find is acknowledged',
      '4 process 1 soon',
      '5 process 1 update arrives',
      '     process 1 has committed stock/main/mug 8→9, idempotency/inventory.receive/client 0 turn 0 0→1, StockReceived',
      '     lost_acknowledgement strikes, at visit 0 of "update is acknowledged"',
      '6 process 1 update is acknowledged',
      '7 process 1 soon',
      '8 process 1 update arrives',
      '     process 1 has committed nothing',
      '9 process 1 update is acknowledged',
      '     client 0: it is answered ok at version 9, again',
      '10 process 1 soon',
    ])
  })
})
