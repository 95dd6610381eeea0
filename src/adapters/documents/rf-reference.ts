import { ConfigurationError } from '../../core/ports/errors.js'
import { remainder97 } from './iban.js'

/**
 * A creditor reference of ISO 11649: `RF`, two check digits, and the reference in upper case. Throws `configuration` unless the reference is one
 * to 21 letters and digits; blanks do not count.
 *
 * @example rfReference('539007547034') // 'RF18539007547034'
 */
export const rfReference = (reference: string): string => {
  const plain = reference.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z0-9]{1,21}$/.test(plain)) {
    throw new ConfigurationError('a creditor reference is made of 1 to 21 letters and digits')
  }
  const digits = 98 - remainder97(`${plain}RF00`)
  return `RF${String(digits).padStart(2, '0')}${plain}`
}

/** Whether a text is a creditor reference of ISO 11649 with the right check digits; blanks do not count. */
export const isRfReference = (text: string): boolean => {
  const plain = text.replaceAll(' ', '').toUpperCase()
  return /^RF[0-9]{2}[A-Z0-9]{1,21}$/.test(plain) && remainder97(plain.slice(4) + plain.slice(0, 4)) === 1
}
