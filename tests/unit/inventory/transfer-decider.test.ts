import { describe, expect, it } from 'vitest'
import { piece } from '../../../src/core/catalog/quantity.js'
import type { LineId, LocationId, LotNumber, Sku, TransferId } from '../../../src/core/ids/ids.js'
import { decideTransfer, type TransferCommand } from '../../../src/core/inventory/transfer-decider.js'
import {
  transferKind,
  type LineGoods,
  type Transfer,
  type TransferEvent,
} from '../../../src/core/inventory/transfer.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const day = '2026-03-02' as LocalDate
const line = (id: string, quantity: number) => ({
  id: id as LineId,
  sku: id as Sku,
  unit: piece,
  quantity,
  tracking: 'lot' as const,
})
const goods = (id: string, quantity: number): LineGoods => ({
  line: id as LineId,
  lots: [{ lot: 'LOT' as LotNumber, quantity, receivedOn: day }],
})
const after = (...events: readonly TransferEvent[]): Transfer =>
  events.reduce(
    (known: Transfer | undefined, event) => transferKind.evolve(known, event),
    undefined,
  ) as Transfer
const planned: TransferEvent = {
  type: 'TransferPlanned',
  id: 'transfer' as TransferId,
  from: 'a' as LocationId,
  to: 'b' as LocationId,
  lines: [line('A', 3), line('B', 2)],
}
const shipped: TransferEvent = {
  type: 'TransferShipped',
  shippedOn: day,
  goods: [goods('A', 3), goods('B', 2)],
}
const receive = (transfer: Transfer, more: Partial<TransferCommand>) =>
  decideTransfer(transfer, { type: 'ReceiveTransfer', receivedOn: day, ...more } as TransferCommand)

describe('a transfer', () => {
  it('F40 keeps on the way what has not come, of each line', () => {
    const lines = [{ line: 'A' as LineId, received: 1, missing: 0 }]
    const partly = after(planned, shipped, {
      type: 'TransferReceived',
      lines,
      goods: [goods('A', 1)],
      receivedOn: day,
    })
    expect(partly.status).toBe('partially_received')
    expect(partly.lines.map(({ received, goods: left }) => [received, left?.lots?.[0]?.quantity])).toEqual([
      [1, 2],
      [0, 2],
    ])
  })

  it('F40 ships the goods of the lines that are told apart', () => {
    const partly = after(planned, { type: 'TransferShipped', shippedOn: day, goods: [goods('B', 2)] })
    expect(partly.lines.map(({ goods: left }) => left?.lots?.length)).toEqual([undefined, 1])
  })

  it('F40 says nothing of a line of which nothing has come', () => {
    const lines = [{ line: 'B' as LineId, quantity: 2 }]
    expect(receive(after(planned, shipped), { lines })).toMatchObject({
      ok: true,
      value: [{ type: 'TransferReceived', lines: [{ line: 'B', received: 2, missing: 0 }] }],
    })
  })

  it('F40 refuses more than is on the way, and a reason where nothing is missing', () => {
    const on = after(planned, shipped)
    expect(receive(on, { lines: [{ line: 'B' as LineId, quantity: 3 }] })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { line: 'B', limit: 2 } },
    })
    expect(receive(on, { missingBecause: 'lost' })).toMatchObject({
      error: {
        code: 'validation_failed',
        details: { issues: [{ path: ['missing'], rule: 'missing.nothing' }] },
      },
    })
  })
})
