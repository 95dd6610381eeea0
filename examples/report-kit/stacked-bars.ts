import { html, type Markup } from './markup.js'
import { place, scaleTo } from './scale.js'
import { valueAxis } from './value-axis.js'

export interface StackedColumn {
  /** What stands under it, such as a month `2016-03`. */
  readonly name: string
  /** One value a series, from the bottom up. */
  readonly values: readonly number[]
}

export interface StackedBars {
  readonly columns: readonly StackedColumn[]
  readonly series: readonly string[]
  /** A value as people read it, on the axis and when a bar is pointed at. */
  readonly write: (value: number) => string
}

const width = 1066
const height = 300
const left = 64
const bottom = 34
const top = 10

/** Columns in a row, such as months, each stacked from its series. Years are named where they begin. */
export const stackedBars = ({ columns, series, write }: StackedBars) => {
  const tall = height - bottom - top
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + Math.max(0, value), 0))
  const scale = scaleTo(Math.max(0, ...sums), tall)
  const { at } = scale
  const slot = (width - left) / Math.max(1, columns.length)
  const thickness = Math.min(40, Math.max(1, slot * 0.76))
  const floor = height - bottom

  const grid = valueAxis(scale, { left, width, floor }, write)
  const stacks = columns.map((column, index) => {
    const x = left + slot * index + (slot - thickness) / 2
    let reached = 0
    const parts = column.values.map((value, part): Markup => {
      if (value <= 0) return html``
      const size = at(value)
      reached += size
      return html`<rect
        class="series-${part + 1}"
        x="${place(x)}"
        y="${place(floor - reached)}"
        width="${place(thickness)}"
        height="${place(size)}"
        ><title>${column.name}, ${series[part] ?? ''}: ${write(value)}</title></rect
      >`
    })
    return html`<g>${parts}</g>`
  })
  return { width, height, drawing: html`${grid}${stacks}${namesUnder(columns, slot, floor)}` }
}

/** Months get a tick each and their year in words once; anything else its own name, as far as there is room. */
const namesUnder = (columns: readonly StackedColumn[], slot: number, floor: number): readonly Markup[] => {
  const monthsEvery = slot >= 34 ? 1 : slot >= 17 ? 3 : 6
  return columns.flatMap(({ name }, index) => {
    // The last name would stick out of the picture.
    const x = place(Math.min(left + slot * (index + 0.5), width - 16))
    const [year = '', month] = name.split('-')
    if (month === undefined)
      return [html`<text class="tick" x="${x}" y="${floor + 14}" text-anchor="middle">${name}</text>`]
    const named = (Number(month) - 1) % monthsEvery === 0
    const beginsYear = month === '01' || index === 0
    return [
      ...(named
        ? [
            html`<text class="tick" x="${x}" y="${floor + 14}" text-anchor="middle"
              >${monthNames[Number(month) - 1] ?? ''}</text
            >`,
          ]
        : []),
      ...(beginsYear
        ? [html`<text class="tick strong" x="${x}" y="${floor + 29}" text-anchor="middle">${year}</text>`]
        : []),
    ]
  })
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
