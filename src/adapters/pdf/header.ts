import type { PrintedInvoice } from '../documents/printed/printed-invoice.js'
import { drawFacts } from './fact-list.js'
import { drawLines, type PageFlow } from './page-flow.js'
import { body, heading, muted, sender, strong, tiny } from './styles.js'

/** Where a window envelope of DIN 5008, form B, shows the address: 45 mm from the top. */
const windowTop = 127

/** The seller, the buyer where a window envelope shows them, what the document is about, and its title. */
export const drawHeader = (flow: PageFlow, { seller, buyer, facts, title }: PrintedInvoice): void => {
  const { type, left, width } = flow
  const buyerWidth = width * 0.48
  const factsLeft = left + width * 0.54
  drawLines(flow, type.set(seller.name, width, sender), left, width)
  drawLines(flow, type.set(seller.lines.join(' · '), width, muted), left, width)
  flow.y = Math.max(flow.y + 12, windowTop - 12)
  const top = flow.y
  drawLines(flow, type.set(seller.sender, buyerWidth, tiny).slice(0, 1), left, buyerWidth)
  flow.y += 3
  drawLines(flow, type.set(buyer.name, buyerWidth, strong), left, buyerWidth)
  for (const line of buyer.lines) drawLines(flow, type.set(line, buyerWidth, body), left, buyerWidth)
  const buyerEnd = flow.y
  flow.y = top
  drawFacts(flow, facts, factsLeft, width * 0.46, width * 0.19)
  flow.y = Math.max(flow.y, buyerEnd, top + 100) + 18
  drawLines(flow, type.set(title, width, heading), left, width)
  flow.y += 10
}
