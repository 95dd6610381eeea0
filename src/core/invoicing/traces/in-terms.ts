import { elementAt, invariant } from '../../invariant.js'
import { exactQuotient, writeExact } from '../../money/exact-decimal.js'
import type { AgreedTerms } from '../../pricing/payment-terms.js'
import { named, type TraceComposer } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { DuePart, OfferedDiscount } from '../due-dates.js'

/** What of a document its terms of payment made. */
interface DocumentTerms {
  readonly terms?: AgreedTerms
  readonly instalments?: readonly DuePart[]
  readonly discount?: OfferedDiscount
}

/** Why an instalment, or the discount for early payment, is what it is: its share of what is to be paid. */
export const traceInTerms = (
  { terms, instalments = [], discount }: DocumentTerms,
  payable: () => Trace,
  composer: TraceComposer,
  [field, ...path]: readonly string[],
): Trace | undefined => {
  if (field === 'discount') {
    if (discount === undefined || path.join('.') !== 'amount') return undefined
    const of = payable()
    return composer.share(`discount for payment until ${discount.until}`, {
      of,
      times: writeExact(exactQuotient([discount.percent], '100')),
      words: `${discount.percent}% of ${of.amount}`,
      rounding: 'half_up',
    })
  }
  const [place, name, ...rest] = path
  const part = instalments[Number(place)]
  if (part === undefined || name !== 'amount' || rest.length > 0) return undefined
  invariant(terms !== undefined && 'instalments' in terms.terms, 'instalments are those of terms')
  const { instalments: agreed, allocation = 'largest_remainder' } = terms.terms
  const shares = composer.spread(
    payable(),
    agreed.map(({ share }, at) => ({ name: `instalment ${at + 1}`, weight: String(share) })),
    { policy: allocation },
  )
  // They stand in the order of their days; of one day in the order of the terms.
  const own = shares.filter(({ amount }) => amount === part.amount.amount)
  const before = instalments
    .slice(0, Number(place))
    .filter(({ amount }) => amount.amount === part.amount.amount)
  return named(`instalment due on ${part.dueOn}`, elementAt(own, before.length))
}
