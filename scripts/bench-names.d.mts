export function benchesFor(
  word: string,
  files: readonly string[],
): readonly { readonly file: string; readonly figures: readonly string[] }[]
