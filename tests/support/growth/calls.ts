import type { z } from 'zod'
import { readInput } from '../../../src/app/read-input.js'
import { everyCall } from '../every-call/calls.js'
import { openWorld } from '../every-call/world.js'
import type { Input, Inputs } from './grown.js'
import { boundless } from './plain-data.js'

type Path = readonly (string | number)[]

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Readonly<Record<string | number, unknown>>)[step], input)

const withValue = (input: unknown, [step, ...rest]: Path, value: unknown): unknown => {
  if (step === undefined) return value
  const inner = withValue((input as Readonly<Record<string | number, unknown>>)[step], rest, value)
  return Array.isArray(input) ? input.with(step as number, inner) : { ...(input as object), [step]: inner }
}

const pathsOf = (input: unknown, isWanted: (value: unknown) => boolean, path: Path = []): readonly Path[] => {
  const here = isWanted(input) ? [path] : []
  if (typeof input !== 'object' || input === null) return here
  return [
    ...here,
    ...Object.entries(input).flatMap(([name, value]) =>
      pathsOf(value, isWanted, [...path, Array.isArray(input) ? Number(name) : name]),
    ),
  ]
}

/** The same field of several items is one. */
const distinct = (paths: readonly Path[]): readonly Path[] => [
  ...new Map(paths.map((path) => [path.filter((step) => typeof step === 'string').join('.'), path])).values(),
]

const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0
const isText = (value: unknown): boolean => typeof value === 'string'

/** Items that a schema cannot take for repeats of one another: each text that may be another one is. */
const longList = (schema: z.ZodType, input: unknown, path: Path): ((size: number) => unknown) => {
  const [item] = valueAt(input, path) as readonly unknown[]
  const withList = (list: readonly unknown[]): unknown => withValue(input, path, list)
  const varied = (texts: readonly Path[], place: number): unknown =>
    texts.reduce((found, text) => withValue(found, text, `${String(valueAt(found, text))}${place}`), item)
  const free = pathsOf(item, isText).filter((text) => schema.safeParse(withList([varied([text], 7)])).success)
  return (size) => withList(Array.from({ length: size }, (_, place) => varied(free, place)))
}

/**
 * The schema of each command and query there is, with each list of an input made longer; and all of them, with all texts of their inputs made
 * longer.
 */
export const readCalls = async (): Promise<Inputs> => {
  const world = await openWorld()
  const lists: Record<string, Input> = {}
  const texts: ((size: number) => () => unknown)[] = []
  for (const { name, inputIn, ...call } of everyCall) {
    const schema = call.schema as z.ZodType
    // Some inputs change the world that they are made for; one that comes too late for that gets a world of its own.
    const input = await Promise.resolve(world)
      .then(inputIn)
      .catch(() => openWorld().then(inputIn))
    const longer = distinct(pathsOf(input, isList)).map((path) => longList(schema, input, path))
    if (longer.length > 0) {
      lists[`${name} with long lists`] = {
        sizes: [55, 110, 220],
        prepare: (size) => {
          const given = longer.map((inputOf) => inputOf(size))
          return () => {
            for (const one of given) readInput(schema, one, boundless)
          }
        },
      }
    }
    texts.push((size) => {
      const given = withLongTexts(input, size)
      return () => readInput(schema, given, boundless)
    })
  }
  const every: Input = {
    sizes: [200, 400, 800],
    prepare: (size) => {
      const reads = texts.map((textOf) => textOf(size))
      return () => {
        for (const read of reads) read()
      }
    },
  }
  return { ...lists, 'every call with long texts': every }
}

const withLongTexts = (input: unknown, size: number): unknown =>
  pathsOf(input, isText).reduce((longer, path) => withValue(longer, path, 'text '.repeat(size)), input)
