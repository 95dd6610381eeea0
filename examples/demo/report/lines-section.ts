import { grouped } from '../progress.js'
import { html, type Markup } from '../../report-kit/markup.js'
import type { LineFigures } from './report-data.js'
import { table } from '../../report-kit/table.js'

export const linesSection = ({ note, byRule, sums }: LineFigures): Markup =>
  html`<section id="lines">
    <h2>What became of every line</h2>
    <p>${note}</p>
    ${table({
      caption: 'Lines of the file by rule',
      columns: [
        { name: 'Rule' },
        { name: 'Which lines', wraps: true },
        { name: 'In the books' },
        { name: 'Lines', numeric: true },
        { name: 'Amount', numeric: true },
      ],
      rows: byRule.map(({ rule, meaning, treatment, lines, amount }) => [
        rule,
        meaning,
        treatment,
        grouped(lines),
        amount,
      ]),
    })}
    ${table({
      caption: 'To the last decimal',
      columns: [{ name: '' }, { name: 'GBP', numeric: true }],
      rows: sums.slice(0, -1),
      total: sums.at(-1) ?? [],
    })}
  </section>`
