import { html } from './markup.js'
import { place, scaleTo } from './scale.js'
import { valueAxis } from './value-axis.js'

export interface Bin {
  /** `3` or `10 to 14`. */
  readonly name: string
  readonly count: number
  readonly holdsMedian: boolean
}

const width = 500
const height = 210
const left = 48
const bottom = 30
const top = 24

/** How often each span of a `unit` occurred. The bin that holds the median is marked. */
export const histogram = (bins: readonly Bin[], median: string, unit: string) => {
  const floor = height - bottom
  const scale = scaleTo(Math.max(0, ...bins.map(({ count }) => count)), floor - top, 3)
  const { at } = scale
  const slot = (width - left) / Math.max(1, bins.length)
  const longest = Math.max(1, ...bins.map(({ name }) => name.length))
  const every = Math.max(1, Math.ceil((longest * 7 + 6) / slot))
  const grid = valueAxis(scale, { left, width, floor })
  const columns = bins.map(({ name, count, holdsMedian }, index) => {
    const x = left + slot * index
    return html`<g
      ><title>${name} ${unit}: ${count.toLocaleString('en-US')}</title>
      <rect
        class="series-${holdsMedian ? 2 : 1}"
        x="${place(x + slot * 0.08)}"
        y="${place(floor - at(count))}"
        width="${place(slot * 0.84)}"
        height="${place(at(count))}"
        rx="1.5"
      />
      ${index % every === 0 ? html`<text class="tick" x="${place(x + slot / 2)}" y="${floor + 14}" text-anchor="middle">${name}</text>` : ''}
      ${holdsMedian ? html`<text class="value" x="${place(Math.min(Math.max(x + slot / 2, left + 44), width - 44))}" y="${top - 10}" text-anchor="middle">${median}</text>` : ''}</g
    >`
  })
  return {
    width,
    height,
    drawing: html`${grid}${columns}<text class="tick" x="${width}" y="${height - 3}" text-anchor="end"
        >${unit}</text
      >`,
  }
}
