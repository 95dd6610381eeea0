/** A page of a list query. */
interface List<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

/** Everything a list query has, page by page: never more than one page is held. */
export async function* everyItem<Item>(
  ask: (page: { readonly limit: number; readonly cursor?: string }) => Promise<List<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const page = await ask({ limit: 200, ...(cursor !== undefined && { cursor }) })
    yield* page.items
    cursor = page.next
  } while (cursor !== undefined)
}
