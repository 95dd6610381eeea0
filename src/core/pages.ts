/** What is read at once, and where the next goes on; without `next` it was the last. */
interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

/** Page after page from the first on. What `read` is given belongs into its query: where the page before ended. */
export async function* eachPage<Item>(
  read: (from: { readonly cursor?: string }) => Promise<PageOf<Item>>,
): AsyncGenerator<readonly Item[]> {
  let next: string | undefined
  do {
    const page = await read(next === undefined ? {} : { cursor: next })
    yield page.items
    next = page.next
  } while (next !== undefined)
}
