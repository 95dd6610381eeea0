import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { csvStatementReader, readOrderRows } from 'orderwright/csv'
import { readInvoice, writeCii, writeUbl } from 'orderwright/documents'
import { sha256 } from '../../../src/adapters/system/sha256.js'
import { fullCreditNote, fullInvoice } from '../../adapters/documents/sample-invoices.js'
import { builtIns, changedSince } from '../../support/built-ins.js'
import { everyCall } from '../../support/every-call/calls.js'
import { openWorld } from '../../support/every-call/world.js'
import { dealings } from '../../support/growth/dealings.js'
import { documents } from '../../support/growth/documents.js'
import { plainData } from '../../support/growth/plain-data.js'
import { tables } from '../../support/growth/tables.js'
import { texts } from '../../support/growth/texts.js'
import { hostileText, hostileValue } from '../hostile-values.js'

// Reads everything there is to read, fuzzed and as it should be, and tells what it came to and which built-in objects have changed. `planted` is a reader
// that takes the keys of its input for names of its own.
const [planted] = process.argv.slice(2)

const told: string[] = []
const tell = (what: string, answer: unknown): void => {
  told.push(
    `${what}: ${sha256(JSON.stringify(answer, (_name, value: unknown) => plain(value)) ?? 'nothing')}`,
  )
}
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}n`
  return value instanceof Map ? [...value] : value
}
/** What a reader answers, or how it refuses. */
const outcomeOf = async (read: () => unknown): Promise<unknown> => {
  try {
    return (await read()) ?? 'nothing'
  } catch (error) {
    const { name, message, code } = error as {
      readonly name: string
      readonly message: string
      code?: unknown
    }
    return { thrown: name, message, code }
  }
}

const bank = csvStatementReader({
  account: 'DE02120300000000202051',
  currency: 'EUR',
  dateForm: 'YYYY-MM-DD',
  decimalMark: 'point',
  columns: { date: 'Date', amount: 'Amount', payerReference: 'Customer', remittanceText: 'Text' },
})
const orderRows = async (text: string): Promise<unknown> => {
  const items: unknown[] = []
  for await (const item of readOrderRows(Readable.from([text]), {
    columns: { order: 'Order', sku: 'SKU', quantity: 'Qty', amount: 'Amount' },
    orderId: 'order',
    amount: ({ amount }) => amount,
    line: (row) => ({ ok: true, value: { ...row } }),
  }))
    items.push(item)
  return items
}
/** As careless as it gets. */
const careless = (text: string): unknown => {
  const [names = [], ...rows] = text.split('\n').map((line) => line.split(','))
  return rows.map((row) => {
    const read: Record<string, Record<string, unknown>> = {}
    for (const [place, name] of names.entries()) (read[name] ??= {})['polluted'] = row[place]
    return read
  })
}

/** A text of this form with hostile pieces put in at any place, or cut off anywhere. */
const broken = (text: string) =>
  fc
    .array(fc.tuple(fc.nat({ max: text.length }), fc.nat({ max: 8 }), hostileText), { maxLength: 4 })
    .map((changes) =>
      changes.reduce((now, [at, length, put]) => now.slice(0, at) + put + now.slice(at + length), text),
    )
const fuzzed = async (
  what: string,
  numRuns: number,
  text: string,
  read: (content: string) => unknown,
): Promise<void> => {
  const outcomes: unknown[] = []
  await fc.assert(
    fc.asyncProperty(broken(text), async (content) => {
      outcomes.push(await outcomeOf(() => read(content)))
    }),
    { numRuns, seed: 4 },
  )
  tell(what, outcomes)
}

const csv = {
  statement: 'Date,Amount,Customer,Text\n2026-03-02,119.00,C-17,INV-1\n2026-03-03,-4.50,,"Fee, monthly"\n',
  orders: 'Order,SKU,Qty,Amount\nA-1,MUG,2,25.00\nA-1,CUP,1,9.99\nA-2,MUG,1,12.50\n',
}

const readEverything = async (): Promise<void> => {
  for (const call of everyCall) {
    const world = await openWorld()
    const input = call.inputIn(world)
    tell(call.name, await call.of(world.clerk)(await input, { idempotencyKey: 'as it should be' }))
  }
  const world = await openWorld()
  let asked = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...everyCall), hostileValue, async (call, input) => {
      tell(call.name, await call.of(world.clerk)(input, { idempotencyKey: `fuzz ${(asked += 1)}` }))
    }),
    { numRuns: 300, seed: 4 },
  )
  for (const [what, { sizes, prepare }] of Object.entries({
    ...texts,
    ...plainData,
    ...tables,
    ...documents,
    ...dealings,
  }))
    tell(what, await outcomeOf(await prepare(Math.min(20, sizes[0]))))
  await fuzzed('csv statements', 300, csv.statement, (content) => bank.read(content))
  await fuzzed('csv orders', 300, csv.orders, orderRows)
  for (const [name, invoice] of Object.entries({
    'an invoice': fullInvoice,
    'a credit note': fullCreditNote,
  })) {
    await fuzzed(`UBL of ${name}`, 60, writeUbl(invoice), readInvoice)
    await fuzzed(`CII of ${name}`, 60, writeCii(invoice), readInvoice)
  }
}

const before = builtIns()
await (planted === undefined ? readEverything() : fuzzed('planted', 500, csv.statement, careless))
process.send?.({ told, changed: changedSince(before), properties: before.size })
process.disconnect()
