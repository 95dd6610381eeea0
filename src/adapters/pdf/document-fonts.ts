import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ConfigurationError } from '../../core/ports/errors.js'

/** A TrueType, OpenType or WOFF font that may be embedded; `regular` is used in place of an absent `bold`. */
export interface DocumentFont {
  readonly regular: Uint8Array
  readonly bold?: Uint8Array
}

/** The host's fonts, first ones first, and behind them DejaVu (Latin, Greek, Cyrillic, Hebrew, Arabic) where it is installed. */
export const documentFonts = (own: readonly DocumentFont[]): readonly DocumentFont[] => {
  const fallback = dejaVu()
  const fonts = fallback === undefined ? own : [...own, fallback]
  if (fonts.length === 0) {
    throw new ConfigurationError('a PDF needs a font: npm install dejavu-fonts-ttf, or give one in `fonts`')
  }
  return fonts
}

const dejaVu = (): DocumentFont | undefined => {
  // The package is built for both module systems, and each has a name of its own for the place of a file.
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url)
  const read = (file: string): Uint8Array => readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`))
  try {
    return { regular: read('DejaVuSansCondensed.ttf'), bold: read('DejaVuSansCondensed-Bold.ttf') }
  } catch {
    return undefined
  }
}
