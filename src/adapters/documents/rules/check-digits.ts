import { passesLuhn } from '../../../core/text/luhn.js'

/** Whether the last digit fits the others: GS1 (GLN), modulo 10 with weights 3 and 1. */
export const isGlobalLocationNumber = (id: string): boolean => {
  if (!/^[0-9]{2,18}$/.test(id)) return false
  const digits = digitsOf(id).reverse()
  return digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 1 ? 3 : 1), 0) % 10 === 0
}

/** Organisasjonsnummer: nine digits, modulo 11. */
export const isNorwegianNumber = (id: string): boolean =>
  /^[0-9]{9}$/.test(id) && Number(id) > 0 && weighted(digitsOf(id), [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0

/** CVR-nummer: eight digits, with or without the country. */
export const isDanishNumber = (id: string): boolean => /^(?:DK)?[0-9]{8}$/.test(id)

/** Ondernemingsnummer: ten digits, the last two of them 97 less the remainder of the others. */
export const isBelgianNumber = (id: string): boolean =>
  /^[0-9]{10}$/.test(id) && Number(id.slice(8)) === 97 - (Number(id.slice(0, 8)) % 97)

/** Organisationsnummer: ten digits, modulo 10. */
export const isSwedishNumber = (id: string): boolean => /^[0-9]{10}$/.test(id) && passesLuhn(id)

/** AFM: nine digits, modulo 11 and then 10 with powers of two as weights. What stands behind them is not looked at, as in the published rule. */
export const isGreekNumber = (id: string): boolean => {
  if (!/^[0-9]{9}/.test(id)) return false
  const digits = digitsOf(id.slice(0, 9))
  return (weighted(digits.slice(0, 8), [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === digits[8]
}

/** Australian Business Number: eleven digits, modulo 89. */
export const isAustralianNumber = (id: string): boolean => {
  if (!/^[0-9]{11}$/.test(id)) return false
  const [first = 0, ...rest] = digitsOf(id)
  return weighted([first - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0
}

/** Codice IPA of a public office: six letters and digits. */
export const isItalianOffice = (id: string): boolean => /^[A-Za-z0-9]{6}$/.test(id)

/** Codice fiscale of a person (16 characters) or of a company (11 digits). */
export const isItalianTaxCode = (id: string): boolean =>
  /^(?:[A-Za-z]{6}[0-9]{2}[A-Za-z][0-9]{2}.{3}[0-9][A-Za-z]|[0-9]{11})$/.test(id)

/** Partita IVA: eleven digits behind IT, modulo 10. Numbers of other countries are left alone. */
export const isItalianVatId = (id: string): boolean =>
  !/^IT/i.test(id) || (/^[0-9]{11}$/.test(id.slice(2)) && passesLuhn(id.slice(2)))

const digitsOf = (id: string): number[] => [...id].map(Number)

const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  digits.reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0)
