/** What a record can be found by: small declared values, kept beside the state by every store. */
export type IndexEntries = Readonly<Record<string, string | number>>

/**
 * A kind of record with a history of its own. `evolve` folds its events and never refuses; `entries` declares what it can be found by.
 * Neither reads anything but its arguments.
 */
export interface RecordKind<State, Event extends { readonly type: string }> {
  readonly name: string
  readonly evolve: (state: State | undefined, event: Event) => State
  readonly entries: (state: State) => IndexEntries
}

/**
 * A kind of record that is a function of other records' events (a customer's open invoices, a claim on an order reference) or must be
 * erasable (personal data). It is written whole, has versions but no events, and can be rebuilt or emptied.
 */
export interface DerivedKind<State> {
  readonly name: string
  readonly entries: (state: State) => IndexEntries
  readonly derived: true
}

export const noEntries = (): IndexEntries => ({})
