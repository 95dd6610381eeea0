/**
 * How an estimate came about, as data that people can check: the formula by name, where it comes from, what went into it, and the one place at
 * which it was rounded to base units. `exact` is the value before that.
 */
export interface Derivation<Inputs> {
  readonly formula: string
  readonly source: string
  readonly inputs: Inputs
  readonly exact: number
  readonly rounding: 'up' | 'to_multiple' | 'nearest'
}

/** A figure in base units with its derivation. */
export interface Derived<Inputs> {
  readonly baseUnits: number
  readonly derivation: Derivation<Inputs>
}
