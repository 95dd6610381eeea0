import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  type PDFPage,
} from 'pdf-lib'

/** What a viewer would find in a PDF: the text of each page in the order it is drawn, and the files in it. */
export interface PdfContent {
  readonly pages: readonly string[]
  readonly files: readonly { readonly name: string; readonly relationship: string; readonly text: string }[]
  readonly metadata: string
}

export const readPdf = async (bytes: Uint8Array): Promise<PdfContent> => {
  const pdf = await PDFDocument.load(bytes)
  return {
    pages: pdf.getPages().map(pageText),
    files: embeddedFiles(pdf),
    metadata: new TextDecoder().decode(
      streamBytes(pdf.catalog.lookup(PDFName.of('Metadata'), PDFRawStream as never)),
    ),
  }
}

const streamBytes = (stream: unknown): Uint8Array => decodePDFRawStream(stream as PDFRawStream).decode()

const pageText = (page: PDFPage): string => {
  const fonts = page.node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
  const content = new TextDecoder('latin1').decode(
    streamBytes(page.node.lookup(PDFName.of('Contents'), PDFRawStream as never)),
  )
  let letters: readonly string[] = []
  const words: string[] = []
  for (const [, font, shown] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) letters = lettersOf(fonts?.lookup(PDFName.of(font), PDFDict))
    if (shown === undefined) continue
    const glyphs = [...shown.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    words.push(glyphs.map((glyph) => letters[Number.parseInt(glyph, 16)] ?? '?').join(''))
  }
  return words.join('\n')
}

/** Which letter a font means by each number: its ToUnicode table. */
const lettersOf = (font: PDFDict | undefined): readonly string[] => {
  const table = new TextDecoder('latin1').decode(
    streamBytes(font?.lookup(PDFName.of('ToUnicode'), PDFRawStream as never)),
  )
  return [...table.matchAll(/<\w+> <\w+> \[([^\]]*)\]/g)].flatMap(([, entries = '']) =>
    [...entries.matchAll(/<([^>]*)>/g)].map(([, units = '']) =>
      String.fromCharCode(...(units.match(/[0-9a-f]{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))),
    ),
  )
}

const embeddedFiles = (pdf: PDFDocument): PdfContent['files'] => {
  const associated = pdf.catalog.lookupMaybe(PDFName.of('AF'), PDFArray)
  return (associated?.asArray() ?? []).map((reference) => {
    const file = pdf.context.lookup(reference, PDFDict)
    const name = file.lookup(PDFName.of('UF'))
    return {
      name: name instanceof PDFString || name instanceof PDFHexString ? name.decodeText() : '',
      relationship: String(file.lookup(PDFName.of('AFRelationship'))),
      text: new TextDecoder().decode(
        streamBytes(file.lookup(PDFName.of('EF'), PDFDict).lookup(PDFName.of('F'), PDFRawStream as never)),
      ),
    }
  })
}
