import type { PrintedInvoice } from '../documents/printed/printed-invoice.js'
import { drawRule, ensureRoom, type PageFlow } from './page-flow.js'
import { body, pale, small, muted, subheading } from './styles.js'
import { ink } from './typesetter.js'

const amountWidth = 110
const labelWidth = 170

/** The totals at the right, kept together. */
export const drawTotals = (flow: PageFlow, { totals }: PrintedInvoice): void => {
  const rows = totals.map(({ label, value, isStrong }) => {
    const style = isStrong ? subheading : body
    return {
      isStrong,
      labels: flow.type.set(label, labelWidth, style),
      values: flow.type.set(value, amountWidth, style),
      step: flow.type.lineHeight(style),
    }
  })
  const height = rows.reduce((sum, { labels, step }) => sum + labels.length * step + 3, 12)
  ensureRoom(flow, height)
  flow.y += 6
  const right = flow.left + flow.width
  for (const { isStrong, labels, values, step } of rows) {
    if (isStrong) {
      flow.pdf
        .moveTo(right - amountWidth - labelWidth, flow.y)
        .lineTo(right, flow.y)
        .lineWidth(0.8)
        .strokeColor(ink)
        .stroke()
      flow.y += 3
    }
    labels.forEach((line, index) => {
      flow.type.draw(line, right - amountWidth - labelWidth, flow.y + index * step, labelWidth)
    })
    values.forEach((line, index) => {
      flow.type.draw(line, right - amountWidth, flow.y + index * step, amountWidth, 'right')
    })
    flow.y += Math.max(labels.length, values.length) * step + 3
  }
}

/** Each category and rate, with what it is on (EN 16931 BG-23). */
export const drawTaxes = (flow: PageFlow, { taxColumns, taxes }: PrintedInvoice): void => {
  if (taxes.length === 0) return
  const step = flow.type.lineHeight(small)
  ensureRoom(flow, 30 + step * 2)
  flow.y += 12
  const kindWidth = flow.width - 2 * amountWidth
  const row = ([kind, taxable, tax]: PrintedInvoice['taxColumns'], style: typeof small): void => {
    const kinds = flow.type.set(kind, kindWidth, style)
    ensureRoom(flow, step * kinds.length)
    kinds.forEach((line, index) => flow.type.draw(line, flow.left, flow.y + index * step, kindWidth))
    ;[taxable, tax].forEach((text, column) => {
      const x = flow.left + kindWidth + column * amountWidth
      for (const line of flow.type.set(text, amountWidth, style)) {
        flow.type.draw(line, x, flow.y, amountWidth, 'right')
      }
    })
    flow.y += step * kinds.length
  }
  row(taxColumns, muted)
  drawRule(flow, flow.y + 1, pale)
  flow.y += 3
  for (const tax of taxes) row(tax, small)
}
