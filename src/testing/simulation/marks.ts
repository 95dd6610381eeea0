/** Counts one more of what came about. */
export const mark = (marks: Map<string, number>, name: string, times = 1): void => {
  marks.set(name, (marks.get(name) ?? 0) + times)
}
