import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvWriter } from 'orderwright/csv'

interface Row {
  readonly name: string
  readonly total: string | number | bigint | undefined
}

const writer = csvWriter<Row>([
  { header: 'Customer', text: (row) => row.name },
  { header: 'Total', number: (row) => row.total },
])

const fieldOf = (name: string): string => writer.line({ name, total: 0 }).replace(/,0\r\n$/, '')

describe('csvWriter', () => {
  it('writes a header and a line per row with CRLF (RFC 4180)', async () => {
    const rows = [
      { name: 'Ada', total: '19.99' },
      { name: 'Bo', total: undefined },
    ]
    let text = ''
    for await (const line of writer.lines(rows)) text += line
    expect(text).toBe('Customer,Total\r\nAda,19.99\r\nBo,\r\n')
    expect(writer.header()).toBe('Customer,Total\r\n')
  })

  it('reads rows from an asynchronous source as they are wanted', async () => {
    let pulled = 0
    const source = async function* () {
      for (; ; pulled += 1) yield { name: 'x', total: pulled }
    }
    const lines: string[] = []
    for await (const line of writer.lines(source())) {
      lines.push(line)
      if (lines.length === 3) break
    }
    expect(lines).toEqual(['Customer,Total\r\n', 'x,0\r\n', 'x,1\r\n'])
    expect(pulled).toBe(1)
  })

  it.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', '7" plate', '"7"" plate"'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a delimiter of other countries', 'a;b', '"a;b"'],
    ['a space at its end', 'a ', '"a "'],
    ['none of these', "O'Neil & é", "O'Neil & é"],
  ])('quotes a text with %s', (_, name, field) => {
    expect(fieldOf(name)).toBe(field)
  })

  it.each([
    ['=HYPERLINK("https://example.com","pay")', '"\'=HYPERLINK(""https://example.com"",""pay"")"'],
    ['+4420', "'+4420"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['\u0000=1', "'\u0000=1"],
    ['＝1+1', "'＝1+1"],
  ])('disarms %j, which a spreadsheet would take for a formula (123)', (name, field) => {
    expect(fieldOf(name)).toBe(field)
  })

  it('row 123 disarms a header as well', () => {
    expect(csvWriter([{ header: '=1', text: () => '' }]).header()).toBe("'=1\r\n")
  })

  it.each([
    ['-19.99', '-19.99'],
    [-3, '-3'],
    [12345678901234567890n, '12345678901234567890'],
  ])('leaves the number %s a number (123)', (total, field) => {
    expect(writer.line({ name: '', total })).toBe(`,${field}\r\n`)
  })

  it.each(['=1', '1e3', '1,5', 'a', '-', Number.NaN, Infinity, 1e21])(
    'refuses %s in a column of numbers',
    (total) => {
      expect(() => writer.line({ name: '', total })).toThrow(
        new TypeError('the CSV column "Total" holds numbers, and was given something else'),
      )
    },
  )

  it('row 123 writes what a strict parser reads back, with no field that starts like a formula', () => {
    const charArb = fc.constantFrom(...('=+-@\t\r\n"\',;|aé 😀'.match(/./gsu) ?? []))
    const texts = fc.array(fc.tuple(fc.string({ unit: charArb }), fc.string({ unit: charArb })))
    fc.assert(
      fc.property(texts, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        const pairs = csvWriter<readonly [string, string]>(
          [
            { header: 'a', text: ([left]) => left },
            { header: 'b', text: ([, right]) => right },
          ],
          { delimiter: delimiter as ',' },
        )
        const text = pairs.header() + rows.map((row) => pairs.line(row)).join('')
        const read: string[][] = parse(text, { delimiter, record_delimiter: '\r\n' })
        const disarmed = rows.map((row) =>
          row.map((field) => (/^[=+\-@\t\r\n]/.test(field) ? `'${field}` : field)),
        )
        expect(read).toEqual([['a', 'b'], ...disarmed])
      }),
    )
  })

  it('keeps a row of one empty field from becoming an empty line', () => {
    expect(csvWriter([{ header: 'a', text: () => '' }]).line(undefined)).toBe('""\r\n')
  })
})
