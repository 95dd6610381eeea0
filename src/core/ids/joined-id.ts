/**
 * Two names in one id. Both may hold any printable character, so the slash that joins them is written as `%2F` inside the first one: the first slash
 * of an id always ends its first name, and no two pairs share an id.
 */
export const joinedId = (first: string, second: string): string =>
  `${first.replaceAll('%', '%25').replaceAll('/', '%2F')}/${second}`
