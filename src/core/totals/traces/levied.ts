import { elementAt } from '../../invariant.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { TracedAdjustments } from './adjustments.js'
import { less, plus } from './compose.js'
import type { CountedDocument } from './counted-document.js'
import { remembered } from './remembered.js'
import { traceTaxesInGross, traceTaxesOnNet } from './taxes.js'
import type { Trace } from './trace.js'
import { treatmentWords } from './traced-document.js'

/** Why what is taxed comes to what it does, and its taxes, under each treatment. */
export interface TracedLevies {
  /** Without tax. */
  readonly base: (key: string) => Trace
  /** Each of its taxes. */
  readonly taxes: (key: string) => readonly Trace[]
}

export const traceLevies = (
  { composer, input, hasTax, linesUnder, treatmentOf, isShared }: CountedDocument,
  lineAmount: (index: number) => Trace,
  adjustments: TracedAdjustments,
): TracedLevies => {
  const { sum } = composer
  const { rounding } = input
  const indexes = (input.adjustments ?? []).map((_, index) => index)

  const indexesUnder = (key: string): readonly number[] =>
    (input.adjustments ?? []).flatMap((adjustment, index) => {
      const own = adjustment.tax ?? (input.lines.length === 0 ? outsideScope : undefined)
      if (own !== undefined) return treatmentKey(own) === key ? [index] : []
      return linesUnder(key).length > 0 ? [index] : []
    })

  /** All that is taxed under a treatment, as prices are. */
  const taxed = remembered((key: string): Trace =>
    sum(
      `${hasTax ? 'amount with tax' : 'taxable amount'} under ${treatmentWords(treatmentOf(key))}`,
      [
        ...linesUnder(key).map((index) => plus(lineAmount(index))),
        ...indexesUnder(key).map((index) => plus(adjustments.under(index, key))),
      ],
      'its lines with its discounts and charges',
    ),
  )

  const taxesOf = (amount: Trace, key: string, source?: string): readonly Trace[] =>
    hasTax
      ? traceTaxesInGross(composer, amount, treatmentOf(key), rounding)
      : traceTaxesOnNet(composer, amount, treatmentOf(key).components, rounding, source)

  const lineWithShares = (line: number): Trace => {
    const shares = indexes.filter(isShared).map((index) => plus(adjustments.share(line, index)))
    return shares.length === 0
      ? lineAmount(line)
      : sum(`line ${line + 1} with its shares`, [plus(lineAmount(line)), ...shares], 'what of it is taxed')
  }

  const taxes = remembered((key: string): readonly Trace[] => {
    if (input.profile === 'per_category') return taxesOf(taxed(key), key, hasTax ? undefined : 'BR-CO-17')
    const alone = indexesUnder(key).filter((index) => !isShared(index))
    const each = [...linesUnder(key).map(lineWithShares), ...alone.map(adjustments.whole)].map((amount) => ({
      amount,
      taxes: taxesOf(amount, key),
    }))
    return treatmentOf(key).components.map(({ name, percent }, at) =>
      sum(
        `${name} ${percent}%`,
        each.map(({ amount, taxes }) => plus({ ...elementAt(taxes, at), name: `${name} of ${amount.name}` })),
        'the sum of the taxes of its lines, each rounded by itself',
      ),
    )
  })

  return {
    taxes,
    base: (key) =>
      hasTax
        ? sum(
            `taxable amount under ${treatmentWords(treatmentOf(key))}`,
            [plus(taxed(key)), ...taxes(key).map(less)],
            'what its taxes leave of the amount with tax',
          )
        : taxed(key),
  }
}

const outsideScope: TaxTreatment = { category: 'O', components: [] }
