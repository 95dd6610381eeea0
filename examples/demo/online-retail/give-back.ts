import { retailRules, type RetailRule } from '../data/online-retail-rules.js'
import type { RetailInvoice, RetailLine } from '../data/online-retail.js'
import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { centsOf, type Cents } from '../exact-money.js'
import type { InvoiceIds } from './sell.js'

/** Cancellations of which the file does not say what they undo: booked as credits without an invoice, each under its rule. */
export const unlinkedRules: readonly RetailRule[] = [
  'service_credit',
  'anonymous_cancellation',
  'cancellation_without_purchase',
  'cancellation_beyond_purchases',
]

/** What credit notes against purchases came to. Partial credits share out the line of the purchase, so this can differ by pence from the file. */
export type LinkedCredits = Cents

/** Books the cancellations of a stretch, in the order of the file; answers what was credited against purchases. */
export const giveBack = async (
  invoices: readonly RetailInvoice[],
  { accounts }: Staff,
  tally: CommandTally,
  ids: InvoiceIds,
): Promise<LinkedCredits> => {
  let credited = 0n

  const creditPurchases = async (cancellation: RetailInvoice): Promise<void> => {
    for (const [purchase, lines] of undonePurchases(cancellation)) {
      const answer = await accounts.invoices.credit(
        {
          invoice: ids.get(purchase) ?? '',
          lines: [...lines].map(([line, quantity]) => ({ line, quantity })),
          reason: `canceled by ${cancellation.number}`,
          issuedOn: cancellation.invoicedOn,
        },
        { idempotencyKey: `credit:${cancellation.number}:${purchase}` },
      )
      credited += centsOf(tally.value(answer, `credit ${cancellation.number} of ${purchase}`).total.amount)
    }
  }
  const creditWithoutPurchase = async (cancellation: RetailInvoice): Promise<void> => {
    for (const rule of unlinkedRules) {
      const lines = cancellation.lines.filter((line) => line.rule === rule)
      if (lines.length === 0) continue
      const answer = await accounts.invoices.creditWithoutInvoice(
        {
          ...(cancellation.customer !== undefined && { customer: cancellation.customer }),
          currency: 'GBP',
          lines: lines.map(creditedLine),
          reason: `${rule}: ${retailRules[rule].meaning}`.slice(0, 200),
          reference: cancellation.number,
          issuedOn: cancellation.invoicedOn,
        },
        { idempotencyKey: `unlinked:${cancellation.number}:${rule}` },
      )
      tally.value(answer, `unlinked credit ${cancellation.number}`)
    }
  }

  // One cancellation after another, since two may undo parts of one purchase.
  for (const cancellation of invoices) {
    await creditPurchases(cancellation)
    await creditWithoutPurchase(cancellation)
  }
  return credited
}

/** Units by line, by invoice of the purchase. */
const undonePurchases = ({ lines }: RetailInvoice): ReadonlyMap<string, ReadonlyMap<string, number>> => {
  const purchases = new Map<string, Map<string, number>>()
  for (const { invoice, line, quantity } of lines.flatMap(({ undoes }) => undoes ?? [])) {
    const units = purchases.get(invoice) ?? new Map<string, number>()
    purchases.set(invoice, units)
    units.set(String(line), (units.get(String(line)) ?? 0) + quantity)
  }
  return purchases
}

const creditedLine = ({ stockCode, description, quantity, unitPrice }: RetailLine) => ({
  sku: stockCode,
  name: description === '' ? stockCode : description,
  quantity: -quantity,
  unitPrice: { amount: unitPrice, currency: 'GBP' },
})
