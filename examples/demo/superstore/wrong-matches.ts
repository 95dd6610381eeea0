import type { Transfer } from './make-payments.js'

/** Transfers that were applied to an invoice their payer did not mean. Only possible where the payments are made and the truth is known. */
export const wrongMatches = (
  transfers: readonly Transfer[],
  appliedTo: ReadonlyMap<string, readonly string[]>,
): readonly Transfer[] =>
  transfers.filter(
    ({ bankReference, pays }) =>
      appliedTo.get(bankReference)?.some((number) => !pays.includes(number)) ?? false,
  )
