/**
 * What orders do, told a second time in plain objects and without any of the code under test: no state machine, no events, no storage. Every
 * product costs one euro, so that amounts are units.
 */
export interface ModelLine {
  readonly sku: string
  readonly ordered: number
  canceled: number
  planned: number
  shipped: number
  delivered: number
}

export interface ModelOrder {
  readonly id: string
  status: 'draft' | 'placed' | 'confirmed' | 'canceled' | 'closed'
  readonly lines: readonly ModelLine[]
  readonly holds: string[]
  deposit: number
  paid: number
}

export interface ModelWork {
  readonly order: ModelOrder
  readonly fulfillment: string
  /** Units by line, in the order of the lines. */
  readonly units: readonly number[]
  shipment: string | undefined
  status: 'planned' | 'packed' | 'in_transit' | 'delivered' | 'canceled'
}

export interface Model {
  readonly stock: Map<string, { onHand: number; reserved: number }>
  readonly orders: ModelOrder[]
  readonly work: ModelWork[]
}

export const skus = ['lamp', 'mug']
export const open = (line: ModelLine): number => line.ordered - line.canceled - line.shipped
export const idle = (line: ModelLine): number => open(line) - line.planned
export const total = (order: ModelOrder, of: (line: ModelLine) => number): number =>
  order.lines.reduce((sum, line) => sum + of(line), 0)
export const stockOf = (model: Model, sku: string) => {
  const level = model.stock.get(sku)
  if (level === undefined) throw new Error(`the model has no ${sku}`)
  return level
}

/** An order of which all is delivered and paid is over, whatever the last fact was. */
export const closeIfDone = (order: ModelOrder): void => {
  const shipped = total(order, (line) => line.shipped)
  const done =
    order.status === 'confirmed' &&
    order.holds.length === 0 &&
    shipped > 0 &&
    total(order, open) === 0 &&
    total(order, (line) => line.delivered) === shipped &&
    order.paid >= shipped
  if (done) order.status = 'closed'
}

/** All lines or none; two lines of one SKU are one wish. */
export const reserve = (model: Model, lines: readonly ModelLine[]): 'ok' | 'out_of_stock' => {
  const wish = (sku: string): number =>
    lines.reduce((sum, line) => sum + (line.sku === sku ? line.ordered : 0), 0)
  const available = (sku: string): number => stockOf(model, sku).onHand - stockOf(model, sku).reserved
  if (skus.some((sku) => wish(sku) > available(sku))) return 'out_of_stock'
  for (const sku of skus) stockOf(model, sku).reserved += wish(sku)
  return 'ok'
}

export const isOver = (order: ModelOrder): boolean => order.status === 'canceled' || order.status === 'closed'

/** An order of which nothing is shipped and all is given up is canceled as a whole. */
export const cancelUnits = (model: Model, order: ModelOrder, units: readonly number[]): void => {
  const wasDraft = order.status === 'draft'
  for (const [index, line] of order.lines.entries()) {
    line.canceled += units[index] ?? 0
    if (!wasDraft) stockOf(model, line.sku).reserved -= units[index] ?? 0
  }
  if (total(order, open) === 0 && total(order, (line) => line.shipped) === 0) order.status = 'canceled'
  closeIfDone(order)
}

/** OQ7: a function of quantities, whatever happened before. */
export const fulfillmentOf = (order: ModelOrder): string => {
  const shipped = total(order, (line) => line.shipped)
  const delivered = total(order, (line) => line.delivered)
  const left = total(order, open)
  if (shipped === 0) return 'not_shipped'
  if (delivered === 0) return left === 0 ? 'shipped' : 'partly_shipped'
  return left === 0 && delivered === shipped ? 'delivered' : 'partly_delivered'
}
