/**
 * Measures the figures that the command line names, in full or by their beginning: `npm run bench -- place-sqlite` measures place-sqlite-256 and
 * place-sqlite-1; without a name all of them. A name that none has measures nothing, and the program fails.
 */
export const runFigures = async (
  figures: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<void> => {
  const names = Object.keys(figures)
  const wanted = process.argv.slice(2)
  const strays = wanted.filter((word) => figuresFor(word, names).length === 0)
  if (strays.length > 0) {
    console.error(`no figure begins with ${strays.join(' or ')}, only: ${names.join(', ')}`)
    process.exitCode = 1
    return
  }
  const chosen = new Set(wanted.length === 0 ? names : wanted.flatMap((word) => figuresFor(word, names)))
  for (const [name, measure] of Object.entries(figures)) if (chosen.has(name)) await measure()
}

/** The figure of that name; without one, those that begin with it. */
const figuresFor = (word: string, names: readonly string[]): readonly string[] =>
  names.includes(word) ? [word] : names.filter((name) => name.startsWith(word))
