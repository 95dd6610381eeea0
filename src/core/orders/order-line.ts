import { sumBy } from '../catalog/quantity.js'
import type { LineId } from '../ids/ids.js'
import type { PricedLine } from '../pricing/price-lines.js'
import type { LocalDate } from '../time/local-date.js'
import { withLacking, type LackingStock, type LineLack } from './backorders.js'

/**
 * A line with its counters, in base units (OQ1): quantity = open + canceled + shipped, open = allocated + backordered.
 * Only what cannot be computed is stored.
 */
export interface OrderLine extends PricedLine {
  /** Open units that have goods; the other open units of a placed order are backordered. */
  readonly allocated: number
  /** What the backordered units wait for; absent where none are. */
  readonly lacking?: readonly LackingStock[]
  /** The day that was promised for the backordered units, where one was. */
  readonly promisedOn?: LocalDate
  /** What of the allocated units a fulfillment is working on. */
  readonly planned: number
  readonly canceled: number
  readonly shipped: number
  readonly delivered: number
  /** What of the shipped units was lost for good after it was billed; absent where nothing was. */
  readonly lost?: number
  /** What the customer has accepted; absent where nothing was. */
  readonly accepted?: number
  readonly invoiced: number
  readonly credited: number
}

export interface LineQuantity {
  readonly line: LineId
  readonly quantity: number
}

/** What a line lacks at its placement. */
export interface PromisedLack extends LineLack {
  readonly promisedOn?: LocalDate
}

/** Written out field by field: V8 takes a hundred times as long to add seven fields to a spread copy. */
export const uncounted = (line: PricedLine): OrderLine => {
  const counted: OrderLine = {
    id: line.id,
    sku: line.sku,
    name: line.name,
    unit: line.unit,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    net: line.net,
    location: line.location,
    allocated: 0,
    planned: 0,
    canceled: 0,
    shipped: 0,
    delivered: 0,
    invoiced: 0,
    credited: 0,
  }
  if (
    line.tax !== undefined ||
    line.splitFrom !== undefined ||
    line.invoiceTrigger !== undefined ||
    line.recurring !== undefined ||
    line.listed !== undefined
  ) {
    return { ...counted, ...line }
  }
  if (line.stocked === false) return { ...counted, stocked: false }
  if (line.tracking !== undefined) return { ...counted, tracking: line.tracking }
  return line.components === undefined ? counted : { ...counted, components: line.components }
}

/** What it is after so many units of some of its lines were counted. */
export const counted = <Counted extends { readonly lines: readonly OrderLine[] }>(
  order: Counted,
  quantities: readonly LineQuantity[],
  count: (line: OrderLine, quantity: number) => OrderLine,
): Counted => {
  const wanted = quantityByLine(quantities)
  return {
    ...order,
    lines: order.lines.map((line) => {
      const quantity = wanted.get(line.id)
      return quantity === undefined ? line : count(line, quantity)
    }),
  }
}

/** A line that is named twice counts with its sum, never with each mention alone. */
export const quantityByLine = (lines: readonly LineQuantity[]): ReadonlyMap<string, number> =>
  sumBy(
    lines,
    (line) => line.line,
    (line) => line.quantity,
  )

export const placedLine = (line: OrderLine, lacking: readonly PromisedLack[] | undefined): OrderLine => {
  const placed = { ...line, allocated: line.quantity - line.canceled }
  if (lacking === undefined) return placed
  const own = lacking.filter((lack) => lack.line === line.id)
  if (own.length === 0) return placed
  const dates = own.flatMap(({ promisedOn }) => (promisedOn === undefined ? [] : [promisedOn]))
  const latest = dates.toSorted().at(-1)
  return withLacking(latest === undefined ? placed : { ...placed, promisedOn: latest }, own)
}

export const relacked = (line: OrderLine, lacks: readonly LineLack[], sign: 1 | -1): OrderLine => {
  const own = lacks.filter((lack) => lack.line === line.id)
  return own.length === 0
    ? line
    : withLacking(
        line,
        own.map(({ sku, quantity }) => ({ sku, quantity: sign * quantity })),
      )
}
