/** A word and what stands behind it. */
export interface Fact {
  readonly label: string
  readonly value: string
}

/** A fact, or none where there is nothing to say. */
export const fact = (label: string, value: string | undefined): readonly Fact[] =>
  value === undefined || value.trim() === '' ? [] : [{ label, value }]
