/**
 * Orders of a UK web shop, December 2010 to December 2011: 541,909 lines of 25,900 invoices. Source: UCI Machine Learning Repository, Online Retail
 * (Daqing Chen), CC BY 4.0. Name it wherever results are shown: `onlineRetailSource`.
 */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import {
  readOrderRows,
  type OrderMapping,
  type OrderRow,
  type ReadOrder,
  type RefusedRow,
  type TextSource,
} from 'orderwright/csv'
import { multiply, parse, print, roundHalfUp } from './exact-decimal.js'
import { openPurchases, type OpenPurchases, type UndonePurchase } from './online-retail-purchases.js'
import { retailTally, type RetailTotals } from './online-retail-totals.js'
import { ruleOf, unmatchedRule, type RetailLineFacts, type RetailRule } from './online-retail-rules.js'

export const onlineRetailSource = 'Online Retail, UCI Machine Learning Repository (Daqing Chen), CC BY 4.0'

export interface RetailInvoice {
  readonly kind: 'sale' | 'cancellation' | 'adjustment'
  /** As in the file, with the C or A in front. */
  readonly number: string
  /** YYYY-MM-DD and HH:MM:SS, the shop's own time. */
  readonly invoicedOn: string
  readonly invoicedAt: string
  /** The customer number, where there is one: a quarter of the lines have none. */
  readonly customer?: string
  readonly country: string
  readonly lines: readonly RetailLine[]
}

export interface RetailLine {
  /** The line in the file. */
  readonly line: number
  readonly rule: RetailRule
  /** Case-sensitive; one holds a space. */
  readonly stockCode: string
  /** Without spaces around it; may be empty. */
  readonly description: string
  /** Whole pieces, negative in cancellations and write-offs. */
  readonly quantity: number
  /** In GBP, a plain decimal of up to three decimals. */
  readonly unitPrice: string
  /** Quantity × price, exactly. */
  readonly amount: string
  /** The same, rounded half up to pence. */
  readonly roundedAmount: string
  /** For rule `cancellation`: the earlier purchases it undoes, which add up to its quantity. */
  readonly undoes?: readonly UndonePurchase[]
}

export type RetailItem = RetailInvoice | RefusedRow

/** The invoices one after another, with the rows that could not be read; afterwards what they came to. Can be read once. */
export interface OnlineRetail extends AsyncIterable<RetailItem> {
  totals(): RetailTotals
}

/** Streams the file, gzipped if its name ends in `.gz`. */
export const readOnlineRetail = (path: string): OnlineRetail => readRetail(openFile(path))

export const readRetail = (source: TextSource): OnlineRetail => {
  const tally = retailTally()
  const purchases = openPurchases()
  return {
    totals: () => tally.totals(),
    [Symbol.asyncIterator]: async function* () {
      for await (const item of readOrderRows(source, retailMapping)) {
        if (item.kind === 'refused') {
          tally.addRefused(item)
          yield item
          continue
        }
        const invoice = invoiceOf(item, purchases)
        tally.addInvoice(invoice)
        yield invoice
      }
    },
  }
}

const openFile = (path: string): TextSource => {
  const file = createReadStream(path)
  // What breaks the file's own stream comes out of the second one.
  return path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file
}

const columns = {
  invoice: 'InvoiceNo',
  stockCode: 'StockCode',
  description: 'Description',
  quantity: 'Quantity',
  date: 'InvoiceDate',
  unitPrice: 'UnitPrice',
  customer: 'CustomerID',
  country: 'Country',
} as const

type Fields = OrderRow<keyof typeof columns>
type RetailRow = Fields & { readonly line: number; readonly amount: string; readonly roundedAmount: string }

const amountOf = ({ quantity, unitPrice }: Fields) => {
  const price = parse(unitPrice)
  const pieces = parse(quantity)
  return price && pieces && multiply(price, pieces)
}

const retailMapping: OrderMapping<keyof typeof columns, RetailRow> = {
  columns,
  orderId: 'invoice',
  // One invoice of the file is interleaved with others: they were written in the same minute.
  openOrders: 8,
  limits: { rows: 1_000_000, bytes: 100 * 1024 * 1024 },
  amount: (row) => {
    const amount = amountOf(row)
    return amount && print(amount)
  },
  line: (row, line) => {
    const amount = amountOf(row)
    if (amount === undefined) return { ok: false, error: 'money.format' }
    if (!/^-?\d{1,9}$/.test(row.quantity)) return { ok: false, error: 'quantity.integer' }
    if (!/^[AC]?\d{6}$/.test(row.invoice)) return { ok: false, error: 'order.id' }
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(row.date)) return { ok: false, error: 'date.format' }
    if (!/^(?:\d{5}(?:\.0)?)?$/.test(row.customer)) return { ok: false, error: 'id.format' }
    const roundedAmount = print(roundHalfUp(amount, 2))
    return { ok: true, value: { ...row, line, amount: print(amount), roundedAmount } }
  },
}

const invoiceOf = ({ id, lines }: ReadOrder<RetailRow>, purchases: OpenPurchases): RetailInvoice => {
  const [first] = lines
  if (first === undefined) throw new Error('an invoice has at least one line')
  const customer = first.customer.replace(/\.0$/, '')
  const kind = id.startsWith('C') ? 'cancellation' : id.startsWith('A') ? 'adjustment' : 'sale'
  const invoiceHasPrices = lines.some((row) => !isZero(row.unitPrice))
  const classify = classifier(id, customer, purchases)
  return {
    kind,
    number: id,
    invoicedOn: first.date.slice(0, 10),
    invoicedAt: first.date.slice(11),
    ...(customer !== '' && { customer }),
    country: first.country,
    lines: lines.map((row) => {
      const quantity = Number(row.quantity)
      const price = isZero(row.unitPrice) ? 'zero' : row.unitPrice.startsWith('-') ? 'negative' : 'positive'
      const { stockCode } = row
      const facts = {
        invoiceKind: kind,
        stockCode,
        quantity,
        price,
        hasCustomer: customer !== '',
        invoiceHasPrices,
      } as const
      return {
        line: row.line,
        ...classify(facts, row),
        stockCode,
        description: row.description.trim(),
        quantity,
        unitPrice: row.unitPrice,
        amount: row.amount,
        roundedAmount: row.roundedAmount,
      }
    }),
  }
}

/** Looks earlier purchases up for a cancellation, and remembers what a customer buys. */
const classifier =
  (invoice: string, customer: string, purchases: OpenPurchases) =>
  (
    facts: RetailLineFacts,
    { stockCode, unitPrice, line }: RetailRow,
  ): Pick<RetailLine, 'rule' | 'undoes'> => {
    const rule = ruleOf(facts)
    const purchase = { customer, stockCode, unitPrice }
    if ((rule === 'sale' || rule === 'service') && facts.hasCustomer) {
      purchases.note(purchase, invoice, line, facts.quantity)
    }
    if (rule !== 'cancellation') return { rule }
    const undoing = facts.hasCustomer
      ? purchases.undo(purchase, -facts.quantity)
      : { ok: false as const, openUnits: 0 }
    return undoing.ok ? { rule, undoes: undoing.undone } : { rule: unmatchedRule(facts, undoing.openUnits) }
  }

const isZero = (price: string): boolean => /^-?[0.]+$/.test(price)
