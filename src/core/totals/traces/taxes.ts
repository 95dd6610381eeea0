import { exactQuotient, writeExact } from '../../money/exact-decimal.js'
import type { RoundingMode } from '../../money/rounding.js'
import type { TaxTreatment } from '../../tax/tax-treatment.js'
import { plus, type TraceComposer } from './compose.js'
import type { Trace } from './trace.js'

/** A percentage as a factor, exactly. */
export const factorOf = (percent: string): string => writeExact(exactQuotient([percent], '100'))

/** Why taxes on an amount without tax come to what they do, each rounded: one that is compound is levied on the amount with those before it. */
export const traceTaxesOnNet = (
  { sum, share }: TraceComposer,
  net: Trace,
  components: TaxTreatment['components'],
  rounding: RoundingMode,
  source?: string,
): readonly Trace[] => {
  const taxes: Trace[] = []
  for (const { name, percent, compound } of components) {
    const base =
      compound === true && taxes.length > 0
        ? sum('amount with the taxes before', [plus(net), ...taxes.map(plus)], 'it is levied on both')
        : net
    taxes.push(
      share(`${name} ${percent}%`, {
        of: base,
        times: factorOf(percent),
        words: `${percent}% of ${base.amount}`,
        rounding,
        ...(source !== undefined && { source }),
      }),
    )
  }
  return taxes
}
