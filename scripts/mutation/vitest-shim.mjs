// Stands in for vitest where unit tests are run again and again in one process: their functions are kept, and nothing runs by itself.
import { expect, expectTypeOf, inject, vi } from 'vitest'

export { expect, expectTypeOf, inject, vi }

export const tests = []
let file = ''
let groups = []

export const startFile = (name) => {
  file = name
  groups = [{ name, before: [], after: [] }]
}

const bodyOf = (rest) => rest.find((one) => typeof one === 'function')
const argumentsOf = (row) => (Array.isArray(row) ? row : [row])

const group = (name, ...rest) => {
  const outer = groups
  groups = [...groups, { name, before: [], after: [] }]
  bodyOf(rest)?.()
  groups = outer
}
const test = (name, ...rest) => {
  const path = groups
  const body = bodyOf(rest)
  if (body === undefined) return
  tests.push({
    file,
    name: [...path.map((one) => one.name), name].join(' > '),
    run: async () => {
      for (const { before } of path) for (const hook of before) await hook()
      try {
        await body({ expect })
      } finally {
        for (const { after } of path.toReversed()) for (const hook of after) await hook()
      }
    },
  })
}

const each =
  (one) =>
  (rows) =>
  (name, ...rest) => {
    const body = bodyOf(rest)
    rows.forEach((row, place) => one(`${name} ${place}`, () => body(...argumentsOf(row))))
  }
const nothing = () => undefined
const withVariants = (one) =>
  Object.assign(one, {
    each: each(one),
    for: (rows) => (name, body) => rows.forEach((row, place) => one(`${name} ${place}`, () => body(row))),
    skip: nothing,
    todo: nothing,
    runIf: (isWanted) => (isWanted ? one : nothing),
    skipIf: (isUnwanted) => (isUnwanted ? nothing : one),
  })

export const describe = withVariants(group)
export const it = withVariants(test)
export { it as test }

const hookIn = (list) => (hook) => groups.at(-1)[list].push(hook)
// Once for all tests of a group is once for each of them here: a mutant must not live on in what was made before.
export const beforeAll = hookIn('before')
export const beforeEach = hookIn('before')
export const afterAll = hookIn('after')
export const afterEach = hookIn('after')
