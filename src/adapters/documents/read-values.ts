import { parseDecimal } from '../../core/money/decimal-string.js'

/**
 * A decimal of XML Schema as a plain one: `+1.5`, `.5`, `1.` and `007` are allowed there. A text that is no decimal stays as it is, for the
 * validator to name.
 */
export const readDecimalText = (text: string | undefined): string | undefined => {
  if (text === undefined || text === '' || parseDecimal(text) !== undefined)
    return text === '' ? undefined : text
  const parts = /^([+-]?)0*((?:[1-9][0-9]*)?)(?:\.([0-9]*))?$/.exec(text)
  if (parts === null || (parts[2] === '' && !/[0-9]/.test(text))) return text
  const [, sign = '', whole = '', fraction = ''] = parts
  const plain = `${sign === '-' ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
  return parseDecimal(plain) === undefined ? text : plain
}

/** Whether the text is zero however many decimals it has. */
export const isZeroText = (text: string | undefined): boolean =>
  text !== undefined && parseDecimal(text)?.digits === 0n

/** A date of format 102, `20260301`, as `2026-03-01`; anything else as it is. */
export const readCompactDate = (text: string | undefined): string | undefined =>
  text?.replace(/^([0-9]{4})([0-9]{2})([0-9]{2})$/, '$1-$2-$3')

/** A truth value of XML Schema, which also writes 1 and 0. */
export const readIndicator = (text: string | undefined): string | undefined =>
  text === '1' ? 'true' : text === '0' ? 'false' : text
