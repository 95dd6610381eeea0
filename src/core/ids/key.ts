/** Names one record: its kind and, within kind and tenant, its id. */
export interface Key {
  readonly kind: string
  readonly id: string
}

/** Kinds hold no slash, so the first slash always ends the kind and two keys never share a name. */
export const keyName = (key: Key): string => `${key.kind}/${key.id}`

/** The one global order in which records are locked: by kind, then by id, in code-unit order. */
export const compareKeys = (left: Key, right: Key): number =>
  left.kind < right.kind
    ? -1
    : left.kind > right.kind
      ? 1
      : left.id < right.id
        ? -1
        : left.id > right.id
          ? 1
          : 0
