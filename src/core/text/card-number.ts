import { passesLuhn } from './luhn.js'

const candidate = /\d(?:[ -]?\d){12,18}/g

/** Whether a text holds 13 to 19 digits, perhaps in groups, that pass the Luhn check (ISO/IEC 7812-1). */
export const looksLikeCardNumber = (text: string): boolean => {
  if (text.length < 13) return false
  for (const match of text.matchAll(candidate)) {
    if (passesLuhn(match[0].replaceAll(/[ -]/g, ''))) return true
  }
  return false
}
