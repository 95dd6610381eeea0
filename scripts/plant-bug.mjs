import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Hands the compiler the files of a bug with it in them; nothing when one of its texts does not stand exactly once. */
export function plantBug(edits) {
  const files = new Map()
  for (const { file, find, replace } of edits) {
    const path = resolve(file)
    const parts = (files.get(path) ?? readFileSync(path, 'utf8')).split(find)
    if (parts.length !== 2) return undefined
    files.set(path, parts.join(replace))
  }
  return {
    name: 'planted bug',
    setup: (build) => {
      build.onLoad({ filter: /[.]ts$/ }, ({ path }) =>
        files.has(path) ? { contents: files.get(path), loader: 'ts' } : undefined,
      )
    },
  }
}
