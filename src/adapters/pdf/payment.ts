import type { PrintedInvoice } from '../documents/printed/printed-invoice.js'
import { drawFacts } from './fact-list.js'
import { drawLines, ensureRoom, type PageFlow } from './page-flow.js'
import { drawQrCode } from './qr-code.js'
import { body, subheading, tiny } from './styles.js'

const codeSize = 84

/** Terms, account and reference, with the QR code for a transfer beside them; kept together. */
export const drawPayment = (
  flow: PageFlow,
  { payment, words }: PrintedInvoice,
  epcText: string | undefined,
): void => {
  const { terms, facts, title } = payment
  if (terms.length + facts.length === 0 && epcText === undefined) return
  const codeRoom = epcText === undefined ? 0 : codeSize + 24
  const textWidth = flow.width - codeRoom
  const lines = terms.flatMap((text) => flow.type.set(text, textWidth, body))
  const textHeight = 20 + (lines.length + facts.length + 1) * flow.type.lineHeight(body)
  ensureRoom(flow, Math.min(Math.max(textHeight, epcText === undefined ? 0 : codeSize + 24) + 14, 300))
  flow.y += 14
  const top = flow.y
  drawLines(flow, flow.type.set(title, textWidth, subheading), flow.left, textWidth)
  flow.y += 2
  drawLines(flow, lines, flow.left, textWidth)
  drawFacts(flow, facts, flow.left, textWidth, 110)
  if (epcText === undefined) return
  const x = flow.left + flow.width - codeSize
  drawQrCode(flow, epcText, x, top, codeSize)
  const [label] = flow.type.set(words.scanToPay, codeSize, tiny)
  if (label !== undefined) flow.type.draw(label, x, top + codeSize + 4, codeSize)
  flow.y = Math.max(flow.y, top + codeSize + 18)
}
