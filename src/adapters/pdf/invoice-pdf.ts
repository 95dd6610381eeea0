import PDFDocument from 'pdfkit'
import { checkedPage, type WriteOptions } from '../documents/document-invalid.js'
import type { PrintableInvoice } from '../documents/printable-invoice.js'
import { plainText } from '../documents/printed/plain-text.js'
import {
  printedInvoice,
  type PrintedInvoice,
  type PrintOptions,
} from '../documents/printed/printed-invoice.js'
import type { DocumentLanguage } from '../documents/printed/words.js'
import { drawTaxes, drawTotals } from './amounts.js'
import { documentFonts, type DocumentFont } from './document-fonts.js'
import { epcTextOf } from './epc-of-invoice.js'
import { drawHeader } from './header.js'
import { drawLineTable } from './line-table.js'
import { drawText, ensureRoom, paperSizes, topMargin, type PageFlow, type Paper } from './page-flow.js'
import { drawFooters, footerHeight } from './page-footer.js'
import { drawPayment } from './payment.js'
import { small, tiny } from './styles.js'
import { typesetter } from './typesetter.js'
import { xmpOf } from './xmp.js'

/** How a PDF is printed. */
export interface PdfOptions extends PrintOptions, WriteOptions {
  readonly language: DocumentLanguage
  /** A4 unless it says `Letter`. */
  readonly paper?: Paper
  /** Tried in this order for each character, before DejaVu; needed for scripts that DejaVu does not have, such as Japanese. */
  readonly fonts?: readonly DocumentFont[]
}

/**
 * The document as PDF, with all fonts embedded; a QR code for a SEPA transfer where euros are due on an IBAN. The same input gives the same bytes:
 * the file is dated as the document is.
 *
 * Throws `document_invalid`, with the findings, for a document that breaks a fatal rule, unless `{ draft: true }` asks for it all the same;
 * `configuration` where no font has a character, rather than printing a box.
 */
export const invoicePdf = (invoice: PrintableInvoice, options: PdfOptions): Promise<Uint8Array> =>
  printPdf(checkedPage(invoice, options), options, () => undefined)

export type Pdf = InstanceType<typeof PDFDocument>

/** Prints the document, and lets `complete` add to the file before it is closed. PDF/A-3 for both kinds, since that is only stricter. */
export const printPdf = async (
  invoice: PrintableInvoice,
  options: PdfOptions,
  complete: (pdf: Pdf) => void,
): Promise<Uint8Array> => {
  const printed = printedInvoice(invoice, options)
  const pdf = openPdf(invoice, options)
  const bytes = collected(pdf)
  pdf.appendXML(xmpOf(plainText(printed.title), plainText(invoice.seller.name)))
  drawInvoice(pdf, invoice, printed, options)
  complete(pdf)
  pdf.end()
  return bytes
}

const openPdf = (invoice: PrintableInvoice, { language, paper = 'A4' }: PdfOptions): Pdf =>
  new PDFDocument({
    size: [...paperSizes[paper]],
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info: { Producer: 'orderwright', Creator: 'orderwright', CreationDate: documentDate(invoice) },
  })

/** The day of the document; that of an invalid one is some day, so that a draft can be printed too. */
export const documentDate = ({ issuedOn }: PrintableInvoice): Date => {
  const date = new Date(`${issuedOn}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? new Date(0) : date
}

const collected = async (pdf: Pdf): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of pdf) chunks.push(chunk as Uint8Array)
  return new Uint8Array(Buffer.concat(chunks))
}

const sideMargin = 54

const drawInvoice = (
  pdf: Pdf,
  invoice: PrintableInvoice,
  printed: PrintedInvoice,
  options: PdfOptions,
): void => {
  const [width, height] = paperSizes[options.paper ?? 'A4']
  const type = typesetter(pdf, documentFonts(options.fonts ?? []))
  const flow: PageFlow = {
    pdf,
    type,
    left: sideMargin,
    width: width - 2 * sideMargin,
    y: topMargin,
    bottom: height - footerHeight,
    onNewPage: () => {
      const [line] = type.set(`${printed.seller.name} · ${printed.title}`, flow.width, tiny)
      if (line !== undefined) type.draw(line, flow.left, flow.y, flow.width)
      flow.y += 20
    },
  }
  drawHeader(flow, printed)
  drawLineTable(flow, printed)
  drawTotals(flow, printed)
  drawTaxes(flow, printed)
  drawPayment(flow, printed, epcTextOf(invoice))
  if (printed.notes.length > 0) {
    ensureRoom(flow, 40)
    flow.y += 12
  }
  for (const note of printed.notes) {
    drawText(flow, note, small)
    flow.y += 3
  }
  drawFooters(flow, printed)
}
