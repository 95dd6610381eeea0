import type { InvoiceId } from '../../ids/ids.js'
import { elementAt, present } from '../../invariant.js'
import { toMinor, zero, type Money } from '../../money/money.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { DocumentAmounts } from '../../totals/calculation.js'
import { less, plus, tracesIn } from '../../totals/traces/compose.js'
import type { DepositPart } from '../../totals/deposit.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { CreditNote } from '../credit-note.js'
import type { Invoice } from '../invoice.js'
import type { CalculatedTraces } from './document.js'
import { traceSums } from './sums.js'

/** What an invoice deducted of a deposit. */
export interface DeductedBy {
  readonly invoice: InvoiceId
  readonly part: DepositPart
}

/** Why a deposit invoice is credited by so much: what it claimed, less what later invoices had deducted of it and earlier credit notes given back. */
export const traceDepositCredit = (
  note: CreditNote,
  invoice: Invoice,
  deducted: readonly DeductedBy[],
): CalculatedTraces => {
  const composer = tracesIn(note.currency)
  const { given, sum } = composer
  const { id, number, total, credited, creditedTotals, totals, currency } = invoice

  const left = (
    name: string,
    claimed: Money | undefined,
    path: string,
    before: Money | undefined,
    ofPart: (part: DeductedBy['part']) => Money | undefined,
  ): Trace => {
    const amount = toMinor(claimed ?? zero(currency))
    const terms = [
      ...deducted.map(({ invoice: by, part }) => ({ by, amount: toMinor(ofPart(part) ?? zero(currency)) })),
      { by: undefined, amount: toMinor(before ?? zero(currency)) },
    ].flatMap((one) =>
      one.amount === 0n
        ? []
        : [
            less(
              one.by === undefined
                ? given('credited before', one.amount, 'by earlier credit notes')
                : given('deducted', one.amount, 'by a later invoice', {
                    invoice: one.by,
                    amount: 'deducted',
                  }),
            ),
          ],
    )
    const whole = given(`${name} of deposit invoice ${number}`, amount, 'as it was claimed', {
      invoice: id,
      amount: path,
    })
    return sum(name, [plus(whole), ...terms], 'what was claimed, less what was deducted of it')
  }

  const taxOf = (amounts: Pick<DocumentAmounts, 'taxes'> | undefined, treatment: TaxTreatment) =>
    amounts?.taxes.find((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment))
  const placeOf = (treatment: TaxTreatment): number =>
    (totals?.taxes ?? []).findIndex((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment))

  const amount = (): Trace => left('amount', total, 'total', credited, (part) => part.amount)
  const base = (treatment: TaxTreatment): Trace =>
    left(
      'net',
      taxOf(totals, treatment)?.base,
      `totals.taxes.${placeOf(treatment)}.base`,
      taxOf(creditedTotals, treatment)?.base,
      (part) => taxOf(part, treatment)?.base,
    )
  const levied = (treatment: TaxTreatment, component: number): Trace =>
    left(
      `${elementAt(treatment.components, component).name} ${elementAt(treatment.components, component).percent}%`,
      taxOf(totals, treatment)?.amounts[component],
      `totals.taxes.${placeOf(treatment)}.amounts.${component}`,
      taxOf(creditedTotals, treatment)?.amounts[component],
      (part) => taxOf(part, treatment)?.amounts[component],
    )
  const treatments = (note.totals?.taxes ?? []).map(({ treatment }) => treatment)
  const { net, tax, gross } = traceSums(composer, {
    treatments,
    nets: () => treatments.map(base),
    netRule: 'under each tax treatment',
    levied,
  })
  return {
    composer,
    line: (place) => {
      const { tax: treatment } = present(note.lines[place], 'a line of a document has its place')
      return treatment === undefined ? amount() : base(treatment)
    },
    share: () => given('no share', 0n, 'a deposit has no discounts of its own'),
    sum: (wanted) => {
      if (wanted === 'lineNet' || wanted === 'net') return net()
      if (wanted === 'tax') return tax()
      return wanted === 'gross'
        ? gross()
        : given(wanted, 0n, 'a deposit has no discounts and charges of its own')
    },
    adjustment: () => given('no discount', 0n, 'a deposit has no discounts and charges of its own'),
    base,
    levied,
    total: amount,
  }
}
