/** Starts `work` on each item in their order, at most `limit` at a time, and ends when all are done. The first failure stops the start of more. */
export const inFlight = async <Item>(
  limit: number,
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<unknown>,
): Promise<void> => {
  const running = new Set<Promise<unknown>>()
  let failed: { readonly error: unknown } | undefined
  for await (const item of items) {
    const started = work(item)
      .catch((error: unknown) => {
        failed ??= { error }
      })
      .finally(() => running.delete(started))
    running.add(started)
    if (running.size >= limit) await Promise.race(running)
    if (failed !== undefined) break
  }
  await Promise.all(running)
  if (failed !== undefined) throw failed.error
}
