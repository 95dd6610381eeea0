import { copyPlain } from '../../../src/app/copy-plain.js'
import { inspectInput } from '../../../src/app/inspect-input.js'
import { canonicalJson } from '../../../src/core/canonical-json.js'
import { defaultLimits, type Limits } from '../../../src/core/settings.js'
import type { Input, Inputs } from './grown.js'

/** Nothing is too large, so that nothing is left out. */
export const boundless: Limits = {
  ...(Object.fromEntries(
    Object.keys(defaultLimits).map((name) => [name, 1_000_000_000]),
  ) as unknown as Limits),
  inputDepth: defaultLimits.inputDepth,
}

const fields = (size: number, nameOf: (place: number) => string): object =>
  Object.fromEntries(Array.from({ length: size }, (_, place) => [nameOf(place), `text ${place}`]))
const nested = (size: number): unknown => JSON.parse(`${'['.repeat(size)}${']'.repeat(size)}`)
const items = (size: number): object => Array.from({ length: size }, (_, place) => ({ b: place, a: 'x' }))

const shapes: Readonly<Record<string, (size: number) => unknown>> = {
  'many fields': (size) => fields(size, (place) => `k${place}`),
  'many fields out of order': (size) => fields(size, (place) => `k${String(size - place).padStart(6, '0')}`),
  'many fields named by numbers': (size) => fields(size, (place) => `${size - place}`),
  'many items': items,
  'many levels': nested,
  'a long text': (size) => ({ note: 'é\ud83d\ude00'.repeat(size) }),
}

const sizes = [100, 200, 400] as const

const overShapes = (name: string, handle: (value: unknown) => unknown): Inputs =>
  Object.fromEntries(
    Object.entries(shapes).map(([shape, make]): [string, Input] => [
      `${name} of ${shape}`,
      {
        sizes,
        prepare: (size) => {
          const value = make(size)
          return () => handle(value)
        },
      },
    ]),
  )

export const plainData: Inputs = {
  ...overShapes('the inspection', (value) => inspectInput(value, boundless)),
  ...overShapes('the canonical form', canonicalJson),
  ...overShapes('the copy', copyPlain),
}
