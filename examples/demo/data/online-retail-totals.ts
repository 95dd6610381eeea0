import type { RefusedRow } from 'orderwright/csv'
import { add, negate, parse, print, zero, type Decimal } from './exact-decimal.js'
import { retailRules, type RetailRule } from './online-retail-rules.js'
import type { RetailInvoice, RetailLine } from './online-retail.js'

/** Lines, and what they come to exactly, as a plain decimal in GBP. */
export interface RetailSum {
  readonly lines: number
  readonly amount: string
}

/** Peculiarities that cut across the rules. */
export type RetailTrait =
  | 'anonymous'
  | 'case_twin_code'
  | 'code_with_space'
  | 'finer_than_pence'
  | 'no_description'
  | 'code_repeated_on_invoice'
  | 'identical_line_on_invoice'
  | 'quote_in_description'
  | 'not_ascii'

export interface RetailMonth {
  readonly rows: number
  readonly invoices: number
  readonly amount: string
}

/** `taken` + `refused` + `rounding` = `file`, to the last decimal. */
export interface RetailTotals {
  readonly rows: number
  readonly invoices: number
  /** Invoices whose number begins with C. */
  readonly cancellations: number
  readonly file: string
  /** Every taken line rounded half up to pence, then added. */
  readonly taken: string
  /** Exact, with the rows that could not be read. */
  readonly refused: string
  /** What rounding the taken lines left out. */
  readonly rounding: string
  readonly byRule: Readonly<Record<RetailRule, RetailSum>>
  /** Rows the reader itself refused, by its rules. Empty for the published file. */
  readonly unreadable: Readonly<Record<string, RetailSum>>
  readonly byTrait: Readonly<Record<RetailTrait, RetailSum>>
  readonly byMonth: Readonly<Record<string, RetailMonth>>
}

export interface RetailTally {
  addInvoice(invoice: RetailInvoice): void
  addRefused(row: RefusedRow): void
  totals(): RetailTotals
}

export const retailTally = (): RetailTally => {
  const byRule = sums<RetailRule>()
  const unreadable = sums<string>()
  const byTrait = sums<RetailTrait>()
  const byCode = sums<string>()
  const months = new Map<string, { rows: number; invoices: number; amount: Decimal }>()
  let invoices = 0
  let cancellations = 0
  let taken = zero
  let exactlyTaken = zero

  const addLine = (line: RetailLine, invoice: RetailInvoice): void => {
    const amount = read(line.amount)
    byRule.add(line.rule, amount)
    byCode.add(line.stockCode, amount)
    if (retailRules[line.rule].treatment !== 'refused') {
      taken = add(taken, read(line.roundedAmount))
      exactlyTaken = add(exactlyTaken, amount)
    }
    for (const trait of traitsOf(line, invoice)) byTrait.add(trait, amount)
  }

  return {
    addInvoice: (invoice) => {
      invoices += 1
      if (invoice.kind === 'cancellation') cancellations += 1
      const name = invoice.invoicedOn.slice(0, 7)
      const month = months.get(name) ?? { rows: 0, invoices: 0, amount: zero }
      months.set(name, month)
      month.invoices += 1
      for (const line of invoice.lines) {
        month.rows += 1
        month.amount = add(month.amount, read(line.amount))
        addLine(line, invoice)
      }
      for (const [trait, line] of repeatedLines(invoice)) byTrait.add(trait, read(line.amount))
    },
    addRefused: (row) => unreadable.add(row.rule, row.amount === undefined ? zero : read(row.amount)),
    totals: () => {
      const file = add(byRule.total(), unreadable.total())
      for (const code of caseTwins(byCode.keys())) byTrait.merge('case_twin_code', byCode.of(code))
      return {
        rows: byRule.lines() + unreadable.lines(),
        invoices,
        cancellations,
        file: print(file),
        taken: print(taken),
        refused: print(add(file, negate(exactlyTaken))),
        rounding: print(add(exactlyTaken, negate(taken))),
        byRule: byRule.record(Object.keys(retailRules) as RetailRule[]),
        unreadable: unreadable.record([]),
        byTrait: byTrait.record(traits),
        byMonth: Object.fromEntries(
          [...months].map(([name, month]) => [name, { ...month, amount: print(month.amount) }]),
        ),
      }
    },
  }
}

const traits: readonly RetailTrait[] = [
  'anonymous',
  'case_twin_code',
  'code_with_space',
  'finer_than_pence',
  'no_description',
  'code_repeated_on_invoice',
  'identical_line_on_invoice',
  'quote_in_description',
  'not_ascii',
]

const traitsOf = (line: RetailLine, invoice: RetailInvoice): readonly RetailTrait[] => {
  const found: RetailTrait[] = []
  if (invoice.customer === undefined) found.push('anonymous')
  if (line.stockCode.includes(' ')) found.push('code_with_space')
  if (line.amount !== line.roundedAmount) found.push('finer_than_pence')
  if (line.description === '') found.push('no_description')
  if (line.description.includes('"')) found.push('quote_in_description')
  if (/[^ -~]/.test(line.description + line.stockCode)) found.push('not_ascii')
  return found
}

/** The second and later lines of an invoice with a code, or with everything, that was there before. */
function* repeatedLines({ lines }: RetailInvoice): Generator<readonly [RetailTrait, RetailLine]> {
  const seen = new Set<string>()
  for (const line of lines) {
    const whole = `${line.stockCode}\n${line.description}\n${line.quantity}\n${line.unitPrice}`
    if (seen.has(line.stockCode)) yield ['code_repeated_on_invoice', line]
    if (seen.has(whole)) yield ['identical_line_on_invoice', line]
    seen.add(line.stockCode).add(whole)
  }
}

/** Codes that differ from another one in case only. */
const caseTwins = (codes: Iterable<string>): readonly string[] => {
  const all = [...codes]
  const counts = new Map<string, number>()
  for (const code of all) counts.set(code.toUpperCase(), (counts.get(code.toUpperCase()) ?? 0) + 1)
  return all.filter((code) => (counts.get(code.toUpperCase()) ?? 0) > 1)
}

interface Count {
  lines: number
  amount: Decimal
}

const sums = <Name extends string>() => {
  const counts = new Map<Name, Count>()
  const of = (name: Name): Count => counts.get(name) ?? { lines: 0, amount: zero }
  const merge = (name: Name, { lines, amount }: Count): void => {
    const known = of(name)
    counts.set(name, { lines: known.lines + lines, amount: add(known.amount, amount) })
  }
  const all = (): readonly Count[] => [...counts.values()]
  return {
    of,
    merge,
    add: (name: Name, amount: Decimal): void => merge(name, { lines: 1, amount }),
    keys: () => counts.keys(),
    lines: () => all().reduce((lines, count) => lines + count.lines, 0),
    total: () => all().reduce((total, { amount }) => add(total, amount), zero),
    /** Names that did not occur count zero. */
    record: (names: readonly Name[]) =>
      Object.fromEntries(
        [...new Set([...names, ...counts.keys()])].map((name) => [
          name,
          { lines: of(name).lines, amount: print(of(name).amount) },
        ]),
      ) as Record<Name, RetailSum>,
  }
}

const read = (amount: string): Decimal => {
  const value = parse(amount)
  if (value === undefined) throw new Error('an amount of the Online Retail file is not as expected')
  return value
}
