/**
 * Which benchmarks a word names, each with the figures wanted of it: a file, the beginning of files, or a figure or the beginning of figures, which are
 * named after their file.
 */
export function benchesFor(word, files) {
  if (files.includes(word)) return [{ file: word, figures: [] }]
  const begun = files.filter((file) => file.startsWith(word))
  if (begun.length > 0) return begun.map((file) => ({ file, figures: [] }))
  const [owner] = files
    .filter((file) => word.startsWith(`${file}-`))
    .sort((left, right) => right.length - left.length)
  return owner === undefined ? [] : [{ file: owner, figures: [word] }]
}
