import { inStatus, oneOf, type KnownRecords, type PlannedMove, type Workload } from './workload.js'

const wanted = (move: PlannedMove) => move.lines.map((line) => ({ ...line }))

type InputOf = (move: PlannedMove, known: KnownRecords) => unknown

const commands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'inventory.hold': [6, (move) => ({ owner: 'cart', lines: wanted(move), seconds: move.flag ? 600 : 30 })],
  'orders.place': [6, (move) => ({ channel: 'web', currency: 'EUR', lines: wanted(move) })],
  'inventory.releaseHold': [
    3,
    (move, known) => ({
      reservation: oneOf(known, 'reservation', move.pick, inStatus('held')),
      owner: 'cart',
    }),
  ],
  'inventory.expireHold': [
    1,
    (move, known) => ({ reservation: oneOf(known, 'reservation', move.pick, inStatus('held')) }),
  ],
  'orders.cancel': [
    3,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, inStatus('placed')),
      reason: 'changed-mind',
    }),
  ],
  'inventory.receive': [1, ({ lines }) => ({ sku: lines[0]?.sku ?? '', quantity: lines[0]?.quantity ?? 1 })],
}

/** Many who want the same few things at once: what the histories of reservations are made of. */
export const raceWorkload: Workload = {
  skus: ['lamp', 'mug', 'tray'],
  plainGoods: true,
  commands: Object.fromEntries(Object.entries(commands).map(([name, [often]]) => [name, often])),
  open: async ({ orThrow }) => {
    for (const sku of raceWorkload.skus) {
      await orThrow.catalog.define({ sku, name: sku, price: { amount: '9.99', currency: 'EUR' } })
      await orThrow.inventory.receive({ sku, quantity: 7 }, { idempotencyKey: `opening ${sku}` })
    }
  },
  request: (move, known) => {
    const entry = commands[move.command]
    if (entry === undefined) throw new Error(`nobody races with ${move.command}`)
    return { action: move.command, input: entry[1](move, known) }
  },
}
