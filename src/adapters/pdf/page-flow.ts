import type PDFDocument from 'pdfkit'
import type { SetLine, TextStyle, Typesetter } from './typesetter.js'

/** Paper sizes in points. */
export const paperSizes = { A4: [595.28, 841.89], Letter: [612, 792] } as const

export type Paper = keyof typeof paperSizes

/** A document that is filled from top to bottom, page after page. */
export interface PageFlow {
  readonly pdf: InstanceType<typeof PDFDocument>
  readonly type: Typesetter
  readonly left: number
  readonly width: number
  /** Where the next thing goes. */
  y: number
  /** Where the page ends. */
  readonly bottom: number
  /** What is drawn at the top of a page that continues the one before. */
  onNewPage: () => void
}

/** Begins a new page unless so much is left of this one. */
export const ensureRoom = (flow: PageFlow, height: number): void => {
  if (flow.y + height > flow.bottom) beginPage(flow)
}

export const topMargin = 48

export const beginPage = (flow: PageFlow): void => {
  flow.pdf.addPage()
  flow.y = topMargin
  flow.onNewPage()
}

/** Draws lines below each other at `y`, over page ends too, and answers where they end. */
export const drawLines = (
  flow: PageFlow,
  lines: readonly SetLine[],
  x: number,
  width: number,
  align: 'left' | 'right' = 'left',
): void => {
  for (const line of lines) {
    ensureRoom(flow, flow.type.lineHeight(line.style))
    flow.type.draw(line, x, flow.y, width, align)
    flow.y += flow.type.lineHeight(line.style)
  }
}

export const drawText = (flow: PageFlow, text: string, style: TextStyle): void => {
  drawLines(flow, flow.type.set(text, flow.width, style), flow.left, flow.width)
}

export const drawRule = (flow: PageFlow, y: number, color: string, thickness = 0.5): void => {
  flow.pdf
    .moveTo(flow.left, y)
    .lineTo(flow.left + flow.width, y)
    .lineWidth(thickness)
    .strokeColor(color)
    .stroke()
}
