import { readFileSync } from 'node:fs'
import { expect, it, describe } from 'vitest'
import { createSimulator, sweepFaults } from 'orderwright/testing'
import { dueWithin } from '../../scripts/expected-marks.mjs'
import { checks } from '../../scripts/proof/checks.js'
import { shopWorkload } from '../../src/testing/simulation/shop-workload.js'
import { expectedReceiptLifecycle } from '../../src/state-machines/expected-receipt.machine.js'
import { fulfillmentLifecycle } from '../../src/state-machines/fulfillment.machine.js'
import { shipmentLifecycle } from '../../src/state-machines/shipment.machine.js'
import { stockCountLifecycle } from '../../src/state-machines/stock-count.machine.js'
import { transferLifecycle } from '../../src/state-machines/transfer.machine.js'
import { everyCommand } from '../support/every-command-workloads.js'
import { playedCommands } from '../support/played-commands.js'
import { tradeWorkload } from '../support/trade-workload.js'

// Long work on a busy machine.
const patience = 60_000

const workloads = { shop: shopWorkload, trade: tradeWorkload } as const

interface Expected {
  readonly faults: Readonly<Record<string, number>>
  readonly marks: Readonly<Record<string, number>>
  readonly cells: Readonly<Record<string, number>>
}
const expected = JSON.parse(readFileSync('tests/simulation/expected-marks.json', 'utf8')) as Record<
  keyof typeof workloads,
  Expected
>

const lifecycles = {
  expected_receipt: expectedReceiptLifecycle,
  fulfillment: fulfillmentLifecycle,
  shipment: shipmentLifecycle,
  stock_count: stockCountLifecycle,
  transfer: transferLifecycle,
}

const plainMove = { pick: 0, quantity: 1, lines: [], amount: '1.00', flag: true, seconds: 0 }

describe('the trade', () => {
  it('plays every command there is', () => {
    expect(playedCommands(tradeWorkload)).toEqual([...everyCommand].sort())
  })

  it('has each of its moves in a theme, and no theme has another', () => {
    const themed = new Set(tradeWorkload.themes?.flat())
    expect([...themed].sort()).toEqual(Object.keys(tradeWorkload.commands).sort())
  })

  it('mostly asks for what can be worked on, and now and then for anything', () => {
    const statuses: Readonly<Record<string, string>> = { here: 'planned', gone: 'received' }
    const known = {
      idsOf: () => ['here', 'gone'],
      stateOf: (_: string, id: string) => ({ status: statuses[id] }),
    }
    const shipped = Array.from({ length: 12 }, (_, pick) => {
      const { input } = tradeWorkload.request({ ...plainMove, command: 'shipTransfer', pick }, known)
      return (input as { readonly transfer: string }).transfer
    })
    expect(shipped.filter((_, pick) => pick % 5 !== 4)).toEqual(Array.from({ length: 10 }, () => 'here'))
    expect(shipped).toContain('gone')
  })

  it('finds an order of tracked goods for whoever names lots or pieces, so that the fault sweep has it', async () => {
    const kinds = ['lost_acknowledgement'] as const
    const { left, violations } = await sweepFaults({
      workload: tradeWorkload,
      commands: ['planNamed'],
      kinds,
    })
    expect(left).toEqual([])
    expect(violations).toEqual([])
  })

  it('has counts approved by somebody else than who counts', async () => {
    const simulator = await createSimulator({ workload: tradeWorkload })
    const { outcomes, cells } = await simulator.replay({
      seed: 0,
      strategy: 'uniform',
      timeOneIn: 400,
      processes: 1,
      clients: [[{ ...plainMove, command: 'approveCount' }]],
      faults: [],
    })
    expect(outcomes).toEqual([{ command: 'counts.approve', outcome: 'ok', keyed: true }])
    expect([...cells]).toEqual([['counts.approve ok, stock_count awaiting_approval', 1]])
  })

  it(
    'lets clients of most seeds meet at the records of one theme or two',
    { timeout: patience },
    async () => {
      const simulator = await createSimulator({ workload: tradeWorkload })
      const transfers = new Set<string>()
      for (let seed = 1; seed <= 40; seed += 1) {
        const { cells, violations } = await simulator.run(seed)
        expect(violations, `seed ${seed}`).toEqual([])
        for (const cell of cells.keys()) if (cell.startsWith('transfers.')) transfers.add(cell)
      }
      expect([...transfers]).toContain('transfers.ship ok, transfer planned')
      expect([...transfers]).toContain('transfers.ship invalid_state, transfer shipped')
    },
  )
})

describe.each(Object.entries(workloads))('what is expected of the %s', (name, workload) => {
  const { marks, cells } = expected[name as keyof typeof workloads]

  it('is that each of its commands comes to a good end, within 2,000 seeds', () => {
    const late = playedCommands(workload).filter(
      (command) => !((marks[`${command} ok`] ?? Infinity) <= 2_000),
    )
    expect(late).toEqual([])
  })

  it('is that each of them that is about a record with a life comes to it in a status it can work on', () => {
    for (const cell of Object.keys(cells)) {
      const [, kind = '', status = ''] = / ok, (\w+) (\w+)$/.exec(cell) ?? []
      const life = lifecycles[kind as keyof typeof lifecycles] as (typeof lifecycles)['transfer'] | undefined
      if (life !== undefined) expect(life.isFinal(status as never), cell).toBe(false)
    }
    expect(Object.keys(cells).length).toBeGreaterThan(100)
  })

  it('is told on the page of proofs, to the command', () => {
    const check = checks.find((one) => one.name === (name === 'shop' ? 'simulation' : 'simulation-trade'))
    const played = playedCommands(workload)
    if (name === 'trade') {
      expect(check?.how).toContain(`all ${everyCommand.length} commands`)
      return
    }
    expect(check?.how).toContain(`${played.length} of the ${everyCommand.length} commands`)
    for (const command of everyCommand)
      expect(check?.how.includes(`\`${command}\``), command).toBe(played.includes(command))
  })
})

describe('expected marks', () => {
  it('are due from the number of seeds on that they are recorded with', () => {
    const all = Object.entries(expected.trade).flatMap(([group, names]) =>
      Object.entries(names as Record<string, number>).map(([name, within]) => ({ group, name, within })),
    )
    expect(dueWithin('trade', 1_000)).toEqual(
      all.filter(({ within }) => within <= 1_000).map(({ group, name }) => ({ group, name })),
    )
    expect(dueWithin('trade', 10)).toEqual([])
    expect(dueWithin('nothing', 10)).toEqual([])
  })
})
