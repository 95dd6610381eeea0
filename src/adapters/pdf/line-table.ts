import type { LineColumns, PrintedInvoice, PrintedLine } from '../documents/printed/printed-invoice.js'
import { beginPage, drawRule, type PageFlow } from './page-flow.js'
import { body, detail, grey, pale, strong, tiny } from './styles.js'
import { ink, type SetLine, type TextStyle } from './typesetter.js'

type Column = keyof LineColumns

const gap = 8
const padding = 4

/** The lines of the invoice, with the head of the table on each page. A line is kept together unless it is longer than a page. */
export const drawLineTable = (flow: PageFlow, { columns, lines }: PrintedInvoice): void => {
  const widths = columnWidths(flow, columns, lines)
  const head = (): void => {
    drawRow(flow, setRow(flow, { ...columns, details: [] }, widths, headStyle), widths)
    drawRule(flow, flow.y, ink, 0.8)
    flow.y += padding
  }
  const before = flow.onNewPage
  // A head at the very end of a page would stand there alone.
  if (flow.y + 60 > flow.bottom) beginPage(flow)
  head()
  flow.onNewPage = () => {
    before()
    head()
  }
  for (const line of lines) {
    const row = setRow(flow, line, widths, body)
    const height = heightOf(flow, row.name) + padding
    if (flow.y + height > flow.bottom && height < flow.bottom - 120) beginPage(flow)
    drawRow(flow, row, widths)
    drawRule(flow, flow.y, pale)
    flow.y += padding
  }
  flow.onNewPage = before
}

const headStyle: TextStyle = { ...strong, size: 8, color: grey }

/** Numbers get what the widest one needs, the name gets the rest. */
const columnWidths = (
  flow: PageFlow,
  columns: LineColumns,
  lines: readonly PrintedLine[],
): Readonly<Record<Column, number>> => {
  const widest = (column: Column, most: number): number =>
    Math.min(
      most,
      Math.max(
        0,
        ...flow.type.set(columns[column], most, headStyle).map(({ width }) => width),
        ...lines.flatMap((line) => flow.type.set(line[column], most, body).map(({ width }) => width)),
      ) + 1,
    )
  const narrow = {
    position: widest('position', 40),
    quantity: widest('quantity', 80),
    unitPrice: widest('unitPrice', 90),
    rate: widest('rate', 56),
    amount: widest('amount', 100),
  }
  const used = Object.values(narrow).reduce((sum, width) => sum + width + gap, 0)
  return { ...narrow, name: flow.width - used }
}

type Row = Readonly<Record<Column, readonly SetLine[]>>

const setRow = (
  { type }: PageFlow,
  { details, ...cells }: PrintedLine,
  widths: Readonly<Record<Column, number>>,
  style: TextStyle,
): Row => ({
  position: type.set(cells.position, widths.position, { ...style, color: grey }),
  name: [
    ...type.set(cells.name, widths.name, style),
    ...details.flatMap((text) => type.set(text, widths.name, detail)),
  ],
  quantity: type.set(cells.quantity, widths.quantity, style),
  unitPrice: type.set(cells.unitPrice, widths.unitPrice, style),
  rate: type.set(cells.rate, widths.rate, style),
  amount: type.set(cells.amount, widths.amount, style),
})

const heightOf = ({ type }: PageFlow, lines: readonly SetLine[]): number =>
  lines.reduce((sum, { style }) => sum + type.lineHeight(style), 0)

const order: readonly Column[] = ['position', 'name', 'quantity', 'unitPrice', 'rate', 'amount']

/** Line by line, so that a row longer than what is left goes on with the next page. */
const drawRow = (flow: PageFlow, row: Row, widths: Readonly<Record<Column, number>>): void => {
  const longest = Math.max(...order.map((column) => row[column].length))
  for (let index = 0; index < longest; index += 1) {
    const styles = order.flatMap((column) => row[column][index]?.style ?? [])
    const step = Math.max(...styles.map((style) => flow.type.lineHeight(style)), flow.type.lineHeight(tiny))
    if (flow.y + step > flow.bottom) beginPage(flow)
    let x = flow.left
    for (const column of order) {
      const line = row[column][index]
      const align = column === 'position' || column === 'name' ? 'left' : 'right'
      if (line !== undefined) flow.type.draw(line, x, flow.y, widths[column], align)
      x += widths[column] + gap
    }
    flow.y += step
  }
  flow.y += padding / 2
}
