import { numbersIn, type NumberFormat } from '../invoicing/number-format.js'
import { looksLikeCardNumber } from '../text/card-number.js'

const cardNumberShape = /\d(?:[ -]?\d){12,18}/g
const controls = /[\u0000-\u001f\u007f]+/g

/**
 * What a payer wrote, as it is kept: one line in NFC, at most `longest` characters, and every digit of what looks like a card number replaced
 * (PY6). A bank file cannot be sent back for it, so it is masked where other texts are refused. The text may hold names, since payers write
 * what they like; it stands in the bank entry and its first event and nowhere else.
 */
export const cleanRemittanceText = (text: string, longest: number): string => {
  const line = text.toWellFormed().replaceAll(controls, ' ').normalize('NFC').trim()
  return maskCardNumbers(cut(line, longest))
}

export const maskCardNumbers = (text: string): string =>
  text.replaceAll(cardNumberShape, (digits) =>
    looksLikeCardNumber(digits) ? digits.replaceAll(/\d/g, '*') : digits,
  )

/** Never cuts a character pair in half. */
const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')

/** Most invoice numbers that are looked for in one text. */
const mostReferences = 50

/**
 * The invoice numbers that stand in a text, as their formats write them, each once and in order. Payers write them in small letters, with blanks and
 * without leading zeros; anything that is not clearly a number of ours is left alone.
 */
export const invoiceNumbersIn = (text: string, formats: readonly NumberFormat[]): readonly string[] =>
  [...new Set(formats.flatMap((format) => numbersIn(text, format)))].slice(0, mostReferences).sort()
