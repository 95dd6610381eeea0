/** Whether a text is an IBAN (ISO 13616) with the right check digits; blanks do not count. */
export const isIban = (text: string): boolean => {
  const iban = text.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  return remainder97(iban.slice(4) + iban.slice(0, 4)) === 1
}

/** ISO 7064 MOD 97-10 over letters and digits, A being 10. */
export const remainder97 = (text: string): number =>
  [...text].reduce((rest, character) => {
    const value = Number.parseInt(character, 36)
    return (rest * (value > 9 ? 100 : 10) + value) % 97
  }, 0)
