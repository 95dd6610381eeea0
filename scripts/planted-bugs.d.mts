import type { Edit } from './plant-bug.mjs'

export const plantedBugs: readonly { readonly name: string; readonly edits: readonly Edit[] }[]
