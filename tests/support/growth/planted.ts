import type { Inputs } from './grown.js'

const numbers = (size: number): readonly number[] => Array.from({ length: size }, (_, place) => place)

const planted = (run: (items: readonly number[]) => unknown) => ({
  sizes: [50, 100, 200] as const,
  prepare: (size: number) => {
    const items = numbers(size)
    return () => run(items)
  },
})

/** Ways to take a time that grows with the square, to see that each is found. */
export const plantedSquares: Inputs = {
  'a loop within a loop': planted((items) => {
    let pairs = 0
    for (const left of items) for (const right of items) if (left < right) pairs += 1
    return pairs
  }),
  'a list that is searched for each item': planted((items) => items.filter((item) => items.includes(item))),
  'a list that is copied for each item': planted((items) =>
    items.reduce<readonly number[]>((all, item) => [...all, item], []),
  ),
  'an object that is copied for each field': planted((items) =>
    items.reduce((all, item) => ({ ...all, [item]: true }), {}),
  ),
  'a map that is copied for each entry': planted((items) =>
    items.reduce((all, item) => new Map(all).set(item, true), new Map<number, boolean>()),
  ),
  'a text that is cut for each character': planted((items) => {
    let text = 'x'.repeat(items.length)
    while (text !== '') text = text.slice(1)
  }),
  'a text that is searched from its begin again and again': planted((items) => {
    const text = `${'x'.repeat(items.length)}y`
    return items.map(() => /y/.exec(text))
  }),
}
