import { describe, expect, it } from 'vitest'
import type {
  LocationId,
  LotNumber,
  OrderId,
  SerialNumber,
  ShipmentId,
  Sku,
} from '../../../src/core/ids/ids.js'
import { decideSerial } from '../../../src/core/inventory/serial-decider.js'
import type { Serial } from '../../../src/core/inventory/serial.js'
import { decideLots } from '../../../src/core/inventory/stock-lots-decider.js'
import type { StockLots } from '../../../src/core/inventory/stock-lots.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const source = { kind: 'receipt', id: 'r' }
const sku = 'A' as Sku
const location = 'main' as LocationId

describe('a piece that has left', () => {
  it('ST14 is refused with the order and the shipment that it left with', () => {
    const gone: Serial = {
      sku,
      serial: 'S1' as SerialNumber,
      status: 'shipped',
      shipment: { order: 'o1' as OrderId, shipment: 's1' as ShipmentId },
    }
    expect(decideSerial(gone, { type: 'SerialDispatched', source }, location)).toMatchObject({
      error: {
        code: 'serial_unavailable',
        details: { serial: 'S1', status: 'shipped', order: 'o1', shipment: 's1', allowed: ['receive'] },
      },
    })
  })
})

describe('a lot that keeps', () => {
  it('ST14 does not take units that expire', () => {
    const receivedOn = '2026-03-01' as LocalDate
    const known = { lot: 'LOT' as LotNumber, receivedOn, onHand: 2, allocated: 0, quarantined: 0 }
    const stock: StockLots = { sku, location, lots: [known] }
    const lots = [{ lot: known.lot, quantity: 1, receivedOn, expiresOn: '2026-09-01' as LocalDate }]
    expect(decideLots(stock, { type: 'ReceiveLots', lots, source, mostLots: 9 })).toMatchObject({
      error: {
        code: 'lot_conflict',
        details: { sku: 'A', location: 'main', lot: 'LOT', expiresOn: 'never' },
      },
    })
  })
})
