import { html, nothing, type Markup } from './markup.js'

export interface Table {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | Markup)[])[]
  readonly total?: readonly string[]
}

export interface Column {
  readonly name: string
  /** Numbers stand to the right, under each other. */
  readonly numeric?: boolean
  /** Long texts may take several lines; everything else stays on one. */
  readonly wraps?: boolean
}

/** Longer tables are scrolled. */
const mostShown = 24

export const table = ({ caption, columns, rows, total }: Table): Markup =>
  html` <div
    class="${rows.length > mostShown ? 'table long' : 'table'}"
    tabindex="0"
    role="region"
    aria-label="${caption}"
  >
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${classOf(column)}>${column.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, index) => cellOf(cell, columns[index], index))}
            </tr>`,
        )}
      </tbody>
      ${
        total === undefined
          ? ''
          : html`<tfoot>
              <tr>
                ${total.map((cell, index) => cellOf(cell, columns[index], index))}
              </tr>
            </tfoot>`
      }
    </table>
  </div>`

const cellOf = (cell: string | Markup, column: Column | undefined, index: number): Markup =>
  index === 0
    ? html`<th scope="row" ${classOf(column)}>${cell}</th>`
    : html`<td${classOf(column)}>${cell}</td>`

const classOf = (column: Column | undefined): Markup => {
  if (column?.numeric === true) return html` class="number"`
  return column?.wraps === true ? html` class="wraps"` : nothing
}
