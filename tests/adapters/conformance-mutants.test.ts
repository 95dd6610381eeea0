import { describe, expect, it } from 'vitest'
import { storageConformance, type ConformanceCase, type OpenStorage } from 'orderwright/testing'
import { brokenOutages } from '../support/broken/broken-outages.js'
import { brokenOutboxes } from '../support/broken/broken-outboxes.js'
import { brokenSearches } from '../support/broken/broken-searches.js'
import { brokenForTheEngine, brokenUpdates } from '../support/broken/broken-updates.js'

const brokenStores = [
  ...brokenUpdates,
  ...brokenForTheEngine,
  ...brokenSearches,
  ...brokenOutboxes,
  ...brokenOutages,
]

const caseNamed = (start: string): ConformanceCase => {
  const [only, ...more] = storageConformance.filter(({ name }) => name.startsWith(start))
  if (only === undefined || more.length > 0) throw new Error(`no case, or several, are called "${start}…"`)
  return only
}

/** What a case complains of; an empty text when it is content. */
const complaintOf = async ({ run }: ConformanceCase, open: OpenStorage): Promise<string> => {
  try {
    await run(open)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('the conformance kit', () => {
  for (const { breakage, open, noticedBy } of brokenStores) {
    for (const [start, complaint] of Object.entries(noticedBy)) {
      it(`notices a store that ${breakage}: ${start} …`, async () => {
        expect(await complaintOf(caseNamed(start), open)).toMatch(complaint)
      })
    }
  }

  it('has no case that every broken store would pass', () => {
    const noticing = new Set(brokenStores.flatMap(({ noticedBy }) => Object.keys(noticedBy).map(caseNamed)))
    expect(storageConformance.filter((one) => !noticing.has(one)).map(({ name }) => name)).toEqual([])
  })

  it('names every case once and says what each is for', () => {
    expect(new Set(storageConformance.map(({ name }) => name)).size).toBe(storageConformance.length)
    for (const { why } of storageConformance) expect(why).toMatch(/^[A-Z].{20,}\.$/)
  })
})
