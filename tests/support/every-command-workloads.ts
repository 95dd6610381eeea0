import type { CommandInput, TaxSource } from 'orderwright'
import type { Workload } from '../../src/testing/simulation/workload.js'
import { commandCalls, type Call } from './every-call/calls.js'
import { content } from './every-call/sales.js'
import { freshKey } from './desk.js'
import { settings, stockWorld } from './every-call/world.js'
import { plainReader } from './random-trade.js'
import { watched } from './watched-storage.js'
import { vat } from './tax.js'

/** Every command there is, by its name. */
export const everyCommand: readonly string[] = commandCalls.map(({ name }) => name)

/** For each command a workload of one move: that command, with an input that it accepts in the business that is open for it. */
export const commandWorkloads: ReadonlyMap<string, Workload> = new Map(
  commandCalls.map((call) => [call.name, workloadOf(call.name, call.name, call.inputIn)]),
)

const taxSource: TaxSource = {
  treatmentsFor: async ({ place, lines, taxClasses }) => ({
    source: 'engine',
    version: '2026-03',
    place: place ?? { country: 'AT' },
    lines: lines.map(() => vat('20')),
    taxClasses: taxClasses.map(() => vat('10')),
  }),
}

const mug = { sku: 'MUG' } as const
const toWait = { shortage: 'backorder' } as const

const untaxed = {
  ...content,
  adjustments: [
    { kind: 'charge', amount: { amount: '3.00', currency: 'EUR' }, reason: 'freight', taxClass: 'post' },
  ],
} satisfies CommandInput<'orders', 'place'>

const further: Readonly<Record<string, Call['inputIn']>> = {
  'orders.place with a tax engine': () => untaxed,
  'orders.capture with a tax engine': () => untaxed,
  'orders.changeDraft with a tax engine': ({ draft }) => ({ order: draft, ...untaxed }),
  'inventory.adjust of promised goods': () => ({ ...mug, quantity: -33, reason: 'counted', ...toWait }),
  'inventory.quarantine of promised goods': () => ({ ...mug, quantity: 33, reason: 'damaged', ...toWait }),
  'inventory.quarantineExpired of promised goods': async ({ clerk, clock }) => {
    await clerk.orThrow.orders.place({ ...content, lines: [{ sku: 'SALVE', quantity: 3 }] }, freshKey())
    clock.advance(30 * 86_400_000)
    return { sku: 'SALVE' }
  },
  'counts.approve of promised goods': async ({ oms }) => {
    const { counts } = oms.as({ actor: { kind: 'user', id: 'bob' } }).orThrow
    const { count } = await counts.open({ skus: [mug.sku] }, freshKey())
    await counts.record({ count, lines: [{ ...mug, counted: 7 }] })
    await counts.submit({ count })
    return { count, reason: 'shrinkage', ...toWait }
  },
}

/** What commands do besides with means of their own: they ask an outside tax engine, and read from histories whom promised goods are taken from. */
export const furtherWorkloads: ReadonlyMap<string, Workload> = new Map(
  Object.entries(further).map(([name, inputIn]) => {
    const workload = workloadOf(name, name.split(' ', 1)[0] ?? '', inputIn)
    return [name, name.endsWith('tax engine') ? { ...workload, taxSource } : workload]
  }),
)

function workloadOf(name: string, action: string, inputIn: Call['inputIn']): Workload {
  let input: unknown
  return {
    skus: ['MUG'],
    commands: { [name]: 1 },
    statementReaders: { plain: plainReader },
    settings,
    open: async (clerk, oms, { clock, storage }) => {
      // Another person than the one who works: who has counted cannot approve.
      const { orThrow } = oms.as({ actor: { kind: 'user', id: 'bob' } })
      const stocked = await stockWorld(orThrow)
      input = await inputIn({
        ...stocked,
        tenant: 'main',
        oms,
        clerk,
        storage: watched(storage),
        clock,
        asked: [],
        become: () => undefined,
      })
    },
    request: () => ({ action, input }),
  }
}
