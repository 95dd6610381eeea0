/** `npm run bench -- place place-sqlite-1` measures that figure alone; without a name all of them. */
export const runFigures = async (figures: Readonly<Record<string, () => Promise<void>>>): Promise<void> => {
  const wanted = process.argv.slice(2)
  for (const [name, measure] of Object.entries(figures)) {
    if (wanted.length === 0 || wanted.includes(name)) await measure()
  }
}
