/** What the page keeps of what a check prints; of a line that part which matches. */
export interface KeptLines {
  readonly shown: RegExp
  /** Lines of which there are many: they stand behind a title, to be opened. */
  readonly folded?: { readonly title: string; readonly lines: RegExp }
}

/** How many of its last lines are kept of a check that names none, and beside the named ones of one that has failed. */
const most = 8

/** The lines of a run that are kept, in the order in which they were printed. */
export const keptLines = (
  keeps: KeptLines | undefined,
  printed: readonly string[],
  passed: boolean,
): readonly string[] => {
  const lines = printed.filter((line) => line.trim() !== '' && !/^ +(?:\d+ of \d+ after|at )/.test(line))
  if (keeps === undefined) return lines.slice(-most)
  const named = lines.map((line) => (keeps.shown.exec(line) ?? keeps.folded?.lines.exec(line))?.[0])
  const others = lines.flatMap((_line, place) => (named[place] === undefined ? [place] : []))
  const said = new Set(passed ? [] : others.slice(-most))
  return lines.flatMap((line, place) => named[place] ?? (said.has(place) ? line : []))
}

/** Kept lines as the page has them: what is for programs is left out. */
export const partsOf = (
  keeps: KeptLines | undefined,
  kept: readonly string[],
): { readonly shown: readonly string[]; readonly folded: readonly string[] } => {
  const shown: string[] = []
  const folded: string[] = []
  for (const line of kept.filter((each) => !each.startsWith('{'))) {
    const part = keeps?.shown.exec(line)?.[0]
    const many = part === undefined ? keeps?.folded?.lines.exec(line)?.[0] : undefined
    if (many === undefined) shown.push(part ?? line)
    else folded.push(many)
  }
  return { shown, folded }
}
