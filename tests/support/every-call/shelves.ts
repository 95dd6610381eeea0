import type { OrderManagementFor } from 'orderwright'
import { freshKey } from '../desk.js'

type Doing = OrderManagementFor['orThrow']

/** Goods, places, and what is going on with them. */
export interface Shelves {
  readonly plannedTransfer: string
  readonly shippedTransfer: string
  readonly openCount: string
  readonly recordedCount: string
  readonly submittedCount: string
  readonly hold: string
  readonly expected: string
  readonly capacityHold: string
  readonly booking: string
}

export const euros = (amount: string) => ({ amount, currency: 'EUR' })

export const openShelves = async (oms: Doing): Promise<Shelves> => {
  for (const location of ['main', 'annex'])
    await oms.locations.define({ location, name: location, costs: { currency: 'EUR', perShipment: '3' } })
  for (const sku of ['MUG', 'CUP', 'JUG', 'PLATE']) {
    await oms.catalog.define({ sku, name: sku, price: euros('12.50') })
    for (const location of ['main', 'annex'])
      await oms.inventory.receive({ sku, quantity: 50, location }, freshKey())
    await oms.inventory.quarantine({ sku, quantity: 2, reason: 'damaged' }, freshKey())
  }
  await openOddGoods(oms)
  await oms.sourcing.define({ name: 'nearest', rules: [{ name: 'cheap', strategy: 'lowest_cost' }] })
  await oms.parties.register({ id: 'V-1', roles: ['vendor'] }, freshKey())
  const { expected } = await oms.inventory.expect(
    { id: 'E-1', sku: 'MUG', quantity: 5, expectedOn: '2026-03-20', vendor: 'V-1', document: 'PO 7' },
    freshKey(),
  )
  await oms.inventory.configureReorder({ sku: 'CUP', point: 5, upTo: 20, vendor: 'V-1' })
  const { reservation } = await oms.inventory.hold(
    { owner: 'cart-1', lines: [{ sku: 'JUG', quantity: 1 }], seconds: 600 },
    freshKey(),
  )
  return {
    expected,
    hold: reservation,
    ...(await openTransfers(oms)),
    ...(await openCounts(oms)),
    ...(await openWorkshop(oms)),
  }
}

/** Kits, lots, pieces with serial numbers, what comes later, what is sold out, and what was counted wrong. */
const openOddGoods = async ({ catalog, inventory }: Doing): Promise<void> => {
  const price = euros('30.00')
  await catalog.define({ sku: 'SET', name: 'Set', price, components: [{ sku: 'PLATE', quantity: 2 }] })
  await catalog.define({ sku: 'SALVE', name: 'Salve', price, tracking: 'lot' })
  await inventory.receive(
    { sku: 'SALVE', quantity: 4, lots: [{ lot: 'L-1', quantity: 4, expiresOn: '2026-03-10' }] },
    freshKey(),
  )
  await catalog.define({ sku: 'RADIO', name: 'Radio', price, tracking: 'serial' })
  await inventory.receive({ sku: 'RADIO', quantity: 1, serials: ['S-1'] }, freshKey())
  for (const sku of ['SOON', 'LATER']) await catalog.define({ sku, name: sku, price })
  await inventory.openPreorder({ sku: 'SOON', limit: 5, until: '2026-12-31', expectedOn: '2027-01-15' })
  await catalog.define({ sku: 'VASE', name: 'Vase', price })
  await inventory.configure({ sku: 'VASE', safetyStock: 0 })
}

const openTransfers = async ({ transfers }: Doing) => {
  const lines = [{ sku: 'CUP', quantity: 3 }]
  const plan = () => transfers.plan({ from: 'annex', to: 'main', lines }, freshKey())
  const [planned, shipped] = [await plan(), await plan()]
  await transfers.ship({ transfer: shipped.transfer })
  return { plannedTransfer: planned.transfer, shippedTransfer: shipped.transfer }
}

const openCounts = async ({ counts }: Doing) => {
  const open = async (sku: string, location: string) =>
    (await counts.open({ skus: [sku], location }, freshKey())).count
  const openCount = await open('PLATE', 'annex')
  const recordedCount = await open('MUG', 'annex')
  const submittedCount = await open('JUG', 'annex')
  await counts.record({ count: recordedCount, lines: [{ sku: 'MUG', counted: 49 }] })
  await counts.record({ count: submittedCount, lines: [{ sku: 'JUG', counted: 49 }] })
  await counts.submit({ count: submittedCount })
  return { openCount, recordedCount, submittedCount }
}

export const hours = [{ from: '09:00', to: '17:00' }]

const openWorkshop = async ({ capacity }: Doing) => {
  const calendar = { zone: 'Europe/Berlin', weekly: { monday: hours, tuesday: hours } }
  await capacity.defineResource({
    kind: 'slots',
    resource: 'chair',
    name: 'Chair',
    calendar,
    slotMinutes: 30,
    places: 2,
    skills: ['fitting'],
  })
  await capacity.defineResource({ kind: 'seats', resource: 'editor', name: 'Editor', seats: 5 })
  const held = await capacity.hold(
    { owner: 'cart-1', lines: [{ resource: 'chair', startsAt: '2026-03-02T09:00:00Z' }], seconds: 600 },
    freshKey(),
  )
  const booked = await capacity.book(
    { lines: [{ resource: 'chair', startsAt: '2026-03-02T10:00:00Z' }], reference: 'job 1' },
    freshKey(),
  )
  await capacity.assignSeat({ resource: 'editor', holder: 'holder-1' })
  return { capacityHold: held.booking, booking: booked.booking }
}
