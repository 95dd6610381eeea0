import { bookingKind } from '../../../../src/core/capacity/booking.js'
import { invoiceKind } from '../../../../src/core/invoicing/invoice-kind.js'
import { chair, define } from '../../../support/capacity.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../../support/shop.js'
import { zoneData } from './moved-zones.js'

// Books and bills, has the zones move an hour, looks at both again and books once more; prints what came of it.

const { oms, stored } = openShop()
await define(oms, chair)
await stock(oms, 'NAIL', 10, '10.00')
const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }]))
const at = (time: string) => [{ resource: 'chair', local: { time: `2026-03-06T${time}` } }]
const { booking } = await oms.orThrow.capacity.book({ lines: at('10:00'), reference: 'job' }, newKey())
const look = async () => ({
  document: await stored(invoiceKind, invoice),
  booked: await stored(bookingKind, booking),
})

const before = await look()
zoneData.movedMinutes = 60
const after = await look()
const [later, sameTime] = [
  await oms.capacity.book({ lines: at('11:00'), reference: 'job' }, newKey()),
  await oms.capacity.book({ lines: at('10:00'), reference: 'job' }, newKey()),
]
console.log(
  JSON.stringify({ before, after, later, sameTime }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ),
)
