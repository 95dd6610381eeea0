/** Counts one more of what came about. */
export const mark = <Name extends string>(marks: Map<Name, number>, name: Name, times = 1): void => {
  marks.set(name, (marks.get(name) ?? 0) + times)
}
