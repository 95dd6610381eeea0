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
  const colleague = createOrderManagement({ ...options, storage: disturb(storage) }).as({
    actor: { kind: 'user', id: 'bob' },
    requestId: 'r-1',
  })
  const ready: Trade['ready'] = (move) => moves[move.command]({ ...move, storage }, oms, colleague)
  return { oms, storage, clock, ready, play: (move, key) => ready(move).send(key) }
}

/** Stock, a customer, and one order at each stage of its way, so that no command has nothing to work on. */
export const openDoors = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  for (const sku of skus) {
    await orThrow.catalog.define({ sku, name: sku, price: euros('9.99') })
    await orThrow.inventory.receive({ sku, quantity: opening }, { idempotencyKey: `opening ${sku}` })
  }
  for (const ahead of ['ahead-0', 'ahead-1', 'ahead-2']) {
    await orThrow.catalog.define({ sku: ahead, name: ahead, price: euros('30.00') })
  }
  await orThrow.inventory.openPreorder({
    sku: 'ahead-0',
    limit: 5,
    until: '2026-12-31',
    expectedOn: '2027-01-15',
  })
  await orThrow.catalog.define({
    sku: 'set',
    name: 'set',
    price: euros('15.00'),
    components: [
      { sku: 'lamp', quantity: 1 },
      { sku: 'mug', quantity: 2 },
    ],
    substitutes: ['tray'],
  })
  await openTracked(orThrow)
  await openWarehouse(orThrow)
  await openLocations(orThrow)
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
  await openWorkshop(orThrow.capacity)
  await openPurchasing(orThrow)
  const entry = { bookedOn: '2026-03-01', amount: '9.99', currency: 'EUR', remittanceText: 'thanks', line: 1 }
  await orThrow.reconciliation.importStatement({
    format: 'plain',
    content: JSON.stringify({ account: 'AT00 1', reference: 'first', currency: 'EUR', entries: [entry] }),
  })
}

/** Goods at a second location and on their way there, something in quarantine, and counts: begun, open, and waiting for approval. */
/** Two locations that rules choose among, one of which may be closed. */
const openLocations = async ({
  locations,
  sourcing,
  inventory,
}: OrderManagementFor['orThrow']): Promise<void> => {
  await locations.define({
    location: 'main',
    name: 'main',
    priority: 2,
    costs: { currency: 'EUR', perUnit: '0.5' },
  })
  await locations.define({
    location: 'outpost',
    name: 'outpost',
    costs: { currency: 'EUR', perShipment: '3' },
  })
  await sourcing.define({ name: 'standard', rules: [{ name: 'cost', strategy: 'lowest_cost' }] })
  for (const sku of skus) {
    await inventory.receive(
      { sku, quantity: opening, location: 'outpost' },
      { idempotencyKey: `opening ${sku} at the outpost` },
    )
  }
}

const openWarehouse = async ({
  catalog,
  inventory,
  transfers,
  counts,
}: OrderManagementFor['orThrow']): Promise<void> => {
  await catalog.define({ sku: 'engraving', name: 'Engraving', price: euros('5.00'), stocked: false })
  for (const sku of skus) {
    await inventory.receive(
      { sku, quantity: opening, location: 'annex' },
      { idempotencyKey: `opening ${sku} at the annex` },
    )
    await inventory.quarantine(
      { sku, quantity: 1, reason: 'damaged' },
      { idempotencyKey: `inspecting ${sku}` },
    )
  }
  for (const stage of ['planned', 'shipped']) {
    const { transfer } = await transfers.plan(
      { from: 'annex', to: 'main', lines: [{ sku: 'mug', quantity: 3 }] },
      { idempotencyKey: `first transfer ${stage}` },
    )
    if (stage === 'shipped') await transfers.ship({ transfer })
  }
  for (const sku of ['lamp', 'tray']) {
    const { count } = await counts.open({ skus: [sku] }, { idempotencyKey: `first count of ${sku}` })
    await counts.record({ count, lines: [{ sku, counted: opening - 1 }] })
    if (sku === 'tray') await counts.submit({ count })
  }
  await counts.open({ skus: ['salve'] }, { idempotencyKey: 'first count of salve' })
}

/** What is tracked by lot, and what by serial number, with an order for each that waits for its work. */
const openTracked = async (orThrow: OrderManagementFor['orThrow']): Promise<void> => {
  const price = euros('7.00')
  await orThrow.catalog.define({ sku: 'salve', name: 'salve', price, tracking: 'lot' })
  await orThrow.catalog.define({ sku: 'radio', name: 'radio', price, tracking: 'serial' })
  const lots = [0, 1, 2].map((index) => ({ lot: `lot-${index}`, quantity: 4, expiresOn: expiry[index] }))
  await orThrow.inventory.receive({ sku: 'salve', quantity: 12, lots }, { idempotencyKey: 'opening salve' })
  const serials = ['S0', 'S1', 'S2', 'S3', 'S4', 'S5']
  await orThrow.inventory.receive({ sku: 'radio', quantity: 6, serials }, { idempotencyKey: 'opening radio' })
  await orThrow.inventory.quarantine(
    { sku: 'salve', quantity: 2, lots: [{ lot: 'lot-2', quantity: 2 }], reason: 'inspected' },
    { idempotencyKey: 'inspecting salve' },
  )
  await orThrow.transfers.plan(
    { from: 'main', to: 'annex', lines: [{ sku: 'radio', quantity: 1 }] },
    { idempotencyKey: 'first radio transfer' },
  )
  for (const serial of serials.slice(3)) {
    await orThrow.inventory.quarantine(
      { sku: 'radio', quantity: 1, serials: [serial], reason: 'inspected' },
      { idempotencyKey: `inspecting ${serial}` },
    )
  }
  for (const sku of ['salve', 'radio']) {
    const { order } = await orThrow.orders.place(
      { channel: 'store', currency: 'EUR', lines: [{ sku, quantity: 1 }] },
      { idempotencyKey: `first ${sku}` },
    )
    await orThrow.orders.confirm({ order })
  }
}

/** A vendor, goods on order, a rule when to order more, and a customer who waits for what is sold out. */
const openPurchasing = async ({
  parties,
  inventory,
  catalog,
}: OrderManagementFor['orThrow']): Promise<void> => {
  await parties.register({ id: 'vendor', roles: ['vendor'] }, { idempotencyKey: 'first vendor' })
  await parties.register({ id: 'waiting', roles: ['customer'] }, { idempotencyKey: 'first to wait' })
  await inventory.expect(
    { id: 'lamp-0', sku: 'lamp', quantity: 6, expectedOn: '2026-03-05', vendor: 'vendor' },
    { idempotencyKey: 'first expected' },
  )
  await inventory.configureReorder({ sku: 'tray', point: 8, upTo: 16, vendor: 'vendor' })
  await catalog.define({ sku: 'vase', name: 'vase', price: euros('30.00') })
  await inventory.configure({ sku: 'vase', safetyStock: 0 })
  await inventory.notifyWhenBack({ sku: 'vase', party: 'waiting' })
}

/** Whom and what can be booked: a chair, two machines that both can fit, a team and some seats; one booking and one hold of each. */
const openWorkshop = async (capacity: OrderManagementFor['orThrow']['capacity']): Promise<void> => {
  const always = calendarOf('00:00', '24:00')
  await capacity.defineResource({
    kind: 'slots',
    resource: 'chair',
    name: 'Chair',
    calendar: calendarOf('09:00', '17:00'),
    slotMinutes: 30,
    places: 2,
  })
  for (const resource of ['lathe', 'press']) {
    const skills = ['fitting']
    await capacity.defineResource({
      kind: 'machine',
      resource,
      name: resource,
      calendar: always,
      skills,
      bufferMinutes: 30,
    })
  }
  await capacity.defineResource({ kind: 'hours', resource: 'team', name: 'Team', calendar: always })
  await capacity.defineResource({ kind: 'seats', resource: 'editor', name: 'Editor', seats: 5 })
  const lines = [{ resource: 'editor', seats: 2 }]
  await capacity.book({ lines, reference: 'first' }, { idempotencyKey: 'first booking' })
  const visit = [{ resource: 'chair', startsAt: '2026-03-02T15:00:00Z' }]
  await capacity.hold({ owner: 'cart', lines: visit, seconds: 600 }, { idempotencyKey: 'first visit' })
  await capacity.assignSeat({ resource: 'editor', holder: 'holder-0' })
}

const calendarOf = (from: string, to: string) => {
  const hours = [{ from, to }]
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
  return { zone: 'Europe/Berlin', weekly: Object.fromEntries(days.map((day) => [day, hours])) }
}

/** Statements as plain JSON. */
export const plainReader: StatementReader = {
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
      colleague: OrderManagementFor,
    ) => (input: Input, options: CommandOptions) => Promise<Answer<unknown>>,
    inputOf: (played: Played) => Input,
  ) =>
  (played: Played, oms: OrderManagementFor, colleague = oms) => {
    const input = inputOf(played)
    return { input, send: (idempotencyKey: string) => commandOf(oms, colleague)(input, { idempotencyKey }) }
  }

/** One record of a kind, the newest more often than another, or an id that nothing has. */
const one = ({ storage, pick }: Played, kind: string): string => {
  const ids = storage.idsOf(kind)
  const newest = pick % 2 === 0 ? ids.at(-1 - (pick % 4) / 2) : undefined
  return newest ?? ids[pick % Math.max(1, ids.length)] ?? 'nothing'
}

const euros = (amount: string) => ({ amount, currency: 'EUR' })

/** A SKU that is ordered before its first receipt. */
const aheadOf = ({ pick }: Played): string => `ahead-${pick % 3}`
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

const damaged = (played: Played) => ({
  sku: skuOf(played),
  quantity: Math.ceil(played.quantity / 2),
  reason: 'damaged',
})

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

export /** A time in the chair, a night at a machine, some labor, some seats. */
const wishOf = ({ pick, quantity, flag }: Pick<Played, 'pick' | 'quantity' | 'flag'>) => {
  const date = `2026-03-0${quantity + 1}`
  switch (pick % 5) {
    case 0:
      return {
        resource: 'chair',
        startsAt: `2026-03-02T${quantity + 8}:00:00Z`.replace('T9', 'T09'),
        minutes: flag ? 30 : 60,
      }
    case 1:
      return { resource: 'press', startsAt: `2026-03-02T${quantity + 17}:30:00Z`, minutes: quantity * 60 }
    case 2:
      return { resource: 'team', date, minutes: quantity * 300 }
    case 3:
      return { skill: 'fitting', startsAt: `${date}T21:00:00Z`, minutes: flag ? 600 : 60 }
    default:
      return { resource: 'editor', seats: flag ? 2 : 1 }
  }
}

const wishesOf = (played: Played): ReturnType<typeof wishOf>[] =>
  played.lines.map(({ quantity }) => wishOf({ pick: played.pick + quantity, quantity, flag: played.flag }))

const capacityOf = ({ pick, quantity, flag }: Played) => {
  const whenBooked = flag ? ('displace' as const) : ('refuse' as const)
  const calendar = calendarOf('00:00', quantity > 3 ? '24:00' : `2${quantity}:00`)
  switch (pick % 3) {
    case 0:
      return { kind: 'seats' as const, resource: 'editor', name: 'Editor', seats: quantity + 1 }
    case 1:
      return {
        kind: 'hours' as const,
        resource: 'team',
        name: 'Team',
        calendar,
        places: quantity,
        whenBooked,
      }
    default:
      return {
        kind: 'machine' as const,
        resource: flag ? 'press' : 'lathe',
        name: 'Machine',
        calendar,
        places: (quantity % 2) + 1,
        skills: quantity === 1 ? [] : ['fitting'],
        whenBooked,
      }
  }
}

const bookingOf = (played: Played) => ({ booking: one(played, 'booking') })

const expiry = ['2026-03-11', '2026-04-10', '2026-05-10', '2026-02-28'] as const
const lotOf = ({ pick, quantity }: Played) => ({ lot: `lot-${pick % 4}`, quantity })
const dated = (lot: ReturnType<typeof lotOf>) => ({
  ...lot,
  expiresOn: expiry[Number(lot.lot.at(-1))] ?? '2026-06-01',
})
const inspected = (played: Played) => ({
  sku: 'radio',
  quantity: 1,
  serials: [`S${played.pick % 6}`],
  reason: 'inspected',
})

export const moves = {
  defineResource: moveOf((oms) => oms.capacity.defineResource, capacityOf),
  holdCapacity: moveOf(
    (oms) => oms.capacity.hold,
    (played) => ({ owner: ownerOf(played), lines: wishesOf(played), seconds: 600 }),
  ),
  extendCapacity: moveOf(
    (oms) => oms.capacity.extendHold,
    (played) => ({ ...bookingOf(played), owner: ownerOf(played), seconds: 900 }),
  ),
  releaseCapacity: moveOf(
    (oms) => oms.capacity.releaseHold,
    (played) => ({ ...bookingOf(played), owner: ownerOf(played) }),
  ),
  expireCapacity: moveOf((oms) => oms.capacity.expireHold, bookingOf),
  bookCapacity: moveOf(
    (oms) => oms.capacity.book,
    (played) => ({ lines: wishesOf(played), ...(played.flag && { order: one(played, 'order') }) }),
  ),
  bookHeld: moveOf(
    (oms) => oms.capacity.book,
    (played) => ({ held: { ...bookingOf(played), owner: ownerOf(played) }, reference: 'R-1' }),
  ),
  releaseBooking: moveOf(
    (oms) => oms.capacity.release,
    (played) => ({ ...bookingOf(played), reason: 'changed-mind' }),
  ),
  completeBooking: moveOf((oms) => oms.capacity.complete, bookingOf),
  reschedule: moveOf(
    (oms) => oms.capacity.reschedule,
    (played) => ({ ...bookingOf(played), owner: ownerOf(played), lines: wishesOf(played) }),
  ),
  assignSeat: moveOf(
    (oms) => oms.capacity.assignSeat,
    (played) => ({
      resource: 'editor',
      holder: `holder-${played.quantity}`,
      ...(played.flag && bookingOf(played)),
    }),
  ),
  releaseSeat: moveOf(
    (oms) => oms.capacity.releaseSeat,
    (played) => ({ resource: 'editor', holder: `holder-${played.quantity - 1}` }),
  ),
  transferSeat: moveOf(
    (oms) => oms.capacity.transferSeat,
    (played) => ({
      resource: 'editor',
      from: `holder-${played.quantity - 1}`,
      to: `holder-${played.pick % 6}`,
    }),
  ),
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
  receiveLots: moveOf(
    (oms) => oms.inventory.receive,
    (played) => ({ sku: 'salve', quantity: played.quantity, lots: [dated(lotOf(played))] }),
  ),
  adjustLots: moveOf(
    (oms) => oms.inventory.adjust,
    (played) => ({
      sku: 'salve',
      quantity: played.flag ? played.quantity : -played.quantity,
      lots: [played.flag ? dated(lotOf(played)) : lotOf(played)],
      reason: 'counted',
    }),
  ),
  quarantineLots: moveOf(
    (oms) => oms.inventory.quarantine,
    (played) => ({ sku: 'salve', quantity: played.quantity, lots: [lotOf(played)], reason: 'recalled' }),
  ),
  sellLots: moveOf(
    (oms) => oms.inventory.releaseFromQuarantine,
    () => ({ sku: 'salve', quantity: 1, lots: [{ lot: 'lot-2', quantity: 1 }], reason: 'good' }),
  ),
  scrapLots: moveOf(
    (oms) => oms.inventory.scrap,
    () => ({ sku: 'salve', quantity: 1, lots: [{ lot: 'lot-2', quantity: 1 }], reason: 'bad' }),
  ),
  shelfLife: moveOf(
    (oms) => oms.catalog.define,
    (played) => ({
      sku: 'salve',
      name: 'salve',
      shelfLife: { minimumDaysAtShipping: (played.quantity - 1) * 10 },
    }),
  ),
  quarantineExpired: moveOf(
    (oms) => oms.inventory.quarantineExpired,
    () => ({ sku: 'salve' }),
  ),
  receiveSerials: moveOf(
    (oms) => oms.inventory.receive,
    (played) => ({ sku: 'radio', quantity: 2, serials: [`S${played.pick}`, `S${played.pick + 1}`] }),
  ),
  adjustSerial: moveOf(
    (oms) => oms.inventory.adjust,
    (played) => ({
      sku: 'radio',
      quantity: played.flag ? 1 : -1,
      serials: [`S${played.pick}`],
      reason: 'counted',
    }),
  ),
  quarantineSerial: moveOf((oms) => oms.inventory.quarantine, inspected),
  sellSerial: moveOf((oms) => oms.inventory.releaseFromQuarantine, inspected),
  scrapSerial: moveOf((oms) => oms.inventory.scrap, inspected),
  placeTracked: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      lines: [
        { sku: 'radio', quantity: 1 },
        { sku: 'salve', quantity: played.quantity },
      ].slice(played.pick % 2),
    }),
  ),
  planNamed: moveOf(
    (oms) => oms.fulfillments.plan,
    (played) => ({
      order: one(played, 'order'),
      goods: [
        { line: 'L1', ...(played.flag ? { serials: [`S${played.pick}`] } : { lots: [lotOf(played)] }) },
      ],
    }),
  ),
  planTrackedTransfer: moveOf(
    (oms) => oms.transfers.plan,
    (played) => ({
      ...(played.flag ? { from: 'annex', to: 'main' } : { from: 'main', to: 'annex' }),
      lines: [
        played.pick % 2 === 0 ? { sku: 'radio', quantity: 1 } : { sku: 'salve', quantity: played.quantity },
      ],
    }),
  ),
  shipSerial: moveOf(
    (oms) => oms.transfers.ship,
    (played) => ({
      transfer: one(played, 'transfer'),
      goods: [{ line: 'L1', serials: [`S${played.pick % 3}`] }],
    }),
  ),
  openTrackedCount: moveOf(
    (oms) => oms.counts.open,
    (played) => ({ skus: [played.flag ? 'radio' : 'salve'] }),
  ),
  recordTracked: moveOf(
    (oms) => oms.counts.record,
    (played) => ({
      count: one(played, 'stock_count'),
      lines: [
        played.flag
          ? { sku: 'radio', counted: 2, serials: ['S1', `S${6 + played.pick}`] }
          : { sku: 'salve', counted: played.quantity, lots: [dated(lotOf(played))] },
      ],
    }),
  ),
  packSerial: moveOf(
    (oms) => oms.fulfillments.pack,
    (played) => ({
      fulfillment: one(played, 'fulfillment'),
      goods: [{ line: 'L1', serials: [`S${played.pick}`] }],
    }),
  ),
  classify: moveOf(
    (oms) => oms.parties.classify,
    (played) => ({ party: one(played, 'party'), class: played.flag ? 'wholesale' : null }),
  ),
  defineService: moveOf(
    (oms) => oms.catalog.define,
    ({ quantity }) => ({
      sku: 'engraving',
      name: 'Engraving',
      price: euros('5.00'),
      stocked: false,
      orderQuantity: quantity === 5 ? { maximum: 4 } : {},
    }),
  ),
  placeService: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      lines: [...played.lines, { sku: 'engraving', quantity: played.quantity }],
    }),
  ),
  setThresholds: moveOf(
    (oms) => oms.inventory.configure,
    (played) => ({
      sku: skuOf(played),
      lowStock: played.quantity,
      keepBack: {
        channels: [{ channel: 'marketplace', quantity: played.quantity }],
        customerClasses: [{ customerClass: 'wholesale', quantity: played.flag ? 2 : 0 }],
      },
    }),
  ),
  placeFromMarket: moveOf(
    (oms) => oms.orders.place,
    (played) => ({ ...content(played), channel: 'marketplace' }),
  ),
  quarantine: moveOf((oms) => oms.inventory.quarantine, damaged),
  releaseFromQuarantine: moveOf((oms) => oms.inventory.releaseFromQuarantine, damaged),
  scrap: moveOf((oms) => oms.inventory.scrap, damaged),
  compensate: moveOf(
    (oms) => oms.inventory.compensate,
    (played) => ({ sku: skuOf(played), reason: 'audit' }),
  ),
  planTransfer: moveOf(
    (oms) => oms.transfers.plan,
    (played) => ({
      ...(played.flag ? { from: 'annex', to: 'main' } : { from: 'main', to: 'annex' }),
      lines: played.lines.map((line) => ({ ...line })),
    }),
  ),
  shipTransfer: moveOf(
    (oms) => oms.transfers.ship,
    (played) => ({ transfer: one(played, 'transfer') }),
  ),
  receiveTransfer: moveOf(
    (oms) => oms.transfers.receive,
    (played) => ({
      transfer: one(played, 'transfer'),
      ...firstLine(played),
      ...(!played.flag && played.pick % 3 === 0 && { missing: 'lost' }),
    }),
  ),
  cancelTransfer: moveOf(
    (oms) => oms.transfers.cancel,
    (played) => ({ transfer: one(played, 'transfer'), reason: 'not-needed' }),
  ),
  openCount: moveOf(
    (oms) => oms.counts.open,
    (played) => ({ skus: [skuOf(played)] }),
  ),
  recordCount: moveOf(
    (oms) => oms.counts.record,
    (played) => ({
      count: one(played, 'stock_count'),
      lines: [{ sku: played.pick % 3 === 0 ? 'lamp' : skuOf(played), counted: 8 + played.quantity }],
    }),
  ),
  submitCount: moveOf(
    (oms) => oms.counts.submit,
    (played) => ({ count: one(played, 'stock_count') }),
  ),
  approveCount: moveOf(
    (_oms, colleague) => colleague.counts.approve,
    (played) => ({ count: one(played, 'stock_count'), reason: 'shrinkage' }),
  ),
  rejectCount: moveOf(
    (oms) => oms.counts.reject,
    (played) => ({ count: one(played, 'stock_count'), reason: 'count-again' }),
  ),
  cancelCount: moveOf(
    (oms) => oms.counts.cancel,
    (played) => ({ count: one(played, 'stock_count'), reason: 'too-late' }),
  ),
  receive: moveOf(
    (oms) => oms.inventory.receive,
    (played) => ({ sku: played.pick === 7 ? 'vase' : skuOf(played), quantity: played.quantity }),
  ),
  adjust: moveOf(
    (oms) => oms.inventory.adjust,
    (played) => ({
      sku: skuOf(played),
      quantity: played.flag ? played.quantity : -played.quantity,
      reason: 'counted',
      ...(played.pick % 2 === 0 && { shortage: 'backorder' as const }),
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
  expect: moveOf(
    (oms) => oms.inventory.expect,
    (played) => ({
      id: `${skuOf(played)}-${played.pick}-${played.quantity}`,
      sku: skuOf(played),
      quantity: played.quantity,
      expectedOn: `2026-03-0${played.quantity}`,
      ...(played.flag && { vendor: 'vendor', overReceiptPercent: '50' }),
    }),
  ),
  changeExpected: moveOf(
    (oms) => oms.inventory.changeExpected,
    (played) => ({
      expected: one(played, 'expected_receipt'),
      ...(played.flag ? { quantity: played.quantity + 1 } : { expectedOn: '2026-03-09' }),
    }),
  ),
  cancelExpected: moveOf(
    (oms) => oms.inventory.cancelExpected,
    (played) => ({ expected: one(played, 'expected_receipt'), reason: 'late' }),
  ),
  receiveExpected: moveOf(
    (oms) => oms.inventory.receive,
    (played) => {
      const expected = one(played, 'expected_receipt')
      const sku = played.pick === 9 ? skuOf(played) : (expected.split('-')[0] ?? 'nothing')
      return { sku, quantity: played.quantity, expected }
    },
  ),
  configureReorder: moveOf(
    (oms) => oms.inventory.configureReorder,
    (played) => ({
      sku: skuOf(played),
      point: played.pick,
      ...(played.flag ? { upTo: played.pick + played.quantity } : { orderQuantity: played.quantity }),
    }),
  ),
  stopReorder: moveOf(
    (oms) => oms.inventory.stopReorder,
    (played) => ({ sku: skuOf(played) }),
  ),
  notifyWhenBack: moveOf(
    (oms) => oms.inventory.notifyWhenBack,
    (played) => ({ sku: played.flag ? 'vase' : skuOf(played), party: one(played, 'party') }),
  ),
  tellBackInStock: moveOf(
    (oms) => oms.inventory.tellBackInStock,
    (played) => ({ sku: played.flag ? 'vase' : skuOf(played) }),
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
  placeSourced: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      sourcing: {
        by: played.flag
          ? 'standard'
          : { name: 'fewest', strategy: 'fewest_shipments' as const, splits: 'by_line' as const },
      },
    }),
  ),
  defineLocation: moveOf(
    (oms) => oms.locations.define,
    (played) => ({
      location: 'outpost',
      name: `outpost ${played.quantity}`,
      ...(played.flag && { ordersPerDay: 3, unitsPerDay: 20 }),
      costs: { currency: 'EUR', perShipment: played.amount },
    }),
  ),
  closeLocation: moveOf(
    (oms) => oms.locations.close,
    () => ({ location: 'outpost' }),
  ),
  openLocation: moveOf(
    (oms) => oms.locations.open,
    () => ({ location: 'outpost' }),
  ),
  defineSourcing: moveOf(
    (oms) => oms.sourcing.define,
    (played) => ({
      name: 'standard',
      rules: [{ name: 'cost', strategy: 'lowest_cost' as const, ...(played.flag && { mostShipments: 1 }) }],
    }),
  ),
  placeBooked: moveOf(
    (oms) => oms.orders.place,
    (played) => ({ ...content(played), bookings: [{ line: 'L1', lines: wishesOf(played).slice(0, 1) }] }),
  ),
  placeHeld: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      held: { ...holdOf(played), ...(played.flag && { whenLate: 'reacquire' as const }) },
      ...(played.pick % 3 === 0 && { whenShort: 'reduce' as const }),
    }),
  ),
  placeShort: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      whenShort: (['refuse', 'backorder', 'reduce'] as const)[played.pick % 3] ?? 'refuse',
      priority: played.quantity,
    }),
  ),
  openPreorder: moveOf(
    (oms) => oms.inventory.openPreorder,
    (played) => ({
      sku: aheadOf(played),
      limit: played.quantity + 3,
      until: '2026-12-31',
      expectedOn: '2027-01-15',
    }),
  ),
  placeAhead: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      lines: [
        { sku: aheadOf(played), quantity: played.quantity },
        ...played.lines.map((line) => ({ ...line })),
      ],
    }),
  ),
  receiveAhead: moveOf(
    (oms) => oms.inventory.receive,
    (played) => ({ sku: aheadOf(played), quantity: played.quantity }),
  ),
  closePreorder: moveOf(
    (oms) => oms.inventory.closePreorder,
    (played) => ({ sku: aheadOf(played) }),
  ),
  fillBackorders: moveOf(
    (oms) => oms.inventory.fillBackorders,
    (played) => ({ sku: skuOf(played) }),
  ),
  placeKits: moveOf(
    (oms) => oms.orders.place,
    (played) => ({
      ...content(played),
      lines: [{ sku: 'set', quantity: played.quantity }, ...played.lines.map((line) => ({ ...line }))],
    }),
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
  [2, ['placeTracked', 'planNamed', 'packSerial', 'receiveLots', 'receiveSerials']],
  [
    3,
    [
      'capture',
      'placeDraft',
      'cancel',
      'deliver',
      'hold',
      'placeHeld',
      'credit',
      'record',
      'match',
      'placeKits',
      'placeSourced',
    ],
  ],
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
