/** Splits a text into lines no wider than `width`: behind blanks, between ideographs, and within a word only where it is wider than a whole line. */
export const breakLines = (
  text: string,
  width: number,
  measure: (text: string) => number,
): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    const rest = line + piece
    if (measure(rest.trimEnd()) <= width) {
      line = rest
      continue
    }
    const parts = cutWord(piece.trimEnd(), width, measure)
    lines.push(...parts.slice(0, -1))
    line = `${parts.at(-1) ?? ''} `
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

// A word with the blanks behind it, or an ideograph with the marks that may not begin a line. No-break blanks are part of a word.
const pieces = (text: string): readonly string[] =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][ー々、。，．！？）」』】]* *|[^ \p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+ *| +/gu,
  ) ?? []

const cutWord = (word: string, width: number, measure: (text: string) => number): readonly string[] => {
  const parts: string[] = []
  let part = ''
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
    if (part !== '' && measure(part + segment) > width) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return [...parts, part]
}
