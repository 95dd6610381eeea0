import { html, type Markup } from './markup.js'
import { place, type Scale } from './scale.js'

interface Frame {
  readonly left: number
  readonly width: number
  /** Where zero is, counted from the top. */
  readonly floor: number
}

/** The lines of a vertical axis, each with its value to the left of it. */
export const valueAxis = (
  { ticks, at }: Scale,
  { left, width, floor }: Frame,
  write = (value: number): string => value.toLocaleString('en-US'),
): readonly Markup[] =>
  ticks.map((tick) => {
    const y = place(floor - at(tick))
    return html`<line
        class="${tick === 0 ? 'axis' : 'grid'}"
        x1="${left}"
        x2="${width}"
        y1="${y}"
        y2="${y}"
      />
      <text class="tick" x="${left - 8}" y="${y}" text-anchor="end" dominant-baseline="central"
        >${write(tick)}</text
      >`
  })
