import { z } from 'zod'
import type { Page } from '../../core/ports/storage.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import { ok, type Result } from '../../core/result.js'

/** A page of answers. Hand `next` back as `cursor` for the following page; it is absent on the last. */
export interface List<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

/** What every list takes: where to go on, and how many at most (1 to 200, 50 when left out). */
export const pageShape = {
  cursor: z.string('type').min(1, 'cursor.format').max(1_000, 'cursor.format').optional(),
  limit: z.int('type').min(1, 'limit.range').max(200, 'limit.range').optional(),
} as const

export const pageOf = (input: {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}): { readonly limit: number; readonly cursor?: string } => ({
  limit: input.limit ?? 50,
  ...(input.cursor !== undefined && { cursor: input.cursor }),
})

/** The equalities that were asked for. */
export const whereOf = (
  wanted: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

export const listOf = <Item, View>(page: Page<Item>, view: (item: Item) => View): List<View> => ({
  items: page.items.map(view),
  ...(page.next !== undefined && { next: page.next }),
})

/** A page of what had to be read whole, in its order: the cursor is the id of the last one that was shown. */
export const pageOfAll = <Item extends { readonly id: string }>(
  all: readonly Item[],
  input: Parameters<typeof pageOf>[0],
): Result<List<Item>, Refusal> => {
  const { limit, cursor } = pageOf(input)
  const start = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1
  if (cursor !== undefined && start === 0) {
    return refuse('validation_failed', { issues: [{ path: ['cursor'], rule: 'cursor.format' }] })
  }
  const items = all.slice(start, start + limit)
  const last = items.at(-1)
  return ok({ items, ...(last !== undefined && all.length > start + limit && { next: last.id }) })
}

/** A span of days or instants over one entry of a kind, both ends included. */
export const rangeOf = (
  entry: string,
  from: string | undefined,
  to: string | undefined,
): { readonly range?: { readonly entry: string; readonly from?: string; readonly to?: string } } =>
  from === undefined && to === undefined
    ? {}
    : { range: { entry, ...(from !== undefined && { from }), ...(to !== undefined && { to }) } }
