import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { csvStatementReader, type CsvStatementOptions } from 'orderwright/csv'
import { bundleOf } from '../../support/start-child.js'
import { refusedFile } from './refused-file.js'

const options: CsvStatementOptions = {
  account: 'GB33BUKB20201555555555',
  reference: '2026-03',
  currency: 'EUR',
  dateForm: 'YYYY-MM-DD',
  decimalMark: 'point',
  columns: {
    date: 'Date',
    amount: 'Amount',
    currency: 'Currency',
    bankReference: 'Id',
    payerReference: 'Customer',
    remittanceText: 'Text',
  },
}

const header = 'Date,Amount,Currency,Id,Customer,Text'
const file = (...rows: readonly string[]): string => [header, ...rows, ''].join('\n')
const read = (content: string, changes: Partial<CsvStatementOptions> = {}) =>
  csvStatementReader({ ...options, ...changes }).read(content)
const refusedRows = async (content: string, changes: Partial<CsvStatementOptions> = {}) =>
  (await read(content, changes)).refused

const good = '2026-03-02,119.00,EUR,B1,C-17,INV-1'

describe('csvStatementReader', () => {
  it('F131 reads a bank statement by a mapping given as data', async () => {
    const content = file('2026-03-02,119,EUR,B1,C-17,"INV-1, thanks"', '2026-03-03,-4.5,EUR,,,Fee')
    expect(await read(content, { opening: '10', closing: '124.50' })).toEqual({
      statement: {
        account: 'GB33BUKB20201555555555',
        reference: '2026-03',
        currency: 'EUR',
        opening: '10.00',
        closing: '124.50',
        entries: [
          {
            bookedOn: '2026-03-02',
            amount: '119.00',
            currency: 'EUR',
            bankReference: 'B1',
            payerReference: 'C-17',
            remittanceText: 'INV-1, thanks',
            line: 2,
          },
          { bookedOn: '2026-03-03', amount: '-4.50', currency: 'EUR', remittanceText: 'Fee', line: 3 },
        ],
      },
      refused: [],
    })
  })

  it('leaves out balances and a reference nobody gave', async () => {
    const { reference: _, ...unnamed } = options
    const { statement } = await csvStatementReader(unnamed).read(file(good))
    expect(statement.reference).toBe('')
    expect(statement).not.toHaveProperty('opening')
    expect(statement).not.toHaveProperty('closing')
  })

  it('reads debit and credit from two columns without signs', async () => {
    const content =
      'Booked;Out;In;Purpose;Note\r\n02.03.2026;1,50;;Fee;\r\n03.03.2026;;200,00;INV-2;part 2\r\n'
    const { statement, refused } = await read(content, {
      delimiter: ';',
      dateForm: 'DD.MM.YYYY',
      decimalMark: 'comma',
      columns: {
        date: 'Booked',
        amount: { debit: 'Out', credit: 'In' },
        remittanceText: ['Purpose', 'Note'],
      },
    })
    expect(refused).toEqual([])
    expect(statement.entries).toEqual([
      { bookedOn: '2026-03-02', amount: '-1.50', currency: 'EUR', remittanceText: 'Fee', line: 2 },
      { bookedOn: '2026-03-03', amount: '200.00', currency: 'EUR', remittanceText: 'INV-2 part 2', line: 3 },
    ])
  })

  it.each([
    ['YYYY-MM-DD', '2026-03-04'],
    ['DD.MM.YYYY', '04.03.2026'],
    ['MM/DD/YYYY', '03/04/2026'],
  ] as const)('reads days written %s', async (dateForm, written) => {
    const { statement } = await read(file(good.replace('2026-03-02', written)), { dateForm })
    expect(statement.entries.map(({ bookedOn }) => bookedOn)).toEqual(['2026-03-04'])
  })

  it('adds up amounts no float could hold', async () => {
    const rows = ['0.10', '0.20', '9007199254740.93'].map((amount) => `2026-03-02,${amount},EUR,,,x`)
    const { statement } = await read(file(...rows), { opening: '-0.30', closing: '9007199254740.93' })
    expect(statement.entries.map(({ amount }) => amount)).toEqual(['0.10', '0.20', '9007199254740.93'])
  })

  it('skips a byte order mark and empty lines, and counts lines as an editor does', async () => {
    const content = `\uFEFF${header}\r\n\r\n2026-03-02,1.00,EUR,,,"two\r\nlines"\r\n\r\n2026-03-03,oops,EUR,,,x\r\n`
    const { statement, refused } = await read(content)
    expect(statement.entries).toMatchObject([{ line: 3, remittanceText: 'two\r\nlines' }])
    expect(refused).toEqual([{ line: 6, rule: 'money.format', column: 'Amount' }])
  })

  it('takes columns with the names of object properties for plain columns', async () => {
    const content = '__proto__,constructor,toString\n2026-03-02,1.00,x\n'
    const columns = { date: '__proto__', amount: 'constructor', remittanceText: 'toString' }
    const { statement } = await read(content, { columns })
    expect(statement.entries).toMatchObject([{ bookedOn: '2026-03-02', amount: '1.00', remittanceText: 'x' }])
  })
})

describe('csvStatementReader, of a row,', () => {
  it.each([
    [
      'with a decimal comma where a point was named (122)',
      '2026-03-02,"1,50",EUR,,,x',
      'money.decimalMark',
      'Amount',
    ],
    ['with both decimal marks (122)', '2026-03-02,"1,234.50",EUR,,,x', 'money.decimalMark', 'Amount'],
    ['with an exponent', '2026-03-02,1e3,EUR,,,x', 'money.format', 'Amount'],
    ['with digits of another script', '2026-03-02,１２,EUR,,,x', 'money.format', 'Amount'],
    ['with a fraction of a cent', '2026-03-02,1.005,EUR,,,x', 'money.precision', 'Amount'],
    ['with too large an amount', '2026-03-02,10000000000000.01,EUR,,,x', 'money.max', 'Amount'],
    ['without an amount', '2026-03-02,,EUR,,,x', 'money.format', 'Amount'],
    ['in another currency (120)', '2026-03-02,1.00,USD,,,x', 'entry.currency', 'Currency'],
    ['without its currency (120)', '2026-03-02,1.00,,,,x', 'entry.currency', 'Currency'],
    ['on a day that is not', '2026-02-29,1.00,EUR,,,x', 'date.invalid', 'Date'],
    ['on a day in another form', '02.03.2026,1.00,EUR,,,x', 'date.format', 'Date'],
    ['on a day without leading zeros', '2026-3-2,1.00,EUR,,,x', 'date.format', 'Date'],
    ['with a field too few', '2026-03-02,1.00,EUR,,x', 'csv.malformed', undefined],
    ['with a field too many', '2026-03-02,1,00,EUR,,,x', 'csv.malformed', undefined],
    ['with a stray quote', '2026-03-02,1.00,EUR,,,7" single', 'csv.malformed', undefined],
    ['with something after a closing quote', '2026-03-02,1.00,EUR,,,"a"b', 'csv.malformed', undefined],
    ['with a bare carriage return', '2026-03-02,1.00,EUR,,,a\rb', 'csv.malformed', undefined],
    ['with a control character', '2026-03-02,1.00,EUR,,,a\u0000b', 'text.control', undefined],
    ['with half a character pair (48)', '2026-03-02,1.00,EUR,,,a\uD83Db', 'text.encoding', undefined],
    ['with a text beyond the limit', `2026-03-02,1.00,EUR,,,${'a'.repeat(4_097)}`, 'text.length', undefined],
  ])('refuses one %s, by line and rule, and reads the others', async (_, row, rule, column) => {
    const { statement, refused } = await read(file(good, row, good))
    expect(refused).toEqual([{ line: 3, rule, ...(column !== undefined && { column }) }])
    expect(statement.entries.map(({ line }) => line)).toEqual([2, 4])
  })

  it('refuses a decimal point where a comma was named (122)', async () => {
    const rows = ['"1,50"', '1.50', '"1.234,50"', '"1,234,50"'].map(
      (amount) => `2026-03-02,${amount},EUR,,,x`,
    )
    expect(await refusedRows(file(...rows), { decimalMark: 'comma' })).toEqual([
      { line: 3, rule: 'money.decimalMark', column: 'Amount' },
      { line: 4, rule: 'money.decimalMark', column: 'Amount' },
      { line: 5, rule: 'money.format', column: 'Amount' },
    ])
  })

  it('refuses debit and credit that are both filled, both empty or signed (120)', async () => {
    const content =
      'Date,Out,In,Text\n2026-03-02,1.00,1.00,a\n2026-03-02,,,b\n2026-03-02,-1.00,,c\n2026-03-02,,-1.00,d\n'
    const columns = { date: 'Date', amount: { debit: 'Out', credit: 'In' }, remittanceText: 'Text' }
    expect(await refusedRows(content, { columns })).toEqual([
      { line: 2, rule: 'entry.debitOrCredit', column: 'Out' },
      { line: 3, rule: 'entry.debitOrCredit', column: 'In' },
      { line: 4, rule: 'entry.sign', column: 'Out' },
      { line: 5, rule: 'entry.sign', column: 'In' },
    ])
  })

  it('keeps stray quotes where the bank is known to write them', async () => {
    const { statement } = await read(file('2026-03-02,1.00,EUR,,,7" single'), { strayQuotes: 'keep' })
    expect(statement.entries).toMatchObject([{ remittanceText: '7" single' }])
  })
})

describe('csvStatementReader, of balances,', () => {
  const balanceRows = { column: 'Text', opening: 'Opening balance', closing: 'Closing balance' }
  const opening = '2026-03-01,100.00,EUR,,,Opening balance'
  const closing = '2026-03-31,219.00,EUR,,,Closing balance'

  it('RC1 refuses the file when opening and entries do not make closing (118)', async () => {
    expect(await refusedFile(read(file(good), { opening: '1.00', closing: '119.99' }))).toEqual({
      code: 'statement_unbalanced',
      issues: [{ line: 1, rule: 'statement.sum' }],
      details: { missing: { amount: '-0.01', currency: 'EUR' } },
    })
  })

  it('RC1 names the rows that could not be read as the reason', async () => {
    const content = file(good, '2026-03-02,"5,00",EUR,,,x')
    expect(await refusedFile(read(content, { opening: '0', closing: '124.00' }))).toEqual({
      code: 'statement_unbalanced',
      issues: [{ line: 3, rule: 'money.decimalMark', column: 'Amount' }],
      details: { missing: { amount: '5.00', currency: 'EUR' } },
    })
  })

  it('RC1 checks a file without entries', async () => {
    expect((await read(header, { opening: '5', closing: '5.00' })).statement.entries).toEqual([])
    expect((await refusedFile(read(header, { opening: '5', closing: '6' }))).code).toBe(
      'statement_unbalanced',
    )
  })

  it('checks nothing where only one of them is known', async () => {
    const { statement } = await read(file(good), { opening: '1.00' })
    expect(statement.opening).toBe('1.00')
  })

  it('reads them from rows the bank marks, and takes those for no entries', async () => {
    const { statement, refused } = await read(file(opening, good, closing), { balanceRows })
    expect(statement).toMatchObject({ opening: '100.00', closing: '219.00', entries: [{ line: 3 }] })
    expect(refused).toEqual([])
    const wrong = file(opening, good, closing.replace('219', '220'))
    expect((await refusedFile(read(wrong, { balanceRows }))).code).toBe('statement_unbalanced')
  })

  it('reads them from a column of their own', async () => {
    const content = 'Date,Amount,Balance,Text\n,,7.00,Opening balance\n2026-03-02,1.00,8.00,x\n'
    const { statement } = await read(content, {
      columns: { date: 'Date', amount: 'Amount', remittanceText: 'Text' },
      balanceRows: { column: 'Text', opening: 'Opening balance', amount: 'Balance' },
    })
    expect(statement).toMatchObject({ opening: '7.00', entries: [{ amount: '1.00', line: 3 }] })
  })

  it('lets them be repeated but not contradicted, in the file or by the host', async () => {
    const twice = file(opening, good, opening, closing)
    expect((await read(twice, { balanceRows, opening: '100' })).statement.entries).toHaveLength(1)
    const changed = file(opening, good, opening.replace('100', '101'), closing)
    expect(await refusedFile(read(changed, { balanceRows }))).toMatchObject({
      code: 'unreadable_file',
      issues: [{ line: 4, rule: 'balance.conflict' }],
    })
    expect(await refusedFile(read(twice, { balanceRows, opening: '99' }))).toMatchObject({
      issues: [{ line: 1, rule: 'balance.conflict' }],
    })
  })

  it('refuses a file that was cut off before them', async () => {
    expect(await refusedFile(read(file(opening, good), { balanceRows }))).toMatchObject({
      code: 'unreadable_file',
      issues: [{ line: 1, rule: 'balance.missing' }],
    })
  })

  it('refuses the file where one of them cannot be read', async () => {
    const content = file(opening.replace('100.00', 'n/a'), good, closing)
    expect(await refusedFile(read(content, { balanceRows }))).toMatchObject({
      code: 'unreadable_file',
      issues: [{ line: 2, rule: 'money.format', column: 'Amount' }],
    })
  })
})

describe('csvStatementReader, of the file as a whole,', () => {
  it.each([
    [
      'ends inside a quote (121)',
      file(good, good, '2026-03-02,1.00,EUR,,,"never closed'),
      4,
      'csv.malformed',
    ],
    [
      'has a malformed row over several lines',
      file(good, '2026-03-02,1.00,EUR,,,"a\nb"c'),
      3,
      'csv.malformed',
    ],
    ['is empty', '', 1, 'csv.header'],
    ['is a ZIP archive (124)', 'PK\u0003\u0004rest', 1, 'file.archive'],
    ['is a gzip archive (124)', '\u001f\u008b\b', 1, 'file.archive'],
    ['has a header with a stray quote', 'Date,Am"ount\n', 1, 'csv.malformed'],
  ])('refuses one that %s', async (_, content, line, rule) => {
    expect(await refusedFile(read(content))).toEqual({
      code: 'unreadable_file',
      issues: [{ line, rule }],
      details: {},
    })
  })

  it('refuses one without a column it needs, or with two of that name', async () => {
    expect(await refusedFile(read('Date,Amount,Id,Amount\n'))).toMatchObject({
      code: 'unreadable_file',
      issues: [
        { line: 1, rule: 'column.duplicate', column: 'Amount' },
        { line: 1, rule: 'column.missing', column: 'Currency' },
        { line: 1, rule: 'column.missing', column: 'Customer' },
        { line: 1, rule: 'column.missing', column: 'Text' },
      ],
    })
  })

  it('passes over columns nobody asked for, unless the host forbids them', async () => {
    const content = file(good)
      .split('\n')
      .map((line) => line && `${line},more`)
      .join('\n')
    expect((await read(content)).statement.entries).toHaveLength(1)
    expect(await refusedFile(read(content, { unknownColumns: 'refuse' }))).toMatchObject({
      issues: [{ line: 1, rule: 'column.unknown' }],
    })
  })

  it.each([
    ['rows', { rows: 2 }, file(good, good, good), 4],
    ['bytes', { bytes: 100 }, file(good, good, good), 1],
    ['rowBytes', { rowBytes: 60 }, file(good, `${good}${'a'.repeat(60)}`), 3],
  ] as const)('refuses one beyond its limit of %s', async (limit, limits, content, line) => {
    const [[, most] = []] = Object.entries(limits)
    expect(await refusedFile(read(content, { limits }))).toEqual({
      code: 'limit_exceeded',
      issues: [{ line, rule: `csv.${limit}` }],
      details: { limit, most },
    })
  })

  it('reads 100,000 rows and 5 MiB where the host says nothing', async () => {
    const rows = (count: number) => file(...Array.from({ length: count }, () => '2026-03-02,1,EUR,,,'))
    expect((await read(rows(100_000), { opening: '0', closing: '100000' })).statement.entries).toHaveLength(
      100_000,
    )
    expect((await refusedFile(read(rows(100_001)))).details).toEqual({ limit: 'rows', most: 100_000 })
    const large = file(...Array.from({ length: 5 * 1024 }, () => `2026-03-02,1,EUR,,,${'x'.repeat(1_010)}`))
    expect((await refusedFile(read(large))).details).toEqual({ limit: 'bytes', most: 5 * 1024 * 1024 })
  })
})

describe('csvStatementReader, of its options,', () => {
  it.each([
    ['a limit of zero', { limits: { rows: 0 } }, /limit "rows" must be a whole number of at least 1/],
    ['a limit that is no number', { limits: { bytes: Number.NaN } }, /limit "bytes"/],
    ['an unknown currency', { currency: 'XXZ' }, /currency/],
    ['a balance that is no plain decimal', { opening: '1,00' }, /balance/],
  ])('refuses %s at once', (_, changes, message) => {
    const make = () => csvStatementReader({ ...options, ...changes })
    expect(make).toThrow(message)
    expect(make).toThrow(expect.objectContaining({ code: 'configuration' }))
  })

  const { columns } = options
  const loose = (changes: object): (() => unknown) => {
    return () => csvStatementReader({ ...options, ...changes })
  }

  it.each([
    ['columns', { columns: undefined }, 'columns.date'],
    ['the day', { columns: { ...columns, date: undefined } }, 'columns.date'],
    ['the amount', { columns: { ...columns, amount: undefined } }, 'columns.amount'],
    ['an amount', { columns: { ...columns, amount: null } }, 'columns.amount'],
    ['credits', { columns: { ...columns, amount: { debit: 'Out' } } }, 'columns.amount.credit'],
    ['debits', { columns: { ...columns, amount: { credit: 'In' } } }, 'columns.amount.debit'],
    ['the text', { columns: { ...columns, remittanceText: undefined } }, 'columns.remittanceText'],
    ['all of the text', { columns: { ...columns, remittanceText: ['Text', ''] } }, 'columns.remittanceText'],
    ['the reference, but a number', { columns: { ...columns, payerReference: 5 } }, 'columns.payerReference'],
    ['the currency, but nothing', { columns: { ...columns, currency: '' } }, 'columns.currency'],
    ['the form of days', { dateForm: 'DD/MM/YYYY' }, 'dateForm'],
    ['the decimal mark', { decimalMark: undefined }, 'decimalMark'],
    ['what marks balances', { balanceRows: {} }, 'balanceRows.column'],
    ['how balances are marked', { balanceRows: { column: 'Kind', closing: 5 } }, 'balanceRows.closing'],
    ['where balances stand', { balanceRows: { column: 'Kind', amount: 5 } }, 'balanceRows.amount'],
  ])('refuses a mapping without %s at once, and names the place', (_, changes, path) => {
    expect(loose(changes)).toThrow(`${path} of a statement reader must be `)
    expect(loose(changes)).toThrow(expect.objectContaining({ code: 'configuration' }))
  })

  it('takes a bank that writes no text', async () => {
    const { statement } = await read('Date,Amount\n2026-03-02,1.00\n', {
      columns: { date: 'Date', amount: 'Amount', remittanceText: [] },
    })
    expect(statement.entries[0]?.remittanceText).toBe('')
  })

  it('asks for csv-parse where it is not installed', async () => {
    const read = async (standIns?: Readonly<Record<string, string>>): Promise<unknown> => {
      const program = await bundleOf(new URL('./children/read-statement.ts', import.meta.url), standIns)
      return JSON.parse((await promisify(execFile)(process.execPath, [program])).stdout)
    }
    expect(await read()).toEqual({ entries: 1 })
    expect(await read({ 'csv-parse': 'csv-parse-of-nobody' })).toEqual({
      code: 'configuration',
      message: 'reading CSV needs csv-parse 7: npm install csv-parse',
    })
  })
})
