/** A row that became a line of an order. */
export interface AcceptedRow<Line> {
  readonly at: number
  readonly amount: string
  readonly line: Line
}

export interface GatheredOrder<Line> {
  readonly id: string
  readonly rows: readonly AcceptedRow<Line>[]
  /** One of its rows was refused, or may have been. */
  readonly incomplete: boolean
}

export interface OpenOrders<Line> {
  isGivenOut(id: string): boolean
  /** Adds a row to its order, or only notes that the order has lost one. Answers the order that had to make room. */
  add(id: string, row: AcceptedRow<Line> | undefined): GatheredOrder<Line> | undefined
  /** A row that nobody can read may have belonged to the order before it or to the one after it: neither is complete for sure. */
  addUnreadable(): void
  /** The orders still open, in the order in which they would have made room. */
  rest(): Iterable<GatheredOrder<Line>>
}

/** Holds the rows of at most `most` orders, and the ids of those given out. */
export const gatherOrders = <Line>(most: number): OpenOrders<Line> => {
  type Open = { readonly id: string; readonly rows: AcceptedRow<Line>[]; incomplete: boolean }
  const open = new Map<string, Open>()
  const givenOut = new Set<string>()
  let latest: Open | undefined
  let afterUnreadable = false

  const touch = (id: string): Open => {
    if (latest?.id === id) return latest
    latest = open.get(id) ?? { id, rows: [], incomplete: false }
    // A Map lists its entries as they were put in: the one in front has waited longest.
    open.delete(id)
    open.set(id, latest)
    return latest
  }
  const makeRoom = (): Open | undefined => {
    if (open.size <= most) return undefined
    const [longest] = open.values()
    if (longest === undefined) return undefined
    open.delete(longest.id)
    givenOut.add(longest.id)
    return longest
  }

  return {
    isGivenOut: (id) => givenOut.has(id),
    add: (id, row) => {
      const order = touch(id)
      if (row === undefined || afterUnreadable) order.incomplete = true
      if (row !== undefined) order.rows.push(row)
      afterUnreadable = false
      return makeRoom()
    },
    addUnreadable: () => {
      if (latest !== undefined) latest.incomplete = true
      afterUnreadable = true
    },
    rest: () => open.values(),
  }
}
