import type { Fact } from '../documents/printed/fact.js'
import { ensureRoom, type PageFlow } from './page-flow.js'
import { muted, small } from './styles.js'

/** Words at the left, what stands behind them at the right of it, from `flow.y` on. */
export const drawFacts = (
  flow: PageFlow,
  facts: readonly Fact[],
  x: number,
  width: number,
  labelWidth: number,
): void => {
  for (const { label, value } of facts) {
    const labels = flow.type.set(label, labelWidth - 6, muted)
    const values = flow.type.set(value, width - labelWidth, small)
    const step = flow.type.lineHeight(small)
    ensureRoom(flow, step * Math.max(labels.length, values.length))
    labels.forEach((line, index) => flow.type.draw(line, x, flow.y + index * step, labelWidth - 6))
    values.forEach((line, index) => {
      flow.type.draw(line, x + labelWidth, flow.y + index * step, width - labelWidth)
    })
    flow.y += step * Math.max(labels.length, values.length)
  }
}
