import type { PrintedInvoice } from '../documents/printed/printed-invoice.js'
import { drawRule, type PageFlow } from './page-flow.js'
import { pale, tiny } from './styles.js'

export const footerHeight = 78

const pageWidth = 90
const mostLines = 3

/** At the foot of each page: who the seller is, and which page of how many. */
export const drawFooters = (flow: PageFlow, { seller, words }: PrintedInvoice): void => {
  const facts = seller.facts.map(({ label, value }) => `${label} ${value}`)
  const text = [seller.name, ...seller.lines, ...facts].join(' · ')
  const lines = flow.type.set(text, flow.width - pageWidth, tiny).slice(0, mostLines)
  const { start, count } = flow.pdf.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    flow.pdf.switchToPage(start + page)
    const top = flow.bottom + 22
    drawRule(flow, top - 6, pale)
    lines.forEach((line, index) => {
      flow.type.draw(line, flow.left, top + index * flow.type.lineHeight(tiny), flow.width - pageWidth)
    })
    const [label] = flow.type.set(words.page(page + 1, count), pageWidth, tiny)
    if (label !== undefined) {
      flow.type.draw(label, flow.left + flow.width - pageWidth, top, pageWidth, 'right')
    }
  }
}
