import { describe, expect, it } from 'vitest'
import { plantBug } from '../../scripts/plant-bug.mjs'
import { plantedBugs } from '../../scripts/planted-bugs.mjs'

describe('the planted bugs of `npm run mutants`', () => {
  it('are sixty at least, each under a name of its own', () => {
    expect(plantedBugs.length).toBeGreaterThanOrEqual(60)
    expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length)
  })

  it.each(plantedBugs)('$name: the text it replaces stands in the source, once', ({ edits }) => {
    expect(plantBug(edits)).toBeDefined()
  })

  it('cannot be planted where their text no longer stands', () => {
    expect(plantBug([{ file: 'src/app/batcher.ts', find: 'text of long ago', replace: '' }])).toBeUndefined()
  })
})
