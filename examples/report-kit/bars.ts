import { html, type Markup } from './markup.js'
import { place } from './scale.js'

export interface Bar {
  readonly name: string
  readonly value: number
  /** The value as people read it. */
  readonly label: string
  readonly series?: number
}

/** Plots are drawn at about the size they are shown at, so that their texts are as large as those of the page. */
export const plotWidths = { half: 500, whole: 1066 } as const

const rowHeight = 30
const barHeight = 16
const labelRoom = 112

/** Parts of a whole as bars that lie down, one a row, each in a track as long as the whole. */
export const bars = (entries: readonly Bar[], whole: number, width: number, nameRoom = 130) => {
  const room = width - nameRoom - labelRoom
  const drawing = entries.map((entry, row): Markup => {
    const middle = row * rowHeight + rowHeight / 2
    const length = Math.max(entry.value > 0 ? 2 : 0, (entry.value / Math.max(1, whole)) * room)
    return html`<g
      ><title>${entry.name}: ${entry.label}</title>
      <text class="name" x="${nameRoom - 10}" y="${middle}" text-anchor="end" dominant-baseline="central"
        >${entry.name}</text
      >
      <rect
        class="track"
        x="${nameRoom}"
        y="${middle - barHeight / 2}"
        width="${place(room)}"
        height="${barHeight}"
        rx="3"
      />
      <rect
        class="series-${entry.series ?? 1}"
        x="${nameRoom}"
        y="${middle - barHeight / 2}"
        width="${place(length)}"
        height="${barHeight}"
        rx="3"
      />
      <text class="value" x="${width - labelRoom + 10}" y="${middle}" dominant-baseline="central"
        >${entry.label}</text
      ></g
    >`
  })
  return { width, height: Math.max(1, entries.length) * rowHeight, drawing: html`${drawing}` }
}
