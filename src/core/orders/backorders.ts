import type { Component } from '../catalog/product.js'
import type { LineId, Sku } from '../ids/ids.js'

/** So many base units of a SKU that a line waits for: of its own SKU, or of one component of a kit. */
export interface LackingStock {
  readonly sku: Sku
  readonly quantity: number
}

export interface LineLack extends LackingStock {
  readonly line: LineId
}

/** What is asked of a line here, in base units of its own unit. */
interface CountedLine {
  readonly quantity: number
  readonly canceled: number
  readonly shipped: number
  readonly allocated: number
  readonly lacking?: readonly LackingStock[]
  readonly components?: readonly Component[]
}

/** What of a line's open units waits for stock; a kit waits as long as one of its components does. */
export const backorderedQuantity = (line: CountedLine): number =>
  line.lacking === undefined ? 0 : line.quantity - line.canceled - line.shipped - line.allocated

/** What of a SKU a line waits for, in base units of that SKU. */
export const lackingOf = (line: CountedLine, sku: Sku): number =>
  line.lacking?.find((lack) => lack.sku === sku)?.quantity ?? 0

/** What one unit of a line takes of a SKU. */
export const takenPerUnit = (line: CountedLine, sku: Sku): number =>
  line.components === undefined
    ? 1
    : (line.components.find((component) => component.sku === sku)?.quantity ?? 0)

/** The line after what it lacks of some SKUs has changed: a unit is allocated when nothing of it is lacking (ST13, OQ1). */
export const withLacking = <Line extends CountedLine>(line: Line, changes: readonly LackingStock[]): Line => {
  const sums = new Map((line.lacking ?? []).map(({ sku, quantity }) => [sku, quantity]))
  for (const { sku, quantity } of changes) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  const lacking = [...sums].flatMap(([sku, quantity]) => (quantity > 0 ? [{ sku, quantity }] : []))
  const short = lacking.map(({ sku, quantity }) => Math.ceil(quantity / takenPerUnit(line, sku)))
  const allocated = line.quantity - line.canceled - line.shipped - Math.max(0, ...short)
  if (lacking.length > 0) return { ...line, allocated, lacking }
  const { lacking: _lacking, ...rest } = line
  return { ...rest, allocated } as unknown as Line
}

/** Units that wait are given up first: nothing was set aside for them. */
export const withoutUnits = <Line extends CountedLine>(line: Line, quantity: number): Line => {
  const canceled = { ...line, canceled: line.canceled + quantity }
  if (line.lacking === undefined) {
    const open = line.quantity - canceled.canceled - line.shipped
    return { ...canceled, allocated: Math.min(line.allocated, open) }
  }
  return withLacking(
    canceled,
    line.lacking.map(({ sku, quantity: lacking }) => ({
      sku,
      quantity: -Math.min(lacking, quantity * takenPerUnit(line, sku)),
    })),
  )
}
