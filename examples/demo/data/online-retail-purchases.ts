/** An earlier purchase, or a part of it, that a cancellation undoes. */
export interface UndonePurchase {
  readonly invoice: string
  /** The line of the purchase in the file. */
  readonly line: number
  readonly quantity: number
}

export interface Purchase {
  readonly customer: string
  readonly stockCode: string
  /** As written in the file: the same price is always written alike there. */
  readonly unitPrice: string
}

export type Undoing =
  | { readonly ok: true; readonly undone: readonly UndonePurchase[] }
  | { readonly ok: false; readonly openUnits: number }

/**
 * What customers bought and have not given back yet. A cancellation undoes purchases of the same customer, stock code and price, the latest first, and
 * only as a whole. Columns of numbers instead of objects: one entry per purchased line is kept, 400,000 for the whole file.
 */
export interface OpenPurchases {
  note(purchase: Purchase, invoice: string, line: number, quantity: number): void
  undo(purchase: Purchase, quantity: number): Undoing
}

export const openPurchases = (): OpenPurchases => {
  const latest = new Map<number, number>()
  const earlier: number[] = []
  const openUnits: number[] = []
  const lines: number[] = []
  const invoices: string[] = []
  const customers = numbering()
  const pricedCodes = numbering()

  // Both numbers stay far below 2^26, so that the key is exact.
  const keyOf = ({ customer, stockCode, unitPrice }: Purchase): number =>
    customers(customer) * 2 ** 26 + pricedCodes(`${stockCode}|${unitPrice}`)

  function* chain(key: number): Generator<number> {
    for (let at = latest.get(key) ?? -1; at >= 0; at = earlier[at] ?? -1) yield at
  }

  return {
    note: (purchase, invoice, line, quantity) => {
      const key = keyOf(purchase)
      earlier.push(latest.get(key) ?? -1)
      openUnits.push(quantity)
      lines.push(line)
      invoices.push(invoice)
      latest.set(key, lines.length - 1)
    },
    undo: (purchase, quantity) => {
      const key = keyOf(purchase)
      let open = 0
      for (const at of chain(key)) open += openUnits[at] ?? 0
      if (open < quantity) return { ok: false, openUnits: open }

      const undone: UndonePurchase[] = []
      let left = quantity
      for (const at of chain(key)) {
        const units = Math.min(left, openUnits[at] ?? 0)
        if (units === 0) continue
        openUnits[at] = (openUnits[at] ?? 0) - units
        undone.push({ invoice: invoices[at] ?? '', line: lines[at] ?? 0, quantity: units })
        left -= units
        if (left === 0) break
      }
      return { ok: true, undone }
    },
  }
}

/** Numbers texts in the order in which they first appear. */
const numbering = (): ((text: string) => number) => {
  const numbers = new Map<string, number>()
  return (text) => {
    const known = numbers.get(text) ?? numbers.size
    numbers.set(text, known)
    return known
  }
}
