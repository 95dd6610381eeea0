import { html } from './markup.js'
import { place, scaleTo } from './scale.js'
import { valueAxis } from './value-axis.js'

export interface Step {
  /** Where on the horizontal axis, from zero on. */
  readonly at: number
  readonly value: number
}

const width = 1066
const height = 280
const left = 56
const right = 20
const bottom = 34
const top = 12

/** A quantity that holds until it changes, as a line of steps. */
export const steps = (points: readonly Step[], unit: string) => {
  const floor = height - bottom
  const across = scaleTo(Math.max(0, ...points.map(({ at }) => at)), width - left - right, 8)
  const up = scaleTo(Math.max(0, ...points.map(({ value }) => value)), floor - top)
  const x = (at: number): string => place(left + across.at(at))
  const y = (value: number): string => place(floor - up.at(value))
  const [first, ...rest] = points
  const path =
    first === undefined
      ? ''
      : `M${x(first.at)} ${y(first.value)}${rest.map(({ at, value }) => `H${x(at)}V${y(value)}`).join('')}`
  const levels = valueAxis(up, { left, width, floor })
  const moments = across.ticks.map(
    (tick) =>
      html`<text class="tick" x="${x(tick)}" y="${floor + 16}" text-anchor="middle"
        >${tick.toLocaleString('en-US')}</text
      >`,
  )
  return {
    width,
    height,
    drawing: html`${levels}${moments}
      <path class="steps" d="${path}" />
      <text class="tick" x="${width}" y="${height - 2}" text-anchor="end">${unit}</text>`,
  }
}
