const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u
const leftToRight = /(?![\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}])\p{L}/u

/**
 * The words of one line in the order in which they stand on paper, left to right. A text that begins in Hebrew or Arabic runs from the right, and
 * what it quotes keeps its own direction; the other way round likewise. Letters within a word are the font's business. This is the Unicode
 * bidirectional algorithm cut down to whole words.
 */
export const visualOrder = (line: string): string => {
  if (!rightToLeft.test(line)) return line
  const words = line.split(' ')
  return isRightToLeft(line)
    ? reverseRuns([...words].reverse(), (word) => !rightToLeft.test(word)).join(' ')
    : reverseRuns(words, (word) => rightToLeft.test(word)).join(' ')
}

/** Whether the first letter that has a direction runs to the left. */
export const isRightToLeft = (text: string): boolean => {
  const first = [...text].find((character) => rightToLeft.test(character) || leftToRight.test(character))
  return first !== undefined && rightToLeft.test(first)
}

/** Reverses each run of words that `belongs`. A word without letters, such as a number, goes with those on both sides of it. */
const reverseRuns = (words: readonly string[], belongs: (word: string) => boolean): readonly string[] => {
  const ordered: string[] = []
  let run: string[] = []
  let neutral: string[] = []
  const close = (): void => {
    ordered.push(...run.reverse(), ...neutral)
    run = []
    neutral = []
  }
  for (const word of words) {
    const hasLetters = rightToLeft.test(word) || leftToRight.test(word)
    if (hasLetters && belongs(word)) {
      run.push(...neutral, word)
      neutral = []
    } else if (!hasLetters && run.length > 0) neutral.push(word)
    else {
      close()
      ordered.push(word)
    }
  }
  close()
  return ordered
}
