import * as fc from 'fast-check'
import { countedIds, fixedClock, recordingNotifier } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { Answer } from '../../src/app/answer.js'
import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { CommandOptions } from '../../src/app/run.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import { trustHost } from '../../src/core/ports/policy.js'
import type { ReadStatement, StatementReader } from '../../src/core/ports/statement-reader.js'
import type { Storage } from '../../src/core/ports/storage.js'
import { watched, type WatchedStorage } from './watched-storage.js'

/** One command with everything it could want to know; each command takes of it what it needs. */
export interface Move {
  readonly command: keyof typeof moves
  /** Which of the records there are: the n-th order, shipment, hold. */
  readonly pick: number
  readonly quantity: number
  readonly lines: readonly Line[]
  readonly amount: string
  readonly flag: boolean
  /** How long nothing happens before it. */
  readonly seconds: number
}

interface Line {
  readonly sku: string
  readonly quantity: number
}

export interface Trade {
  readonly oms: OrderManagementFor
  readonly storage: WatchedStorage
  readonly clock: ReturnType<typeof fixedClock>
  /** What the move asks for as things are now; it can be sent again later, unchanged. */
  ready(move: Move): { readonly input: unknown; send(key: string): Promise<Answer<unknown>> }
  /** Sends one move under an idempotency key. */
  play(move: Move, key: string): Promise<Answer<unknown>>
}

/** The first may be taken off sale. */
export const skus = ['candle', 'lamp', 'mug', 'tray'] as const
const opening = 12

/** A small shop at work; `disturb` may put trouble between it and its store, which is in memory unless another is given. */
export const openTrade = async (
  disturb: (storage: Storage) => Storage = (storage) => storage,
  clock = fixedClock(),
  store: Storage = memoryStorage({ clock }),
): Promise<Trade> => {
  const storage = watched(store)
  const options = {
    policy: trustHost,
    clock,
    ids: countedIds(),
    notifiers: { email: recordingNotifier() },
    statementReaders: { plain: plainReader },
  }
  const caller = { actor: { kind: 'user', id: 'ada' }, requestId: 'r-1' } as const
  const quiet = createOrderManagement({ ...options, storage }).as(caller)
  await openDoors(quiet)
  const oms = createOrderManagement({ ...options, storage: disturb(storage) }).as(caller)
  storage.takeWrites()
  const ready: Trade['ready'] = (move) => moves[move.command]({ ...move, storage }, oms)
  return { oms, storage, clock, ready, play: (move, key) => ready(move).send(key) }
}

/** Stock, a customer, and one order at each stage of its way, so that no command has nothing to work on. */
const openDoors = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  for (const sku of skus) {
    await orThrow.catalog.define({ sku, name: sku, price: euros('9.99') })
    await orThrow.inventory.receive({ sku, quantity: opening }, { idempotencyKey: `opening ${sku}` })
  }
  await orThrow.parties.register({ roles: ['customer'], name: 'Ada' }, { idempotencyKey: 'first customer' })
  for (const stage of ['draft', 'placed', 'planned', 'packed', 'shipped'] as const) {
    const lines = [{ sku: 'mug', quantity: 2 }]
    const content = { channel: 'store', currency: 'EUR', lines }
    const idempotencyKey = `first ${stage}`
    const { order } =
      stage === 'draft'
        ? await orThrow.orders.capture(content, { idempotencyKey })
        : await orThrow.orders.place(content, { idempotencyKey })
    if (stage === 'draft' || stage === 'placed') continue
    await orThrow.orders.confirm({ order })
    const { fulfillments } = await orThrow.fulfillments.plan({ order })
    const [planned] = fulfillments
    if (stage === 'planned' || planned === undefined) continue
    const { shipment } = await orThrow.fulfillments.pack({ fulfillment: planned.fulfillment })
    if (stage === 'shipped') await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
  }
  await orThrow.payments.record(
    { amount: euros('5.00'), method: 'card' },
    { idempotencyKey: 'first payment' },
  )
  await orThrow.inventory.hold(
    { owner: 'cart', lines: [{ sku: 'tray', quantity: 1 }], seconds: 600 },
    { idempotencyKey: 'first hold' },
  )
  const entry = { bookedOn: '2026-03-01', amount: '9.99', currency: 'EUR', remittanceText: 'thanks', line: 1 }
  await orThrow.reconciliation.importStatement({
    format: 'plain',
    content: JSON.stringify({ account: 'AT00 1', reference: 'first', currency: 'EUR', entries: [entry] }),
  })
}

/** Statements as plain JSON. */
const plainReader: StatementReader = {
  read: async (content) => ({ statement: JSON.parse(content) as ReadStatement, refused: [] }),
}

/** Plays the moves one after another, with time passing between them, and looks at each answer. */
export const playInTurn = async (
  trade: Trade,
  list: readonly Move[],
  look: (move: Move, answer: Answer<unknown>, key: string) => void | Promise<void> = () => undefined,
): Promise<void> => {
  for (const [turn, move] of list.entries()) {
    trade.clock.advance(move.seconds * 1_000)
    const key = `turn-${turn}`
    await look(move, await trade.play(move, key), key)
  }
}

type Played = Move & Pick<Trade, 'storage'>

const moveOf =
  <Input>(
    commandOf: (
      oms: OrderManagementFor,
    ) => (input: Input, options: CommandOptions) => Promise<Answer<unknown>>,
    inputOf: (played: Played) => Input,
  ) =>
  (played: Played, oms: OrderManagementFor) => {
    const input = inputOf(played)
    return { input, send: (idempotencyKey: string) => commandOf(oms)(input, { idempotencyKey }) }
  }

/** One record of a kind, the newest more often than another, or an id that nothing has. */
const one = ({ storage, pick }: Played, kind: string): string => {
  const ids = storage.idsOf(kind)
  const newest = pick % 2 === 0 ? ids.at(-1 - (pick % 4) / 2) : undefined
  return newest ?? ids[pick % Math.max(1, ids.length)] ?? 'nothing'
}

const euros = (amount: string) => ({ amount, currency: 'EUR' })

const skuOf = ({ lines }: Played): string => lines[0]?.sku ?? 'nothing'
const ownerOf = ({ quantity }: Played): string => (quantity === 5 ? 'another-cart' : 'cart')
const holdOf = (played: Played) => ({ reservation: one(played, 'reservation'), owner: ownerOf(played) })

const content = (played: Played) => ({
  channel: 'web',
  currency: 'EUR',
  lines: played.lines.map((line) => ({ ...line })),
  ...(played.flag && { customer: one(played, 'party') }),
  ...(played.pick % 5 === 0 && { reference: `ref-${played.quantity}` }),
  ...(played.pick % 4 === 0 && { payment: { method: 'card', terms: 'prepaid' as const } }),
})

const firstLine = (played: Played) =>
  played.flag ? {} : { lines: [{ line: 'L1', quantity: played.quantity }] }

const applications = (played: Played) => [
  { invoice: one(played, 'invoice'), ...(!played.flag && { amount: euros(played.amount) }) },
]

const statement = (played: Played) => ({
  account: 'AT00 1',
  reference: `statement ${played.quantity}`,
  currency: 'EUR',
  entries: played.lines.map(({ quantity }, line) => ({
    bookedOn: '2026-03-01',
    amount: played.amount,
    currency: 'EUR',
    remittanceText: `your invoice, order ${one(played, 'order')}`,
    bankReference: `${played.pick}-${quantity}-${line}`,
    line: line + 1,
  })),
})

const moves = {
  register: moveOf(
    (oms) => oms.parties.register,
    (played) => ({
      roles: ['customer' as const],
      number: `C-${played.quantity}`,
      name: `Bob ${played.pick}`,
    }),
  ),
  changeContact: moveOf(
    (oms) => oms.parties.changeContact,
    (played) => ({ party: one(played, 'party'), name: `Cem ${played.quantity}` }),
  ),
  erase: moveOf(
    (oms) => oms.parties.erase,
    (played) => ({ party: one(played, 'party') }),
  ),
  discontinue: moveOf(
    (oms) => oms.catalog.discontinue,
    () => ({ sku: skus[0] }),
  ),
  define: moveOf(
    (oms) => oms.catalog.define,
    (played) => ({
      sku: skuOf(played),
      name: `Renamed ${played.amount}`,
      price: euros(played.amount),
    }),
  ),
  receive: moveOf(
    (oms) => oms.inventory.receive,
    (played) => ({ sku: skuOf(played), quantity: played.quantity }),
  ),
  adjust: moveOf(
    (oms) => oms.inventory.adjust,
    (played) => ({
      sku: skuOf(played),
      quantity: played.flag ? played.quantity : -played.quantity,
      reason: 'counted',
    }),
  ),
  configure: moveOf(
    (oms) => oms.inventory.configure,
    (played) => ({
      sku: skuOf(played),
      safetyStock: played.flag ? 1 : 0,
      backorderAllowance: played.quantity - 1,
    }),
  ),
  hold: moveOf(
    (oms) => oms.inventory.hold,
    (played) => ({ owner: ownerOf(played), lines: played.lines.map((line) => ({ ...line })), seconds: 600 }),
  ),
  extendHold: moveOf(
    (oms) => oms.inventory.extendHold,
    (played) => ({ ...holdOf(played), seconds: 900 }),
  ),
  releaseHold: moveOf((oms) => oms.inventory.releaseHold, holdOf),
  expireHold: moveOf(
    (oms) => oms.inventory.expireHold,
    (played) => ({ reservation: one(played, 'reservation') }),
  ),
  capture: moveOf((oms) => oms.orders.capture, content),
  place: moveOf((oms) => oms.orders.place, content),
  placeHeld: moveOf(
    (oms) => oms.orders.place,
    (played) => ({ ...content(played), held: holdOf(played) }),
  ),
  placeDraft: moveOf(
    (oms) => oms.orders.placeDraft,
    (played) => ({ order: one(played, 'order') }),
  ),
  changeDraft: moveOf(
    (oms) => oms.orders.changeDraft,
    (played) => ({ order: one(played, 'order'), ...content(played) }),
  ),
  confirm: moveOf(
    (oms) => oms.orders.confirm,
    (played) => ({ order: one(played, 'order') }),
  ),
  cancel: moveOf(
    (oms) => oms.orders.cancel,
    (played) => ({ order: one(played, 'order'), ...firstLine(played), reason: 'changed-mind' }),
  ),
  holdOrder: moveOf(
    (oms) => oms.orders.hold,
    (played) => ({ order: one(played, 'order'), reason: 'fraud_risk' as const }),
  ),
  plan: moveOf(
    (oms) => oms.fulfillments.plan,
    (played) => ({ order: one(played, 'order'), ...firstLine(played) }),
  ),
  pick: moveOf(
    (oms) => oms.fulfillments.pick,
    (played) => ({ fulfillment: one(played, 'fulfillment') }),
  ),
  pack: moveOf(
    (oms) => oms.fulfillments.pack,
    (played) => ({ fulfillment: one(played, 'fulfillment') }),
  ),
  ship: moveOf(
    (oms) => oms.shipments.ship,
    (played) => ({ shipment: one(played, 'shipment'), carrier: 'Parcel Post' }),
  ),
  deliver: moveOf(
    (oms) => oms.shipments.deliver,
    (played) => ({ shipment: one(played, 'shipment') }),
  ),
  reportLost: moveOf(
    (oms) => oms.shipments.reportLost,
    (played) => ({ shipment: one(played, 'shipment'), reason: 'not_found' }),
  ),
  credit: moveOf(
    (oms) => oms.invoices.credit,
    (played) => ({ invoice: one(played, 'invoice'), ...firstLine(played), reason: 'goodwill' }),
  ),
  reportFound: moveOf(
    (oms) => oms.shipments.reportFound,
    (played) => ({ shipment: one(played, 'shipment') }),
  ),
  record: moveOf(
    (oms) => oms.payments.record,
    (played) => ({
      amount: euros(played.amount),
      method: 'card',
      ...(played.flag ? { order: one(played, 'order') } : { invoices: applications(played) }),
    }),
  ),
  apply: moveOf(
    (oms) => oms.payments.apply,
    (played) => ({ payment: one(played, 'payment'), invoices: applications(played) }),
  ),
  refund: moveOf(
    (oms) => oms.payments.refund,
    (played) => ({ payment: one(played, 'payment'), amount: euros(played.amount), reason: 'overpaid' }),
  ),
  importStatement: moveOf(
    (oms) => oms.reconciliation.importStatement,
    (played) => ({ format: 'plain', content: JSON.stringify(statement(played)) }),
  ),
  match: moveOf(
    (oms) => oms.reconciliation.match,
    (played) => ({
      entry: one(played, 'bank_entry'),
      ...(played.flag && { invoices: [{ invoice: one(played, 'invoice') }] }),
    }),
  ),
  unmatch: moveOf(
    (oms) => oms.reconciliation.unmatch,
    (played) => ({ entry: one(played, 'bank_entry'), reason: 'mistaken' }),
  ),
  setAside: moveOf(
    (oms) => oms.reconciliation.setAside,
    (played) => ({ entry: one(played, 'bank_entry'), reason: 'to be looked at' }),
  ),
} as const

/** What a shop does most is what it is asked most often; the rest is rare and still there. */
const often: readonly (readonly [weight: number, commands: readonly Move['command'][]])[] = [
  [6, ['place', 'confirm', 'plan', 'pack', 'ship']],
  [3, ['capture', 'placeDraft', 'cancel', 'deliver', 'hold', 'placeHeld', 'credit', 'record', 'match']],
  [4, Object.keys(moves) as Move['command'][]],
]

export const moveArbitrary: fc.Arbitrary<Move> = fc.record({
  command: fc.oneof(
    ...often.map(([weight, commands]) => ({ weight, arbitrary: fc.constantFrom(...commands) })),
  ),
  pick: fc.nat({ max: 11 }),
  quantity: fc.integer({ min: 1, max: 5 }),
  lines: fc.array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  amount: fc.constantFrom('0.01', '4.99', '9.99', '19.98', '20.00', '123.45'),
  flag: fc.boolean(),
  seconds: fc.constantFrom(0, 0, 0, 0, 10, 60, 601),
})
