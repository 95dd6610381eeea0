/** Runs `operation` for `first` to `first + count - 1`, so many callers at a time, each waiting for its answer before its next one. */
export const runAll = async (
  first: number,
  count: number,
  callers: number,
  operation: (index: number) => Promise<void>,
): Promise<void> => {
  let next = first
  const caller = async (): Promise<void> => {
    while (next < first + count) {
      const index = next
      next += 1
      await operation(index)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
}
