import { grouped } from '../progress.js'
import { html, type Markup } from '../../report-kit/markup.js'
import type { StockFigures } from './report-data.js'
import { table } from '../../report-kit/table.js'

const mostRows = 200

export const stockSection = (stock: StockFigures): Markup =>
  html`<section id="stock">
    <h2>Stock that ran out</h2>
    <p>${stock.note}</p>
    ${
      stock.ranOut.length === 0
        ? html`<div class="verdict good"><span aria-hidden="true">✓</span> No order met an empty shelf.</div>`
        : table({
            caption: `${grouped(stock.ranOut.length)} refusals, each with what was wanted and what was there${stock.ranOut.length > mostRows ? ` (the first ${mostRows})` : ''}`,
            columns: [
              { name: 'Ordered on' },
              { name: 'Order' },
              { name: 'Product', wraps: true },
              { name: 'Wanted', numeric: true },
              { name: 'Available', numeric: true },
              { name: 'Replenished', numeric: true },
            ],
            rows: stock.ranOut
              .slice(0, mostRows)
              .map(({ on, order, name, wanted, available, replenished }) => [
                on,
                order,
                name,
                grouped(wanted),
                grouped(available),
                grouped(replenished),
              ]),
          })
    }
  </section>`
