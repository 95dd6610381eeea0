import { csvStatementReader } from '../../../src/adapters/csv/csv-statement-reader.js'
import { readOrderRows } from '../../../src/adapters/csv/read-order-rows.js'
import { sha256 } from '../../../src/adapters/system/sha256.js'
import { readEntries } from '../../../src/core/reconciliation/read-entries.js'
import { ok } from '../../../src/core/result.js'
import { inPieces } from '../../adapters/csv/in-pieces.js'
import type { Input, Inputs } from './grown.js'

const sizes = [100, 200, 400] as const

const bank = csvStatementReader({
  account: 'DE02120300000000202051',
  currency: 'EUR',
  dateForm: 'YYYY-MM-DD',
  decimalMark: 'point',
  columns: { date: 'Date', amount: 'Amount', payerReference: 'Customer', remittanceText: 'Text' },
})

const statement = (rows: (size: number) => string): Input => ({
  sizes,
  prepare: (size) => {
    const content = `Date,Amount,Customer,Text\n${rows(size)}`
    return () => bank.read(content).catch(() => undefined)
  },
})

const orders = (openOrders: number, idOf: (row: number) => string, pieces?: number): Input => ({
  sizes,
  prepare: (size) => {
    const rows = Array.from({ length: size }, (_, row) => `${idOf(row)},MUG,1,0.10`)
    const content = ['Order,SKU,Qty,Amount', ...rows, ''].join('\n')
    return async () => {
      const mapping = {
        columns: { order: 'Order', sku: 'SKU', quantity: 'Qty', amount: 'Amount' },
        orderId: 'order',
        amount: ({ amount }: { readonly amount: string }) => amount,
        line: (row: object) => ok(row),
        openOrders,
      } as const
      for await (const _ of readOrderRows(
        pieces === undefined ? content : inPieces(content, pieces),
        mapping,
      ));
    }
  },
})

const entry = (line: number) => ({
  bookedOn: '2026-03-01',
  amount: '1.00',
  currency: 'EUR',
  remittanceText: `INV ${line % 7}`,
  line,
})

export const tables: Inputs = {
  'a bank statement': statement((size) => '2026-03-01,1.00,C-1,"INV-1, and INV-2"\n'.repeat(size)),
  'a bank statement of refused rows': statement((size) => '2026-02-30,1,C-1\n1,2,3,4\n'.repeat(size)),
  'a bank statement with one long row': statement((size) => `2026-03-01,1.00,C-1,"${'""\n'.repeat(size)}"\n`),
  'a bank statement with open quotes': statement((size) => `2026-03-01,1.00,C-1,"${'\n'.repeat(size)}`),
  'a bank statement of stray quotes': statement((size) => 'a"b,'.repeat(size)),
  'a bank statement of empty lines': statement((size) => '\r\n'.repeat(size)),
  'rows of orders': orders(1, (row) => `${Math.floor(row / 3)}`),
  'rows of orders in any order': orders(16, (row) => `${row % 64}`),
  'rows of orders in small pieces': orders(4, (row) => `${row}`, 7),
  'booked entries': {
    sizes,
    prepare: (size) => {
      const reported = {
        account: 'DE02120300000000202051',
        reference: 'March',
        currency: 'EUR',
        opening: '0.00',
        closing: `${size}.00`,
        entries: Array.from({ length: size }, (_, line) => entry(line)),
      }
      return () => readEntries(reported, [], 500, sha256)
    },
  },
}
