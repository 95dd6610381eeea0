import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { growthsIn, type Growth } from '../support/growth/grown.js'
import { plantedSquares } from '../support/growth/planted.js'

/**
 * How many times more work the second doubling adds than the first: 2 where work grows with the size, a little more where something is sorted, 4 where it
 * grows with the square. A limit may cut work off in between, so a tenth more does not matter, and less counts as nothing that was added before.
 */
const steepness = ({ work: [first = 0, second = 0, third = 0] }: Growth): number =>
  second < first ? third / second : (third - second) / Math.max(second - first, first / 10)
const steepest = 3

it('LV5 whatever a host hands over is read and checked in work that grows with its size, or with sorting it', async () => {
  const growths = await growthsIn(fileURLToPath(new URL('../support/growth/inputs.ts', import.meta.url)))
  const steep = growths.filter((growth) => steepness(growth) > steepest).map(({ name }) => name)
  expect(steep).toEqual(Object.keys(plantedSquares))
  expect(growths.length).toBeGreaterThan(120)
})
