import type { TextStyle } from './typesetter.js'

export const grey = '#52606d'
export const pale = '#cbd2d9'

export const body: TextStyle = { size: 9 }
export const strong: TextStyle = { size: 9, bold: true }
export const small: TextStyle = { size: 8.5 }
export const muted: TextStyle = { size: 8.5, color: grey }
export const tiny: TextStyle = { size: 7, color: grey }
export const detail: TextStyle = { size: 7.5, color: grey }
export const heading: TextStyle = { size: 17, bold: true }
export const subheading: TextStyle = { size: 10, bold: true }
export const sender: TextStyle = { size: 13, bold: true }
