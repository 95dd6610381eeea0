import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exactSum,
  readOrderRows,
  type OrderMapping,
  type ReadOrderItem,
  type TextSource,
} from 'orderwright/csv'
import { inPieces } from './in-pieces.js'
import { refusedFile } from './refused-file.js'

interface Line {
  readonly at: number
  readonly sku: string
  readonly quantity: number
}

type Mapping = OrderMapping<'order' | 'sku' | 'quantity' | 'amount', Line>

const mapping: Mapping = {
  columns: { order: 'Order', sku: 'SKU', quantity: 'Qty', amount: 'Amount' },
  orderId: 'order',
  amount: (row) => row.amount,
  line: (row, at) =>
    /^[1-9]\d*$/.test(row.quantity)
      ? { ok: true, value: { at, sku: row.sku, quantity: Number(row.quantity) } }
      : { ok: false, error: 'quantity.min' },
}

const header = 'Order,SKU,Qty,Amount'
const file = (...rows: readonly string[]): string => [header, ...rows, ''].join('\n')

const readAll = async (
  source: TextSource,
  changes: Partial<Mapping> = {},
): Promise<readonly ReadOrderItem<Line>[]> => {
  const items: ReadOrderItem<Line>[] = []
  for await (const item of readOrderRows(source, { ...mapping, ...changes })) items.push(item)
  return items
}

/** Orders as `A: 2 3`, refused rows as `4 order.split`. */
const summary = async (source: TextSource, changes: Partial<Mapping> = {}): Promise<readonly string[]> =>
  (await readAll(source, changes)).map((item) =>
    item.kind === 'order'
      ? `${item.id}: ${item.lines.map(({ at }) => at).join(' ')}`
      : `${item.line} ${item.rule}`,
  )

describe('readOrderRows', () => {
  it('F15 gathers the rows of an order and sums them exactly', async () => {
    expect(await readAll(file('A,P-1,2,0.10', 'A,P-2,1,0.205', 'B,P-1,1,7'))).toEqual([
      {
        kind: 'order',
        id: 'A',
        line: 2,
        lines: [
          { at: 2, sku: 'P-1', quantity: 2 },
          { at: 3, sku: 'P-2', quantity: 1 },
        ],
        amount: '0.305',
      },
      { kind: 'order', id: 'B', line: 4, lines: [{ at: 4, sku: 'P-1', quantity: 1 }], amount: '7' },
    ])
  })

  it('names every row it refuses by line, rule, order and amount', async () => {
    const content = file(
      'A,P-1,0,5.00',
      ',P-1,1,6.00',
      'B,P-1,1,much',
      'C,P-1',
      'D,P"1,1,8.00',
      'E,P-1,1,9.00',
    )
    expect(await readAll(content, { incompleteOrders: 'take' })).toEqual([
      { kind: 'refused', line: 2, rule: 'quantity.min', order: 'A', amount: '5.00' },
      { kind: 'refused', line: 3, rule: 'order.id', amount: '6.00' },
      { kind: 'refused', line: 4, rule: 'money.format', order: 'B' },
      { kind: 'refused', line: 5, rule: 'csv.malformed' },
      { kind: 'refused', line: 6, rule: 'csv.malformed', order: 'D', amount: '8.00' },
      expect.objectContaining({ kind: 'order', id: 'E', amount: '9' }),
    ])
  })

  it('refuses the other rows of an order that lost one, unless told to take them', async () => {
    const content = file('A,P-1,1,1', 'B,P-1,1,1', 'B,P-2,0,1', 'B,P-3,1,1', 'C,P-1,1,1')
    expect(await summary(content)).toEqual([
      'A: 2',
      '4 quantity.min',
      '3 order.incomplete',
      '5 order.incomplete',
      'C: 6',
    ])
    expect(await summary(content, { incompleteOrders: 'take' })).toEqual([
      'A: 2',
      '4 quantity.min',
      'B: 3 5',
      'C: 6',
    ])
  })

  it('trusts neither neighbor of a row whose order nobody can read', async () => {
    const content = file('A,P-1,1,1', 'B,P-1,1,1', 'broken', 'C,P-1,1,1', 'D,P-1,1,1')
    expect(await summary(content)).toEqual([
      'A: 2',
      '4 csv.malformed',
      '3 order.incomplete',
      '5 order.incomplete',
      'D: 6',
    ])
  })

  it('refuses a row that comes after its order was given out', async () => {
    const content = file('A,P-1,1,1', 'B,P-1,1,1', 'A,P-2,1,3', 'A,P-3,1,4', 'B,P-2,1,5')
    expect(await summary(content)).toEqual(['A: 2', '4 order.split', '5 order.split', 'B: 3 6'])
  })

  it('keeps as many orders open as it is told', async () => {
    const content = file('A,P,1,1', 'B,P,1,1', 'A,P,1,1', 'C,P,1,1', 'A,P,1,1', 'B,P,1,1', 'D,P,1,1')
    expect(await summary(content, { openOrders: 2 })).toEqual([
      'B: 3',
      '7 order.split',
      'C: 5',
      'A: 2 4 6',
      'D: 8',
    ])
    expect(await summary(content, { openOrders: 4 })).toEqual(
      ['C: 5', 'A: 2 4 6', 'B: 3 7', 'D: 8'].sort(byAge),
    )
    await expect(readAll(content, { openOrders: 0 })).rejects.toMatchObject({ code: 'configuration' })
  })

  it('takes ids with the names of object properties for plain ids', async () => {
    expect(await summary(file('__proto__,P,1,1', 'constructor,P,1,1'))).toEqual([
      '__proto__: 2',
      'constructor: 3',
    ])
  })

  it('reads Node streams of bytes and of text, and text at once', async () => {
    const content = file('A,Blå,1,1', 'A,£,1,1')
    for (const source of [
      content,
      Readable.from([Buffer.from(content)]),
      Readable.from(content.split(/(?<=l)/)),
    ]) {
      expect(await readAll(source)).toMatchObject([{ lines: [{ sku: 'Blå' }, { sku: '£' }] }])
    }
  })

  it('gives out orders before the file has ended', async () => {
    const text = file(...Array.from({ length: 50_000 }, (_, row) => `O-${row},P,1,1`))
    let pulled = 0
    const source = async function* () {
      for await (const piece of inPieces(text, 4_096)) {
        pulled += 1
        yield piece
      }
    }
    for await (const item of readOrderRows(source(), mapping)) {
      expect(item).toMatchObject({ kind: 'order', id: 'O-0' })
      break
    }
    expect(pulled).toBeLessThan(5)
  })

  it('passes on what breaks its source', async () => {
    const source = async function* () {
      yield `${header}\nA,P,1,1\n`
      throw new Error('the disk is gone')
    }
    await expect(readAll(source())).rejects.toThrow('the disk is gone')
  })
})

const byAge = (left: string, right: string): number =>
  'CABD'.indexOf(left.charAt(0)) - 'CABD'.indexOf(right.charAt(0))

describe('readOrderRows, of text,', () => {
  it.each(['windows-1252', 'utf-16le', 'utf-8'] as const)(
    'reads %s where that is what it is',
    async (encoding) => {
      const text = file('A,€ “Blå”,1,1')
      const bytes = { 'windows-1252': toWindows1252, 'utf-16le': toUtf16, 'utf-8': toUtf8 }[encoding](text)
      for (const size of [1, 2, 3, 1_000]) {
        expect(await readAll(inPieces(bytes, size), { encoding })).toMatchObject([
          { lines: [{ sku: '€ “Blå”' }] },
        ])
      }
    },
  )

  it('guesses no encoding: a row in another one is refused', async () => {
    const narrow = toWindows1252(file('A,P,1,1', 'B,Blå,1,2', 'C,P,1,3'))
    expect(await readAll(inPieces(narrow, 5), { incompleteOrders: 'take' })).toMatchObject([
      { kind: 'refused', line: 3, rule: 'text.encoding', order: 'B', amount: '2' },
      { kind: 'order', id: 'A' },
      { kind: 'order', id: 'C' },
    ])
    const wide = toUtf16(file('A,P,1,1'))
    const issuesOf = async (bytes: Uint8Array) => (await refusedFile(readAll(inPieces(bytes, 64)))).issues
    expect(await issuesOf(wide)).toEqual([{ line: 1, rule: 'text.encoding' }])
    expect(await issuesOf(wide.subarray(2))).toEqual([{ line: 1, rule: 'text.control' }])
  })

  it.each([
    ['of one field', 'x'],
    ['of empty fields', ','],
    ['of quotes', '"'],
    ['of empty lines', '\n'],
  ])('leaves a line without an end, %s, alone after a few chunks (121)', async (_, character) => {
    const chunk = character.repeat(64 * 1024)
    let pulled = 0
    const source = async function* () {
      yield `${header}\n`
      for (; pulled < 100; pulled += 1) yield chunk
      throw new Error('it went on reading')
    }
    const limits = { bytes: 2 ** 40 }
    expect(await refusedFile(readAll(source(), { limits }))).toMatchObject({
      code: 'limit_exceeded',
      details: { limit: 'rowBytes', most: 65_536 },
    })
    expect(pulled).toBeLessThan(4)
  })

  it('skips a byte order mark in front of a quoted header', async () => {
    const content = '\uFEFF"Order","SKU","Qty","Amount"\nA,P,1,1\n'
    expect(await readAll(content)).toMatchObject([{ kind: 'order', id: 'A' }])
    expect(await readAll(inPieces(content, 1))).toMatchObject([{ kind: 'order', id: 'A' }])
  })

  it('refuses a row that ends within a character', async () => {
    const bytes = toUtf8(file('A,P,1,1', 'B,P,1,2é').trimEnd())
    expect(await readAll(inPieces(bytes.subarray(0, -1), 9))).toMatchObject([
      { kind: 'refused', line: 3, rule: 'text.encoding', order: 'B' },
      { kind: 'order', id: 'A' },
    ])
  })

  it('reads the same however it comes in pieces', async () => {
    const content = `\uFEFF${header}\r\nA,"P\r\n1",1,1\r\n\r\nA,"""é😀""",1,2\nA,P"3,1,4\r\nB,"x\n\ny",2,8`
    const whole = await readAll(content, { incompleteOrders: 'take' })
    expect(whole).toMatchObject([
      { kind: 'refused', line: 6, rule: 'csv.malformed', amount: '4' },
      {
        kind: 'order',
        id: 'A',
        lines: [
          { at: 2, sku: 'P\r\n1' },
          { at: 5, sku: '"é😀"' },
        ],
        amount: '3',
      },
      { kind: 'order', id: 'B', lines: [{ at: 7, sku: 'x\n\ny', quantity: 2 }], amount: '8' },
    ])
    for (let size = 1; size < 40; size += 1) {
      expect(await readAll(inPieces(content, size), { incompleteOrders: 'take' })).toEqual(whole)
    }
    expect(await readAll(Readable.from(content.split('')), { incompleteOrders: 'take' })).toEqual(whole)
  })
})

describe('readOrderRows, of any file,', () => {
  interface WrittenRow {
    readonly order: string
    readonly sku: string
    readonly quantity: string
    readonly amount: string
    readonly quoted: boolean
    readonly lineEnd: string
  }

  const rowArb = fc.record<WrittenRow>({
    order: fc.constantFrom('A', 'B', 'C', ''),
    sku: fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\r\n', '\n', ' ', '😀'), maxLength: 6 }),
    quantity: fc.constantFrom('1', '12', '0', '-3'),
    amount: fc
      .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 1, max: 4 }))
      .map(([digits, scale]) => decimal(digits, scale)),
    quoted: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n', '\n\n'),
  })

  const written = (row: WrittenRow): string => {
    const quote = (text: string) =>
      row.quoted || /["\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    return `${[row.order, row.sku, row.quantity, row.amount].map(quote).join(',')}${row.lineEnd}`
  }

  it('gives out each row once with its physical line, and takes and refuses the sum of the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArb, { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('refuse' as const, 'take' as const),
        async (rows, size, openOrders, incompleteOrders) => {
          let text = `${header}\r\n`
          const lines = new Map<number, WrittenRow>()
          for (const row of rows) {
            lines.set(text.split('\n').length, row)
            text += written(row)
          }
          const items = await readAll(inPieces(text, size), { openOrders, incompleteOrders })

          const seen = items.flatMap((item) =>
            item.kind === 'order' ? item.lines.map(({ at }) => at) : [item.line],
          )
          expect(seen.sort((left, right) => left - right)).toEqual([...lines.keys()])
          for (const item of items) {
            if (item.kind === 'refused') expect(lines.get(item.line)?.amount).toBe(item.amount)
            else for (const line of item.lines) expect(lines.get(line.at)?.sku).toBe(line.sku)
          }
          const sum = exactSum()
          for (const item of items) sum.add(item.amount ?? 'unknown')
          expect(sum.total()).toBe(plainSum(rows.map(({ amount }) => amount)))
        },
      ),
    )
  })
})

const decimal = (digits: bigint, scale: number): string => {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

/** In ten-thousandths, independently of the library. */
const plainSum = (amounts: readonly string[]): string => {
  const total = amounts.reduce((sum, amount) => {
    const [whole = '', fraction = ''] = amount.split('.')
    return sum + BigInt(whole + fraction.padEnd(4, '0'))
  }, 0n)
  return decimal(total, 4).replace(/\.?0+$/, '')
}

const toUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const toUtf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le')
const toWindows1252 = (text: string): Uint8Array =>
  Buffer.from(text.replace('€', '\x80').replace('“', '\x93').replace('”', '\x94'), 'latin1')
