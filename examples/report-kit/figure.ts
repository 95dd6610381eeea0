import { html, type Markup } from './markup.js'
import { table, type Table } from './table.js'

export interface Figure {
  readonly id: string
  readonly title: string
  /** What the plot shows, for those who cannot see it. */
  readonly description: string
  readonly width: number
  readonly height: number
  readonly drawing: Markup
  readonly legend?: readonly { readonly name: string; readonly series: number }[]
  /** The same numbers as a table. */
  readonly numbers: Table
}

/** A plot with its title, its legend, and its numbers as a table for readers who prefer or need one. */
export const figure = ({
  id,
  title,
  description,
  width,
  height,
  drawing,
  legend = [],
  numbers,
}: Figure): Markup =>
  html` <figure class="plot">
    <figcaption>${title}</figcaption>
    ${legend.length === 0 ? '' : legendOf(legend)}
    <div class="drawing">
      <svg
        viewBox="0 0 ${width} ${height}"
        style="min-width: ${Math.round(width * 0.8)}px"
        role="img"
        aria-labelledby="${id}-title ${id}-description"
      >
        <title id="${id}-title">${title}</title>
        <desc id="${id}-description">${description}</desc>
        ${drawing}
      </svg>
    </div>
    <details>
      <summary>Show the numbers</summary>
      ${table(numbers)}
    </details>
  </figure>`

const legendOf = (entries: NonNullable<Figure['legend']>): Markup =>
  html`<ul class="legend">
    ${entries.map(({ name, series }) => html`<li><i class="series-${series}"></i>${name}</li>`)}
  </ul>`
