import bwip from 'bwip-js'
import type { PageFlow } from './page-flow.js'

/** Draws a QR code as squares, error correction M as EPC069-12 demands, without the quiet zone around it. */
export const drawQrCode = ({ pdf }: PageFlow, text: string, x: number, y: number, size: number): void => {
  const { modules, side } = qrModules(text)
  const step = size / side
  modules.forEach((isDark, index) => {
    if (isDark) pdf.rect(x + (index % side) * step, y + Math.floor(index / side) * step, step, step)
  })
  pdf.fill('#000000')
}

/** The squares of the code, row by row, and how many stand in a row. */
export const qrModules = (text: string): { readonly modules: readonly boolean[]; readonly side: number } => {
  const [code] = bwip.raw('qrcode', text, 'eclevel=M')
  if (code === undefined || !('pixs' in code)) throw new Error('bwip-js drew no QR code')
  return { modules: code.pixs.map((one) => one === 1), side: code.pixx }
}
