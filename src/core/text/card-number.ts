const candidate = /\d(?:[ -]?\d){12,18}/g

/** Whether a text holds 13 to 19 digits, perhaps in groups, that pass the Luhn check (ISO/IEC 7812-1). */
export const looksLikeCardNumber = (text: string): boolean => {
  if (text.length < 13) return false
  for (const match of text.matchAll(candidate)) {
    if (passesLuhn(match[0].replaceAll(/[ -]/g, ''))) return true
  }
  return false
}

const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48
    sum += place % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
  }
  return sum % 10 === 0
}
