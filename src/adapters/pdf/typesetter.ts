import type PDFDocument from 'pdfkit'
import { ConfigurationError } from '../../core/ports/errors.js'
import { plainText } from '../documents/printed/plain-text.js'
import { breakLines } from './break-lines.js'
import type { DocumentFont } from './document-fonts.js'
import { unpackWoff } from './unpack-woff.js'
import { isRightToLeft, visualOrder } from './visual-order.js'

type Pdf = InstanceType<typeof PDFDocument>

/** Size in points; dark unless a color is given. */
export interface TextStyle {
  readonly size: number
  readonly bold?: boolean
  readonly color?: string
}

/** One line of text as it stands on paper, in the order of paper. */
export interface SetLine {
  readonly runs: readonly { readonly font: string; readonly text: string }[]
  readonly width: number
  readonly runsRightToLeft: boolean
  readonly style: TextStyle
}

export interface Typesetter {
  /** The text in lines that fit into the width. Throws `configuration` for a character that no font has. */
  readonly set: (text: string, width: number, style: TextStyle) => readonly SetLine[]
  /** Draws one line whose box has its left upper corner at x and y. A line that runs to the left begins at the right, whatever `align` says. */
  readonly draw: (line: SetLine, x: number, y: number, width: number, align?: 'left' | 'right') => void
  readonly lineHeight: (style: TextStyle) => number
}

export const ink = '#1f2933'

/** Sets text in the first font that has the character, so that a name in another script is not a row of boxes. */
export const typesetter = (pdf: Pdf, fonts: readonly DocumentFont[]): Typesetter => {
  const faces = fonts.map((font, index) => ({
    regular: registerFace(pdf, `regular ${index}`, font.regular),
    bold: registerFace(pdf, `bold ${index}`, font.bold ?? font.regular),
  }))
  const faceFor = (character: string, weight: 'regular' | 'bold'): string => {
    const point = character.codePointAt(0) ?? 0
    const face = faces.find((one) => one[weight].has(point))
    if (face !== undefined) return face[weight].name
    const code = point.toString(16).toUpperCase().padStart(4, '0')
    throw new ConfigurationError(`no font has U+${code} "${character}": give one that has it in \`fonts\``)
  }
  const runsOf = (text: string, { bold }: TextStyle): SetLine['runs'] => {
    const runs: { font: string; text: string }[] = []
    for (const character of text) {
      const last = runs.at(-1)
      // Blanks and combining marks stay with what stands before them, but a blank does not turn round with a word that runs to the left.
      if (last !== undefined && /[ \p{M}]/u.test(character)) {
        if (character === ' ' && isRightToLeft(last.text)) runs.push({ font: last.font, text: ' ' })
        else last.text += character
        continue
      }
      const font = faceFor(character, bold === true ? 'bold' : 'regular')
      if (last?.font === font) last.text += character
      else runs.push({ font, text: character })
    }
    return runs
  }
  const widthOf = (runs: SetLine['runs'], size: number): number =>
    runs.reduce((sum, { font, text }) => sum + pdf.font(font).fontSize(size).widthOfString(text), 0)
  return {
    set: (text, width, style) => {
      const plain = plainText(text)
      const runsRightToLeft = isRightToLeft(plain)
      return breakLines(plain, width, (part) => widthOf(runsOf(part, style), style.size)).map((line) => {
        const runs = runsOf(visualOrder(line), style)
        return { runs, width: widthOf(runs, style.size), runsRightToLeft, style }
      })
    },
    draw: ({ runs, width: own, runsRightToLeft, style }, x, y, width, align = 'left') => {
      let at = align === 'right' || runsRightToLeft ? x + width - own : x
      pdf.fillColor(style.color ?? ink)
      for (const { font, text } of runs) {
        pdf.font(font).fontSize(style.size)
        pdf.text(text, at, y + style.size, { lineBreak: false, baseline: 'alphabetic' })
        at += pdf.widthOfString(text)
      }
    },
    lineHeight: ({ size }) => size * 1.35,
  }
}

/** What pdfkit keeps of a font that it has opened. Its type declarations do not name it. */
interface OpenedFont {
  readonly _font: { readonly font: { readonly hasGlyphForCodePoint: (point: number) => boolean } }
}

const registerFace = (
  pdf: Pdf,
  name: string,
  bytes: Uint8Array,
): { readonly name: string; readonly has: (point: number) => boolean } => {
  pdf.registerFont(name, unpackWoff(bytes))
  const { font } = (pdf.font(name) as unknown as OpenedFont)._font
  return { name, has: (point) => font.hasGlyphForCodePoint(point) }
}
