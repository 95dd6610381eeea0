import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  outdatedReference,
  readOperations,
  referenceFolder,
  referencePages,
} from '../../scripts/docs-reference.js'
import { commands } from '../../src/app/commands.js'
import { queries, recordQueries } from '../../src/app/queries.js'

interface Callable {
  readonly name: string
  readonly input: z.ZodType
}

const members = (groups: Readonly<Record<string, object>>): readonly Callable[] =>
  Object.values(groups).flatMap((group) => Object.values(group) as readonly Callable[])

const { source, ...operations } = readOperations()
const documented = new Map(
  [...operations.commands, ...operations.queries].map((operation) => [operation.name, operation]),
)
const pages = await referencePages()
const callable = [...members(commands), ...members(queries), ...members(recordQueries)]

describe('the reference', () => {
  it('is up to date with the source', async () => {
    const outdated = await outdatedReference(pages, referenceFolder)
    expect(outdated, 'run `npm run docs:reference`').toEqual([])
  })

  it('is found out of date when a page is missing, changed or left over', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'reference-'))
    try {
      for (const [name, text] of pages) await write(folder, name, text)
      await rm(path.join(folder, 'rules.md'))
      await write(folder, 'errors.md', 'an older list')
      await write(folder, 'commands/quotes.md', 'commands of the past')
      expect(await outdatedReference(pages, folder)).toEqual(['commands/quotes.md', 'errors.md', 'rules.md'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('has every command and every query, and no other', () => {
    expect([...documented.keys()].sort()).toEqual(callable.map(({ name }) => name).sort())
  })

  it.each(callable.map(({ name, input }) => [name, input] as const))(
    'lists the fields that %s takes, as its schema has them',
    (name, input) => {
      const written = documented
        .get(name)
        ?.input.map(({ path: at, optional }) => `${at}${optional ? '?' : ''}`)
      expect(new Set(written)).toEqual(new Set(fieldsOf(input, '')))
    },
  )

  it('says of a command only what that command can be refused for', () => {
    const refusalsOf = (name: string) => [...(documented.get(name)?.refusals ?? [])].sort()
    expect(refusalsOf('orders.hold')).toEqual(['invalid_state', 'unknown_order'])
    expect(refusalsOf('fulfillments.pick')).toEqual(['invalid_state', 'unknown_fulfillment'])
    expect(refusalsOf('orders.place')).toEqual(expect.arrayContaining(['out_of_stock', 'order_exists']))
    expect(refusalsOf('orders.place')).not.toContain('payment_due')
    expect(source.files.length).toBeGreaterThan(100)
  })

  it('says which messages a command plans', () => {
    expect([...(documented.get('shipments.deliver')?.topics ?? [])].sort()).toEqual([
      'invoice_issued',
      'order_closed',
      'order_delivered',
      'payment_received',
      'thank_you',
    ])
  })
})

const write = async (folder: string, name: string, text: string): Promise<void> => {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
  await writeFile(path.join(folder, name), text)
}

/** The fields of a schema as it is at run time: `lines[].sku`, `shipTo.name?`. */
const fieldsOf = (schema: z.ZodType, at: string): readonly string[] => {
  const { def } = schema as unknown as { readonly def: Definition }
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([name, field]) => {
        const place = at === '' ? name : `${at}.${name}`
        return [`${place}${isOptional(field) ? '?' : ''}`, ...fieldsOf(field, place)]
      })
    case 'array':
      return fieldsOf(def.element, `${at}[]`)
    case 'optional':
    case 'nullable':
      return fieldsOf(def.innerType, at)
    case 'union':
      return def.options.flatMap((option) => fieldsOf(option, at))
    case 'pipe':
      return fieldsOf(def.in, at)
    case 'other':
      return []
  }
  return []
}

type Definition =
  | { readonly type: 'object'; readonly shape: Readonly<Record<string, z.ZodType>> }
  | { readonly type: 'array'; readonly element: z.ZodType }
  | { readonly type: 'optional' | 'nullable'; readonly innerType: z.ZodType }
  | { readonly type: 'union'; readonly options: readonly z.ZodType[] }
  | { readonly type: 'pipe'; readonly in: z.ZodType }
  | { readonly type: 'other' }

const isOptional = (field: z.ZodType): boolean =>
  (field as unknown as { readonly def: { readonly type: string } }).def.type === 'optional'
