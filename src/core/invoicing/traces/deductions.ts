import { elementAt, present } from '../../invariant.js'
import { toMinor, type Money } from '../../money/money.js'
import type { Order } from '../../orders/order.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { less, plus } from '../../totals/traces/compose.js'
import { isNothing, lessTaxes, type DepositPart } from '../../totals/deposit.js'
import type { TaxAmount } from '../../totals/calculation.js'
import { readTaxes } from '../../totals/stored-totals.js'
import { isSameWithholding, withholdingMode } from '../../totals/withholdings.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { DocumentTraces, TracedDeduction } from './document.js'
import { netOf, taxOf } from './in-deduction.js'

/**
 * Why an invoice deducts what it deducts of each deposit: as much as stands of it, and no more than what is billed under each tax treatment and no earlier deposit has
 * taken. `order` is the order as it was before.
 */
export const traceDeductions = (
  deducted: readonly DepositPart[],
  order: Order,
  billed: Pick<DocumentTraces, 'composer' | 'base' | 'levied' | 'total'>,
): readonly TracedDeduction[] => {
  const { composer } = billed
  const { given, sum, limited } = composer
  const deductions: TracedDeduction[] = []
  deducted.forEach((part, place) => {
    const { invoice, number, issuedOn } = part
    const earlier = deductions.slice(0, place)
    const standing = present(
      order.depositInvoices?.find((deposit) => deposit.invoice === invoice),
      'what is deducted is a deposit of the order',
    )
    const standingUnder = (treatment: TaxTreatment): TaxAmount =>
      present(
        standing.taxes.find((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment)),
        'what is deducted under a treatment was claimed under it',
      )
    const isTaken = (at: number, treatment: TaxTreatment): boolean =>
      elementAt(deducted, at).taxes.some((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment))

    const smaller = (
      name: string,
      stands: Money,
      treatment: TaxTreatment,
      traceOf: (from: TracedDeduction | typeof billed) => Trace,
    ): Trace => {
      const whole = order.totals === undefined ? billed.total() : traceOf(billed)
      const taken = earlier.flatMap((one, at) => (isTaken(at, treatment) ? [less(traceOf(one))] : []))
      const room =
        taken.length === 0 ? whole : sum('left of it', [plus(whole), ...taken], 'less earlier deposits')
      const left = given(
        `left of deposit invoice ${number}`,
        toMinor(stands),
        `what it claimed on ${issuedOn}, less what was deducted of it before`,
        { invoice },
      )
      return limited(name, 'least', [left, room], 'what is left of the deposit, no more than is billed')
    }

    const deduction: TracedDeduction = {
      base: (treatment) =>
        smaller('net', standingUnder(treatment).base, treatment, (from) => from.base(treatment)),
      levied: (treatment, component) =>
        smaller(
          elementAt(treatment.components, component).name,
          elementAt(standingUnder(treatment).amounts, component),
          treatment,
          (from) => from.levied(treatment, component),
        ),
      withheld: (at) => {
        const {
          on,
          base,
          amount,
          name: called,
          percent,
        } = present(
          standing.withholdings?.find(
            isSameWithholding(present(part.withholdings?.[at], 'a withholding has its place')),
          ),
          'what is withheld of a deduction is withheld of its deposit',
        )
        const own = (): Trace =>
          on === 'net' ? netOf(part, composer, deduction) : taxOf(part, composer, deduction)
        return {
          base: own,
          amount: () => {
            const of = given(
              `withheld of what is left of deposit invoice ${number}`,
              toMinor(amount),
              `${called} ${percent}%`,
              { invoice },
            )
            const taken = own()
            return composer.share(`withheld with deposit invoice ${number}`, {
              of,
              times: taken.amount,
              over: base.amount,
              words: `${of.amount} for ${taken.amount} of ${base.amount}`,
              rounding: withholdingMode(order.calculation),
              by: [taken],
            })
          },
        }
      },
      amount: () => {
        const name = `deposit invoice ${number} of ${issuedOn}`
        // What a deposit was rounded to coins by goes with the last of it.
        const isRest = isNothing(lessTaxes(readTaxes(standing), readTaxes(part)))
        const both = [plus(netOf(part, composer, deduction)), plus(taxOf(part, composer, deduction))]
        const coins = toMinor(standing.amount) - toMinor(standing.net) - toMinor(standing.tax)
        const rounding = plus(given('rounding', coins, 'what the deposit was rounded to coins by'))
        return sum(name, isRest && coins !== 0n ? [...both, rounding] : both, 'net and tax that it claimed')
      },
    }
    deductions.push(deduction)
  })
  return deductions
}
