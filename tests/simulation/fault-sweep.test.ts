import { describe, expect, it } from 'vitest'
import { createSimulator, sweepFaults, type SweepOptions } from 'orderwright/testing'
import { commands } from '../../src/app/commands.js'
import { checkOneEffect } from '../../src/testing/simulation/one-effect-check.js'
import { scenarioFinder } from '../../src/testing/simulation/sweep-scenario.js'
import { commandWorkloads, furtherWorkloads } from '../support/every-command-workloads.js'

// Long work on a busy machine.
const patience = 60_000

const everyCommand = Object.entries(commands).flatMap(([group, members]) =>
  Object.keys(members).map((name) => `${group}.${name}`),
)

const historyFaults = ['history_unavailable', 'history_breaks_off', 'stale_history'] as const
const taxFaults = ['tax_source_fails', 'tax_source_hangs', 'tax_source_talks_nonsense'] as const

const workloadFor = (command: string) => {
  const workload = commandWorkloads.get(command) ?? furtherWorkloads.get(command)
  if (workload === undefined) throw new Error(`no workload of the sweep plays ${command}`)
  return workload
}

const sweep = (command: string, options: SweepOptions) =>
  sweepFaults({ workload: workloadFor(command), ...options })

describe('the fault sweep', { timeout: patience }, () => {
  it.each(everyCommand)(
    'reaches %s, which keeps its promises when a commit is not heard of',
    async (command) => {
      const { commands, left, cells, struck, violations } = await sweep(command, {
        kinds: ['crash_before_commit', 'crash_after_commit', 'lost_acknowledgement'],
      })
      expect(violations).toEqual([])
      expect(left).toEqual([])
      expect(commands).toEqual([command])
      expect(struck).toBe(cells)
      expect(struck).toBeGreaterThanOrEqual(6)
    },
  )

  it.each([
    ['inventory.compensate', historyFaults, 6],
    ['inventory.adjust of promised goods', historyFaults, 6],
    ['inventory.quarantine of promised goods', historyFaults, 6],
    ['inventory.quarantineExpired of promised goods', historyFaults, 6],
    ['counts.approve of promised goods', historyFaults, 6],
    ['reconciliation.importStatement', ['reader_throws', 'reader_hangs'], 4],
    ['orders.place with a tax engine', taxFaults, 6],
    ['orders.capture with a tax engine', taxFaults, 6],
    ['orders.changeDraft with a tax engine', taxFaults, 6],
  ] as const)('lets %s live through what fails beside its records: %s', async (command, kinds, least) => {
    const { struck, cells, violations } = await sweep(command, { kinds })
    expect(violations).toEqual([])
    expect(struck).toBe(cells)
    expect(struck).toBeGreaterThanOrEqual(least)
  })

  it('NO1 lets what a host puts back in line be sent, however the release fails', async () => {
    const { left, cells, struck, violations } = await sweepFaults({
      commands: ['releaseParked'],
      kinds: ['release_unavailable', 'lost_release'],
    })
    expect(violations).toEqual([])
    expect(left).toEqual([])
    expect([cells, struck]).toEqual([4, 4])
  })

  it('leaves a command that never comes to a good end, and says which', async () => {
    const impossible = {
      ...workloadFor('shipments.ship'),
      request: () => ({ action: 'shipments.ship', input: { shipment: 'nothing', carrier: 'Parcel Post' } }),
    }
    expect(await sweepFaults({ workload: impossible })).toMatchObject({
      scenarios: [],
      commands: [],
      left: ['shipments.ship'],
      cells: 0,
    })
  })
})

describe('the check for one effect', { timeout: patience }, () => {
  const command = 'payments.refund'
  const once = { kind: 'lost_acknowledgement', at: 0 } as const
  const forever = { ...once, forever: true } as const

  const scenario = async () => {
    const workload = workloadFor(command)
    const find = await scenarioFinder(await createSimulator({ workload }), workload)
    const found = await find(command)
    if (found === undefined) throw new Error(`${command} comes to no good end`)
    return found
  }
  const refused = [{ command, outcome: 'refund_exceeds_payment', keyed: true }]

  it('ID1 ID2 is content with what comes about undisturbed', async () => {
    const found = await scenario()
    expect([...found.undisturbed.effects.keys()]).toContain('payments.refund: payment PaymentRefunded')
    expect(checkOneEffect(found, once, found.undisturbed)).toEqual([])
  })

  it('ID2 complains of an event that was written twice, and of one that is missing', async () => {
    const found = await scenario()
    for (const times of [0, 2]) {
      const effects = new Map(found.undisturbed.effects).set(
        'payments.refund: payment PaymentRefunded',
        times,
      )
      if (times === 0) effects.delete('payments.refund: payment PaymentRefunded')
      const [complaint] = checkOneEffect(found, once, { ...found.undisturbed, effects })
      expect(complaint).toMatch(/^ID2 it wrote/)
    }
  })

  it('ID1 complains of another outcome, unless the fault lasts; what was refused then has left nothing', async () => {
    const found = await scenario()
    const other = { ...found.undisturbed, outcomes: refused, effects: new Map<string, number>() }
    expect(checkOneEffect(found, once, other)).toEqual([
      expect.stringMatching(/^ID1 .*refund_exceeds_payment/),
    ])
    expect(checkOneEffect(found, forever, other)).toEqual([])
    const torn = { ...other, effects: found.undisturbed.effects }
    expect(checkOneEffect(found, forever, torn)).toEqual([expect.stringMatching(/^ID2 it wrote/)])
  })

  it('ID2 lets what was denied be left undone, and done twice by nobody', async () => {
    const found = await scenario()
    const denied = { ...found.undisturbed, outcomes: refused, effects: new Map<string, number>() }
    const twice = new Map([...found.undisturbed.effects].map(([name, times]) => [name, 2 * times]))
    expect(checkOneEffect(found, { kind: 'policy_throws', at: 0 }, denied)).toEqual([])
    const [complaint] = checkOneEffect(found, { kind: 'policy_throws', at: 0 }, { ...denied, effects: twice })
    expect(complaint).toMatch(/^ID2/)
  })
})
