import { elementAt } from '../../invariant.js'
import { exactQuotient, writeExact } from '../../money/exact-decimal.js'
import type { RoundingMode } from '../../money/rounding.js'
import { readTreatment, type TaxTreatment } from '../../tax/tax-treatment.js'
import { effectiveRates } from '../tax-amounts.js'
import { less, plus, type TraceComposer } from './compose.js'
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

/** The same of taxes contained in an amount: what it is without them is rounded, and the rest is theirs, by their rates. */
export const traceTaxesInGross = (
  { given, sum, share, spread }: TraceComposer,
  gross: Trace,
  treatment: TaxTreatment,
  rounding: RoundingMode,
): readonly Trace[] => {
  const { components } = treatment
  if (components.length === 0) return []
  const { parts, whole } = effectiveRates(readTreatment(treatment).rates)
  const levied = parts.reduce((all, part) => all + part, 0n)
  const rates = components.map(({ percent }) => `${percent}%`).join(' and ')
  const net = share(`without ${rates}`, {
    of: gross.amount,
    times: String(whole),
    over: String(whole + levied),
    words: `${gross.amount} / ${writeExact({ numerator: whole + levied, denominator: whole })}`,
    rounding,
  })
  const all = sum(
    components.length === 1 ? `${elementAt(components, 0).name} ${rates}` : 'taxes in it',
    [plus(gross), less(net)],
    `contained in ${gross.amount}`,
  )
  if (components.length === 1) return [all]
  if (levied === 0n) return components.map(({ name }) => given(name, 0n, 'no tax is levied'))
  return spread(
    all,
    components.map(({ name }, at) => ({ name, weight: String(elementAt(parts, at)) })),
  ).map((one, at) => ({
    ...one,
    name: `${elementAt(components, at).name} ${elementAt(components, at).percent}%`,
  }))
}
