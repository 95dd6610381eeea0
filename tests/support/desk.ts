import {
  countedIds,
  fixedClock,
  recordingNotifier,
  type RecordingNotifier,
  type TestClock,
} from 'orderwright/testing'
import {
  createOrderManagement,
  memoryStorage,
  trustHost,
  type Clock,
  type OrderManagement,
  type OrderManagementFor,
  type OrderManagementOptions,
  type Storage,
} from 'orderwright'

/** Order management with all of its parts in hand, for tests of the shell around the decisions. */
export interface Desk {
  readonly oms: OrderManagement
  /** Everything as the user `ada`. */
  readonly clerk: OrderManagementFor
  readonly storage: Storage
  readonly clock: TestClock
  readonly email: RecordingNotifier
}

export interface DeskOptions extends Partial<Omit<OrderManagementOptions, 'storage' | 'clock'>> {
  /** What stands before the memory store. */
  readonly around?: (storage: Storage, clock: Clock) => Storage
}

export const openDesk = ({ around = (storage) => storage, ...options }: DeskOptions = {}): Desk => {
  const clock = fixedClock()
  const email = recordingNotifier()
  const storage = around(memoryStorage({ clock }), clock)
  const oms = createOrderManagement({
    policy: trustHost,
    ids: countedIds(),
    notifiers: { email },
    ...options,
    storage,
    clock,
  })
  return { oms, clerk: oms.as({ actor: { kind: 'user', id: 'ada' } }), storage, clock, email }
}

let keys = 0
/** An idempotency key nobody has used. */
export const freshKey = () => ({ idempotencyKey: `desk ${(keys += 1)}` })

/** Opens `MUG` at 12.50 EUR with `quantity` pieces. */
export const stockMugs = async (clerk: OrderManagementFor, quantity = 10): Promise<void> => {
  await clerk.orThrow.catalog.define({
    sku: 'MUG',
    name: 'Blue mug',
    price: { amount: '12.50', currency: 'EUR' },
  })
  await clerk.orThrow.inventory.receive({ sku: 'MUG', quantity }, freshKey())
}

/** Places an order for mugs; answers its id. */
export const orderMugs = async (
  clerk: OrderManagementFor,
  quantity = 2,
  more: object = {},
): Promise<string> => {
  const { order } = await clerk.orThrow.orders.place(
    { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity }], ...more },
    freshKey(),
  )
  return order
}

/** Lets everything that is ready run, turns of the event loop included. */
export const settled = async (turns = 20): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
