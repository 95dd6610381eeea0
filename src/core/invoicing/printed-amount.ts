import { z } from 'zod'

/**
 * Which amount: the path under which it stands on the document, such as `total`, `lines.0.net`, `totals.taxes.0.base`; `lineNet`, `discounts`, `charges`, `net`, `tax`,
 * `gross` and `rounding` for those of `totals`; `due` for what it claims, less deposits, and `payable` for that less what the customer withholds.
 * Of an invoice `paid`, `credited`, `open` and `payable` are as of today, and `payableWhenIssued` as it was issued.
 */
export const amountPathSchema = z.string().regex(/^[A-Za-z]+(?:\.(?:[A-Za-z]+|\d{1,5})){0,6}$/, 'amount.path')

/** The amount that stands on a document under a path, such as `lines.0.net`: a decimal text. Undefined where none does. */
export const printedAt = (document: object, path: readonly string[]): string | undefined => {
  let value: unknown = document
  for (const field of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined
    value = (value as Record<string, unknown>)[field]
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { amount } = value as { readonly amount?: unknown }
  return typeof amount === 'string' ? amount : undefined
}
