/** A printed trace line by line, down to a depth: its first line and what that is from have depth 1. */
export const traceLines = (text: string, depth = Infinity): readonly string[] =>
  text.split('\n').filter((line) => line.length - line.trimStart().length <= 2 * depth)
